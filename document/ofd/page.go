package ofd

import (
	"encoding/xml"

	"luoshi/document/archive"
	"luoshi/document/fault"
	"luoshi/document/layout"
)

// page is a page while it is being read. Lengths are in millimetres.
type page struct {
	*reader
	*outline
	box    box
	glyphs []layout.Glyph
	rules  []layout.Rule
}

// object is the graphic object that is being read.
type object struct {
	boundary box
	matrix   matrix
	size     float64 // of the font
	stretch  float64 // of its widths
}

// read reads a page's content, or that of a template of a page.
func (p *page) read(name string, templates int) error {
	x, err := p.pkg.XML(name)
	if err != nil {
		return err
	}
	defer x.Close()
	var current object
	return x.EachStart(func(start xml.StartElement) error {
		if err := p.tally.Step(); err != nil {
			return err
		}
		if archive.Attr(start, "Visible") == "false" {
			return x.Skip()
		}
		return p.element(x, start, &current, templates)
	})
}

func (p *page) element(x *archive.XML, start xml.StartElement, current *object, templates int) error {
	switch start.Name.Local {
	case "Template":
		const most = 8 // a template may not call templates without end
		if name := p.templates[archive.Attr(start, "TemplateID")]; name != "" && p.pkg.Has(name) && templates < most {
			return p.read(name, templates+1)
		}
	case "PhysicalBox":
		text, err := characters(x)
		if own := parseBox(text); own.width > 0 && templates == 0 {
			p.box = own
		}
		return err
	case "ImageObject":
		p.images++
	case "TextObject", "PathObject":
		*current = newObject(start)
	case "TextCode":
		text, err := characters(x)
		if err != nil {
			return err
		}
		return p.text(start, text, *current)
	case "AbbreviatedData":
		text, err := characters(x)
		if err != nil {
			return err
		}
		p.path(text, *current)
	}
	return nil
}

func newObject(e xml.StartElement) object {
	o := object{
		boundary: parseBox(archive.Attr(e, "Boundary")),
		matrix:   parseMatrix(archive.Attr(e, "CTM")),
		size:     parseNumber(archive.Attr(e, "Size"), 0),
		stretch:  parseNumber(archive.Attr(e, "HScale"), 1),
	}
	return o
}

// text places the characters of a TextCode.
func (p *page) text(e xml.StartElement, text string, o object) error {
	runes := []rune(text)
	if err := p.tally.Text(len(text)); err != nil {
		return err
	}
	if len(p.glyphs)+len(runes) > layout.MostGlyphs {
		return fault.New(fault.TooLarge, nil, fault.LimitText, layout.MostGlyphs)
	}
	x, y := parseNumber(archive.Attr(e, "X"), 0), parseNumber(archive.Attr(e, "Y"), 0)
	deltaX := parseDeltas(archive.Attr(e, "DeltaX"), len(runes))
	deltaY := parseDeltas(archive.Attr(e, "DeltaY"), len(runes))
	for i, r := range runes {
		width := o.advance(r)
		if r != '\n' && r != '\r' && r != '\t' {
			p.glyphs = append(p.glyphs, o.glyph(r, x, y, width))
		}
		if i < len(deltaY) {
			y += deltaY[i]
		}
		switch {
		case i < len(deltaX):
			x += deltaX[i]
		case len(deltaY) == 0:
			x += width
		}
	}
	return nil
}

// advance is how wide a character is, fonts being left out of account.
func (o object) advance(r rune) float64 {
	const narrow = 0.5
	if layout.IsWide(r) {
		return o.size * o.stretch
	}
	return o.size * o.stretch * narrow
}

// glyph is a character whose baseline begins at x, y within its object.
func (o object) glyph(r rune, x, y, width float64) layout.Glyph {
	const ascent, descent = 0.86, 0.14
	x0, y0 := o.place(x, y-ascent*o.size)
	x1, y1 := o.place(x+width, y+descent*o.size)
	return layout.Glyph{
		Rune: r, Size: o.size * o.matrix.scale(),
		Left: min(x0, x1), Right: max(x0, x1), Top: min(y0, y1), Bottom: max(y0, y1),
	}
}

// place turns a place within the object into one on the page.
func (o object) place(x, y float64) (float64, float64) {
	x, y = o.matrix.apply(x, y)
	return o.boundary.left + x, o.boundary.top + y
}

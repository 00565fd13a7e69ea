package pdf

import (
	"fmt"
	"strings"

	"luoshi/office/layout"
	"luoshi/office/shape"
)

// book is a document while it is written.
type book struct {
	file    *file
	printed *layout.Printed
	fonts   typeface
	href    func(string) string
	pages   []int
}

const producer = "Luoshi"

// write writes everything.
func (b *book) write(title string) error {
	f := b.file
	if err := b.fonts.write(f); err != nil {
		return err
	}
	var fonts strings.Builder
	for i, object := range b.fonts.objects {
		fmt.Fprintf(&fonts, "/F%d %d 0 R", i, object)
	}
	resources := f.add("<</Font<<%s>>>>", fonts.String())
	tree := f.reserve()
	for _, p := range b.printed.Pages {
		content, err := f.stream("", b.content(p))
		if err != nil {
			return err
		}
		links := ""
		if numbers := b.links(p); len(numbers) > 0 {
			links = "/Annots[" + references(numbers) + "]"
		}
		b.pages = append(b.pages, f.add("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Resources %d 0 R/Contents %d 0 R%s>>",
			tree, points(p.Width), points(p.Height), resources, content, links))
	}
	f.set(tree, "<</Type/Pages/Count %d/Kids[%s]>>", len(b.pages), references(b.pages))
	outline := ""
	if len(b.printed.Headings) > 0 {
		outline = fmt.Sprintf("/Outlines %d 0 R/PageMode/UseOutlines", b.outline())
	}
	f.catalog = f.add("<</Type/Catalog/Pages %d 0 R/Lang(zh-CN)/ViewerPreferences<</DisplayDocTitle true>>%s>>", tree, outline)
	f.info = f.add("<</Title%s/Producer(%s)>>", spoken(title), producer)
	return nil
}

// points is a length in the unit of PDF.
func points(millimetres float64) string { return decimal(millimetres * 72 / 25.4) }

// decimal is a number of three places at most.
func decimal(v float64) string { return shape.Number(v, 3) }

// place is a point of the page, whose origin is below in PDF.
func place(p layout.Page, at shape.Point) string { return points(at.X) + " " + points(p.Height-at.Y) }

func colour(ink shape.Ink) string {
	r, g, b := ink.RGB()
	const full = 255
	return decimal(float64(r)/full) + " " + decimal(float64(g)/full) + " " + decimal(float64(b)/full)
}

// content is what is drawn on a page.
func (b *book) content(p layout.Page) []byte {
	var s strings.Builder
	for _, path := range p.Paths {
		draw(&s, p, path)
	}
	for _, text := range p.Texts {
		for _, span := range b.fonts.Spans(text) {
			b.shown(&s, p, text, span)
		}
	}
	return []byte(s.String())
}

func draw(s *strings.Builder, p layout.Page, path shape.Path) {
	if path.Stroke != "" {
		fmt.Fprintf(s, "%s RG %s w ", colour(path.Stroke), points(path.Thick))
	}
	if path.Fill != "" {
		s.WriteString(colour(path.Fill) + " rg ")
	}
	for i, at := range path.Points {
		step := " l "
		if i == 0 {
			step = " m "
		}
		s.WriteString(place(p, at) + step)
	}
	if path.Closed {
		s.WriteString("h ")
	}
	switch {
	case path.Fill != "" && path.Stroke != "":
		s.WriteString("B\n")
	case path.Fill != "":
		s.WriteString("f\n")
	default:
		s.WriteString("S\n")
	}
}

// shown writes characters of one font, each in the place that the layout gave it.
func (b *book) shown(s *strings.Builder, p layout.Page, t layout.Text, span layout.Span) {
	own := b.fonts.Fonts[span.Font]
	direction := "1 0 0 1"
	if t.Turned {
		direction = "0 -1 1 0"
	}
	fmt.Fprintf(s, "BT /F%d %s Tf %s rg ", span.Font, points(t.Style.Size), colour(t.Style.Ink))
	thickened := t.Style.Bold && !own.Font.Bold()
	if thickened {
		const share = .03 // of the size
		fmt.Fprintf(s, "2 Tr %s RG %s w ", colour(t.Style.Ink), points(t.Style.Size*share))
	}
	fmt.Fprintf(s, "%s %s Tm [<", direction, place(p, span.At))
	wanted, reached := 0.0, 0.0 // in thousandths of the size
	for i, r := range span.Runes {
		fmt.Fprintf(s, "%04x", own.Glyph(r))
		wanted += span.Steps[i] / t.Style.Size * 1000
		reached += float64(int(own.Advance(r) + .5))
		if back := int(reached - wanted); back != 0 && i < len(span.Runes)-1 {
			fmt.Fprintf(s, ">%d<", back)
			reached -= float64(back)
		}
	}
	s.WriteString(">] TJ ")
	if thickened {
		s.WriteString("0 Tr ")
	}
	s.WriteString("ET\n")
}

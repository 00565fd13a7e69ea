package pdf

import (
	"math"

	"luoshi/document/fault"
	"luoshi/document/layout"
)

// page reads the glyphs, rules and images of a page. A page that pdfium cannot load is left empty when
// it is one among others.
func (r *reader) page(index int) (layout.Page, error) {
	handle := r.call("FPDF_LoadPage", r.document, uint64(index))
	if handle == 0 {
		return layout.Page{}, r.err
	}
	v := view{
		width:  r.real32("FPDF_GetPageWidthF", handle),
		height: r.real32("FPDF_GetPageHeightF", handle),
		turns:  r.count("FPDFPage_GetRotation", handle),
	}
	v.left, v.bottom = r.origin(handle)
	page := layout.Page{Width: v.width, Height: v.height}
	if err := r.readGlyphs(handle, v, &page); err != nil {
		return page, err
	}
	if err := r.readObjects(handle, v, &page); err != nil {
		return page, err
	}
	r.call("FPDF_ClosePage", handle)
	return page, r.err
}

// origin is the lower left corner of what is shown of the page.
func (r *reader) origin(handle uint64) (left, bottom float64) {
	for _, box := range []string{"FPDFPage_GetCropBox", "FPDFPage_GetMediaBox"} {
		if r.count(box, handle, r.scratch, r.scratch+4, r.scratch+8, r.scratch+12) != 0 {
			return r.float32At(r.scratch), r.float32At(r.scratch + 4)
		}
	}
	return 0, 0
}

// view turns places on the page, which pdfium counts upwards and before any rotation, into places as
// they are seen, counted downwards.
type view struct {
	width, height, left, bottom float64
	turns                       int // quarters, clockwise
}

// box turns a rectangle.
func (v view) box(left, top, right, bottom float64) (l, t, r, b float64) {
	x0, y0 := v.point(left, top)
	x1, y1 := v.point(right, bottom)
	return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
}

func (v view) point(x, y float64) (float64, float64) {
	x, y = x-v.left, y-v.bottom
	switch v.turns {
	case 1:
		return y, x
	case 2:
		return v.width - x, y
	case 3:
		return v.width - y, v.height - x
	}
	return x, v.height - y
}

// readGlyphs reads the characters of the page.
func (r *reader) readGlyphs(handle uint64, v view, page *layout.Page) error {
	text := r.call("FPDFText_LoadPage", handle)
	if text == 0 {
		return r.err
	}
	characters := max(0, r.count("FPDFText_CountChars", text))
	if characters > layout.MostGlyphs {
		return fault.New(fault.TooLarge, nil, fault.LimitText, layout.MostGlyphs)
	}
	if err := r.tally.Text(characters); err != nil {
		return err
	}
	for i := range uint64(characters) {
		if err := r.tally.Step(); err != nil {
			return err
		}
		if g, ok := r.glyph(text, i, v); ok {
			page.Glyphs = append(page.Glyphs, g)
		}
		if r.err != nil {
			return r.err
		}
	}
	r.glyphs += len(page.Glyphs)
	r.call("FPDFText_ClosePage", text)
	return r.err
}

// glyph reads one character; none where pdfium made it up, where it has no Unicode, or where it stands
// at a slant, as a watermark does.
func (r *reader) glyph(text, index uint64, v view) (layout.Glyph, bool) {
	char := rune(r.count("FPDFText_GetUnicode", text, index))
	if char < ' ' || char > 0x10FFFF || char >= 0xFFFE && char <= 0xFFFF || char >= 0xD800 && char < 0xE000 {
		return layout.Glyph{}, false
	}
	if r.count("FPDFText_IsGenerated", text, index) == 1 {
		return layout.Glyph{}, false
	}
	angle := math.Float32frombits(uint32(r.call("FPDFText_GetCharAngle", text, index)))
	if slant := math.Mod(math.Abs(float64(angle)), math.Pi/2); slant > 0.1 && slant < math.Pi/2-0.1 {
		return layout.Glyph{}, false
	}
	if r.count("FPDFText_GetLooseCharBox", text, index, r.scratch) == 0 {
		return layout.Glyph{}, false
	}
	left, top := r.float32At(r.scratch), r.float32At(r.scratch+4)
	right, bottom := r.float32At(r.scratch+8), r.float32At(r.scratch+12)
	left, top, right, bottom = v.box(left, top, right, bottom)
	g := layout.Glyph{Rune: char, Left: left, Right: right, Top: top, Bottom: bottom}
	g.Size = r.fontSize(text, index, g)
	return g, g.Size > 0
}

// fontSize is the size of the character's font as it is seen: as the file sets it, times the scale at
// which the file then draws.
func (r *reader) fontSize(text, index uint64, g layout.Glyph) float64 {
	size := r.real("FPDFText_GetFontSize", text, index)
	if r.count("FPDFText_GetMatrix", text, index, r.scratch) != 0 {
		m := r.matrixAt(r.scratch)
		size *= math.Sqrt(math.Abs(m.a*m.d - m.b*m.c))
	}
	if size > 0 && size < 1e4 {
		return size
	}
	return sizeOf(g)
}

// sizeOf judges a font's size by the box of a character: a wide one is as wide as the font is large;
// for others the box is somewhat higher than the size.
func sizeOf(g layout.Glyph) float64 {
	const boxHeight = 1.2
	width, height := g.Right-g.Left, g.Bottom-g.Top
	if layout.IsWide(g.Rune) && width > height/2 && width < 1.5*height {
		return width
	}
	return height / boxHeight
}

// The kinds of page objects that matter.
const (
	pathObject  = 2
	imageObject = 3
)

// mostObjects bounds the objects of a page that are looked at for rules.
const mostObjects = 50000

// readObjects reads the rules of the page and looks whether an image covers it.
func (r *reader) readObjects(handle uint64, v view, page *layout.Page) error {
	objects := r.count("FPDFPage_CountObjects", handle)
	for i := range uint64(max(0, min(objects, mostObjects))) {
		if err := r.tally.Step(); err != nil {
			return err
		}
		object := r.call("FPDFPage_GetObject", handle, i)
		switch r.count("FPDFPageObj_GetType", object) {
		case pathObject:
			r.readPath(object, v, page)
		case imageObject:
			const much = 0.4
			if l, t, right, b, ok := r.bounds(object, v); ok && (right-l)*(b-t) > much*v.width*v.height {
				r.images++
			}
		}
		if r.err != nil {
			return r.err
		}
	}
	return nil
}

// bounds is the rectangle around an object.
func (r *reader) bounds(object uint64, v view) (left, top, right, bottom float64, ok bool) {
	at := r.scratch
	if r.count("FPDFPageObj_GetBounds", object, at, at+4, at+8, at+12) == 0 {
		return 0, 0, 0, 0, false
	}
	l, b, rr, t := r.float32At(at), r.float32At(at+4), r.float32At(at+8), r.float32At(at+12)
	left, top, right, bottom = v.box(l, t, rr, b)
	return left, top, right, bottom, true
}

// readPath reads a drawn path: a thin one is a rule, a drawn rectangle is four.
func (r *reader) readPath(object uint64, v view, page *layout.Page) {
	const thin, thick = 2.5, 4.0 // points
	left, top, right, bottom, ok := r.bounds(object, v)
	if !ok {
		return
	}
	width, height := right-left, bottom-top
	switch {
	case height <= thin && width > thick:
		middle := (top + bottom) / 2
		page.Rules = append(page.Rules, layout.Rule{X0: left, Y0: middle, X1: right, Y1: middle})
	case width <= thin && height > thick:
		middle := (left + right) / 2
		page.Rules = append(page.Rules, layout.Rule{X0: middle, Y0: top, X1: middle, Y1: bottom})
	case width > thick && height > thick:
		r.readSegments(object, v, page)
	}
}

// The kinds of path segments.
const (
	segmentLine = 0
	segmentMove = 2
)

// readSegments reads the straight pieces of a path that is stroked; an area that is only filled, such
// as the shade of a heading, draws no rules.
func (r *reader) readSegments(object uint64, v view, page *layout.Page) {
	const most = 4000
	segments := r.count("FPDFPath_CountSegments", object)
	if segments < 2 || segments > most || r.count("FPDFPath_GetDrawMode", object, r.scratch+32, r.scratch+36) == 0 {
		return
	}
	if stroked, ok := r.module.Memory().ReadUint32Le(uint32(r.scratch + 36)); !ok || stroked == 0 {
		return
	}
	matrix := r.matrix(object)
	var x, y, startX, startY float64
	for i := range uint64(segments) {
		segment := r.call("FPDFPath_GetPathSegment", object, i)
		if segment == 0 || r.count("FPDFPathSegment_GetPoint", segment, r.scratch, r.scratch+4) == 0 {
			return
		}
		nextX, nextY := v.point(matrix.apply(r.float32At(r.scratch), r.float32At(r.scratch+4)))
		switch r.count("FPDFPathSegment_GetType", segment) {
		case segmentMove:
			startX, startY = nextX, nextY
		case segmentLine:
			page.Rules = append(page.Rules, layout.Rule{X0: x, Y0: y, X1: nextX, Y1: nextY})
		}
		if r.count("FPDFPathSegment_GetClose", segment) != 0 {
			page.Rules = append(page.Rules, layout.Rule{X0: nextX, Y0: nextY, X1: startX, Y1: startY})
		}
		x, y = nextX, nextY
	}
}

// matrix places an object on the page.
type matrix struct{ a, b, c, d, e, f float64 }

func (r *reader) matrix(object uint64) matrix {
	if r.count("FPDFPageObj_GetMatrix", object, r.scratch) == 0 {
		return matrix{a: 1, d: 1}
	}
	return r.matrixAt(r.scratch)
}

// matrixAt reads a matrix from the engine's memory.
func (r *reader) matrixAt(place uint64) matrix {
	at := func(i uint64) float64 { return r.float32At(place + 4*i) }
	return matrix{at(0), at(1), at(2), at(3), at(4), at(5)}
}

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

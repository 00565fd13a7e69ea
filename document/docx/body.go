package docx

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"

	"luoshi/document/archive"
	"luoshi/document/part"
)

// flow collects the parts of the body, of a cell, of a note or of a text box.
type flow struct {
	parts []part.Part
}

// walker walks through one part of the document. Each of its methods is called behind the start of an
// element and returns behind its end; the limit on nesting bounds how deep they call each other.
type walker struct {
	*reader
	x *archive.XML
}

// left names the elements that hold no text of the document as it stands: what was deleted or moved
// away, properties, field codes, the reading aids above characters.
var left = map[string]bool{
	"del": true, "moveFrom": true, "delText": true, "instrText": true, "delInstrText": true,
	"sdtPr": true, "sdtEndPr": true, "sectPr": true, "tblPr": true, "tblGrid": true, "tblPrEx": true,
	"customXmlPr": true, "smartTagPr": true, "rt": true, "rubyPr": true, "ctrlPr": true,
	"pPrChange": true, "rPrChange": true, "sectPrChange": true, "tblPrChange": true,
	"tcPrChange": true, "trPrChange": true, "numberingChange": true, "tblGridChange": true, "tblPrExChange": true,
	"annotationRef": true, "background": true,
}

// blocks reads paragraphs and tables up to the end of the element.
func (w *walker) blocks(out *flow) error {
	return w.children(func(start xml.StartElement) error {
		switch name := start.Name.Local; {
		case name == "p":
			return w.paragraph(out)
		case name == "tbl":
			return w.table(out)
		case name == "AlternateContent":
			return w.alternate(func() error { return w.blocks(out) })
		case left[name]:
			return w.x.Skip()
		}
		return w.blocks(out) // the body itself, content controls, insertions
	})
}

// children calls see for the elements inside the one that is being read, up to its end; see reads to the
// end of the element that it is given.
func (w *walker) children(see func(xml.StartElement) error) error {
	for {
		token, err := w.x.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if err := w.tally.Step(); err != nil {
				return err
			}
			if err := see(token); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// alternate reads the first choice of an mc:AlternateContent, so that a text box that is there both
// as DrawingML and as VML is read once.
func (w *walker) alternate(read func() error) error {
	taken := false
	return w.children(func(start xml.StartElement) error {
		choice := start.Name.Local == "Choice" || start.Name.Local == "Fallback"
		if choice && !taken {
			taken = true
			return read()
		}
		return w.x.Skip()
	})
}

// chars is the character data up to the end of the element.
func (w *walker) chars(into *paragraph) error {
	for {
		token, err := w.x.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.CharData:
			if err := w.tally.Text(len(token)); err != nil {
				return err
			}
			into.write(string(token))
		case xml.StartElement:
			if err := w.x.Skip(); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// paragraph reads one paragraph; its text boxes follow it.
func (w *walker) paragraph(out *flow) error {
	p := &paragraph{}
	if err := w.inline(p); err != nil {
		return err
	}
	if p.blank() && len(p.boxes) == 0 {
		return nil
	}
	if err := w.tally.Part(); err != nil {
		return err
	}
	style := w.styles.of(p.styleID)
	heading := style.heading
	if p.outlined {
		heading = p.heading
	}
	number := w.numberOf(p, style)
	out.parts = append(out.parts, p.parts(number, heading, style)...)
	out.parts = append(out.parts, p.boxes...)
	return nil
}

// numberOf counts the paragraph in its list and is its number.
func (w *walker) numberOf(p *paragraph, s *style) string {
	ref := s.number
	if p.numbered {
		if p.number.id != "" {
			ref.id = p.number.id
		}
		if p.levelled {
			ref.level = p.number.level
		}
	}
	if ref.id == "" || ref.id == "0" {
		return ""
	}
	if !p.levelled {
		ref.level = w.numbering.levelFor(ref, p.styleID)
	}
	return w.numbering.next(ref)
}

// inline reads what stands within a paragraph, however it is wrapped.
func (w *walker) inline(p *paragraph) error {
	return w.children(func(start xml.StartElement) error { return w.inlineElement(p, start) })
}

func (w *walker) inlineElement(p *paragraph, start xml.StartElement) error {
	switch name := start.Name.Local; name {
	case "pPr":
		return w.paragraphProperties(p)
	case "r":
		hidden := p.hidden
		err := w.inline(p)
		p.hidden = hidden
		return err
	case "rPr":
		return w.runProperties(p)
	case "t":
		return w.chars(p)
	case "tab", "ptab":
		p.write("\t")
	case "br", "cr":
		p.breakLine()
		if err := w.tally.Part(); err != nil {
			return err
		}
	case "noBreakHyphen":
		p.write("-")
	case "sym":
		p.write(symbol(archive.Attr(start, "font"), archive.Attr(start, "char")))
	case "fldChar":
		p.field(archive.Attr(start, "fldCharType"))
	case "footnoteReference", "endnoteReference":
		kind := map[string]string{"footnoteReference": "footnotes", "endnoteReference": "endnotes"}[name]
		if err := w.tally.Part(); err != nil {
			return err
		}
		w.notes = append(w.notes, noteRef{kind, archive.Attr(start, "id")})
	case "txbxContent":
		box := &flow{}
		err := w.blocks(box)
		p.boxes = append(p.boxes, box.parts...)
		return err
	case "AlternateContent":
		return w.alternate(func() error { return w.inline(p) })
	default:
		if !left[name] {
			return w.inline(p)
		}
	}
	return w.x.Skip()
}

// paragraphProperties reads the style, the list and the outline level of a paragraph.
func (w *walker) paragraphProperties(p *paragraph) error {
	return w.children(func(start xml.StartElement) error {
		value := archive.Attr(start, "val")
		switch start.Name.Local {
		case "pStyle":
			p.styleID = value
		case "outlineLvl":
			p.heading, p.outlined = outlineHeading(value), true
		case "numPr":
			p.numbered = true
			return w.paragraphProperties(p)
		case "numId":
			p.number.id = value
		case "ilvl":
			p.number.level, p.levelled = levelOf(value), true
		}
		return w.x.Skip()
	})
}

// runProperties notes whether the run is hidden.
func (w *walker) runProperties(p *paragraph) error {
	return w.children(func(start xml.StartElement) error {
		if name := start.Name.Local; name == "vanish" || name == "webHidden" {
			p.hidden = isOn(archive.Attr(start, "val"), true)
		}
		return w.x.Skip()
	})
}

// symbols are the characters of symbol fonts that office documents use, by font and low byte.
var symbols = map[string]map[byte]string{
	"Wingdings":   {0x6F: "□", 0xA8: "□", 0xFE: "☑", 0xFD: "☒", 0xFC: "✓", 0xFB: "✗", 0x6C: "●", 0x6E: "■", 0x75: "◆", 0xE0: "→"},
	"Wingdings 2": {0x52: "☑", 0x53: "☒", 0x50: "✓", 0x4F: "✗", 0xA3: "□"},
	"Symbol":      {0xB1: "±", 0xA3: "≤", 0xB3: "≥", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xB0: "°", 0x6D: "μ", 0xB7: "·"},
}

// symbol is the character that a symbol font shows for a code; "" where it is mere ornament.
func symbol(font, code string) string {
	n, err := strconv.ParseUint(code, 16, 32)
	if err != nil {
		return ""
	}
	if known := symbols[font]; known != nil {
		return known[byte(n)]
	}
	if n >= 0x20 && n < 0xD800 {
		return string(rune(n))
	}
	return ""
}

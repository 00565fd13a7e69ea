package pdf

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"luoshi/office/font"
	"luoshi/office/layout"
)

// typeface are the fonts of a document, and the objects that they are written as.
type typeface struct {
	*layout.Type
	objects []int
}

// write writes the fonts.
func (t *typeface) write(f *file) error {
	for _, own := range t.Fonts {
		program, err := f.stream(fmt.Sprintf("/Length1 %d", len(own.Data)), own.Data)
		if err != nil {
			return err
		}
		sense, err := f.stream("", meaning(own))
		if err != nil {
			return err
		}
		const symbolic = 4
		name, o := nameOf(own), own.Font
		descriptor := f.add("<</Type/FontDescriptor/FontName/%s/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle 0/Ascent %d/Descent %d/CapHeight %d/StemV 80/FontFile2 %d 0 R>>",
			name, symbolic, o.Box[0], o.Box[1], o.Box[2], o.Box[3], o.Ascent, o.Descent, o.CapHeight, program)
		inner := f.add("<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor %d 0 R/CIDToGIDMap/Identity/DW 1000/W[%s]>>",
			name, descriptor, widths(own))
		t.objects = append(t.objects, f.add("<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%d 0 R]/ToUnicode %d 0 R>>", name, inner, sense))
	}
	return nil
}

// nameOf is the font's, with the sign of a part of a font before it.
func nameOf(f *font.Subset) string {
	digest := sha256.Sum256(f.Data)
	sign := make([]byte, 6)
	for i := range sign {
		sign[i] = 'A' + digest[i]%26
	}
	return string(sign) + "+" + f.Font.Name
}

func widths(f *font.Subset) string {
	var s strings.Builder
	for _, r := range f.Runes() {
		fmt.Fprintf(&s, "%d[%.0f]", f.Glyph(r), f.Advance(r))
	}
	return s.String()
}

// meaning tells readers which character each glyph stands for.
func meaning(f *font.Subset) []byte {
	var s strings.Builder
	s.WriteString("/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def" +
		"/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<0000><ffff>endcodespacerange\n")
	const most = 100 // in one block
	for runes := range slices.Chunk(f.Runes(), most) {
		fmt.Fprintf(&s, "%d beginbfchar\n", len(runes))
		for _, r := range runes {
			text := strings.TrimPrefix(spoken(string(r)), "<feff")
			fmt.Fprintf(&s, "<%04x><%s\n", f.Glyph(r), text)
		}
		s.WriteString("endbfchar\n")
	}
	s.WriteString("endcmap CMapName currentdict/CMap defineresource pop end end")
	return []byte(s.String())
}

package pdf

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf16"
)

// writer writes small PDF files whose text is in a font that every reader knows and that is therefore
// not in the file.
type writer struct {
	objects []string
	trailer string // more entries of the trailer
}

// The font's objects, the same in every file.
const (
	fontObject       = `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>`
	descendantObject = `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 >>`
)

// pdfOf makes a file of pages, each a content stream.
func pdfOf(pages ...string) []byte {
	kids := make([]string, len(pages))
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "", fontObject, descendantObject}
	for i, content := range pages {
		page := len(objects) + 1
		kids[i] = fmt.Sprintf("%d 0 R", page)
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /XObject << /I1 %d 0 R >> >> /Contents %d 0 R >>", page+2, page+1),
			stream("", content),
			stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "\x80"))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Join(kids, " "), len(pages))
	return writer{objects: objects}.bytes()
}

func stream(entries, content string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", entries, len(content), content)
}

// bytes is the file, with its table of references.
func (w writer) bytes() []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.5\n")
	offsets := make([]int, len(w.objects))
	for i, object := range w.objects {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(w.objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(w.objects)+1, w.trailer, start)
	return out.Bytes()
}

// at sets a text on the page: x and y in points from the lower left.
func at(x, y, size float64, text string) string {
	var hex strings.Builder
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&hex, "%04X", unit)
	}
	return fmt.Sprintf("BT /F1 %g Tf 1 0 0 1 %g %g Tm <%s> Tj ET\n", size, x, y, hex.String())
}

// page sets lines of 16 points, 28 points apart, from the top margin on, and a page number. A line that
// begins with a blank is indented by as many characters.
func page(number int, lines ...string) string {
	var b strings.Builder
	for i, line := range lines {
		text := strings.TrimLeft(line, " ")
		indent := float64(len(line) - len(text))
		b.WriteString(at(80+16*indent, 740-28*float64(i), 16, text))
	}
	b.WriteString(at(280, 60, 14, fmt.Sprintf("—%d—", number)))
	return b.String()
}

// rules draws a grid.
func rules(xs, ys []float64) string {
	var b strings.Builder
	for _, x := range xs {
		fmt.Fprintf(&b, "%g %g m %g %g l S\n", x, ys[0], x, ys[len(ys)-1])
	}
	for _, y := range ys {
		fmt.Fprintf(&b, "%g %g m %g %g l S\n", xs[0], y, xs[len(xs)-1], y)
	}
	return b.String()
}

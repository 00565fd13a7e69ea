package document

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
	"testing"

	"luoshi/document/fault"
)

// pdfOf makes a PDF of objects, numbered from 1, the first of which is its catalog.
func pdfOf(trailer string, objects ...string) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(objects))
	for i, object := range objects {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, offset := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, start)
	return out.Bytes()
}

const (
	catalogObject = "<< /Type /Catalog /Pages 2 0 R >>"
	pagesObject   = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
	latinFont     = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
)

func pageObject(entries string) string {
	return "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> " + entries + " >>"
}

func streamObject(entries, content string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", entries, len(content), content)
}

// pageOf makes a PDF of one page.
func pageOf(content string) []byte {
	return pdfOf("", catalogObject, pagesObject, pageObject("/Contents 4 0 R"), streamObject("", content), latinFont)
}

func deflated(t testing.TB, content string) string {
	t.Helper()
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// badPDFs are bad PDF files. pdfium mends what it can, so that many of them read or have no text.
func badPDFs(t testing.TB) []badFile {
	const text = "BT /F1 16 Tf 80 700 Td (2024 target 6.5%) Tj ET\n"
	corrupt := []fault.Code{fault.Corrupt}
	mended := []fault.Code{reads, fault.Empty, fault.Corrupt}
	bounded := []fault.Code{reads, fault.Empty, fault.Corrupt, fault.TooLarge}
	good := string(pageOf(text))
	objects, _, _ := strings.Cut(good, "xref\n")
	bomb := func(unit string, times int) func(testing.TB) []byte {
		return func(t testing.TB) []byte {
			return pdfOf("", catalogObject, pagesObject, pageObject("/Contents 4 0 R"), streamObject("/Filter /FlateDecode", deflated(t, strings.Repeat(unit, times))), latinFont)
		}
	}
	return []badFile{
		{"a head alone.pdf", of([]byte("%PDF-1.7\n")), corrupt},
		{"a head and a tail.pdf", of([]byte("%PDF-1.7\nstartxref\n0\n%%EOF\n")), corrupt},
		{"zero bytes behind a head.pdf", of([]byte("%PDF-1.7\n" + strings.Repeat("\x00", 100_000))), corrupt},
		{"a head within text.txt", of([]byte("说明 %PDF-1.4 不是文件\n" + sample)), []fault.Code{reads, fault.Corrupt}},
		{"references to the wrong places.pdf", of([]byte(strings.ReplaceAll(good, "00000 n", "00001 n"))), mended},
		{"no table of references.pdf", of([]byte(objects)), mended},
		{"a start beyond the end.pdf", of([]byte(strings.Replace(good, "startxref\n", "startxref\n99999999", 1))), mended},
		{"tables of references in a circle.pdf", of([]byte(strings.Replace(good, "/Root 1 0 R", fmt.Sprintf("/Root 1 0 R /Prev %d", strings.Index(good, "xref\n")), 1))), mended},
		{"a size of two billion.pdf", of([]byte(strings.Replace(good, "/Size 6", "/Size 2147483647", 1))), mended},
		{"a negative size.pdf", of([]byte(strings.Replace(good, "/Size 6", "/Size -6", 1))), mended},
		{"no root.pdf", of([]byte(strings.Replace(good, "/Root 1 0 R", "", 1))), mended},
		{"a root that is a page.pdf", of([]byte(strings.Replace(good, "/Root 1 0 R", "/Root 3 0 R", 1))), mended},
		{"pages in a circle.pdf", of(pdfOf("", catalogObject, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>")), mended},
		{"pages in a wider circle.pdf", of(pdfOf("", catalogObject, "<< /Type /Pages /Kids [3 0 R] /Count 5 >>", "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 5 >>")), mended},
		{"a page that is its own parent.pdf", of(pdfOf("", catalogObject, pagesObject, "<< /Type /Page /Parent 3 0 R /Contents 4 0 R >>", streamObject("", text))), mended},
		{"a billion pages.pdf", of(pdfOf("", catalogObject, "<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>", pageObject(""))), bounded},
		{"a negative number of pages.pdf", of(pdfOf("", catalogObject, "<< /Type /Pages /Kids [3 0 R] /Count -5 >>", pageObject(""))), bounded},
		{"more pages than allowed.pdf", of(pdfOf("", catalogObject, "<< /Type /Pages /Kids ["+strings.Repeat("3 0 R ", 3000)+"] /Count 3000 >>", pageObject(""))), bounded},
		{"no pages.pdf", of(pdfOf("", catalogObject, "<< /Type /Pages /Kids [] /Count 0 >>")), mended},
		{"kids of no sense.pdf", of(pdfOf("", catalogObject, "<< /Type /Pages /Kids [null 7 (x) 99 0 R << >>] /Count 5 >>")), mended},
		{"a length of two billion.pdf", of([]byte(strings.Replace(good, fmt.Sprintf("/Length %d", len(text)), "/Length 2147483647", 1))), mended},
		{"a length that is itself.pdf", of(pdfOf("", catalogObject, pagesObject, pageObject("/Contents 4 0 R"), "<< /Length 4 0 R >>\nstream\n"+text+"\nendstream", latinFont)), mended},
		{"contents in a circle.pdf", of(pdfOf("", catalogObject, pagesObject, pageObject("/Contents [4 0 R 4 0 R]"), "[4 0 R 4 0 R]")), mended},
		{"a form that draws itself.pdf", of(pdfOf("", catalogObject, pagesObject, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /X 4 0 R >> >> /Contents 5 0 R >>",
			streamObject("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>", "/X Do /X Do"), streamObject("", "/X Do"))), mended},
		{"arrays nested without end.pdf", of(pdfOf("", catalogObject, pagesObject, pageObject("/X "+strings.Repeat("[", 200_000)))), mended},
		{"dictionaries nested without end.pdf", of(pdfOf("", catalogObject, pagesObject, pageObject("/X "+strings.Repeat("<< /a ", 100_000)))), mended},
		{"states saved without end.pdf", of(pageOf(strings.Repeat("q ", 500_000) + text)), bounded},
		{"operands without end.pdf", of(pageOf(strings.Repeat("1 ", 1_000_000) + text)), bounded},
		{"a string that never ends.pdf", of(pageOf("BT /F1 9 Tf (" + strings.Repeat("(", 200_000))), mended},
		{"a bomb of blanks.pdf", bomb(strings.Repeat(" ", 1024), 100*1024), bounded},
		{"a bomb of text.pdf", bomb("BT /F1 9 Tf 9 9 Td (0123456789) Tj ET\n", 60_000), bounded},
		{"a bomb of rules.pdf", bomb("0 0 m 9 9 l S\n", 60_000), bounded},
		{"places beyond all measure.pdf", of(pageOf("1e38 0 0 1e38 1e38 1e38 cm " + text + "NaN 0 0 -1 x y cm " + text)), mended},
		{"a page of no size.pdf", of(pdfOf("", catalogObject, pagesObject, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 0 0] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>", streamObject("", text), latinFont)), mended},
		{"a page of endless size.pdf", of(pdfOf("", catalogObject, pagesObject, "<< /Type /Page /Parent 2 0 R /MediaBox [-1e30 -1e30 1e30 1e30] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>", streamObject("", text), latinFont)), mended},
		{"a font that is missing.pdf", of(pdfOf("", catalogObject, pagesObject, pageObject("/Contents 4 0 R"), streamObject("", text))), mended},
		{"a filter of no name.pdf", of(pdfOf("", catalogObject, pagesObject, pageObject("/Contents 4 0 R"), streamObject("/Filter /NoSuch", text), latinFont)), mended},
		{"filters without end.pdf", of(pdfOf("", catalogObject, pagesObject, pageObject("/Contents 4 0 R"), streamObject("/Filter ["+strings.Repeat("/FlateDecode ", 1000)+"]", text), latinFont)), mended},
		{"a stream that is not what its filter says.pdf", of(pdfOf("", catalogObject, pagesObject, pageObject("/Contents 4 0 R"), streamObject("/Filter /FlateDecode", text), latinFont)), mended},
		{"a password.pdf", of(pdfOf("/Encrypt 2 0 R /ID [<41> <41>]", catalogObject, "<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <"+strings.Repeat("41", 32)+"> /U <"+strings.Repeat("42", 32)+"> >>")), []fault.Code{fault.Encrypted}},
		{"a lock of no name.pdf", of(pdfOf("/Encrypt << /Filter /NoSuch /V 99 >>", catalogObject, pagesObject, pageObject(""))), []fault.Code{fault.Encrypted, fault.Corrupt}},
		{"an image alone.pdf", of(pdfOf("", catalogObject, pagesObject, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>",
			streamObject("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "\x80"), streamObject("", "595 0 0 842 0 0 cm /I Do"))), []fault.Code{fault.Scanned}},
		{"an image of endless size.pdf", of(pdfOf("", catalogObject, pagesObject, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 4 0 R >> >> /Contents 5 0 R >>",
			streamObject("/Type /XObject /Subtype /Image /Width 2000000000 /Height 2000000000 /ColorSpace /DeviceRGB /BitsPerComponent 16", "\x80"), streamObject("", "595 0 0 842 0 0 cm /I Do"))), []fault.Code{fault.Scanned, fault.Empty, fault.Corrupt}},
		{"a hundred thousand objects.pdf", of(pdfOf("", append([]string{catalogObject, pagesObject, pageObject("/Contents 4 0 R"), streamObject("", text), latinFont}, strings.Split(strings.Repeat("null,", 100_000), ",")...)...)), mended},
	}
}

package docx

import (
	"strings"
	"testing"

	"luoshi/document/partcheck"
)

const (
	openDocument = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ` +
		`xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" ` +
		`xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:body>`
	closeDocument = `<w:sectPr/></w:body></w:document>`
	openStyles    = `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">`
	openNumbering = `<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">`
)

// document makes a Word document of a body and of other parts: name, content, …
func document(t testing.TB, body string, others ...string) []byte {
	t.Helper()
	return partcheck.Zip(t, append([]string{"word/document.xml", openDocument + body + closeDocument}, others...)...)
}

// relations is the list of relations of the main part: kind, target, kind, target …
func relations(pairs ...string) string {
	var b strings.Builder
	b.WriteString(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for i := 0; i < len(pairs); i += 2 {
		b.WriteString(`<Relationship Id="r` + pairs[i+1] + `" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/` + pairs[i] + `" Target="` + pairs[i+1] + `"/>`)
	}
	return b.String() + `</Relationships>`
}

// render reads a document and renders its parts.
func render(t testing.TB, data []byte) string {
	t.Helper()
	return partcheck.Reader(Parts).Render(t, data)
}

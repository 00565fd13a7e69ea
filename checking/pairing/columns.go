package pairing

import (
	"strings"
	"unicode"

	"luoshi/document"
)

// columns knows what the headers of tables name.
type columns struct {
	doc   *document.Document
	known map[[2]int32]string
}

func newColumns(doc *document.Document) *columns {
	return &columns{doc: doc, known: map[[2]int32]string{}}
}

// of is what the header of a column names beyond target, result and growth; "" for 预期目标 and 完成数.
func (c *columns) of(table int32, col int) string {
	key := [2]int32{table, int32(col)}
	if name, ok := c.known[key]; ok {
		return name
	}
	name := residue(header(c.doc, &c.doc.Tables[table], col))
	c.known[key] = name
	return name
}

// header is the text of the header cells over a column.
func header(doc *document.Document, t *document.Table, col int) string {
	var b strings.Builder
	for i := range t.Cells {
		cell := &t.Cells[i]
		if cell.Row >= t.HeaderRows {
			break
		}
		if cell.Col <= col && col < cell.Col+max(cell.ColSpan, 1) {
			b.WriteString(cell.In(doc.Text))
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// residue is what is left of a header without the words that every table has.
func residue(header string) string {
	header, _, _ = cutNotes(header)
	header = strings.Join(strings.Fields(header), "")
	for _, w := range vocabulary.of("header") {
		header = strings.ReplaceAll(header, w, "")
	}
	return strings.TrimFunc(header, func(r rune) bool { return !unicode.Is(unicode.Han, r) })
}

// cutNotes takes what stands in round brackets out of a text.
func cutNotes(text string) (plain, notes string, any bool) {
	depth := 0
	var a, b strings.Builder
	for _, r := range text {
		switch {
		case r == '(' || r == '（':
			depth++
		case (r == ')' || r == '）') && depth > 0:
			depth--
		case depth > 0:
			b.WriteRune(r)
		default:
			a.WriteRune(r)
		}
	}
	return a.String(), b.String(), b.Len() > 0
}

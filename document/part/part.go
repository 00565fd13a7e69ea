// Package part is what a format's reader hands over: paragraphs and tables in reading order, with
// nothing of the file's own coding left in them. Package document lays parts out as canonical text
// with blocks, so that a reader of .docx and a reader of .pdf need to know nothing of each other.
package part

// Kind tells a paragraph from a table.
type Kind uint8

const (
	Paragraph Kind = iota
	TableKind
)

// Part is one paragraph or one table.
type Part struct {
	Kind Kind
	// Text is the paragraph's text, without line breaks and without automatic list numbers unless
	// the format's reader could work them out. Empty for a table.
	Text string
	// Heading is the depth a style or tag states (Word's heading 1, <h2>, “##”): 1 is the highest,
	// 0 means that the format says nothing and the text decides.
	Heading int
	// Title marks a paragraph that the format itself calls the document's title.
	Title bool
	// Furniture marks what the format itself says is not part of the text: <nav>, page headers,
	// footers, page numbers.
	Furniture bool
	Table     *Table
}

// Table is a grid as the format states it. Rows may be ragged.
type Table struct {
	// Caption is the text that the format ties to the table, or the sheet's name; often empty.
	Caption string
	// HeaderRows is the number of rows that the format marks as header; 0 when it does not say.
	HeaderRows int
	Rows       [][]Cell
}

// Cell is one cell. A merged cell stands once, at its upper left place, with its extent; places that
// it covers are absent from the rows.
type Cell struct {
	Text    string
	RowSpan int // 0 and 1 both mean one row
	ColSpan int // 0 and 1 both mean one column
}

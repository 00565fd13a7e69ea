// Package document turns a file of any supported format into a Document: canonical text, its blocks
// and outline, its tables and what it says of itself.
package document

import "luoshi/calendar"

// Format is the format a file was found to be in, by its content rather than by its name.
type Format string

const (
	Text     Format = "txt"
	Markdown Format = "md"
	HTML     Format = "html"
	Word     Format = "docx"
	Excel    Format = "xlsx"
	CSV      Format = "csv"
	PDF      Format = "pdf"
	OFD      Format = "ofd"
)

// Span is a half-open range of bytes in Document.Text.
type Span struct{ Start, End int }

// Empty tells whether the span holds nothing.
func (s Span) Empty() bool { return s.End <= s.Start }

// In is the text of the span within text.
func (s Span) In(text string) string { return text[s.Start:s.End] }

// Document is a file as it came. Offsets inside the program are bytes of Text; offsets that leave it
// (At, End in records) count code points, see Offsets.
type Document struct {
	Name   string // as the caller gave it; an archive's member reads "archive.zip/member.docx"
	Format Format
	Digest string // SHA-256 of the file's bytes, hex
	// Text is the canonical text, valid UTF-8. For a text file it is the file, decoded and without
	// its byte order mark, and nothing else is changed. For the other formats it is one line for each
	// paragraph and one line for each row of a table, cells set apart by " | ".
	Text    string
	Blocks  []Block   // in the order of the text; every line that is not blank belongs to one block
	Outline []Section // in the order of the text
	Tables  []Table   // in the order of the text
	Meta    Meta
}

// BlockKind tells what a block is.
type BlockKind uint8

const (
	Paragraph BlockKind = iota
	Heading             // a line that only names what follows
	TableRow            // a row of a table: Block.Table says which
)

// Block is one line of the canonical text.
type Block struct {
	Span      // without the line break
	Kind      BlockKind
	Furniture bool  // navigation, 分享:, 来源:, recommended links, licence footers: kept and not read
	Section   int32 // index into Outline of the innermost section that holds the block; -1 for none
	Table     int32 // index into Tables; -1 for none
}

// Section is a node of the outline: 第一章, 一、, (一), 1., (1), ①, 一是, or a styled heading.
type Section struct {
	Span         // from its marker to the end of all it holds
	Marker Span  // “(一)”; empty where a style alone makes the heading
	Title  Span  // after the marker, to the end of the heading (of its first clause for 一是)
	Level  int32 // 1 is the highest
	Parent int32 // index into Document.Outline; -1 at the top
}

// Table is a grid of cells found in the document.
type Table struct {
	Span            // from the first cell to the last
	Caption    Span // the line that names it, where there is one
	Unit       Span // what “单位:亿元” above the table or in its caption says; empty where unsaid
	HeaderRows int  // rows at the top that name columns
	Rows, Cols int
	Cells      []Cell // by row, then by column
}

// Cell is one cell; a merged one stands once with its extent. A cell that a web copy dropped or moved
// has been set back to the column it belongs to.
type Cell struct {
	Span             // trimmed of blanks
	Row, Col         int
	RowSpan, ColSpan int // at least 1
}

// Kind tells what a document as a whole does.
type Kind string

const (
	KindPlan   Kind = "plan"   // it promises
	KindReport Kind = "report" // it gives account
	KindBoth   Kind = "both"   // it reviews a period and plans the next
	KindOther  Kind = "other"
)

// Fact is something a document says of itself, with the place where it says so.
type Fact struct {
	Value string
	Span  Span // empty where the value was inferred rather than read
}

// Meta is what a document says of itself.
type Meta struct {
	Title  Fact
	Issuer Fact // 发布机构, 某某区人民政府
	Region Fact // 新城区, 安徽省
	Date   Fact // date of issue or delivery, YYYY-MM-DD
	Kind   Kind
	// PlanYear is the year whose work is planned; 0 where nothing is. The body decides: a title that
	// names another year than the body plans is overruled.
	PlanYear     int
	PlanYearAt   Span
	ReportPeriod calendar.Period // the period accounted for; zero where there is none
	ReportAt     Span
}

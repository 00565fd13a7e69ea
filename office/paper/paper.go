// Package paper is an official document (公文) before it has a format: its head, its title, headings,
// paragraphs, tables and charts, and its foot, as GB/T 9704-2012 names them. The writers beside it turn one paper
// into a Word file, a page, a workbook, a PDF or an OFD; what is said is said once.
//
// A figure keeps its key through all of that: whoever wrote the paper can find each of them again.
package paper

// Document is an official document.
type Document struct {
	Head      Head     `json:"head,omitzero"`
	Title     string   `json:"title"`
	Subtitle  string   `json:"subtitle,omitempty"`  // beneath the title, with its brackets: where and when it is said
	Speaker   string   `json:"speaker,omitempty"`   // with post, beneath the subtitle
	Addressee string   `json:"addressee,omitempty"` // 主送机关, or whom a speech addresses; with its colon
	Body      []Block  `json:"body"`
	Annexes   []string `json:"annexes,omitempty"` // 附件说明: their names
	Signature []string `json:"signature,omitempty"`
	Date      string   `json:"date,omitempty"` // 成文日期, as printed
	Foot      Foot     `json:"foot,omitzero"`
}

// Head is 版头: what stands above the title. A document without an organ has none.
type Head struct {
	Organ   string `json:"organ,omitempty"`   // 发文机关标志, in red: 望溪区人民政府文件
	Number  string `json:"number,omitempty"`  // 发文字号: 望政发〔2026〕17号
	Issue   string `json:"issue,omitempty"`   // of a bulletin: 第十七期
	Signer  string `json:"signer,omitempty"`  // 签发人
	Urgency string `json:"urgency,omitempty"` // 特急, 加急
	Office  string `json:"office,omitempty"`  // of a bulletin: who edits it, at the left above the rule
	On      string `json:"on,omitempty"`      // and the day, at the right
	Letter  bool   `json:"letter,omitempty"`  // 信函格式: the organ at the upper edge, the number at the right beneath the rule
}

// Foot is 版记: what stands between the two rules at the end of the last page.
type Foot struct {
	Copies  string `json:"copies,omitempty"`  // 抄送, without the word itself
	Printer string `json:"printer,omitempty"` // 印发机关
	Printed string `json:"printed,omitempty"` // 印发日期, without 印发
}

// Kind is what a block is.
type Kind string

// The kinds of blocks.
const (
	Heading   Kind = "heading"
	Paragraph Kind = "paragraph"
	Tabular   Kind = "table"
	Graphic   Kind = "chart"
)

// Block is a part of the body.
type Block struct {
	Kind  Kind   `json:"kind"`
	Key   string `json:"key,omitempty"`   // names the block for whoever made it
	Level int    `json:"level,omitempty"` // of a heading: 1 to 4, numbered 一、 （一） 1. （1） in its own text
	Runs  []Run  `json:"runs,omitempty"`  // of a heading or a paragraph
	Table *Table `json:"table,omitempty"`
	Chart *Chart `json:"chart,omitempty"`
}

// Run is a piece of text of one kind.
type Run struct {
	Text   string `json:"text"`
	Figure string `json:"figure,omitempty"` // key of the figure that the text prints; empty for words
	Bold   bool   `json:"bold,omitempty"`
}

// Table is a table with its caption.
type Table struct {
	Caption string   `json:"caption"`
	Measure string   `json:"measure,omitempty"` // above its right end: 单位：万元
	Columns []Column `json:"columns"`
	Header  [][]Cell `json:"header"` // rows; cells that another one spans are left out
	Rows    [][]Cell `json:"rows"`
	Notes   []string `json:"notes,omitempty"` // beneath it
	Wide    bool     `json:"wide,omitempty"`  // it stands on turned pages of its own
}

// crowded is the number of columns from which the text of a table is small.
const crowded = 6

// Crowded tells that a table has so many columns that its text is small.
func (t *Table) Crowded() bool { return len(t.Columns) >= crowded }

// Column is how a column is set.
type Column struct {
	Width  int  `json:"width"` // share of the table's width, in any unit that all columns share
	Number bool `json:"number,omitempty"`
	Prose  bool `json:"prose,omitempty"` // sentences, that stand at the left however short they are
}

// Cell is a cell of a table.
type Cell struct {
	Runs    []Run   `json:"runs,omitempty"`
	Value   string  `json:"value,omitempty"` // the number in it as a plain decimal: 1234.50; empty where it has none
	Exact   string  `json:"exact,omitempty"` // what Value is rounded from, for a workbook to compute with; empty where it is exact
	Formula Formula `json:"formula,omitzero"`
	Columns int     `json:"columns,omitempty"` // that it spans; 0 is 1
	Rows    int     `json:"rows,omitempty"`
	Bold    bool    `json:"bold,omitempty"`
}

// Operation is how a formula makes its value.
type Operation string

// The operations of formulas.
const (
	Sum   Operation = "sum"   // of all cells
	Share Operation = "share" // of the first cell in the second, in per cent
	Less  Operation = "less"  // the first less the second
)

// Formula is how a number follows from other cells of the same table; a workbook computes it, other formats print the
// value. A cell without operation has none.
type Formula struct {
	Operation Operation `json:"operation,omitempty"`
	Of        []Place   `json:"of,omitempty"`
}

// Place is a cell: its row among Rows, and its column, both counted from 0.
type Place struct {
	Row    int `json:"row"`
	Column int `json:"column"`
}

// ChartKind is how a chart draws its series.
type ChartKind string

// The kinds of charts.
const (
	Bars  ChartKind = "bars"  // a group of bars at each label
	Lines ChartKind = "lines" // a line through all labels
)

// Chart is a chart. Its figures are those of its series; a format that cannot draw prints them as a table.
type Chart struct {
	Kind    ChartKind `json:"kind"`
	Caption string    `json:"caption"`
	Measure string    `json:"measure,omitempty"`
	Labels  []string  `json:"labels"`
	Series  []Series  `json:"series"`
}

// Series is a row of figures of a chart, one at each label; empty where there is none.
type Series struct {
	Name   string   `json:"name"`
	Values []string `json:"values"` // plain decimals
	Keys   []string `json:"keys,omitempty"`
}

package bulletin

import (
	"strings"

	"luoshi/document"
)

// laid is a bulletin as a document: one line for each heading, paragraph and row of a table, with the place of each part.
type laid struct {
	document  *document.Document
	text      strings.Builder
	stretches []stretch
	section   int32
}

func lay(c Content, blocks Blocks) *laid {
	l := &laid{document: &document.Document{Name: "bulletin", Format: document.Word}, section: -1}
	l.typed(Opening, blocks)
	for _, s := range c.Sections {
		l.heading(s)
		for _, sentence := range s.Sentences {
			l.line(s.Kind, document.Paragraph, -1, sentence)
		}
		for i := range s.Tables {
			l.table(s.Kind, &s.Tables[i])
		}
		l.typed(s.Kind, blocks)
	}
	l.document.Text = l.text.String()
	for i := range l.document.Outline {
		end := len(l.document.Text)
		if i+1 < len(l.document.Outline) {
			end = l.document.Outline[i+1].Start
		}
		l.document.Outline[i].End = end
	}
	return l
}

// heading begins a section.
func (l *laid) heading(s Section) {
	start := l.text.Len()
	l.section = int32(len(l.document.Outline))
	l.line(s.Kind, document.Heading, -1, Sentence{{Text: s.Title, From: &Source{Kind: FromNumbers}}})
	l.document.Outline = append(l.document.Outline, document.Section{
		Span: document.Span{Start: start}, Title: document.Span{Start: start, End: start + len(s.Title)}, Level: 1, Parent: -1,
	})
}

// typed are the paragraphs of a block.
func (l *laid) typed(place Kind, blocks Blocks) {
	for _, p := range blocks.Paragraphs(place) {
		at := len(l.stretches)
		l.line(place, document.Paragraph, -1, Sentence{{Text: p}})
		for i := range l.stretches[at:] {
			l.stretches[at+i].typed = true
		}
	}
}

// line is a line of the text.
func (l *laid) line(place Kind, kind document.BlockKind, table int32, parts Sentence) {
	start := l.text.Len()
	for _, p := range parts {
		from := l.text.Len()
		l.text.WriteString(p.Text)
		l.stretches = append(l.stretches, stretch{Span: document.Span{Start: from, End: l.text.Len()}, Part: p, place: place})
	}
	l.document.Blocks = append(l.document.Blocks, document.Block{
		Span: document.Span{Start: start, End: l.text.Len()}, Kind: kind, Section: l.section, Table: table,
	})
	l.text.WriteByte('\n')
}

// table is a table with its caption above it.
func (l *laid) table(place Kind, t *Table) {
	number := int32(len(l.document.Tables))
	caption := document.Span{Start: l.text.Len(), End: l.text.Len() + len(t.Title)}
	l.line(place, document.Paragraph, -1, Sentence{{Text: t.Title, From: &Source{Kind: FromNumbers}}})
	made := document.Table{
		Span: document.Span{Start: l.text.Len()}, Caption: caption, HeaderRows: 1, Rows: len(t.Rows) + 1, Cols: len(t.Columns),
	}
	head := make([]Part, len(t.Columns))
	for i, column := range t.Columns {
		head[i] = Part{Text: column.Title, From: &Source{Kind: FromNumbers}}
	}
	for row, parts := range append([][]Part{head}, t.Rows...) {
		at := len(l.stretches)
		l.line(place, document.TableRow, number, barred(parts))
		for col := range parts {
			made.Cells = append(made.Cells, document.Cell{Span: l.stretches[at+2*col].Span, Row: row, Col: col, RowSpan: 1, ColSpan: 1})
		}
	}
	made.End = l.text.Len() - 1
	l.document.Tables = append(l.document.Tables, made)
}

// barred are the cells of a row with what sets them apart.
func barred(cells []Part) Sentence {
	var s Sentence
	for i, cell := range cells {
		if i > 0 {
			s = append(s, Part{Text: " | "})
		}
		s = append(s, cell)
	}
	return s
}

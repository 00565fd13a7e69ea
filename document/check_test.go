package document

import (
	"testing"
	"unicode/utf8"
)

// checkDocument holds a document against what its types promise: spans within the text, on the bounds of
// characters, in order and nested, indexes that exist.
func checkDocument(t *testing.T, doc *Document) {
	t.Helper()
	if !utf8.ValidString(doc.Text) {
		t.Error("text is not valid UTF-8")
	}
	end := 0
	for i, b := range doc.Blocks {
		checkSpan(t, doc, "block", i, b.Span)
		if b.Start < end || b.Empty() {
			t.Errorf("block %d at %v does not follow %d", i, b.Span, end)
		}
		end = b.End
		if b.Section < -1 || int(b.Section) >= len(doc.Outline) || b.Table < -1 || int(b.Table) >= len(doc.Tables) {
			t.Errorf("block %d: section %d of %d, table %d of %d", i, b.Section, len(doc.Outline), b.Table, len(doc.Tables))
		} else if b.Section >= 0 && (doc.Outline[b.Section].Start > b.Start || doc.Outline[b.Section].End < b.End) {
			t.Errorf("block %d at %v outside its section at %v", i, b.Span, doc.Outline[b.Section].Span)
		}
	}
	checkOutline(t, doc)
	for i, table := range doc.Tables {
		checkTable(t, doc, i, &table)
	}
	m := &doc.Meta
	for i, span := range []Span{m.Title.Span, m.Issuer.Span, m.Region.Span, m.Date.Span, m.PlanYearAt, m.ReportAt} {
		checkSpan(t, doc, "meta", i, span)
	}
}

func checkSpan(t *testing.T, doc *Document, what string, i int, s Span) {
	t.Helper()
	if s.Start < 0 || s.Start > s.End || s.End > len(doc.Text) {
		t.Fatalf("%s %d at %v of %d bytes", what, i, s, len(doc.Text))
	}
	for _, at := range []int{s.Start, s.End} {
		if at < len(doc.Text) && !utf8.RuneStart(doc.Text[at]) {
			t.Errorf("%s %d at %v cuts a character", what, i, s)
		}
	}
}

func checkOutline(t *testing.T, doc *Document) {
	t.Helper()
	start := 0
	for i, s := range doc.Outline {
		checkSpan(t, doc, "section", i, s.Span)
		checkSpan(t, doc, "marker", i, s.Marker)
		checkSpan(t, doc, "title", i, s.Title)
		if s.Start < start {
			t.Errorf("section %d at %v begins before the one ahead of it", i, s.Span)
		}
		start = s.Start
		if s.Parent < 0 {
			if s.Level != 1 {
				t.Errorf("section %d has level %d at the top", i, s.Level)
			}
			continue
		}
		if int(s.Parent) >= i {
			t.Fatalf("section %d has parent %d", i, s.Parent)
		}
		parent := doc.Outline[s.Parent]
		if s.Level != parent.Level+1 || s.Start < parent.Start || s.End > parent.End {
			t.Errorf("section %d level %d at %v in parent level %d at %v", i, s.Level, s.Span, parent.Level, parent.Span)
		}
	}
}

func checkTable(t *testing.T, doc *Document, i int, table *Table) {
	t.Helper()
	checkSpan(t, doc, "table", i, table.Span)
	checkSpan(t, doc, "caption", i, table.Caption)
	checkSpan(t, doc, "unit", i, table.Unit)
	if table.HeaderRows < 0 || table.HeaderRows > table.Rows {
		t.Errorf("table %d has %d header rows of %d", i, table.HeaderRows, table.Rows)
	}
	row, col := 0, -1
	for n, c := range table.Cells {
		checkSpan(t, doc, "cell", n, c.Span)
		if c.Row < row || c.Row == row && c.Col <= col {
			t.Errorf("table %d: cell %d at %d,%d behind %d,%d", i, n, c.Row, c.Col, row, col)
		}
		row, col = c.Row, c.Col
		if c.Row+c.RowSpan > table.Rows || c.Col+c.ColSpan > table.Cols || c.RowSpan < 1 || c.ColSpan < 1 || c.Empty() {
			t.Errorf("table %d of %d x %d: cell %+v", i, table.Rows, table.Cols, c)
		}
	}
}

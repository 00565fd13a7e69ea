package document

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/document/partcheck"
)

// TestGolden sets the whole of a document beside what is written down of it: outline, blocks, tables and
// what the document says of itself.
func TestGolden(t *testing.T) {
	for _, name := range []string{"halfyear.txt", "plan.txt", "account.md", "targets.csv"} {
		t.Run(name, func(t *testing.T) {
			doc, err := Open(context.Background(), name, partcheck.File(t, filepath.Join("testdata", name)), Options{})
			if err != nil {
				t.Fatal(err)
			}
			checkDocument(t, doc)
			partcheck.Golden(t, filepath.Join("testdata", name+".golden"), render(doc))
		})
	}
}

// render writes a document as a page that a person can check.
func render(doc *Document) string {
	var b strings.Builder
	m := &doc.Meta
	fmt.Fprintf(&b, "title  %s\nissuer %s\nregion %s\ndate   %s\nkind   %s\nplan   %d %q\nreport %s..%s %q\n",
		m.Title.Value, m.Issuer.Value, m.Region.Value, m.Date.Value, m.Kind, m.PlanYear, m.PlanYearAt.In(doc.Text),
		m.ReportPeriod.From, m.ReportPeriod.To, m.ReportAt.In(doc.Text))
	b.WriteString("\noutline\n")
	for i, s := range doc.Outline {
		fmt.Fprintf(&b, "%s%d [%s] %s (%d bytes)\n", strings.Repeat("  ", int(s.Level)), i, s.Marker.In(doc.Text), s.Title.In(doc.Text), s.End-s.Start)
	}
	b.WriteString("\nblocks\n")
	for _, block := range doc.Blocks {
		kind := [...]string{"paragraph", "heading", "row"}[block.Kind]
		if block.Furniture {
			kind = "furniture"
		}
		fmt.Fprintf(&b, "  %-9s section %2d table %2d  %s\n", kind, block.Section, block.Table, beginning(block.In(doc.Text)))
	}
	for _, table := range doc.Tables {
		fmt.Fprintf(&b, "\ntable %d x %d, header %d, caption %q, unit %q\n", table.Rows, table.Cols, table.HeaderRows,
			table.Caption.In(doc.Text), table.Unit.In(doc.Text))
		for _, c := range table.Cells {
			fmt.Fprintf(&b, "  %d,%d", c.Row, c.Col)
			if c.RowSpan > 1 || c.ColSpan > 1 {
				fmt.Fprintf(&b, " over %d x %d", c.RowSpan, c.ColSpan)
			}
			fmt.Fprintf(&b, "  %s\n", c.In(doc.Text))
		}
	}
	return b.String()
}

func beginning(line string) string {
	const shown = 24
	runes := []rune(line)
	if len(runes) > shown {
		return string(runes[:shown]) + "…"
	}
	return line
}

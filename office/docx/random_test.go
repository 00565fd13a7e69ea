package docx

import (
	"context"
	"math/rand/v2"
	"strings"
	"testing"

	reader "luoshi/document/docx"
	"luoshi/document/limit"
	"luoshi/document/partcheck"
	"luoshi/office/paper"
)

// TestAnyDocumentReadsBack writes documents made by chance, with texts full of what XML, Word and our reader give a
// meaning to, and tables that span as they like: each reads back as it was.
func TestAnyDocumentReadsBack(t *testing.T) {
	for seed := range uint64(300) {
		d := chance{rand.New(rand.NewPCG(seed, 7))}.document()
		if err := d.Check(); err != nil {
			t.Fatalf("document %d: %v", seed, err)
		}
		got, err := reader.Parts(context.Background(), write(t, d, Options{Mark: "送审稿"}), limit.Limits{})
		if err != nil {
			t.Fatalf("document %d: %v", seed, err)
		}
		if g, w := partcheck.Render(got), partcheck.Render(said(d)); g != w {
			t.Fatalf("document %d: got\n%s\nwant\n%s", seed, g, w)
		}
	}
}

// chance makes documents.
type chance struct{ *rand.Rand }

func (c chance) document() paper.Document {
	d := paper.Document{
		Head:  paper.Head{Organ: c.text(), Number: c.text(), Signer: c.text()},
		Title: c.text(), Subtitle: c.text(), Speaker: c.text(), Addressee: c.text(), Signature: []string{c.text()}, Date: c.text(),
		Foot: paper.Foot{Copies: c.text(), Printer: c.text(), Printed: c.text()},
	}
	for range c.IntN(3) {
		d.Annexes = append(d.Annexes, c.text())
	}
	for range 1 + c.IntN(8) {
		switch c.IntN(4) {
		case 0:
			d.Body = append(d.Body, paper.Block{Kind: paper.Heading, Level: 1 + c.IntN(4), Runs: c.runs()})
		case 1:
			d.Body = append(d.Body, paper.Block{Kind: paper.Tabular, Table: c.table()})
		default:
			d.Body = append(d.Body, paper.Block{Kind: paper.Paragraph, Runs: c.runs()})
		}
	}
	return d
}

// text is a word or some, never empty, never blank at its ends.
func (c chance) text() string {
	words := []string{"望溪区", "6.8%", "“稳中求进”", "<b>", "&amp;", "]]>", "——", "a\"b'c", "①", "㎡", "，", "（一）", "2026年", "𠮷", "—"}
	var s strings.Builder
	for range 1 + c.IntN(5) {
		s.WriteString(words[c.IntN(len(words))])
	}
	return s.String()
}

func (c chance) runs() []paper.Run {
	var runs []paper.Run
	for range 1 + c.IntN(4) {
		r := paper.Run{Text: c.text(), Bold: c.IntN(4) == 0}
		if c.IntN(3) == 0 {
			r.Figure = c.text()
		}
		runs = append(runs, r)
	}
	return runs
}

// table has two columns at least and two rows: one of a single cell is a frame to our reader.
func (c chance) table() *paper.Table {
	t := &paper.Table{Caption: c.text(), Wide: c.IntN(3) == 0}
	for range 2 + c.IntN(4) {
		t.Columns = append(t.Columns, paper.Column{Width: 1 + c.IntN(9), Number: c.IntN(2) == 0})
	}
	t.Header = c.rows(1+c.IntN(2), len(t.Columns))
	t.Rows = c.rows(2+c.IntN(6), len(t.Columns))
	if c.IntN(2) == 0 {
		t.Measure, t.Notes = c.text(), []string{c.text()}
	}
	return t
}

// rows fills a grid with cells that span what is free to their right and below.
func (c chance) rows(high, wide int) [][]paper.Cell {
	taken := make([][]bool, high)
	for r := range taken {
		taken[r] = make([]bool, wide)
	}
	rows := make([][]paper.Cell, high)
	for r := range rows {
		for column := range wide {
			if taken[r][column] {
				continue
			}
			cell := paper.Cell{Runs: c.runs(), Columns: 1, Rows: 1}
			if c.IntN(5) == 0 && column+1 < wide && !taken[r][column+1] {
				cell.Columns = 2
			}
			if c.IntN(5) == 0 && r+1 < high {
				cell.Rows = 2
			}
			for i := range cell.Rows {
				for j := range cell.Columns {
					taken[r+i][column+j] = true
				}
			}
			rows[r] = append(rows[r], cell)
		}
	}
	return rows
}

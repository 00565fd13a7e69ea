package pairing

import (
	"strings"
	"unicode/utf8"

	"luoshi/checking/judge"
	"luoshi/document"
	"luoshi/reading"
)

// InRow is the result that stands in the row of a target, to its right, and is of its measure and unit;
// nil where the row has none.
func (p *Paper) InRow(t *Item) *Item {
	if t.row < 0 || t.col == 0 {
		return nil
	}
	for i := int(t.Index) + 1; i < len(p.Items); i++ {
		r := &p.Items[i]
		if r.Table != t.Table || r.row != t.row {
			return nil
		}
		if r.col <= t.col || !judge.Comparable(t.Figure, r.Figure) {
			continue
		}
		if r.Kind == reading.Target {
			return nil
		}
		if r.Kind == reading.Result && likeColumns(t.column, r.column) {
			return r
		}
	}
	return nil
}

// likeColumns tells whether two columns may be target and result of one thing: neither names anything
// of its own, or their names share two neighbouring characters.
func likeColumns(a, b string) bool {
	if a == "" && b == "" {
		return true
	}
	for i, r := range a {
		next, size := utf8.DecodeRuneInString(a[i+utf8.RuneLen(r):])
		if size > 0 && strings.Contains(b, string(r)+string(next)) {
			return true
		}
	}
	return false
}

// WordedCell is a cell that states a target in words, with the results of one row that it covers.
type WordedCell struct {
	Cell    document.Cell
	Text    string  // without blanks
	Results []int32 // of the row, in the order of the columns
	Row     int
}

// WordedCells are the target cells without a number: 正增长, 与经济增长基本同步. A merged cell stands once for
// each row that it covers.
func (p *Paper) WordedCells() []WordedCell {
	var found []WordedCell
	for ti := range p.Document.Tables {
		t := &p.Document.Tables[ti]
		for ci := range t.Cells {
			c := &t.Cells[ci]
			text := strings.Join(strings.Fields(c.In(p.Document.Text)), "")
			if c.Row < t.HeaderRows || c.Col == 0 || judge.Bound(text) == "" || !p.targetColumn(t, c.Col) {
				continue
			}
			for row := c.Row; row < c.Row+max(c.RowSpan, 1); row++ {
				found = append(found, WordedCell{Cell: *c, Text: text, Row: row, Results: p.rowResults(int32(ti), row)})
			}
		}
	}
	return found
}

func (p *Paper) targetColumn(t *document.Table, col int) bool {
	return vocabulary.holds("target", header(p.Document, t, col))
}

func (p *Paper) rowResults(table int32, row int) []int32 {
	var results []int32
	for _, i := range p.Results {
		if it := &p.Items[i]; it.Table == table && it.row == row {
			results = append(results, i)
		}
	}
	return results
}

package book

import (
	"strconv"
	"strings"
	"testing"

	"luoshi/office/paper"
)

// TestTotalsOfRoundedNumbersAreComputedFromWhatTheyAre: 2.304 and 1.104 are printed 2.30 and 1.10, and make 3.41.
func TestTotalsOfRoundedNumbersAreComputedFromWhatTheyAre(t *testing.T) {
	cell := func(value, exact string) paper.Cell {
		return paper.Cell{Runs: []paper.Run{{Text: value}}, Value: value, Exact: exact}
	}
	total, share := cell("3.41", "3.408"), cell("67.61", "")
	total.Formula = paper.Formula{Operation: paper.Sum, Of: []paper.Place{{Row: 1}, {Row: 2}}}
	share.Formula = paper.Formula{Operation: paper.Share, Of: []paper.Place{{Row: 1}, {Row: 0}}}
	f := open(t, paper.Document{Body: []paper.Block{{Kind: paper.Tabular, Table: &paper.Table{
		Caption: "投资", Columns: []paper.Column{{Width: 1, Number: true}, {Width: 1, Number: true}},
		Header: [][]paper.Cell{{{Runs: []paper.Run{{Text: "亿元"}}}, {Runs: []paper.Run{{Text: "%"}}}}},
		Rows:   [][]paper.Cell{{total, cell("100", "")}, {cell("2.30", "2.304"), share}, {cell("1.10", "1.104"), cell("32.39", "")}},
	}}}})
	sheet := f.GetSheetList()[0]
	rows, err := f.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{"sum": "SUM(A{2}:A{3})", "share": "ROUND(A{2}/A{1}*100,2)"} {
		found := false
		for r := range rows {
			for _, column := range []string{"A", "B"} {
				formula, err := f.GetCellFormula(sheet, column+strconv.Itoa(r+1))
				if err != nil {
					t.Fatal(err)
				}
				found = found || formula == placed(want, len(rows)-2)
			}
		}
		if !found {
			t.Errorf("no %s %s in %q", at, placed(want, len(rows)-2), rows)
		}
	}
	if shown, err := f.GetCellValue(sheet, "A"+strconv.Itoa(len(rows)-2)); err != nil || shown != "3.41" {
		t.Errorf("the total shows %s: %v", shown, err)
	}
}

// placed names the rows of a formula: {1} is the first one of the table.
func placed(formula string, first int) string {
	return strings.NewReplacer("{1}", strconv.Itoa(first), "{2}", strconv.Itoa(first+1), "{3}", strconv.Itoa(first+2)).Replace(formula)
}

package layout

import (
	"math/rand/v2"
	"strings"
	"testing"

	"luoshi/office/paper"
	"luoshi/office/paper/papertest"
)

// TestAnyDocumentFitsItsPages sets documents of random paragraphs, and tables whose cells reach over random rows and
// columns: each character is printed once, and none outside of the area.
func TestAnyDocumentFitsItsPages(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 7))
		d := paper.Document{Title: "题" + random(r, 60)}
		for range 1 + r.IntN(6) {
			switch r.IntN(3) {
			case 0:
				d.Body = append(d.Body, paper.Block{Kind: paper.Heading, Level: 1 + r.IntN(4), Runs: runs("头" + random(r, 30))})
			case 1:
				d.Body = append(d.Body, paper.Block{Kind: paper.Paragraph, Runs: runs(random(r, 300), random(r, 900))})
			case 2:
				d.Body = append(d.Body, paper.Block{Kind: paper.Tabular, Table: randomTable(r)})
			}
		}
		p := set(t, d)
		if err := within(p); err != nil {
			t.Errorf("seed %d: %v", seed, err)
		}
		if got, want := marks(p), strings.Join(papertest.Texts(d), ""); got != strings.Count(want, "墨") {
			t.Errorf("seed %d: %d of %d marked characters are printed", seed, got, strings.Count(want, "墨"))
		}
	}
}

// marks counts the characters that only the text of random documents has.
func marks(p *Printed) int {
	n := 0
	for _, page := range p.Pages {
		for _, text := range page.Texts {
			n += strings.Count(text.Text, "墨")
		}
	}
	return n
}

func random(r *rand.Rand, most int) string {
	letters := []rune("墨区，。（）“”《》——……%3.8亿Ab ")
	var s strings.Builder
	for range r.IntN(most) {
		s.WriteRune(letters[r.IntN(len(letters))])
	}
	return s.String()
}

func randomTable(r *rand.Rand) *paper.Table {
	t := &paper.Table{Caption: "表", Wide: r.IntN(3) == 0}
	columns := 1 + r.IntN(6)
	for range columns {
		t.Columns = append(t.Columns, paper.Column{Width: 1 + r.IntN(4), Number: r.IntN(3) == 0})
		if len(t.Header) == 0 {
			t.Header = [][]paper.Cell{nil}
		}
		t.Header[0] = append(t.Header[0], paper.Cell{Runs: runs("列")})
	}
	rows := 1 + r.IntN(40)
	taken := make([]int, columns) // rows that are covered from above
	for i := range rows {
		var row []paper.Cell
		for c := 0; c < columns; {
			if taken[c] > 0 {
				taken[c]--
				c++
				continue
			}
			cell := paper.Cell{Runs: runs(random(r, 1+300/(1+r.IntN(40)))), Columns: 1, Rows: min(1+max(0, r.IntN(12)-8), rows-i)}
			for c+cell.Columns < columns && taken[c+cell.Columns] == 0 && r.IntN(5) == 0 {
				cell.Columns++
			}
			for range cell.Columns {
				taken[c] = cell.Rows - 1
				c++
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

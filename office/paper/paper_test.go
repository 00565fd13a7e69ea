package paper_test

import (
	"fmt"
	"strings"
	"testing"

	"luoshi/office/paper"
	"luoshi/office/paper/papertest"
)

// rows makes cells of a drawing: each word is a cell, its text, and where it spans “>columns” and “v rows”.
func rows(lines ...string) [][]paper.Cell {
	var all [][]paper.Cell
	for _, line := range lines {
		var row []paper.Cell
		for _, word := range strings.Fields(line) {
			c := paper.Cell{Runs: []paper.Run{{Text: word[:1]}}}
			for i := 1; i+1 < len(word); i += 2 {
				if word[i] == '>' {
					c.Columns = int(word[i+1] - '0')
				} else {
					c.Rows = int(word[i+1] - '0')
				}
			}
			row = append(row, c)
		}
		all = append(all, row)
	}
	return all
}

func TestLay(t *testing.T) {
	cases := []struct {
		name string
		rows [][]paper.Cell
		want []string
	}{
		{"plain", rows("a b c"), []string{"abc"}},
		{"a cell over columns", rows("a>2 b"), []string{"aab"}},
		{"a cell over rows", rows("av2 b c", "d e"), []string{"abc", "ade"}},
		{"both", rows("a>2v2 b", "c", "d e f"), []string{"aab", "aac", "def"}},
		{"a row that ends early", rows("a"), []string{"a--"}},
		{"a cell that reaches out of the table is cut", rows("a b>3v9"), []string{"abb"}},
		{"a cell is cut before one from above", rows("a bv2 c", "d>3"), []string{"abc", "db-"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for r, slots := range paper.Lay(c.rows, 3) {
				var got strings.Builder
				for _, s := range slots {
					text := "-"
					if s.Cell != nil {
						text = s.Cell.String()
					}
					got.WriteString(strings.Repeat(text, s.Wide))
				}
				if got.String() != c.want[r] {
					t.Errorf("row %d: %s, want %s", r, got.String(), c.want[r])
				}
			}
		})
	}
}

func TestCheckFindsNothingInTheSample(t *testing.T) {
	for _, d := range []paper.Document{papertest.Report(), papertest.Full(100), papertest.Long(10)} {
		if err := d.Check(); err != nil {
			t.Errorf("%s: %v", d.Title, err)
		}
	}
}

func TestCheckSaysWhatCannotBePrinted(t *testing.T) {
	table := func(change func(*paper.Table)) paper.Block {
		t := &paper.Table{Columns: []paper.Column{{Width: 1}, {Width: 1}, {Width: 1}}, Rows: rows("a b c", "d e f")}
		change(t)
		return paper.Block{Kind: paper.Tabular, Table: t}
	}
	chart := func(change func(*paper.Chart)) paper.Block {
		c := &paper.Chart{Kind: paper.Bars, Labels: []string{"甲"}, Series: []paper.Series{{Name: "一", Values: []string{"1"}}}}
		change(c)
		return paper.Block{Kind: paper.Graphic, Chart: c}
	}
	cases := []struct {
		block paper.Block
		want  string
	}{
		{paper.Block{Kind: "song"}, `kind "song"`},
		{paper.Block{Kind: paper.Heading, Level: 5}, "heading of level 5"},
		{paper.Block{Kind: paper.Tabular}, "table without content"},
		{paper.Block{Kind: paper.Graphic}, "chart without content"},
		{table(func(t *paper.Table) { t.Columns = nil }), "no columns"},
		{table(func(t *paper.Table) { t.Columns[1].Width = 0 }), "column 2 has no width"},
		{table(func(t *paper.Table) { t.Rows[0][2].Columns = 2 }), "row 1: cell 3 reaches out"},
		{table(func(t *paper.Table) { t.Rows[1][0].Rows = 2 }), "row 2: cell 1 reaches out"},
		{table(func(t *paper.Table) { t.Rows = rows("a b c d") }), "row 1 has 4 cells, 3 find room"},
		{table(func(t *paper.Table) { t.Rows[0][0].Value = "1,000" }), "no plain decimal"},
		{table(func(t *paper.Table) { t.Rows[0][0].Formula = paper.Formula{Operation: paper.Share} }), `formula "share" of 0 cells`},
		{table(func(t *paper.Table) { t.Rows[0][0].Formula = paper.Formula{Operation: "mean"} }), `formula "mean"`},
		{table(func(t *paper.Table) {
			t.Rows[0][0].Formula = paper.Formula{Operation: paper.Sum, Of: []paper.Place{{Row: 2}}}
		}), "formula of row 2, column 0, which the table lacks"},
		{chart(func(c *paper.Chart) { c.Kind = "pie" }), `of kind "pie"`},
		{chart(func(c *paper.Chart) { c.Series = nil }), "is empty"},
		{chart(func(c *paper.Chart) { c.Series[0].Values = nil }), "0 values"},
		{chart(func(c *paper.Chart) { c.Series[0].Values[0] = "一" }), "no plain decimal"},
	}
	for i, c := range cases {
		t.Run(fmt.Sprintf("%d %s", i, c.want), func(t *testing.T) {
			err := paper.Document{Body: []paper.Block{c.block}}.Check()
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "block 1") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestLines(t *testing.T) {
	one := paper.Document{Annexes: []string{"名单"}}
	two := paper.Document{Annexes: []string{"甲", "乙"}}
	cases := []struct{ got, want string }{
		{strings.Join(paper.Document{}.AnnexLines(), "|"), ""},
		{strings.Join(one.AnnexLines(), "|"), "附件：名单"},
		{strings.Join(two.AnnexLines(), "|"), "附件：1.甲|2.乙"},
		{paper.Head{Signer: "常川"}.SignerLine(), "签发人：常川"},
		{paper.Head{}.SignerLine(), ""},
		{paper.Foot{Copies: "区委办"}.CopiesLine(), "抄送：区委办。"},
		{paper.Foot{Copies: "区委办。"}.CopiesLine(), "抄送：区委办。"},
		{paper.Foot{}.CopiesLine(), ""},
		{paper.Foot{Printed: "2026年7月8日"}.PrintedLine(), "2026年7月8日印发"},
		{paper.Foot{}.PrintedLine(), ""},
		{fmt.Sprint(paper.Width("增长6.8%")), "8"},
	}
	for _, c := range cases {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestTitleLines(t *testing.T) {
	cases := []struct{ title, want string }{
		{"关于加强督查工作的通知", "关于加强督查工作的通知"},
		{"关于望溪区2026年上半年国民经济和社会发展计划执行情况的报告", "关于望溪区2026年上半年|国民经济和社会发展计划执行情况的报告"},
		{"关于望溪区2026年国民经济和社会发展计划执行情况与2027年国民经济和社会发展计划草案的报告", "关于望溪区2026年国民经济和社会发展|计划执行情况与2027年|国民经济和社会发展计划草案的报告"},
		{"关于上半年通报", "关于上半年通报"},
		{strings.Repeat("望溪", 30), strings.Repeat("望溪", 30)},
		{"", ""},
	}
	for _, c := range cases {
		if got := strings.Join(paper.TitleLines(c.title, 40), "|"); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

package marked

import (
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/internal/service/intake"
	"luoshi/ledger"
)

// shown is a line in short: pieces with their classes and items.
func shown(pieces []Piece) string {
	var parts []string
	for _, p := range pieces {
		part := p.Text
		if p.Class != "" || p.Item != "" {
			part += "[" + p.Class + ":" + p.Item + "]"
		}
		for _, m := range p.Links {
			part += "^" + m.Label
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "|")
}

func TestMarksCutTheText(t *testing.T) {
	text := "一、民生\n新增床位300张以上，办好食堂。\n甲 | 乙"
	result := intake.Result{
		Sections: []intake.Section{{Section: ledger.Section{Number: 1, Level: 1}, At: 0, End: 21}},
		Blocks: []intake.Block{
			{At: 0, End: 4, Kind: document.Heading}, {At: 5, End: 21}, {At: 22, End: 27, Kind: document.TableRow, Table: 1},
		},
		Tables: []intake.Table{{Rows: 1, Cols: 2, HeaderRows: 1, Cells: []intake.Cell{{At: 22, End: 23, RowSpan: 1, ColSpan: 1}, {At: 26, End: 27, Col: 1, RowSpan: 1, ColSpan: 1}}}},
	}
	for _, tc := range []struct {
		name  string
		marks []Mark
		want  []string
	}{
		{"none", nil, []string{"一、民生", "新增床位300张以上，办好食堂。", "甲", "乙"}},
		{"a figure in an item", []Mark{
			{At: 9, End: 13, Class: "fig"}, {At: 5, End: 15, Class: "it", Item: "p1", Label: "1", Href: "#p1"},
		}, []string{"一、民生", "新增床位[it:p1]|300张[it fig:p1]|以上[it:p1]^1|，办好食堂。", "甲", "乙"}},
		{"over lines", []Mark{{At: 2, End: 7, Class: "f", Item: "p2", Label: "2", Href: "#p2"}}, []string{"一、|民生[f:p2]", "新增[f:p2]^2|床位300张以上，办好食堂。", "甲", "乙"}},
		{"one within the other, and in a cell", []Mark{
			{At: 5, End: 15, Item: "p1"}, {At: 7, End: 9, Item: "p2"}, {At: 26, End: 27, Class: "c"},
		}, []string{"一、民生", "新增[:p1]|床位[:p2]|300张以上[:p1]|，办好食堂。", "甲", "乙[c:]"}},
		{"beyond the end, and empty", []Mark{{At: 26, End: 99, Class: "c"}, {At: 6, End: 6, Class: "e"}}, []string{"一、民生", "新|增床位300张以上，办好食堂。", "甲", "乙[c:]"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, line := range Lay(text, result, tc.marks) {
				if line.Rows == nil {
					got = append(got, shown(line.Pieces))
				}
				for _, row := range line.Rows {
					for _, cell := range row {
						got = append(got, shown(cell.Pieces))
					}
				}
			}
			if strings.Join(got, "\n") != strings.Join(tc.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
			}
		})
	}
}

func TestTextIsEscaped(t *testing.T) {
	text := `<script>alert("1")</script>`
	result := intake.Result{Blocks: []intake.Block{{At: 0, End: len(text)}}}
	var b strings.Builder
	if err := Text(Lay(text, result, []Mark{{At: 0, End: 8, Class: "it", Item: `"x`}})).Render(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "<script") || strings.Contains(b.String(), `="x`) || strings.Contains(b.String(), `""x`) {
		t.Errorf("got %s", b.String())
	}
}

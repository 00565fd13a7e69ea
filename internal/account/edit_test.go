package account_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/account"
	"luoshi/office/paper"
)

// sentence is a report of one paragraph with three figures, two of which print the same.
func sentence() account.Content {
	figure := func(key, text, measure, value, unit string) account.Figure {
		return account.Figure{Key: key, Name: key, Text: text, Measure: measure, Value: decimal(value), Unit: unit, Sources: []account.Source{{Kind: account.FromObservation, ID: key}}}
	}
	return account.Content{
		Period: half(1),
		Paper: paper.Document{Title: "报告", Body: []paper.Block{{Kind: paper.Paragraph, Key: "L1", Runs: []paper.Run{
			{Text: "收入"}, {Text: "27.95", Figure: "tax.done"}, {Text: "亿元，增长"}, {Text: "7.1", Figure: "tax.growth"},
			{Text: "%；失业率"}, {Text: "7.1", Figure: "jobless"}, {Text: "%。"},
		}}}},
		Figures: map[string]account.Figure{
			"tax.done": figure("tax.done", "27.95", "亿元", "2795e6", "元"), "tax.growth": figure("tax.growth", "7.1", "%", "7.1", "%"),
			"jobless": figure("jobless", "7.1", "%", "7.1", "%"), "gdp": figure("gdp", "747.7", "亿元", "7477e7", "元"),
		},
	}
}

// bindings are the runs of a report's paragraphs, figures with their keys.
func bindings(c account.Content) string {
	var lines []string
	for _, b := range c.Paper.Body {
		line := ""
		for _, r := range b.Runs {
			if line += r.Text; r.Figure != "" {
				line += "<" + r.Figure + ">"
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func told(all []account.Finding) []string {
	lines := []string{}
	for _, f := range all {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s→%s", f.Kind, f.Figure, f.Was, f.Is)))
	}
	return lines
}

func TestABlockIsWrittenWithItsFiguresInBraces(t *testing.T) {
	if got, want := account.Marked(sentence().Paper.Body[0]), "收入{27.95}亿元，增长{7.1|tax.growth}%；失业率{7.1|jobless}%。"; got != want {
		t.Errorf("the block is marked %s, not %s", got, want)
	}
}

func TestEditsKeepFiguresBound(t *testing.T) {
	for _, test := range []struct {
		name  string
		edit  account.Edit
		bases []account.Basis
		want  string
		found []string
	}{
		{
			"words around figures changed", account.Edit{Text: "上半年收入达{27.95}亿元，同比增长{7.1|tax.growth}%，失业率为{7.1|jobless}%。"}, nil,
			"上半年收入达27.95<tax.done>亿元，同比增长7.1<tax.growth>%，失业率为7.1<jobless>%。", []string{},
		},
		{
			"figures moved", account.Edit{Text: "失业率{7.1|jobless}%；收入{27.95}亿元，增长{7.1|tax.growth}%。"}, nil,
			"失业率7.1<jobless>%；收入27.95<tax.done>亿元，增长7.1<tax.growth>%。", []string{},
		},
		{
			"typed anew without braces", account.Edit{Text: "收入27.95亿元，增长7.1%；失业率7.1%。"}, nil,
			"收入27.95<tax.done>亿元，增长7.1<tax.growth>%；失业率7.1<jobless>%。", []string{},
		},
		{
			"a figure typed over", account.Edit{Text: "收入{28}亿元，增长{7.1|tax.growth}%；失业率{7.1|jobless}%。"}, nil,
			"收入28<tax.done>亿元，增长7.1<tax.growth>%；失业率7.1<jobless>%。", []string{"altered tax.done 27.95→28"},
		},
		{
			"a named figure typed over", account.Edit{Text: "收入{27.95}亿元，增长{8.1|tax.growth}%；失业率{7.1|jobless}%。"}, nil,
			"收入27.95<tax.done>亿元，增长8.1<tax.growth>%；失业率7.1<jobless>%。", []string{"altered tax.growth 7.1→8.1"},
		},
		{
			"a figure taken out", account.Edit{Text: "收入{27.95}亿元；失业率{7.1|jobless}%。"}, nil,
			"收入27.95<tax.done>亿元；失业率7.1<jobless>%。", []string{"dropped tax.growth 7.1→"},
		},
		{
			"the unit behind a figure changed", account.Edit{Text: "收入27.95万元，增长{7.1|tax.growth}%；失业率{7.1|jobless}%。"}, nil,
			"收入27.95万元，增长7.1<tax.growth>%；失业率7.1<jobless>%。", []string{"unbound  →27.95万元", "dropped tax.done 27.95→"},
		},
		{
			"a number typed", account.Edit{Text: "收入{27.95}亿元，增长{7.1|tax.growth}%；失业率{7.1|jobless}%，新增就业2.6万人。"}, nil,
			"收入27.95<tax.done>亿元，增长7.1<tax.growth>%；失业率7.1<jobless>%，新增就业2.6万人。", []string{"unbound  →2.6万人"},
		},
		{
			"a number typed with its basis", account.Edit{Text: "收入{27.95}亿元，增长{7.1|tax.growth}%；失业率{7.1|jobless}%，新增就业2.6万人。"},
			[]account.Basis{{Block: "L1", Text: "2.6万人", From: "《统计月报》第7期"}},
			"收入27.95<tax.done>亿元，增长7.1<tax.growth>%；失业率7.1<jobless>%，新增就业2.6<hand:L1.6.1>万人。", []string{},
		},
		{
			"another figure of the report put in", account.Edit{Text: "生产总值{gdp}亿元，收入{27.95}亿元，增长{7.1|tax.growth}%；失业率{7.1|jobless}%。"}, nil,
			"生产总值747.7<gdp>亿元，收入27.95<tax.done>亿元，增长7.1<tax.growth>%；失业率7.1<jobless>%。", []string{},
		},
		{
			"a figure that is none", account.Edit{Text: "收入{27.95}亿元，增长{7.1|tax.growth}%；失业率{7.1|jobless}%，{9|none}。"}, nil,
			"收入27.95<tax.done>亿元，增长7.1<tax.growth>%；失业率7.1<jobless>%，9。", []string{"unbound  →9", "unknown none →9"},
		},
		{
			"two paragraphs made of one", account.Edit{Text: "收入{27.95}亿元，增长{7.1|tax.growth}%。\n失业率{7.1|jobless}%。"}, nil,
			"收入27.95<tax.done>亿元，增长7.1<tax.growth>%。\n失业率7.1<jobless>%。", []string{},
		},
		{
			"something added behind", account.Edit{After: "其中生产总值{gdp}亿元。"}, nil,
			"收入27.95<tax.done>亿元，增长7.1<tax.growth>%；失业率7.1<jobless>%。\n其中生产总值747.7<gdp>亿元。", []string{},
		},
		{"taken out", account.Edit{Removed: true}, nil, "", []string{"dropped tax.done 27.95→", "dropped tax.growth 7.1→", "dropped jobless 7.1→"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.edit.Block = "L1"
			made, found := account.Apply(sentence(), []account.Edit{test.edit}, test.bases)
			if got := bindings(made); got != test.want {
				t.Errorf("the report is\n%s\nnot\n%s", got, test.want)
			}
			if got := told(found); !slices.Equal(got, test.found) {
				t.Errorf("found are %q, not %q", got, test.found)
			}
		})
	}
}

func TestAKeptEditFollowsItsFigures(t *testing.T) {
	c := sentence()
	kept := account.Bind(c, account.Edit{Block: "L1", Text: "收入达27.95亿元，增长{7.1|tax.growth}%，失业率{7.1|jobless}%。"})
	moved := c.Figures["tax.done"]
	moved.Text, moved.Value = "28.30", decimal("2830e6")
	c.Figures["tax.done"] = moved
	c.Paper.Body[0].Runs[1].Text = "28.30"
	made, found := account.Apply(c, []account.Edit{kept}, nil)
	if got, want := bindings(made), "收入达28.30<tax.done>亿元，增长7.1<tax.growth>%，失业率7.1<jobless>%。"; got != want || len(found) > 0 {
		t.Errorf("after the figure moved the report is %s with %q, not %s", got, told(found), want)
	}
}

func TestAnEditOfWhatIsGoneIsSaid(t *testing.T) {
	if _, found := account.Apply(sentence(), []account.Edit{{Block: "L9", Text: "无"}}, nil); !slices.Equal(told(found), []string{"gone  →"}) {
		t.Errorf("found are %q", told(found))
	}
}

func TestADraftMayStateOnlyFiguresThatItWasGiven(t *testing.T) {
	for _, test := range []struct {
		draft string
		found []string
	}{
		{"上半年，收入27.95亿元，同比增长7.1%，地区生产总值747.7亿元。", []string{}},
		{"收入279500万元，增长7.1%。", []string{}},
		{"2026年上半年收入稳中向好。", []string{}},
		{"收入28亿元，增长7.1%。", []string{"unbound  →28亿元"}},
		{"收入27.95万元。", []string{"unbound  →27.95万元"}},
		{"增长7.1个百分点。", []string{"unbound  →7.1个百分点"}},
		{"收入27.95亿元，惠及三万人。", []string{"unbound  →三万人"}},
		{"完成收入{27.96|tax.done}亿元。", []string{"altered tax.done 27.95→27.96"}},
	} {
		if _, found := account.Accept(test.draft, sentence().Figures); !slices.Equal(told(found), test.found) {
			t.Errorf("of %s is found %q, not %q", test.draft, told(found), test.found)
		}
	}
}

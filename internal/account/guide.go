package account

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"

	"luoshi/ledger"
)

//go:embed guide.zh.txt
var guideZH string

//go:embed guide.en.txt
var guideEN string

// guideWords are the words of the lists of a guide, Chinese and English.
var guideWords = map[string]ledger.Wording{
	"names":   {ZH: "| 名称 | 种类 | 含义 |", EN: "| Name | Kind | Meaning |"},
	"text":    {ZH: "文字", EN: "words"},
	"code":    {ZH: "只用于条件", EN: "for conditions"},
	"count":   {ZH: "数量", EN: "count"},
	"figure":  {ZH: "数字", EN: "figure"},
	"flag":    {ZH: "是否", EN: "holds or not"},
	"list":    {ZH: "列表", EN: "list"},
	"phrases": {ZH: "随数字变化的句子", EN: "Sentences that follow from figures"},
	"tables":  {ZH: "## 表和图", EN: "## Tables and charts"},
	"columns": {ZH: "| 表、图 | 栏 |", EN: "| Table, chart | Columns |"},
	"report":  {ZH: "报告", EN: "The report"}, "area": {ZH: "领域", EN: "An area"}, "indicator": {ZH: "指标", EN: "An indicator"},
	"category": {ZH: "项目类别", EN: "A category of projects"}, "work": {ZH: "项目", EN: "A project"},
	"commitment": {ZH: "承诺事项", EN: "A commitment"}, "item": {ZH: "民生实事", EN: "A livelihood item"}, "unit": {ZH: "单位", EN: "A unit"},
	"problem": {ZH: "存在问题", EN: "An obstacle"}, "task": {ZH: "到期任务", EN: "What falls due"}, "lack": {ZH: "尚缺数据", EN: "What lacks a figure"},
}

// Guide tells how templates are written and which names they may use, as Markdown in Chinese or in English.
func Guide(english bool) string {
	g := guide{english: english}
	g.WriteString(g.in(ledger.Wording{ZH: guideZH, EN: guideEN}))
	var scopes []string
	for _, w := range words {
		if !slices.Contains(scopes, w.Scope) {
			scopes = append(scopes, w.Scope)
		}
	}
	for _, scope := range scopes {
		g.scope(scope)
	}
	g.tables()
	return g.String()
}

type guide struct {
	strings.Builder
	english bool
}

func (g *guide) in(w ledger.Wording) string {
	if g.english {
		return w.EN
	}
	return w.ZH
}

func (g *guide) line(format string, args ...any) { fmt.Fprintf(g, format+"\n", args...) }

// scope lists the names of one thing.
func (g *guide) scope(scope string) {
	g.line("\n### %s\n", g.in(guideWords[scope]))
	g.line("%s\n|---|---|---|", g.in(guideWords["names"]))
	for _, w := range words {
		if w.Scope == scope {
			kind := g.in(guideWords[w.Kind])
			if w.Of != "" {
				kind += " → " + g.in(guideWords[w.Of])
			}
			g.line("| `%s` | %s | %s |", w.Name, kind, g.in(w.Label))
		}
	}
	var said []string
	for _, name := range slices.Sorted(maps.Keys(phrases)) {
		if of, short, _ := strings.Cut(name, "."); of == scope {
			said = append(said, "`"+short+"`")
		}
	}
	if len(said) > 0 {
		g.line("\n%s: %s", g.in(guideWords["phrases"]), strings.Join(said, " "))
	}
}

// tables list the tables and charts with their columns.
func (g *guide) tables() {
	g.line("\n%s\n\n%s\n|---|---|", g.in(guideWords["tables"]), g.in(guideWords["columns"]))
	for _, name := range slices.Sorted(maps.Keys(displays)) {
		var fields []string
		for _, c := range displays[name].columns {
			fields = append(fields, "`"+c.field+"`")
		}
		kind, short, _ := strings.Cut(name, ".")
		g.line("| `@%s %s` | %s |", kind, short, strings.Join(fields, " "))
	}
}

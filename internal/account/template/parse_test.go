package template_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/account/template"
)

// words is a vocabulary of a report with units, each of which has promises.
type words struct{}

func (words) Holds(scope, name string) bool {
	return map[string][]string{
		"report": {"region", "count"}, "unit": {"name", "done"}, "promise": {"title", "light"},
	}[scope] != nil && slices.Contains(map[string][]string{
		"report": {"region", "count"}, "unit": {"name", "done"}, "promise": {"title", "light"},
	}[scope], name)
}

func (words) List(scope, name string) string {
	return map[string]string{"report.units": "unit", "unit.promises": "promise"}[scope+"."+name]
}

func (words) Columns(scope, name string) []string {
	if scope == "report" && name == "table.units" {
		return []string{"name", "done"}
	}
	return nil
}

const head = "name: 月报 | Monthly\nperiods: month\ntitle: {region}月报\n---\n"

func parse(body string) (template.Template, error) { return template.Parse("own", head+body, words{}) }

func TestTheBodyIsReadLineByLine(t *testing.T) {
	got, err := parse(strings.Join([]string{
		"# a remark", "= 总体", "{region}共{count}项。", "+ [count !region] 其中{each units name 、 first 3}。", "@each units first 5", "== {name}",
		"@if promises", "{each promises title ；}", "@else", "没有。", "@end", "@end", `\= 不是标题`, "@table units name done: {region}表", "[count=0] 无",
	}, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := strings.TrimSpace(`
heading 1 总体
paragraph {region}共{count}项。 + [count !region] 其中{each units name 、 3}。
each units 5
  heading 2 {name}
  if [promises]
    paragraph {each promises title ； 0}
  else
    paragraph 没有。
paragraph = 不是标题
table units [name done] {region}表
paragraph [count=0] 无`)
	if text := strings.TrimSpace(outline(got.Body, "")); text != want {
		t.Errorf("the body is\n%s\nnot\n%s", text, want)
	}
	if got.Title.ZH != "月报" || got.Title.EN != "Monthly" || len(got.Periods) != 1 || got.Body[1].Line != 7 {
		t.Errorf("the head is %+v, the second node stands in line %d", got.Title, got.Body[1].Line)
	}
}

// outline is a body in words.
func outline(nodes []template.Node, indent string) string {
	var s strings.Builder
	for _, n := range nodes {
		fields := []string{string(n.Kind)}
		switch n.Kind {
		case template.Heading:
			fields = append(fields, fmt.Sprint(n.Level))
		case template.Each:
			fields = append(fields, n.Of, fmt.Sprint(n.First))
		case template.Table:
			fields = append(fields, n.Of, fmt.Sprint(n.Columns))
		}
		fields = append(fields, tests(n.When)...)
		for i, sentence := range n.Sentences {
			if i > 0 {
				fields = append(fields, "+")
			}
			fields = append(append(fields, tests(sentence.When)...), parts(sentence.Parts))
		}
		s.WriteString(indent + strings.Join(fields, " ") + "\n" + outline(n.Then, indent+"  "))
		if len(n.Else) > 0 {
			s.WriteString(indent + "else\n" + outline(n.Else, indent+"  "))
		}
	}
	return s.String()
}

func tests(when []template.Test) []string {
	var all []string
	for _, t := range when {
		text := t.Name
		if t.Not {
			text = "!" + text
		}
		if t.Value != "" {
			text += "=" + t.Value
		}
		all = append(all, text)
	}
	if len(all) == 0 {
		return nil
	}
	return []string{"[" + strings.Join(all, " ") + "]"}
}

func parts(all []template.Part) string {
	text := ""
	for _, p := range all {
		switch {
		case p.List != "":
			text += fmt.Sprintf("{each %s %s %s %d}", p.List, p.Name, p.Between, p.First)
		case p.Name != "":
			text += "{" + p.Name + "}"
		default:
			text += p.Words
		}
	}
	return text
}

func TestWhatIsWrongIsSaidWithItsLine(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"name: 甲\ntitle: 乙\n", "2 head.end"},
		{"name: 甲\n---\n", "2 head.title"},
		{"name: 甲\ntitle: 乙\ntitle: 丙\n---\n", "3 head.twice"},
		{"name: 甲\ntitle: 乙\ncolour: 红\n---\n", "3 head.name"},
		{"name: 甲\n标题\ntitle: 乙\n---\n", "2 head.line"},
		{"name: 甲\ntitle: 乙\nperiods: month week\n---\n", "3 head.period"},
		{"name: 甲\ntitle: 乙\nof: street\n---\n", "3 head.of"},
		{head + "{nothing}", "5 name"},
		{head + "{region", "5 brace"},
		{head + "region}", "5 brace"},
		{head + "[region 文字", "5 bracket"},
		{head + "[=1] 文字", "5 condition"},
		{head + "[nothing] 文字", "5 name"},
		{head + "===== 五级", "5 level"},
		{head + "= ", "5 empty"},
		{head + "= 标题\n+ 一句", "6 append"},
		{head + "@repeat units", "5 directive"},
		{head + "@each", "5 each; 5 open"},
		{head + "@each streets\n@end", "5 list"},
		{head + "@each units first none\n@end", "5 each"},
		{head + "@each units\n{name}", "5 open"},
		{head + "@each units\n@else\n@end", "6 else"},
		{head + "@if\n@end", "5 if"},
		{head + "@if count\n@else\n@else\n@end", "7 else"},
		{head + "@end", "5 end"},
		{head + "@else", "5 else"},
		{head + "@table units", "5 caption"},
		{head + "@table streets: 表", "5 table"},
		{head + "@table units nothing: 表", "5 column"},
		{head + "{each units name}", "ok"},
		{head + "{each units}", "5 each.part"},
		{head + "{each streets name 、}", "5 list"},
		{head + "{each units nothing 、}", "5 name"},
		{head + strings.Repeat("@if count\n", 7) + strings.Repeat("@end\n", 7), "11 deep"},
		{strings.Repeat("#", 70_000), "1 size"},
	} {
		_, err := template.Parse("own", test.text, words{})
		var faults template.Faults
		errors.As(err, &faults)
		got := "ok"
		for i, f := range faults {
			if i == 0 {
				got = ""
			}
			got = strings.TrimPrefix(fmt.Sprintf("%s; %d %s", got, f.Line, f.Code), "; ")
			if f.What().ZH == "" || f.What().EN == "" || f.Do().ZH == "" || f.Do().EN == "" || strings.Contains(f.What().ZH+f.Do().ZH, "{0}") {
				t.Errorf("the fault %s is not worded: %s %s", f.Code, f.What().ZH, f.Do().ZH)
			}
		}
		if got != test.want {
			t.Errorf("of %q is said %s, not %s", test.text, got, test.want)
		}
	}
}

func TestNamesOfInnerThingsEndWithTheirLoop(t *testing.T) {
	if _, err := parse("@each units\n{name}{region}\n@end"); err != nil {
		t.Error(err)
	}
	if _, err := parse("@each units\n@end\n{name}"); err == nil {
		t.Error("the name of a unit may stand behind the loop over units")
	}
}

func FuzzParse(f *testing.F) {
	f.Add(head + "= 总体\n{region}\n+ [count] 一句\n@each units\n@if promises\n@else\n@end\n@end\n@table units: 表")
	f.Add("@each\n@@end\n{{}}\n[[]]\n\\\n+")
	f.Fuzz(func(t *testing.T, text string) {
		made, err := template.Parse("own", text, words{})
		if err == nil {
			again, err := template.Parse("own", made.Text, words{})
			if err != nil || outline(again.Body, "") != outline(made.Body, "") {
				t.Errorf("%q is read otherwise the second time: %v", text, err)
			}
			return
		}
		var faults template.Faults
		if !errors.As(err, &faults) || len(faults) == 0 {
			t.Fatalf("%q is refused without a fault: %v", text, err)
		}
		for _, fault := range faults {
			if fault.Line < 1 || fault.Line > strings.Count(text, "\n")+1 || fault.What().ZH == "" {
				t.Errorf("%q: a fault %s in line %d", text, fault.Code, fault.Line)
			}
		}
	})
}

package assessment_test

import (
	"slices"
	"strings"
	"testing"

	"luoshi/ledger"
	. "luoshi/ledger/assessment"
)

func TestEveryFormulaIsWorded(t *testing.T) {
	if len(Formulas()) != 11 {
		t.Errorf("%d formulas", len(Formulas()))
	}
	for _, f := range Formulas() {
		for _, w := range []ledger.Wording{f.Title, f.Says, f.Text(), f.Part.Label(), f.Whole.Label()} {
			if w.ZH == "" || w.EN == "" {
				t.Errorf("%s lacks words: %+v", f.Name, f)
			}
		}
	}
}

func TestWhatIsWrongWithASchemeIsSaid(t *testing.T) {
	if p := sample().Validate(); p != nil {
		t.Fatalf("the sample: %v", p)
	}
	for code, spoil := range map[string]func(*Scheme){
		"title":           func(s *Scheme) { s.Title = " " },
		"span":            func(s *Scheme) { s.To = s.From },
		"basis":           func(s *Scheme) { s.Basis = "" },
		"groups":          func(s *Scheme) { s.Groups = nil },
		"group.name":      func(s *Scheme) { s.Groups[1].Name = "部门" },
		"group.units":     func(s *Scheme) { s.Groups[1].Units = nil },
		"group.twice":     func(s *Scheme) { s.Groups[1].Units = []ledger.UnitID{"a"} },
		"measures":        func(s *Scheme) { s.Measures = nil },
		"measure.title":   func(s *Scheme) { s.Measures[0].Title = "" },
		"measure.formula": func(s *Scheme) { s.Measures[0].Formula = "log-ins" },
		"measure.weight":  func(s *Scheme) { s.Measures[0].Weight = figure("0.005") },
		"weights":         func(s *Scheme) { s.Measures[0].Weight = figure("51") },
		"code":            func(s *Scheme) { s.Rules[0].Code = "m1" },
		"rule.title":      func(s *Scheme) { s.Rules[0].Title = "" },
		"rule.kind":       func(s *Scheme) { s.Rules[0].Kind = "" },
		"rule.points":     func(s *Scheme) { s.Rules[0].Cap = figure("0.5") },
		"forbidden":       func(s *Scheme) { s.Measures[2].Title = "系统登录次数" },
	} {
		s := sample()
		spoil(&s)
		p := s.Validate()
		if i := slices.IndexFunc(p, func(p Problem) bool { return p.Code == code }); i < 0 || len(p) != 1 {
			t.Errorf("%s: %v", code, p)
		} else if p[i].What.ZH == "" || p[i].What.EN == "" || strings.Contains(p[i].What.ZH+p[i].What.EN, "{") {
			t.Errorf("%s is said as %+v", code, p[i].What)
		}
	}
}

func TestNoTraceOfDiligenceGivesPoints(t *testing.T) {
	for _, title := range []string{"平台登录率", "在线时长排名", "每日打卡", "工作留痕", "App install rate", "Time online", "Number of LOG-INS"} {
		s := sample()
		s.Rules[0].Title = title
		if p := s.Validate(); len(p) != 1 || p[0].Code != "forbidden" {
			t.Errorf("%s: %v", title, p)
		}
	}
}

func TestWhatIsWrongWithAnEntryIsSaid(t *testing.T) {
	good := Entry{Unit: "a", Item: "r1", Points: figure("1"), Why: "市政府通报表扬", Basis: "石政办通〔2026〕8号"}
	for _, c := range []struct {
		code  string
		spoil func(*Entry)
	}{
		{"", func(*Entry) {}},
		{"", func(e *Entry) { e.Item, e.Points = "m3", figure("0") }},
		{"entry.unit", func(e *Entry) { e.Unit = "z" }},
		{"entry.item", func(e *Entry) { e.Item = "m1" }},
		{"entry.mark", func(e *Entry) { e.Item, e.Points = "m3", figure("100.5") }},
		{"entry.points", func(e *Entry) { e.Points = figure("1.01") }},
		{"entry.why", func(e *Entry) { e.Why = "" }},
		{"entry.basis", func(e *Entry) { e.Basis = " " }},
	} {
		e := good
		c.spoil(&e)
		p := sample().CheckEntry(e)
		if c.code == "" && p != nil || c.code != "" && (len(p) != 1 || p[0].Code != c.code || p[0].What.ZH == "") {
			t.Errorf("%q: %v", c.code, p)
		}
	}
}

func TestWhatIsWrongWithACorrectionIsSaid(t *testing.T) {
	for code, c := range map[string]Correction{
		"":                   {Unit: "a", Item: "m1", Part: figure("3"), Whole: figure("3"), Why: "漏计"},
		"correction.item":    {Unit: "a", Item: "r1", Part: figure("3"), Whole: figure("3"), Why: "漏计"},
		"correction.figures": {Unit: "a", Item: "m1", Part: figure("4"), Whole: figure("3"), Why: "漏计"},
		"entry.why":          {Unit: "a", Item: "m1", Part: figure("3"), Whole: figure("3")},
	} {
		p := sample().CheckCorrection(c)
		if code == "" && p != nil || code != "" && (len(p) != 1 || p[0].Code != code || p[0].What.EN == "") {
			t.Errorf("%q: %v", code, p)
		}
	}
}

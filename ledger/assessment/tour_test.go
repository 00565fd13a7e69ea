package assessment_test

import (
	"fmt"
	"reflect"
	"testing"

	"luoshi/calendar"
	"luoshi/ledger"
	. "luoshi/ledger/assessment"
)

func tour() Tour {
	return Tour{
		Title: "上半年重点项目观摩", On: calendar.Date{Year: 2026, Month: 6, Day: 30},
		Criteria: []Criterion{{Title: "形象进度", Most: figure("60")}, {Title: "质量安全", Most: figure("40")}},
		Projects: []Shown{{Project: "p", Unit: "a"}, {Project: "q", Unit: "b"}, {Project: "r", Unit: "c"}},
		Judges:   []ledger.AccountID{"1", "2", "3", "4", "5"}, Drop: 1,
	}
}

func sheet(judge int, project ledger.ProjectID, marks ...string) Sheet {
	s := Sheet{Judge: ledger.AccountID(fmt.Sprint(judge)), Project: project}
	for _, m := range marks {
		s.Marks = append(s.Marks, figure(m))
	}
	return s
}

func TestTheHighestAndTheLowestSheetsDoNotCount(t *testing.T) {
	sheets := []Sheet{
		sheet(1, "p", "60", "40"), sheet(2, "p", "50", "30"), sheet(3, "p", "50", "31"), sheet(4, "p", "50", "30.5"), sheet(5, "p", "0", "0"),
		sheet(1, "q", "50", "30.5"), sheet(2, "q", "60", "40"), // two: dropping both would leave none
	}
	sheets = append(sheets, Sheet{Judge: "3", Project: "r", Recused: true})
	var got []string
	for _, s := range tour().Rank(sheets) {
		got = append(got, fmt.Sprintf("%s %s %d %d", s.Project, s.Points, s.Rank, len(s.Sheets)))
	}
	if want := []string{"q 90.25 1 2", "p 80.50 2 5", "r  0 0"}; !reflect.DeepEqual(got, want) {
		t.Errorf("the standings are %q, want %q", got, want)
	}
	p := tour().Rank(sheets)[1]
	if !p.Sheets[0].Dropped || !p.Sheets[4].Dropped || p.Sheets[2].Dropped {
		t.Errorf("dropped are %+v", p.Sheets)
	}
}

func TestWhatIsWrongWithARoundIsSaid(t *testing.T) {
	for code, spoil := range map[string]func(*Tour){
		"":                func(*Tour) {},
		"title":           func(r *Tour) { r.Title = "" },
		"round.criteria":  func(r *Tour) { r.Criteria = nil },
		"criterion.title": func(r *Tour) { r.Criteria[0].Title = "" },
		"criterion.most":  func(r *Tour) { r.Criteria[0].Most = figure("0") },
		"round.whole":     func(r *Tour) { r.Criteria[0].Most = figure("50") },
		"round.projects":  func(r *Tour) { r.Projects = nil },
		"round.project":   func(r *Tour) { r.Projects[1] = r.Projects[0] },
		"round.judges":    func(r *Tour) { r.Judges, r.Drop = nil, 0 },
		"round.judge":     func(r *Tour) { r.Judges[1] = r.Judges[0] },
		"round.drop":      func(r *Tour) { r.Drop = 3 },
		"forbidden":       func(r *Tour) { r.Criteria[0].Title = "公众号点赞" },
	} {
		r := tour()
		spoil(&r)
		p := r.Validate()
		if code == "" && p != nil || code != "" && (len(p) != 1 || p[0].Code != code || p[0].What.ZH == "" || p[0].What.EN == "") {
			t.Errorf("%q: %v", code, p)
		}
	}
	if p := tour().CheckSheet(sheet(1, "p", "60.5", "40")); len(p) != 1 || p[0].Where != "marks/0" {
		t.Errorf("too much for a criterion: %v", p)
	}
	if p := tour().CheckSheet(Sheet{Recused: true}); p != nil {
		t.Errorf("whoever steps back gives no marks: %v", p)
	}
	if p := tour().CheckSheet(sheet(1, "p", "60")); len(p) != 1 {
		t.Errorf("a mark is missing: %v", p)
	}
}

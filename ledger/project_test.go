package ledger

import (
	"slices"
	"testing"
)

func TestAProjectThroughItsStages(t *testing.T) {
	allowed := map[Stage][]Stage{
		Reserve: {Preparing, Exited}, Preparing: {Starting, Reserve, Exited}, Starting: {Ongoing, Finished, Exited},
		Ongoing: {Finished, Exited}, Exited: {Reserve},
	}
	for _, from := range Stages() {
		for _, to := range Stages() {
			p := sampleProject()
			p.Stage = from
			p.Nodes[0].Done = day("2026-06-20")
			moved, found := p.Move(to, "投资方撤资")
			if want := slices.Contains(allowed[from], to); want != (len(found) == 0) || want && moved.Stage != to {
				t.Errorf("%s to %s: %v", from, to, found)
			}
			if len(found) == 0 && len(moved.Validate()) > 0 {
				t.Errorf("%s to %s makes a project that is wrong: %v", from, to, moved.Validate())
			}
		}
	}
}

func TestStagesDemandWhatTheyAre(t *testing.T) {
	p := sampleProject()
	if _, found := p.Move(Finished, ""); !found.Has("project.open_node") {
		t.Errorf("a node is open, got %v", found)
	}
	if _, found := p.Move(Exited, " "); !found.Has("project.no_reason") {
		t.Errorf("an exit needs a reason, got %v", found)
	}
	exited, _ := p.Move(Exited, "投资方撤资")
	back, found := exited.Move(Reserve, "")
	if len(found) > 0 || back.ExitReason != "" {
		t.Errorf("got %q, %v", back.ExitReason, found)
	}
}

func TestFundsAreAddedExactly(t *testing.T) {
	p := sampleProject()
	p.Funds = append(p.Funds, Fund{Source: OwnBudget, Planned: figure("0.1"), Arrived: figure("0.1"), Paid: figure("0.1")},
		Fund{Source: BankLoan, Planned: figure("0.2")})
	planned, arrived, paid := p.Funded()
	if text(planned) != "200000000.3" || text(arrived) != "150000000.1" || text(paid) != "100000000.1" {
		t.Errorf("got %s, %s, %s", text(planned), text(arrived), text(paid))
	}
}

func TestIndicatorsOfTheDictionaryAreTakenIn(t *testing.T) {
	gdp := Target{Code: "economy.gdp", Measure: Growth, Unit: "%"}
	level := Target{Code: "economy.gdp", Measure: Level, Unit: "元"}
	jobless := Target{Code: "people.none", Measure: Level, Unit: "%"}
	for name, targets := range map[string][]Target{"level first": {level, gdp}, "growth first": {gdp, level}} {
		found := IndicatorsFor(append(targets, jobless, Target{}), nil)
		if len(found) != 1 || found[0].Name != "地区生产总值" || found[0].Unit != "元" || found[0].Direction != More {
			t.Errorf("%s: got %+v", name, found)
		}
	}
	if found := IndicatorsFor([]Target{gdp}, []Indicator{sampleIndicator()}); len(found) != 0 {
		t.Errorf("the plan has it, got %+v", found)
	}
}

func TestASeriesBreaksWhereTheScopeChanges(t *testing.T) {
	i := sampleIndicator()
	i.Scope = "含开发区"
	i.Series = []YearFigure{
		{Year: 2023, Actual: figure("1"), Scope: "不含开发区"}, {Year: 2024, Actual: figure("2")}, {Year: 2025, Actual: figure("3"), Scope: "含开发区"},
	}
	if got := i.Breaks(); !slices.Equal(got, []int{2024}) {
		t.Errorf("got %v", got)
	}
	if y, ok := i.In(2024); !ok || y.Actual.Plain() != "2" {
		t.Errorf("got %+v", y)
	}
	if _, ok := i.In(2022); ok || i.Own() {
		t.Error("there is no such year, and the indicator is the dictionary's")
	}
}

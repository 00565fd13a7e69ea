package ledger

import (
	"slices"
	"testing"
)

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

func TestTargetsFollowTheIndicatorsOfThePlan(t *testing.T) {
	whole, urban := sampleIndicator(), sampleIndicator()
	whole.Scope = "含开发区"
	urban.ID, urban.Scope = IndicatorID(uuid(801)), "不含开发区"
	for _, tc := range []struct {
		code, scope string
		have        []Indicator
		want        IndicatorID
	}{
		{"economy.gdp", "", []Indicator{whole}, whole.ID},
		{"economy.gdp", "不含开发区", []Indicator{whole, urban}, urban.ID},
		{"economy.gdp", "", []Indicator{whole, urban}, ""},
		{"economy.gdp", "全市", []Indicator{whole}, ""},
		{"trade.total", "", []Indicator{whole}, ""},
		{"", "", []Indicator{whole}, ""},
	} {
		target := Target{Code: tc.code, Scope: tc.scope}
		if got := target.Follow(tc.have).Indicator; got != tc.want {
			t.Errorf("%s %s: got %q, want %q", tc.code, tc.scope, got, tc.want)
		}
	}
}

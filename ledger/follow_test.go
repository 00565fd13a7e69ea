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

func TestTargetsInAnotherSortOfUnitFollowNothing(t *testing.T) {
	for _, tc := range []struct {
		unit    string
		measure Measure
		of      string // the unit of the indicator
		follows bool
	}{
		{"元", Level, "元", true},
		{"元", Level, "亿元", true},
		{"亿元", Level, "元", true},
		{"港元", Level, "元", false},
		{"美元", Level, "万元", false},
		{"万美元", Level, "美元", true},
		{"%", Growth, "元", true},
		{"%", Share, "元", false},
		{"倍", Level, "元", false},
		{"%", Level, "%", true},
		{"家", Level, "个", true},
		{"人次", Level, "人", true},
		{"公里", Level, "吨", false},
		{"元", Level, "", true},
		{"", Level, "元", true},
	} {
		have := sampleIndicator()
		have.Unit = tc.of
		target := Target{Code: have.Code, Unit: tc.unit, Measure: tc.measure}
		if got := target.Follow([]Indicator{have}).Indicator == have.ID; got != tc.follows || target.Strange([]Indicator{have}) == tc.follows {
			t.Errorf("%s in %s follows one in %s: %v, want %v", tc.measure, tc.unit, tc.of, got, tc.follows)
		}
	}
	first := IndicatorsFor([]Target{{Code: "economy.gdp", Measure: Level, Unit: "元"}, {Code: "economy.gdp", Measure: Level, Unit: "港元"}}, nil)
	if len(first) != 1 || first[0].Unit != "元" {
		t.Errorf("the indicator is in the unit of the first, not %+v", first)
	}
	if (Target{Code: "trade.total", Unit: "港元"}).Strange(first) || (Target{Unit: "港元"}).Strange(first) {
		t.Error("only a target of an indicator that the plan has is strange to it")
	}
}

package supervision_test

import (
	"testing"

	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/supervision"
)

func TestGradedSheets(t *testing.T) {
	late := func(days int) supervision.Standing { return supervision.Standing{Deadline: true, Late: days} }
	missed := func(s ...supervision.Sheet) supervision.Standing { return supervision.Standing{Missed: s} }
	for _, tc := range []struct {
		rule string
		name string
		s    supervision.Standing
		want supervision.Sheet
		why  string // the first reason
	}{
		{"simple", "nothing wrong", supervision.Standing{Light: light.Green}, supervision.NoSheet, ""},
		{"simple", "a grey light", supervision.Standing{Light: light.Grey}, supervision.NoSheet, ""},
		{"simple", "a yellow light", supervision.Standing{Light: light.Yellow}, supervision.Blue, "该事项亮黄灯（预警）。"},
		{"simple", "a red light", supervision.Standing{Light: light.Red}, supervision.Yellow, "该事项亮红灯（滞后）。"},
		{"simple", "four days to go", late(-4), supervision.NoSheet, ""},
		{"simple", "three days to go", late(-3), supervision.Blue, "离办理时限还有3个工作日，规则以3个为限。"},
		{"simple", "the last day", late(0), supervision.Blue, "离办理时限还有0个工作日，规则以3个为限。"},
		{"simple", "a day late", late(1), supervision.Yellow, "超过办理时限1个工作日，规则以1个为限。"},
		{"simple", "20 days late", late(20), supervision.Red, "超过办理时限20个工作日，规则以20个为限。"},
		{"simple", "late, and no clock runs", supervision.Standing{Late: 30}, supervision.NoSheet, ""},
		{"simple", "returned once", supervision.Standing{Returned: 1}, supervision.NoSheet, ""},
		{"simple", "returned twice", supervision.Standing{Returned: 2}, supervision.Yellow, "反馈已被退回2次，规则以2次为限。"},
		{"simple", "a yellow sheet without effect", missed(supervision.Blue, supervision.Yellow), supervision.Red, "此前发出的黄单已到期，事项仍未办结。"},
		{"simple", "a blue sheet without effect", missed(supervision.Blue), supervision.NoSheet, ""},
		{"months", "behind for less than a month", supervision.Standing{Light: light.Red}, supervision.NoSheet, ""},
		{"months", "behind for a month", supervision.Standing{Light: light.Yellow, Behind: 1}, supervision.Blue, "已连续1个月滞后，规则以1个月为限。"},
		{"months", "behind for two", supervision.Standing{Light: light.Yellow, Behind: 2}, supervision.Yellow, "已连续2个月滞后，规则以2个月为限。"},
		{"months", "behind for half a year", supervision.Standing{Light: light.Red, Behind: 6}, supervision.Red, "已连续6个月滞后，规则以3个月为限。"},
		{"months", "a yellow sheet without effect", missed(supervision.Yellow), supervision.Red, "此前发出的黄单已到期，事项仍未办结。"},
		{"sanming", "slow", supervision.Standing{Light: light.Red}, supervision.Blue, "该事项亮红灯（滞后）。"},
		{"sanming", "poor", supervision.Standing{Returned: 1}, supervision.Blue, "反馈已被退回1次，规则以1次为限。"},
		{"sanming", "after blue", missed(supervision.Blue), supervision.Yellow, "此前发出的蓝单已到期，事项仍未办结。"},
		{"sanming", "after both", missed(supervision.Blue, supervision.Yellow), supervision.Red, "此前发出的黄单已到期，事项仍未办结。"},
		{"suqian", "near", late(-1), supervision.Blue, "离办理时限还有1个工作日，规则以3个为限。"},
		{"suqian", "below the path", supervision.Standing{Light: light.Yellow}, supervision.Yellow, "该事项亮黄灯（预警）。"},
		{"suqian", "late", late(1), supervision.Red, "超过办理时限1个工作日，规则以1个为限。"},
	} {
		t.Run(tc.rule+"/"+tc.name, func(t *testing.T) {
			rule, ok := supervision.GradingByName(tc.rule)
			if !ok {
				t.Fatal("there is no such rule")
			}
			got := rule.Grade(tc.s)
			if got.Sheet != tc.want || (len(got.Why) > 0) != (tc.want != "") {
				t.Fatalf("got %q because of %v, want %q", got.Sheet, got.Why, tc.want)
			}
			if tc.want != "" && (got.Why[0].ZH != tc.why || got.Why[0].EN == "") {
				t.Errorf("because of %q, want %q", got.Why[0], tc.why)
			}
		})
	}
}

func TestPointsAndMonthsOfARule(t *testing.T) {
	rule := supervision.Grading{Conditions: []supervision.Condition{
		{Sheet: supervision.Yellow, Measure: supervision.ByGap, Limit: 10},
		{Sheet: supervision.Yellow, Measure: supervision.ByMonths, Limit: 2},
	}}
	gap := func(text string) ledger.Decimal {
		d, err := ledger.ParseDecimal(text)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	both := rule.Grade(supervision.Standing{Gap: gap("-10.5"), Behind: 3})
	if len(both.Why) != 2 || both.Why[0].ZH != "落后序时进度10.5个百分点，规则以10个百分点为限。" ||
		both.Why[1].EN != "It has been behind for 3 months in a row; the rule sets the limit at 2." {
		t.Errorf("got %+v", both)
	}
	for _, s := range []supervision.Standing{{Gap: gap("-9.9")}, {Gap: gap("12")}, {}, {Behind: 1}} {
		if g := rule.Grade(s); g.Sheet != supervision.NoSheet {
			t.Errorf("%+v: got %+v", s, g)
		}
	}
}

func TestEveryGradingIsWhole(t *testing.T) {
	for _, rule := range supervision.Gradings() {
		if rule.Title.ZH == "" || rule.Title.EN == "" || rule.Quote == "" || rule.Source == "" || rule.Own.ZH == "" || rule.Own.EN == "" {
			t.Errorf("%s is not whole: %+v", rule.Name, rule)
		}
		for _, sheet := range supervision.Sheets() {
			found := false
			for _, c := range rule.Conditions {
				found = found || c.Sheet == sheet
			}
			if !found {
				t.Errorf("%s never gives a %s", rule.Name, sheet.Label().EN)
			}
		}
	}
	if _, ok := supervision.GradingByName("stern"); ok {
		t.Error("there is a rule of that name")
	}
	settings := supervision.Defaults()
	if g := settings.Grade(supervision.Standing{Light: light.Red}); g.Sheet != supervision.Yellow {
		t.Errorf("the settings' own rule gives %+v", g)
	}
}

package account

import (
	"testing"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

func number(t *testing.T, text string) ledger.Decimal {
	t.Helper()
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestVerdictsFollowFromThePrintedDigits(t *testing.T) {
	const growth, level, decline = ledger.Growth, ledger.Level, ledger.Decline
	for _, test := range []struct {
		name         string
		done, growth string
		measure      ledger.Measure
		cmp          ledger.Comparator
		bound, upper string
		how          ledger.Aggregation
		unit         string
		final        bool
		want         string // against, verdict, attained, margin with its unit
	}{
		{"growth reached exactly", "", "8.0", growth, ledger.Equal, "8", "", ledger.AsSum, "亿元", false, "growth met  0个百分点"},
		{"growth missed by a tenth", "", "7.9", growth, ledger.Equal, "8", "", ledger.AsSum, "亿元", false, "growth missed  0.1个百分点"},
		{"growth exceeded", "", "9.25", growth, ledger.AtLeast, "8", "", ledger.AsSum, "亿元", false, "growth exceeded  1.25个百分点"},
		{"growth within a range", "", "6", growth, ledger.Between, "5.5", "6.5", ledger.AsSum, "亿元", false, "growth met  0.5个百分点"},
		{"growth above a range", "", "7", growth, ledger.Between, "5.5", "6.5", ledger.AsSum, "亿元", false, "growth exceeded  0.5个百分点"},
		{"growth that is to stay low", "", "3.2", growth, ledger.AtMost, "3", "", ledger.AsLatest, "%", false, "growth over  0.2个百分点"},
		{"about as promised, and less", "", "7.9", growth, ledger.Approximately, "8", "", ledger.AsSum, "亿元", false, ""},
		{"a fall large enough", "", "-3.5", decline, ledger.AtLeast, "3", "", ledger.AsLatest, "%", false, "fall exceeded  0.5个百分点"},
		{"a rise where a fall was promised", "", "1", decline, ledger.AtLeast, "3", "", ledger.AsLatest, "%", false, "fall missed  4个百分点"},
		{"a total ahead of the year", "27.95", "", level, ledger.AtLeast, "52e8", "", ledger.AsSum, "亿元", false, "total ahead 53.75 3.75个百分点"},
		{"a total behind the year", "20.8", "", level, ledger.AtLeast, "52e8", "", ledger.AsSum, "亿元", false, "total behind 40 10个百分点"},
		{"a total in time", "26", "", level, ledger.AtLeast, "52e8", "", ledger.AsSum, "亿元", false, "total even 50 0个百分点"},
		{"a total done early", "52", "", level, ledger.AtLeast, "52e8", "", ledger.AsSum, "亿元", false, "total met 100 0亿元"},
		{"a total short at the end", "51.9", "", level, ledger.AtLeast, "52e8", "", ledger.AsSum, "亿元", true, "total missed 99.81 0.1亿元"},
		{"a total that is not to be passed", "53", "", level, ledger.AtMost, "52e8", "", ledger.AsSum, "亿元", true, "total over  1亿元"},
		{"a rate below its limit", "3.22", "", level, ledger.AtMost, "5", "", ledger.AsLatest, "%", false, "level within  1.78个百分点"},
		{"a rate above its limit", "5.1", "", level, ledger.AtMost, "5", "", ledger.AsLatest, "%", false, "level over  0.1个百分点"},
		{"a level not reached yet", "41.2", "", level, ledger.AtLeast, "42", "", ledger.AsLatest, "%", false, "level short  0.8个百分点"},
		{"a level not reached at the end", "41.2", "", level, ledger.AtLeast, "42", "", ledger.AsLatest, "%", true, "level missed  0.8个百分点"},
		{"a target in another unit", "41.2", "", level, ledger.AtLeast, "42", "", ledger.AsLatest, "个", false, ""},
		{"no figure", "", "", level, ledger.AtLeast, "42", "", ledger.AsLatest, "%", false, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			i := Indicator{Aggregation: test.how}
			i.Done, i.Growth, i.IndicatorLine.Unit = number(t, test.done), number(t, test.growth), test.unit
			unit := "%"
			if test.unit == "亿元" {
				i.Scale = 8
			}
			if i.Scale > 0 && test.measure == level {
				unit = "元"
			}
			i.Targets = []ledger.Target{{Measure: test.measure, Cmp: test.cmp, Value: number(t, test.bound), Upper: number(t, test.upper), Unit: unit}}
			v := judging{i, ledger.Int(50), test.final}.judge()
			got := ""
			if v.says != "" {
				got = v.against + " " + v.says + " " + v.attained.Plain() + " " + v.margin.Plain() + v.points
			}
			if got != test.want {
				t.Errorf("the verdict is %q, not %q", got, test.want)
			}
		})
	}
}

func TestTheYearGoesByMonthByMonth(t *testing.T) {
	for key, want := range map[string]string{"2026-M01": "8.33", "2026-Q1": "25", "2026-H1": "50", "2026-M07": "58.33", "2026-Y1": "100"} {
		p, err := reporting.ParsePeriod(key)
		if err != nil {
			t.Fatal(err)
		}
		if got := elapsed(p).Plain(); got != want {
			t.Errorf("by the end of %s %s %% are over, not %s", key, got, want)
		}
	}
}

func TestTargetsInUnitsOfTheirOwnAreNotJudged(t *testing.T) {
	for name, targets := range map[string][]ledger.Target{
		"doubled":           {{Measure: ledger.Growth, Cmp: ledger.Equal, Value: ledger.Int(1), Unit: "番"}},
		"less by tons":      {{Measure: ledger.Decline, Cmp: ledger.AtLeast, Value: ledger.Int(120), Unit: "吨"}},
		"roads and lengths": {{Measure: ledger.Level, Value: ledger.Int(15), Unit: "条"}, {Measure: ledger.Level, Value: ledger.Int(21), Unit: "公里"}},
	} {
		i := Indicator{Targets: targets, Aggregation: ledger.AsSum}
		i.Done, i.Growth, i.IndicatorLine.Unit = ledger.Int(10), ledger.Int(5), "公里"
		if v := (judging{i, ledger.Int(50), false}).judge(); v.says != "" {
			t.Errorf("%s: the verdict is %s", name, v.says)
		}
	}
}

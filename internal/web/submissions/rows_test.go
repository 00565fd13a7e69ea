package submissions

import (
	"testing"

	uses "luoshi/internal/service/reporting"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

func decimal(t *testing.T, text string) ledger.Decimal {
	t.Helper()
	if text == "" {
		return ledger.Decimal{}
	}
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheChangeAgainstThePeriodBefore(t *testing.T) {
	flow, stock := reporting.Terms{Aggregation: ledger.AsSum, Unit: "张", Additive: true}, reporting.Terms{Aggregation: ledger.AsLatest, Unit: "%"}
	rate := reporting.Terms{Aggregation: ledger.AsLatest, Unit: "人", Rate: true}
	for _, c := range []struct {
		what                            string
		terms                           reporting.Terms
		now, before, total, totalBefore string
		want                            string
		leaps                           bool
	}{
		{"a flow by what came in the period", flow, "30", "20", "50", "20", "+10（+50.0%）", false},
		{"a flow that more than doubles", flow, "48", "20", "68", "20", "+28（+140.0%）", true},
		{"a flow that falls to less than half", flow, "9", "20", "29", "20", "-11（-55.0%）", true},
		{"a flow that falls to half", flow, "10", "20", "30", "20", "-10（-50.0%）", false},
		{"from nothing there are no per cent", flow, "5", "0", "5", "0", "+5", false},
		{"the total where the period is not known", flow, "", "", "50", "40", "+10（+25.0%）", false},
		{"per cent have no per cent", stock, "5.3", "5.1", "5.3", "5.1", "+0.2", false},
		{"rates have none either", rate, "12", "10", "12", "10", "+2", false},
		{"of a loss that shrinks", flow, "-5", "-10", "-15", "-10", "+5（+50.0%）", false},
		{"nothing before", flow, "20", "", "20", "", "", false},
	} {
		row := shownRow{RowView: uses.RowView{Row: reporting.Row{Terms: c.terms}}}
		row.Point = reporting.Point{OfPeriod: decimal(t, c.now), Cumulative: decimal(t, c.total)}
		row.Last = reporting.Point{OfPeriod: decimal(t, c.before), Cumulative: decimal(t, c.totalBefore)}
		if got := row.change(page.View{Lang: page.Chinese}); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
		if row.leaps() != c.leaps {
			t.Errorf("%s: leaps is %v", c.what, row.leaps())
		}
	}
}

func TestASchedulesFormGivesTheScheduleBack(t *testing.T) {
	v := page.View{Lang: page.Chinese}
	for _, p := range reporting.Presets() {
		shown := typedScheduleOf(p.Schedule)
		if shown.Preset != p.Name {
			t.Errorf("%s is shown as %s", p.Name, shown.Preset)
		}
		shown.Preset = own
		back, bad := shown.schedule(v, p.Schedule.Frequency)
		if len(bad) > 0 || !same(back, p.Schedule) {
			t.Errorf("%s comes back as %+v (%v), want %+v", p.Name, back, bad, p.Schedule)
		}
		if p.Source != "" && source(p) == "" {
			t.Errorf("%s has no source", p.Name)
		}
	}
	if _, bad := (typedSchedule{Preset: own, Opens: "五", Due: "5", Closes: "", Remind: "3\uff0c一"}).schedule(v, reporting.Monthly); len(bad) != 3 {
		t.Errorf("three fields are no numbers, said is %v", bad)
	}
}

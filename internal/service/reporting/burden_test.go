package reporting_test

import (
	"reflect"
	"testing"

	usecases "luoshi/internal/service/reporting"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// TestABurdenIsCountedWhenAFormGoesOutAndWhenItComesBack: the meter of a round tells what each form itself tells.
func TestABurdenIsCountedWhenAFormGoesOutAndWhenItComesBack(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.promise(t, o.statistics.ID, ledger.Target{
			Number: 1, Subject: "新增养老床位", Indicator: o.Indicator.ID, Cmp: ledger.AtLeast, Value: ledger.Int(40), Unit: "张", Measure: ledger.Level,
		})
		o.begin(t, false)
		round := o.month(t, 2).ID
		burden := func(unit ledger.UnitID) reporting.Burden {
			t.Helper()
			all := have[usecases.Burdens](t)(o.Burden(o.office, round))
			for _, b := range all.Units {
				form := have[usecases.FormView](t)(o.Form(o.office, round, b.Unit))
				if b.Unit == unit && reflect.DeepEqual(b, form.Burden) {
					return b
				}
			}
			t.Fatalf("nothing, or something else than its form, is said of unit %s: %+v", unit, all)
			return reporting.Burden{}
		}
		if all := have[usecases.Burdens](t)(o.Burden(o.office, round)); all.Uncounted != 0 || len(all.Units) != 3 {
			t.Errorf("after the forms went out %d are counted and %d not, want 3 and none", len(all.Units), all.Uncounted)
		}
		if b := burden(o.Bureau.ID); b.Rows != 1 || b.Asked == 0 || b.Twice != 0 {
			t.Errorf("before anybody has said anything: %+v", b)
		}
		o.fill(o.statistician, t, round, o.statistics.ID, 18, reporting.Cumulative)
		form := o.fill(o.reporter, t, round, o.Bureau.ID, 18, reporting.Cumulative)
		have[usecases.Submission](t)(o.Submit(o.reporter, form.Submission.ID, form.Submission.Revision))
		b := burden(o.Bureau.ID)
		if b.Twice == 0 || len(b.Repeats) != 1 || b.Repeats[0].Sources[0] != o.statistics.Name {
			t.Errorf("the office of statistics has said it: %+v", b)
		}
	})
}

package reporting_test

import (
	"testing"

	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger/reporting"
)

func TestUnitsFindWhatTheyReportedEarlier(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		o.lockedMonth(t, 1, 18)
		february := o.month(t, 2)
		form := o.fill(o.head, t, february.ID, o.Bureau.ID, 30, reporting.Cumulative)
		if got, _, err := o.Earlier(o.reporter, store.Page{}); err != nil || len(got) != 1 || got[0].Round.Period.Number != 1 {
			t.Errorf("while February is filled it finds %+v, %v", got, err)
		}
		have[usecases.Submission](t)(o.Submit(o.head, form.Submission.ID, form.Submission.Revision))

		first, next, err := o.Earlier(o.reporter, store.Page{Limit: 1})
		if err != nil || len(first) != 1 || first[0].Submission.State != reporting.Approved || first[0].UnitName != o.Bureau.Name || next == "" {
			t.Fatalf("first it finds %+v, %q, %v", first, next, err)
		}
		second, next, err := o.Earlier(o.reporter, store.Page{Limit: 1, After: next})
		if err != nil || len(second) != 1 || second[0].Submission.State != reporting.Locked || next != "" {
			t.Errorf("then it finds %+v, %q, %v", second, next, err)
		}
		if got, _, err := o.Earlier(o.other, store.Page{}); err != nil || len(got) != 0 {
			t.Errorf("another unit finds %+v, %v", got, err)
		}
	})
}

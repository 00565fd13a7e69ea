package reporting_test

import (
	"testing"

	usecases "luoshi/internal/service/reporting"
	"luoshi/ledger/reporting"
)

// TestWhatIsOutstanding: forms that were not sent in and those that were returned are told apart, and sent ones are neither.
func TestWhatIsOutstanding(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		round := o.month(t, 1)
		open := have[usecases.Outstanding](t)(o.Outstanding(o.office, 1))
		if len(open.Missing) != 1 || open.MissingCount != 2 || open.ReturnedCount != 0 {
			t.Errorf("of the two units are outstanding: %+v", open)
		}
		bureau := o.fill(o.head, t, round.ID, o.Bureau.ID, 20, reporting.Cumulative)
		sent := have[usecases.Submission](t)(o.Submit(o.head, bureau.Submission.ID, bureau.Submission.Revision))
		if open := have[usecases.Outstanding](t)(o.Outstanding(o.office, 9)); open.MissingCount != 1 || open.Missing[0].Submission.Unit != o.Street.ID {
			t.Errorf("once the bureau has sent its form in: %+v", open)
		}
		if out := o.Take(o.office, "return", []reporting.SubmissionID{sent.ID}, "口径有误"); out[0].Err != nil {
			t.Fatal(out[0].Err)
		}
		open = have[usecases.Outstanding](t)(o.Outstanding(o.office, 9))
		if open.ReturnedCount != 1 || open.Returned[0].Returned != "口径有误" || open.Returned[0].UnitName == "" {
			t.Errorf("once it was returned: %+v", open)
		}
		// A unit sees its own.
		if own := have[usecases.Outstanding](t)(o.Outstanding(o.other, 9)); own.MissingCount != 1 || own.ReturnedCount != 0 {
			t.Errorf("the street sees %+v", own)
		}
	})
}

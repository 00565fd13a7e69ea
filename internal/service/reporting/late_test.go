package reporting_test

import (
	"testing"

	usecases "luoshi/internal/service/reporting"
	"luoshi/ledger/reporting"
)

// TestLatenessGoesByTheLastSending: who takes a form back and sends it in again after the due day is late; who has to
// mend one that was returned is not, if he sent it in in time.
func TestLatenessGoesByTheLastSending(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		round := o.month(t, 1)
		form := o.fill(o.reporter, t, round.ID, o.Bureau.ID, 20, reporting.Cumulative)
		id := form.Submission.ID
		have[usecases.Submission](t)(o.Submit(o.reporter, id, 0))
		o.clock.on(2, 20) // behind the due day
		o.one(o.head, t, "return", id, "请补充说明")
		if sent := have[usecases.Submission](t)(o.Submit(o.reporter, id, 0)); sent.Late {
			t.Error("a form that was returned is late although it was sent in in time")
		}
		if taken := o.one(o.reporter, t, "withdraw", id, ""); !taken.Sent.IsZero() || taken.Late {
			t.Errorf("taken back it is %+v", taken)
		}
		if sent := have[usecases.Submission](t)(o.Submit(o.reporter, id, 0)); !sent.Late || sent.Sent.IsZero() {
			t.Errorf("sent in again after the due day it is %+v", sent)
		}
	})
}

package reporting_test

import (
	"testing"

	usecases "luoshi/internal/service/reporting"
	"luoshi/ledger/reporting"
)

// TestWarningsAreCountedAsRowsAreSaved: lists tell what the form itself tells.
func TestWarningsAreCountedAsRowsAreSaved(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		o.lockedMonth(t, 1, 18)
		round := o.month(t, 2).ID
		for _, c := range []struct {
			value int64
			found int
		}{{30, 0}, {3, 1}, {31, 0}} { // 3 is less than January's
			form := o.fill(o.reporter, t, round, o.Bureau.ID, c.value, reporting.Cumulative)
			due := have[[]usecases.DueItem](t)(o.Due(o.reporter))
			if got := due[0].Submission.Warnings; got != form.Submission.Warnings || got != c.found {
				t.Errorf("with %d the list counts %d, the form %d, want %d: %+v", c.value, got, form.Submission.Warnings, c.found, form.Rows)
			}
		}
	})
}

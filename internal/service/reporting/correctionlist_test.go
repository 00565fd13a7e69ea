package reporting_test

import (
	"slices"
	"testing"

	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger/reporting"
)

// TestCorrectionsInParts: a list in parts is the list as a whole, and a place that is none is said to be none.
func TestCorrectionsInParts(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		round := o.lockedMonth(t, 1, 20)
		wish := usecases.Proposal{
			Plan: o.Plan.ID, Subject: reporting.IndicatorSubject(o.Indicator.ID), Unit: o.Bureau.ID, Period: round.Period,
			After: o.beds(21, reporting.Cumulative, 0).Observation, Reason: "漏报", Basis: "文件",
		}
		for range 5 {
			made := have[usecases.CorrectionView](t)(o.ProposeCorrection(o.office, wish))
			have[usecases.CorrectionView](t)(o.DecideCorrection(o.second, made.ID, "refuse", "依据不足", made.Revision))
		}
		query := usecases.CorrectionQuery{Plan: o.Plan.ID}
		ids := func(all []usecases.CorrectionView) []reporting.CorrectionID {
			var found []reporting.CorrectionID
			for _, c := range all {
				found = append(found, c.ID)
			}
			return found
		}
		whole := ids(have[[]usecases.CorrectionView](t)(o.Corrections(o.office, query)))
		var parts []reporting.CorrectionID
		page := store.Page{Limit: 2}
		for n := 0; n == 0 || page.After != ""; n++ {
			part := have[usecases.CorrectionPart](t)(o.CorrectionPage(o.office, query, page))
			if n > 2 || len(part.Corrections) > 2 {
				t.Fatalf("part %d has %d", n, len(part.Corrections))
			}
			parts, page.After = append(parts, ids(part.Corrections)...), part.Next
		}
		if len(whole) != 5 || !slices.Equal(parts, whole) {
			t.Errorf("in parts they are %v, as a whole %v", parts, whole)
		}
		_, err := o.CorrectionPage(o.office, query, store.Page{After: "x"})
		wantFault(t, err, "page.place")
	})
}

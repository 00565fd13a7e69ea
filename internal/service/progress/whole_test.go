package progress_test

import (
	"errors"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/progress"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// TestAWholePlan: every commitment with its light, how that turned, and its locked figures, and nothing else that was
// sent in.
func TestAWholePlan(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		o.lock(o.head, t, o.Bureau.ID, 1, said(reporting.IndicatorSubject(o.Indicator.ID), "60", reporting.UnderWay))
		o.send(o.head, t, o.Bureau.ID, 2, said(reporting.IndicatorSubject(o.Indicator.ID), "75", reporting.UnderWay))
		o.compute(t)
		var beds progress.Followed
		all := have[[]progress.Followed](t)(o.Whole(o.office, o.Plan.ID))
		for _, f := range all {
			if f.Commitment.ID == o.Commitment.ID {
				beds = f
			}
		}
		one := o.light(t, o.Commitment.ID)
		if len(all) != 2 || !beds.Lit || beds.Colour != one.Colour || len(beds.Turns) != len(one.History) || beds.Turns[0].Earlier != "" {
			t.Errorf("%d commitments; the beds: %+v", len(all), beds.Shown)
		}
		if len(beds.Measured) != 1 || len(beds.Measured[0].Points) != 1 || beds.Measured[0].Points[0].Cumulative.Plain() != "60" || !beds.Measured[0].Bound.Same(ledger.Int(200)) {
			t.Errorf("measured: %+v", beds.Measured)
		}
		if beds.Colour == light.Blue {
			t.Error("60 of 200 are all")
		}
		var refused *service.Refused
		if _, err := o.Whole(o.head, o.Plan.ID); !errors.As(err, &refused) {
			t.Errorf("a unit gets everything: %v", err)
		}
	})
}

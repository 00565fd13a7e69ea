package progress_test

import (
	"testing"

	"luoshi/internal/service/progress"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// TestLightsOnADayThatIsOver follow from the figures of their time, whenever those were locked, and show what was shown
// by hand then.
func TestLightsOnADayThatIsOver(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		o.lock(o.head, t, o.Bureau.ID, 3, said(beds, "50", reporting.UnderWay))
		o.compute(t)
		o.lock(o.head, t, o.Bureau.ID, 9, said(beds, "60", reporting.UnderWay))
		o.compute(t)
		on := func(month, d int) progress.Shown {
			t.Helper()
			return have[map[ledger.CommitmentID]progress.Shown](t)(o.LightsOn(o.office, o.Plan.ID, day(month, d)))[o.Commitment.ID]
		}
		march := on(3, 31)
		if march.Colour != light.Green || march.Light.Actual.Plain() != "50" || march.Calendar.State != light.Running {
			t.Errorf("at the end of March 50 of 200 beds were green: %s, %s", march.Colour, march.Light.Actual.Plain())
		}
		if september := on(9, 30); september.Colour != light.Red || september.Light.Actual.Plain() != "60" {
			t.Errorf("at the end of September 60 of 200 beds were red: %s, %s", september.Colour, september.Light.Actual.Plain())
		}
		o.clock.on(10, 8)
		must(t, o.SetByHand(o.office, progress.ByHand{Commitment: o.Commitment.ID, Colour: light.Yellow, Reason: "已落实建设用地"}))
		if now, then := on(10, 8), on(10, 7); now.Colour != light.Yellow || now.Computed != light.Red || then.Colour != light.Red {
			t.Errorf("by hand it shows %s on the day, and %s the day before", now.Colour, then.Colour)
		}
		if all := have[map[ledger.CommitmentID]progress.Shown](t)(o.LightsOn(t.Context(), o.Plan.ID, day(9, 30))); len(all) > 0 {
			t.Errorf("the public sees %v", all)
		}
	})
}

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

// TestForecastsOfADayThatIsOver are made of the figures of their time, and name their method.
func TestForecastsOfADayThatIsOver(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		o.lock(o.head, t, o.Bureau.ID, 3, said(beds, "50", reporting.UnderWay))
		o.lock(o.head, t, o.Bureau.ID, 9, said(beds, "90", reporting.UnderWay))
		on := func(month, d int) progress.Foreseen {
			t.Helper()
			return have[map[ledger.IndicatorID]progress.Foreseen](t)(o.Forecasts(o.office, o.Plan.ID, day(month, d), []ledger.IndicatorID{o.Indicator.ID}))[o.Indicator.ID]
		}
		if march := on(3, 31); march.Value.Plain() != "200.00" || march.Method != light.RunRate || march.Target.Value.Cmp(ledger.Int(200)) != 0 {
			t.Errorf("50 beds in March make %s of %s at the end of the year, by %s", march.Value.Plain(), march.Target.Value.Plain(), march.Method)
		}
		if september := on(9, 30); september.Value.Plain() != "120.00" {
			t.Errorf("90 beds in September make %s at the end of the year", september.Value.Plain())
		}
		if first := on(1, 31); first.Method != "" {
			t.Errorf("of nothing it foresees %s", first.Value.Plain())
		}
		wantRefused(t, second(o.Forecasts(o.job, o.Plan.ID, day(3, 31), nil)), "account.read")
	})
}

func second[T any](_ T, err error) error { return err }

package reporting_test

import (
	"testing"

	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
)

func TestDatesThatWereSetByHandStay(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		march, april := o.roundOf(t, 3), o.roundOf(t, 4)
		dates := usecases.RoundDates{Opens: march.Opens, Due: march.Due.AddDays(3), Closes: march.Closes.AddDays(3)}
		moved := have[usecases.RoundView](t)(o.ChangeRound(o.office, march.ID, dates, march.Revision))
		if !moved.ByHand || april.ByHand {
			t.Errorf("moved it is %+v, another is %+v", moved, april)
		}
		settings := have[store.Record[usecases.Settings]](t)(o.Settings(o.office, o.Plan.ID))
		for i := range settings.Value.Schedules {
			settings.Value.Schedules[i].Opens++
		}
		settings = have[store.Record[usecases.Settings]](t)(o.SaveSettings(o.office, o.Plan.ID, settings.Value, settings.Revision))
		if got := o.roundOf(t, 3); got.Opens != dates.Opens || got.Due != dates.Due || got.Closes != dates.Closes {
			t.Errorf("the round that was moved is now %+v", got)
		}
		if got := o.roundOf(t, 4); got.Opens == april.Opens {
			t.Errorf("the other one stays %+v", got)
		}
		// Back on the schedule it goes with that again.
		back := o.roundOf(t, 3)
		planned := usecases.RoundDates{Opens: march.Opens.AddDays(-1), Due: march.Due, Closes: march.Closes}
		if got := have[usecases.RoundView](t)(o.ChangeRound(o.office, march.ID, planned, back.Revision)); got.ByHand {
			t.Errorf("on the schedule again it is %+v", got)
		}
	})
}

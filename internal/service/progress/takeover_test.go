package progress_test

import (
	"strings"
	"testing"

	"luoshi/internal/service/progress"
	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Lights, and what a unit reads of its own figures, go on alike with what a merged unit said, whether or not somebody has
// written down that its promises are the heir's now.
func TestLightsGoOnWithWhatAMergedUnitSaid(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		subject := reporting.IndicatorSubject(o.Indicator.ID)
		for month, value := range []string{"20", "40"} {
			o.lock(o.head, t, o.Bureau.ID, month+1, said(subject, value, reporting.UnderWay))
			o.lock(o.street, t, o.Street.ID, month+1, said(subject, "5", reporting.UnderWay))
		}
		street := have[store.Record[ledger.Unit]](t)(o.Store().Units().Get(t.Context(), string(o.Street.ID)))
		must(t, o.Store().Units().Changed(t.Context(), ledger.UnitChange{
			Unit: o.Street.ID, Kind: ledger.Merged, On: day(3, 1), Into: []ledger.UnitID{o.Bureau.ID},
		}, street.Revision))
		o.lock(o.head, t, o.Bureau.ID, 3, said(subject, "60", reporting.UnderWay))

		series := have[usecases.Series](t)(o.reporting.Series(o.office, o.Plan.ID, subject, o.Bureau.ID))
		if got := cumulatives(series.Points); got != "25 45 60" {
			t.Errorf("the series is %s", got)
		}
		view := have[progress.IndicatorView](t)(o.IndicatorView(o.office, o.Indicator.ID))
		if len(view.Courses) == 0 {
			t.Fatal("the indicator has no course")
		}
		for _, c := range view.Courses {
			if got := cumulatives(c.Points); got != cumulatives(series.Points) || c.Unit != o.Bureau.ID {
				t.Errorf("%s is lit by %s of %s", c.Title, got, c.Unit)
			}
		}
	})
}

func cumulatives(points []reporting.Point) string {
	var all []string
	for _, p := range points {
		all = append(all, p.Cumulative.Plain())
	}
	return strings.Join(all, " ")
}

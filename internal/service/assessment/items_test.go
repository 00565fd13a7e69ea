package assessment_test

import (
	"testing"

	"luoshi/calendar"
	uses "luoshi/internal/service/assessment"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/planning"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
	rules "luoshi/ledger/livelihood"
)

// TestLivelihoodItemsGivePoints for what is closed of what was due, and for how satisfied people are, each traced to the
// items.
func TestLivelihoodItemsGivePoints(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		items := livelihood.New(o.Core, planning.New(o.Core, planning.Options{}), nil, nil, livelihood.Options{})
		o.Service = uses.New(o.Core, uses.Options{Livelihood: items})
		for i, title := range []string{"改造公厕12座", "新增停车泊位800个", "建成社区食堂6处"} {
			by := calendar.Date{Year: 2026, Month: 10, Day: 31}
			if i == 2 {
				by = calendar.Date{Year: 2027, Month: 6, Day: 30} // is not due
			}
			c, err := o.Store().Commitments().Add(t.Context(), o.Promise(o.Store(), ledger.CommitmentTerms{
				Title: title, Number: string(rune('1' + i)), Section: 2, Kind: ledger.KindLivelihood, By: by, Lead: o.Bureau.ID, State: ledger.InForce,
			}))
			must(t, err)
			asked := rules.Survey{
				Scale: rules.Citizens, On: calendar.Date{Year: 2026, Month: 11, Day: 2}, Asked: 20, Counts: map[string]int{"very": 8 - 3*i, "bad": 2}, Note: "入户",
			}
			if i < 2 {
				_, err = items.AddSurvey(o.office, c.Value.ID, asked, livelihood.File{})
				must(t, err)
			}
			if i == 0 {
				o.sql(t, "INSERT INTO livelihood_items VALUES ('"+string(c.Value.ID)+"', 4, 'closed', '2026-11-03T00:00:00.000000Z')")
			}
		}
		scheme, err := o.Usual(o.office, o.Plan.ID)
		must(t, err)
		scheme.Basis, scheme.Rules = "望政办发〔2026〕3号", nil
		scheme.Measures = []assessment.Measure{
			{Code: "closed", Title: "民生实事销号", Formula: "livelihood", Weight: ledger.Int(60)},
			{Code: "satisfied", Title: "民生实事满意率", Formula: "satisfaction", Weight: ledger.Int(40)},
		}
		a, err := o.Create(o.office, o.Plan.ID, scheme)
		must(t, err)
		o.steps(o.office, t, a.ID, "submit")
		o.steps(o.leader, t, a.ID, "adopt")
		o.steps(o.office, t, a.ID, "compute")
		score := o.score(o.office, t, a.ID, o.Bureau.ID)
		for item, want := range map[string]string{"closed": "30.00", "satisfied": "30.59"} { // 1 of 2, and 13 of 17
			if line, _ := score.Line(item); line.Points.String() != want {
				t.Errorf("%s gives %s of %+v, want %s", item, line.Points, line.Inputs, want)
			}
		}
		line, _ := score.Line("satisfied")
		if sources := line.Inputs[0].Sources; len(sources) != 2 || sources[0].Kind != uses.ItemsCounted || sources[0].Said != "8/10" {
			t.Errorf("it is counted from %+v", sources)
		}
		if street, _ := o.score(o.office, t, a.ID, o.Street.ID).Line("closed"); !street.Idle {
			t.Errorf("a unit without items has %+v", street)
		}
	})
}

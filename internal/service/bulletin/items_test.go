package bulletin_test

import (
	"testing"

	"luoshi/internal/service/bulletin"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
	paper "luoshi/ledger/bulletin"
	rules "luoshi/ledger/livelihood"
)

// TestLivelihoodItemsAreToldOf as they stand: one of two has been asked about, and none is closed.
func TestLivelihoodItemsAreToldOf(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		items := livelihood.New(o.Core, planning.New(o.Core, planning.Options{}), nil, nil, livelihood.Options{})
		o.Service = bulletin.New(o.Core, o.progress, o.reporting, bulletin.Options{Orders: o.orders, Livelihood: items})
		if v := o.draft(t); len(v.Content.Sections) != 7 {
			t.Errorf("a plan without items has %d sections", len(v.Content.Sections))
		}
		var ids []ledger.CommitmentID
		for _, title := range []string{"改造公厕12座", "新增停车泊位800个"} {
			c := o.Promise(o.Store(), ledger.CommitmentTerms{
				Title: title, Number: "实事" + title, Section: 2, Kind: ledger.KindLivelihood, By: day(12, 31), Lead: o.Bureau.ID, State: ledger.InForce,
			})
			ids = append(ids, have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Add(t.Context(), c)).Value.ID)
		}
		asked := rules.Survey{Scale: rules.Citizens, On: day(7, 1), Asked: 50, Counts: map[string]int{"very": 36, "bad": 1}, Note: "入户"}
		have[livelihood.Survey](t)(items.AddSurvey(o.office, ids[0], asked, livelihood.File{}))
		v := have[bulletin.View](t)(o.Draft(o.office, o.Plan.ID, june))
		one := "items/" + string(ids[0])
		for key, want := range map[string]string{
			"items.items": "2", "items.items_closed": "0", "items.items_open": "2", "items.items_asked": "1", "items.answers": "37",
			"items.satisfaction": "97.3", one + ".answers": "37", one + ".satisfaction": "97.3",
		} {
			if got := figure(t, v.Content, key); got != want {
				t.Errorf("%s is %s, not %s", key, got, want)
			}
		}
		if bad := paper.Unsourced(v.Read); len(bad) > 0 {
			t.Errorf("without a source: %+v", bad)
		}
	})
}

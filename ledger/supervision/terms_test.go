package supervision_test

import (
	"testing"

	"luoshi/flow"
	"luoshi/ledger/supervision"
)

func TestTerms(t *testing.T) {
	from := func(kind supervision.SourceKind, urgency supervision.Urgency) func(*supervision.Order) {
		return func(o *supervision.Order) { o.Sources[0].Kind, o.Urgency = kind, urgency }
	}
	for name, tc := range map[string]struct {
		change  func(*supervision.Order)
		days    int
		unit    flow.TermUnit
		interim int
	}{
		"an urgent instruction": {from(supervision.FromInstruction, supervision.Urgent), 3, flow.Workdays, 1},
		"an instruction":        {from(supervision.FromInstruction, supervision.Normal), 15, flow.Workdays, 5},
		"a hard instruction":    {from(supervision.FromInstruction, supervision.Hard), 30, flow.Workdays, 10},
		"a meeting":             {from(supervision.FromMeeting, supervision.Normal), 20, flow.Days, 5},
		"a hard one of it":      {from(supervision.FromMeeting, supervision.Hard), 30, flow.Workdays, 10},
		"a paper":               {from(supervision.FromPaper, supervision.Normal), 30, flow.Days, 10},
		"a light":               {from(supervision.FromLight, supervision.Normal), 15, flow.Workdays, 5},
		"a citizen's lead":      {from(supervision.FromCitizen, supervision.Normal), 10, flow.Workdays, 0},
		"a notice that urges":   {func(o *supervision.Order) { o.Kind = supervision.Urge }, 5, flow.Workdays, 0},
		"a second source that is an instruction": {func(o *supervision.Order) {
			o.Sources = append(o.Sources, supervision.Source{Kind: supervision.FromInstruction, Title: "批示"})
		}, 15, flow.Workdays, 5},
	} {
		o := with(tc.change)
		term, interim := supervision.DefaultTerms().For(&o)
		if (term != supervision.Term{Days: tc.days, Unit: tc.unit}) || interim != tc.interim {
			t.Errorf("%s: got %+v and %d", name, term, interim)
		}
	}
	if term, _ := (supervision.Terms{{Kind: supervision.Urge}}).For(&supervision.Order{}); term != (supervision.Term{}) {
		t.Errorf("a term that no rule lays down: %+v", term)
	}
}

func TestSettingsFillWhatAnOrderLeavesOut(t *testing.T) {
	settings := supervision.Defaults()
	bare := with(func(o *supervision.Order) { o.Term = supervision.Term{} })
	if o := settings.Fill(bare); o.Term != (supervision.Term{Days: 20, Unit: flow.Days}) || o.Interim != 5 {
		t.Errorf("without a term: %+v, %d", o.Term, o.Interim)
	}
	often := with(func(o *supervision.Order) { o.Term, o.Interim = supervision.Term{}, 2 })
	if o := settings.Fill(often); o.Interim != 2 {
		t.Errorf("with a frequency of its own: %d", o.Interim)
	}
	dated := with(func(o *supervision.Order) { o.Term, o.Due = supervision.Term{}, day(t, "2026-12-31") })
	if o := settings.Fill(dated); o.Term != (supervision.Term{}) || o.Interim != 0 {
		t.Errorf("with a date: %+v, %d", o.Term, o.Interim)
	}
}

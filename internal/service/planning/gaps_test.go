package planning_test

import (
	"cmp"
	"slices"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Gaps are looked for among few commitments only; they are still all that the whole plan has.
func TestGapsAreThoseOfTheWholePlan(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		target := func(t ledger.Target) []ledger.Target {
			t.Number, t.Subject, t.Cmp, t.Value, t.Unit, t.Measure = 1, "养老床位", ledger.AtLeast, ledger.Int(200), "张", ledger.Level
			return []ledger.Target{t}
		}
		by := day(2026, 12, 31)
		for _, terms := range []ledger.CommitmentTerms{
			{Title: "齐全的任务", Lead: o.Bureau.ID, By: by},
			{Title: "没有单位", By: by},
			{Title: "没有时限", Lead: o.Bureau.ID},
			{Title: "空岗", Lead: o.Bureau.ID, By: by, Post: o.Post.ID},
			{Title: "没有目标的指标", Kind: ledger.KindIndicator, Lead: o.Bureau.ID, By: by},
			{Title: "目标不指指标", Kind: ledger.KindIndicator, Lead: o.Bureau.ID, By: by, Targets: target(ledger.Target{})},
			{Title: "目标有代码", Kind: ledger.KindIndicator, Lead: o.Bureau.ID, By: by, Targets: target(ledger.Target{Code: "beds"})},
			{Title: "目标有指标", Kind: ledger.KindIndicator, Lead: o.Bureau.ID, By: by, Targets: target(ledger.Target{Indicator: o.Indicator.ID})},
			{Title: "撤销的", State: ledger.Withdrawn},
		} {
			have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Add(t.Context(), o.Promise(o.Store(), terms)))
		}
		var all []ledger.Commitment
		for _, r := range have[[]store.Record[ledger.Commitment]](t)(service.All(t.Context(), o.Store().Commitments().List)) {
			all = append(all, r.Value)
		}
		slices.SortFunc(all, func(a, b ledger.Commitment) int { return cmp.Compare(a.Number, b.Number) })
		var want, got []string
		for _, gap := range ledger.Gaps(all, have[*ledger.Tree](t)(o.Tree(t.Context())), nil, o.Today()) {
			want = append(want, string(gap.Commitment)+" "+gap.Code)
		}
		for page, parts := (store.Page{Limit: 2}), 1; ; parts++ {
			part := have[planning.GapPage](t)(o.Gaps(o.staff, o.District.Plan.ID, page))
			for _, gap := range part.Gaps {
				got = append(got, string(gap.Commitment)+" "+gap.Code)
			}
			if page.After = part.Next; part.Next == "" {
				if parts < 2 {
					t.Error("all came in one part")
				}
				break
			}
		}
		if len(want) < 5 || !slices.Equal(got, want) {
			t.Errorf("the gaps are %v, want %v", got, want)
		}
	})
}

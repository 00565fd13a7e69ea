package planning_test

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// wish is an amendment of the one promise that is complete.
func (o *office) wish(t *testing.T, change func(*planning.Wish)) planning.Wish {
	t.Helper()
	wish := planning.Wish{
		Commitment: o.District.Commitment.ID, Seen: o.now(t, o.District.Commitment.ID).Revision, Reason: "上级任务调整",
		Basis: ledger.Basis{Title: "区政府第12次常务会议纪要", Number: "12"}, Effective: day(2026, 6, 1),
	}
	change(&wish)
	return wish
}

func (o *office) amend(t *testing.T, id ledger.AmendmentID, who string, action, reason string) error {
	t.Helper()
	record := have[store.Record[ledger.Amendment]](t)(o.Store().Amendments().Get(t.Context(), string(id)))
	ctx := map[string]context.Context{"staff": o.staff, "second": o.second, "leader": o.leader, "head": o.head}[who]
	_, err := o.TakeAmendmentStep(ctx, planning.AmendmentStep{Amendment: id, Seen: record.Revision, Action: action, Reason: reason})
	return err
}

// agree takes a proposed amendment through review and decision.
func (o *office) agree(t *testing.T, id ledger.AmendmentID) {
	t.Helper()
	must(t, o.amend(t, id, "second", "pass", ""))
	must(t, o.amend(t, id, "leader", "approve", ""))
}

func (o *office) apply(t *testing.T, ids ...ledger.AmendmentID) error {
	t.Helper()
	_, err := o.ApplyAmendments(o.staff, planning.Application{
		Plan: o.District.Plan.ID, Seen: o.plan(t).Revision, Amendments: ids, On: day(2026, 6, 10), Basis: "望政发〔2026〕30号",
	})
	return err
}

func TestAnAmendmentIsProposedDecidedAndApplied(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		later := func(w *planning.Wish) { w.Deadline = ptr(day(2027, 3, 31)) }
		_, err := o.ProposeAmendment(o.head, o.wish(t, later))
		wantFault(t, err, "plan.not_published")
		o.publish(t)
		before := o.now(t, o.District.Commitment.ID).Value
		_, err = o.ProposeAmendment(o.street, o.wish(t, later))
		wantRefused(t, err, "amendment.propose")
		proposed := have[store.Record[ledger.Amendment]](t)(o.ProposeAmendment(o.head, o.wish(t, later)))
		id := proposed.Value.ID
		_, err = o.ProposeAmendment(o.staff, o.wish(t, later))
		wantFault(t, err, "amendment.pending")

		must(t, o.amend(t, id, "staff", "return", "缺纪要原件"))
		must(t, o.amend(t, id, "head", "supplement", ""))
		wantRefused(t, o.amend(t, id, "head", "pass", ""), "amendment.review")
		must(t, o.amend(t, id, "staff", "pass", ""))
		wantRefused(t, o.amend(t, id, "staff", "approve", ""), "amendment.approve")
		wantProblem(t, o.apply(t, id), "amendment.not_agreed")
		must(t, o.amend(t, id, "leader", "approve", ""))
		if o.now(t, before.ID).Value.By != before.By {
			t.Error("an amendment changed something before it was put in force")
		}
		must(t, o.apply(t, id))

		after := o.now(t, before.ID).Value
		plan := o.plan(t).Value
		if after.By != day(2027, 3, 31) || len(plan.Versions) != 2 || plan.Versions[1].On != day(2026, 6, 10) {
			t.Errorf("%s, %+v", after.By, plan.Versions)
		}
		o.sound(t, before.ID)
		o.logged(t, "plans", string(plan.ID), plan)
		view := have[planning.AmendmentView](t)(o.Amendment(o.head, id))
		o.logged(t, "amendments", string(id), view.Record.Value)
		if view.Record.Value.Version != 2 || view.Case.State != "approved" || len(view.Case.Steps) != 5 || len(view.Offers) != 0 {
			t.Errorf("%+v, %+v", view.Record.Value, view.Case)
		}
		held := have[[]ledger.Held](t)(o.History(o.head, before.ID, ledger.DeadlineField, 0))
		if len(held) != 2 || held[0].Content.Date != before.By || held[1].Content.Date != after.By || held[1].Amendment != id {
			t.Errorf("%+v", held)
		}
		old := have[[]ledger.Commitment](t)(o.PlanAsOf(o.staff, plan.ID, 1))
		if old[0].By != before.By {
			t.Errorf("version 1 has %s", old[0].By)
		}
		changed := have[[]ledger.Difference](t)(o.CompareVersions(o.leader, plan.ID, 1, 2))
		if len(changed) != 1 || changed[0].Changes[0].Field != ledger.DeadlineField {
			t.Errorf("%+v", changed)
		}
		_, err = o.CompareVersions(o.leader, plan.ID, 1, 3)
		wantFault(t, err, "version.unknown")
		wantProblem(t, o.apply(t, id), "amendment.not_agreed")
	})
}

func TestWhoProposesDecidesNothing(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.publish(t)
		made := have[store.Record[ledger.Amendment]](t)(o.ProposeAmendment(o.staff, o.wish(t, func(w *planning.Wish) { w.Lead = ptr(o.Street.ID) })))
		id := made.Value.ID
		wantFault(t, o.amend(t, id, "staff", "pass", ""), "flow.same-actor")
		must(t, o.amend(t, id, "second", "pass", ""))
		// The leader who also sits in the office that passed it on may not approve either.
		both := o.AsAccount(t.Context(), "second", "leader", o.Government.ID)
		record := have[store.Record[ledger.Amendment]](t)(o.Store().Amendments().Get(t.Context(), string(id)))
		_, err := o.TakeAmendmentStep(both, planning.AmendmentStep{Amendment: id, Seen: record.Revision, Action: "approve"})
		wantFault(t, err, "flow.same-actor")
		must(t, o.amend(t, id, "leader", "refuse", "理由不充分"))
		if state := have[planning.AmendmentView](t)(o.Amendment(o.staff, id)).Record.Value.State; state != ledger.Refused {
			t.Errorf("it is %s", state)
		}
		wantProblem(t, o.apply(t, id), "amendment.not_agreed")
		_, err = o.ApplyAmendments(o.leader, planning.Application{Plan: o.District.Plan.ID, Seen: o.plan(t).Revision, Amendments: []ledger.AmendmentID{id}})
		wantRefused(t, err, "amendment.apply")
		wantFault(t, o.apply(t), "amendment.none")
	})
}

func TestWishesAreHeldToTheRules(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.publish(t)
		for name, tc := range map[string]struct {
			change func(*planning.Wish)
			fault  string
		}{
			"nothing differs":   {func(w *planning.Wish) { w.Lead = ptr(o.Bureau.ID) }, "amendment.nothing"},
			"no such target":    {func(w *planning.Wish) { w.Drop = []int{4} }, "amendment.target"},
			"no such unit":      {func(w *planning.Wish) { w.Lead = ptr(store.NewID[ledger.UnitID](o.Store())) }, "owner.unknown"},
			"no basis document": {func(w *planning.Wish) { w.Deadline, w.Basis = ptr(day(2027, 1, 1)), ledger.Basis{} }, ""},
			"no reason":         {func(w *planning.Wish) { w.Deadline, w.Reason = ptr(day(2027, 1, 1)), " " }, ""},
		} {
			_, err := o.ProposeAmendment(o.staff, o.wish(t, tc.change))
			switch {
			case err == nil:
				t.Errorf("%s: it was taken", name)
			case tc.fault != "":
				wantFault(t, err, tc.fault)
			}
		}
		stale := o.wish(t, func(w *planning.Wish) { w.Deadline = ptr(day(2027, 1, 1)); w.Seen-- })
		if _, err := o.ProposeAmendment(o.staff, stale); !store.IsConflict(err) {
			t.Errorf("%v", err)
		}
		list := have[store.Listing[ledger.Amendment]](t)(o.Amendments(o.staff, planning.AmendmentQuery{Plan: o.District.Plan.ID}, store.Page{}))
		if len(list.Records) != 0 {
			t.Errorf("%d amendments were kept", len(list.Records))
		}
	})
}

func TestAmendmentsAreSeenByThoseTheyConcern(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		road := o.promise(t, ledger.CommitmentTerms{Title: "路", Lead: o.Street.ID, By: day(2026, 9, 30)})
		o.publish(t)
		wish := o.wish(t, func(w *planning.Wish) {
			w.Commitment, w.Seen, w.Deadline = road.Value.ID, o.now(t, road.Value.ID).Revision, ptr(day(2026, 12, 31))
		})
		made := have[store.Record[ledger.Amendment]](t)(o.ProposeAmendment(o.street, wish))
		query := planning.AmendmentQuery{Plan: o.District.Plan.ID, State: ledger.Proposed}
		if list := have[store.Listing[ledger.Amendment]](t)(o.Amendments(o.street, query, store.Page{})); len(list.Records) != 1 {
			t.Error("the street does not see its own")
		}
		if list := have[store.Listing[ledger.Amendment]](t)(o.Amendments(o.head, query, store.Page{})); len(list.Records) != 0 {
			t.Error("the bureau sees that of the street")
		}
		_, err := o.Amendment(o.head, made.Value.ID)
		wantRefused(t, err, "amendment.read")
		overview := have[planning.Overview](t)(o.Overview(o.street, o.District.Plan.ID))
		if overview.Amendments[ledger.Proposed] != 1 {
			t.Errorf("%+v", overview.Amendments)
		}
	})
}

// TestVersionsAgreeWithWhatWasThere puts random amendments in force, some of them several at once, and holds every
// version against what the commitments were when it was made, and every comparison against the amendments between.
func TestVersionsAgreeWithWhatWasThere(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		random := rand.New(rand.NewPCG(1, 2))
		o.promise(t, ledger.CommitmentTerms{Title: "路", Lead: o.Street.ID, By: day(2026, 9, 30)})
		o.publish(t)
		snapshot := func() []ledger.Commitment {
			return have[[]ledger.Commitment](t)(o.PlanAsOf(o.staff, o.District.Plan.ID, len(o.plan(t).Value.Versions)))
		}
		versions := [][]ledger.Commitment{snapshot()}
		for range 8 {
			var ids []ledger.AmendmentID
			for _, c := range versions[len(versions)-1] {
				wish := o.randomWish(t, random, c.ID)
				if made, err := o.ProposeAmendment(o.staff, wish); err == nil {
					o.agree(t, made.Value.ID)
					ids = append(ids, made.Value.ID)
				} else {
					wantFault(t, err, "amendment.nothing")
				}
			}
			if len(ids) == 0 {
				continue
			}
			must(t, o.apply(t, ids...))
			versions = append(versions, snapshot())
		}
		if len(versions) < 4 {
			t.Fatalf("only %d versions came of it", len(versions))
		}
		for n, want := range versions {
			got := have[[]ledger.Commitment](t)(o.PlanAsOf(o.staff, o.District.Plan.ID, n+1))
			if asJSON(t, got) != asJSON(t, want) {
				t.Errorf("version %d is\n%s, was\n%s", n+1, asJSON(t, got), asJSON(t, want))
			}
			differences := have[[]ledger.Difference](t)(o.CompareVersions(o.staff, o.District.Plan.ID, n+1, len(versions)))
			for i, c := range want {
				changes := ledger.Changes(c, versions[len(versions)-1][i])
				at := slices.IndexFunc(differences, func(d ledger.Difference) bool { return d.After.ID == c.ID })
				if at < 0 != (len(changes) == 0) || at >= 0 && asJSON(t, differences[at].Changes) != asJSON(t, changes) {
					t.Errorf("from version %d: %+v, want %+v", n+1, differences, changes)
				}
			}
		}
		for _, c := range versions[0] {
			o.sound(t, c.ID)
		}
	})
}

func (o *office) randomWish(t *testing.T, random *rand.Rand, id ledger.CommitmentID) planning.Wish {
	c := o.now(t, id)
	wish := o.wish(t, func(w *planning.Wish) { w.Commitment, w.Seen = id, c.Revision })
	if random.IntN(2) == 0 {
		wish.Deadline = ptr(day(2026+random.IntN(2), 7+random.IntN(6), 1))
	}
	if random.IntN(3) == 0 {
		wish.Lead = ptr([]ledger.UnitID{o.Street.ID, o.Bureau.ID}[random.IntN(2)])
	}
	if random.IntN(3) == 0 {
		wish.Cooperating = ptr([]ledger.UnitID{o.Government.ID}[:random.IntN(2)])
	}
	target := ledger.Target{
		Subject: "完成数量", Cmp: ledger.AtLeast, Value: ledger.Int(int64(random.IntN(3))), Unit: "个", Measure: ledger.Level, By: day(2026, 12, 31),
	}
	switch n := len(c.Value.Targets); {
	case n > 0 && random.IntN(4) == 0:
		wish.Drop = []int{c.Value.Targets[random.IntN(n)].Number}
	case n > 0 && random.IntN(2) == 0:
		target.Number = c.Value.Targets[random.IntN(n)].Number
		wish.Targets = []ledger.Target{target}
	case random.IntN(3) == 0:
		wish.Targets = []ledger.Target{target}
	}
	return wish
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	must(t, err)
	return string(data)
}

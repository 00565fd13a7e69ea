package planning_test

import (
	"fmt"
	"slices"
	"testing"

	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

func TestAssigningInBulkAndBack(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		plan := o.District.Plan.ID
		var picked []planning.Chosen
		for i := range 3 {
			r := o.promise(t, ledger.CommitmentTerms{Title: fmt.Sprintf("第%d项", i+1), Cooperating: []ledger.UnitID{o.Bureau.ID}})
			picked = append(picked, planning.Chosen{ID: r.Value.ID, Seen: r.Revision})
		}
		bulk := have[planning.Bulk](t)(o.Assign(o.staff, plan, picked, planning.Give{Lead: ptr(o.Bureau.ID), Post: ptr(o.Post.ID)}))
		if len(bulk.Changes) != 3 {
			t.Errorf("%d were changed", len(bulk.Changes))
		}
		for _, p := range picked {
			c := o.now(t, p.ID).Value
			if c.Lead != o.Bureau.ID || len(c.Cooperating) != 0 || c.Post != o.Post.ID {
				t.Errorf("%+v", c.CommitmentTerms)
			}
			o.sound(t, p.ID)
			if got := o.Fixture.Entries(t, "commitments", string(p.ID)); !slices.Equal(got, []string{"assignment.edit"}) {
				t.Errorf("the log says %v", got)
			}
		}
		// From the same list a second editor assigns too.
		_, err := o.Assign(o.second, plan, picked, planning.Give{Lead: ptr(o.Street.ID)})
		if !store.IsConflict(err) {
			t.Errorf("%v", err)
		}
		last, there, err := o.LastAssignment(o.staff, plan)
		if must(t, err); !there || last.ID != bulk.ID || last.Account != "supervising-office" {
			t.Errorf("%+v, %t", last, there)
		}
		have[planning.Bulk](t)(o.UndoAssignment(o.staff, plan))
		for _, p := range picked {
			if c := o.now(t, p.ID).Value; c.Lead != "" || !slices.Equal(c.Cooperating, []ledger.UnitID{o.Bureau.ID}) || c.Post != "" {
				t.Errorf("%+v", c.CommitmentTerms)
			}
			o.sound(t, p.ID)
		}
		_, err = o.UndoAssignment(o.staff, plan)
		wantFault(t, err, "bulk.none")
	})
}

func TestWhatWasChangedSinceIsNotUndone(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		plan := o.District.Plan.ID
		one := o.promise(t, ledger.CommitmentTerms{Title: "甲"})
		other := o.promise(t, ledger.CommitmentTerms{Title: "乙"})
		have[planning.Bulk](t)(o.Assign(o.staff, plan, []planning.Chosen{{ID: one.Value.ID}, {ID: other.Value.ID}}, planning.Give{Lead: ptr(o.Bureau.ID)}))
		changed := o.now(t, one.Value.ID)
		changed.Value.Lead = o.Street.ID
		have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Change(t.Context(), changed.Value, changed.Revision))
		_, err := o.UndoAssignment(o.staff, plan)
		wantFault(t, err, "bulk.changed")
		if o.now(t, other.Value.ID).Value.Lead != o.Bureau.ID {
			t.Error("half of it was undone")
		}
	})
}

func TestOnlyWhoMayAssigns(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		plan := o.District.Plan.ID
		bed := o.now(t, o.District.Commitment.ID)
		pick := []planning.Chosen{{ID: bed.Value.ID, Seen: bed.Revision}}
		above := o.AsAccount(t.Context(), "above", "unit-head", o.Government.ID)
		loose := o.promise(t, ledger.CommitmentTerms{Title: "无主"})

		_, err := o.Assign(o.head, plan, pick, planning.Give{Lead: ptr(o.Street.ID)})
		wantRefused(t, err, "assignment.edit")
		_, err = o.Assign(above, plan, []planning.Chosen{{ID: loose.Value.ID}}, planning.Give{Lead: ptr(o.Street.ID)})
		wantRefused(t, err, "assignment.edit")
		_, err = o.Assign(above, plan, pick, planning.Give{Lead: ptr(o.Government.ID)})
		wantRefused(t, err, "assignment.edit")
		have[planning.Bulk](t)(o.Assign(above, plan, pick, planning.Give{Lead: ptr(o.Street.ID)}))

		_, err = o.Assign(o.staff, plan, []planning.Chosen{{ID: loose.Value.ID}}, planning.Give{Lead: ptr(store.NewID[ledger.UnitID](o.Store()))})
		wantFault(t, err, "owner.unknown")
		_, err = o.Assign(o.staff, plan, []planning.Chosen{{ID: loose.Value.ID}}, planning.Give{})
		wantFault(t, err, "owner.nothing")
		_, err = o.Assign(o.staff, plan, nil, planning.Give{Lead: ptr(o.Street.ID)})
		wantFault(t, err, "owner.none")
		// The head of the bureau may not see it any more.
		if _, err := o.Commitment(o.head, bed.Value.ID); err == nil {
			t.Error("the bureau still sees what was taken from it")
		}
	})
}

func TestRulesAreKeptPreviewedAndApplied(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		plan := o.District.Plan.ID
		road := o.promise(t, ledger.CommitmentTerms{Title: "路", Section: 1, Kind: ledger.KindProject})
		care := o.promise(t, ledger.CommitmentTerms{Title: "老", Section: 2})
		rules := []ledger.Rule{
			{Words: []string{"望溪路"}, Kind: ledger.KindProject, Lead: o.Street.ID},
			{Section: 2, Lead: o.Bureau.ID, Cooperating: []ledger.UnitID{o.Street.ID}, Post: o.Post.ID},
		}
		saved := have[store.Record[planning.Rules]](t)(o.SaveRules(o.staff, plan, rules, 0))
		_, err := o.SaveRules(o.second, plan, rules[:1], 0)
		if !store.IsConflict(err) {
			t.Errorf("%v", err)
		}
		kept := have[store.Record[planning.Rules]](t)(o.Rules(o.staff, plan))
		if len(kept.Value.Rules) != 2 || kept.Revision != saved.Revision || kept.Value.Rules[1].Post != o.Post.ID {
			t.Errorf("%+v", kept)
		}
		o.logged(t, "assignment_rules", string(plan), kept.Value)
		_, err = o.SaveRules(o.staff, plan, []ledger.Rule{{Lead: o.Street.ID}}, 1)
		wantFault(t, err, "rule.wrong")
		_, err = o.SaveRules(o.leader, plan, rules, 1)
		wantRefused(t, err, "assignment.edit")

		would := have[[]planning.Preview](t)(o.PreviewRules(o.staff, plan, kept.Value.Rules))
		if len(would) != 2 || would[0].Of.Value.ID != road.Value.ID || would[0].Lead != o.Street.ID || would[1].Rule != 1 {
			t.Errorf("%+v", would)
		}
		if o.now(t, road.Value.ID).Value.Lead != "" {
			t.Error("a preview did what it shows")
		}
		bulk := have[planning.Bulk](t)(o.AssignByRules(o.staff, plan, rules, []planning.Chosen{{ID: care.Value.ID, Seen: care.Revision}}))
		if len(bulk.Changes) != 1 || o.now(t, care.Value.ID).Value.Lead != o.Bureau.ID || o.now(t, road.Value.ID).Value.Lead != "" {
			t.Errorf("%+v", bulk)
		}
		bulk = have[planning.Bulk](t)(o.AssignByRules(o.staff, plan, rules, nil))
		if len(bulk.Changes) != 1 || o.now(t, road.Value.ID).Value.Lead != o.Street.ID {
			t.Errorf("%+v", bulk)
		}
		// Handing over all that a unit has.
		bulk = have[planning.Bulk](t)(o.AssignByRules(o.staff, plan, []ledger.Rule{{From: o.Bureau.ID, Lead: o.Street.ID}}, nil))
		if len(bulk.Changes) != 2 {
			t.Errorf("%+v", bulk)
		}
	})
}

func TestUnitsAcceptAndObject(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		bed := o.District.Commitment.ID
		wantRefused(t, o.Accept(o.street, bed), "assignment.accept")
		wantRefused(t, o.Accept(o.reporter, bed), "assignment.accept")
		wantRefused(t, o.Accept(o.staff, bed), "assignment.accept")
		must(t, o.Accept(o.head, bed))
		must(t, o.Object(o.street, bed, o.Street.ID, "街道没有用地"))
		wantFault(t, o.Object(o.street, bed, o.Street.ID, " "), "answer.reason")
		wantFault(t, o.Object(o.street, bed, o.Government.ID, "不相干"), "answer.not_asked")
		view := have[planning.CommitmentView](t)(o.View(o.staff, bed))
		if len(view.Answers) != 2 {
			t.Fatalf("%+v", view.Answers)
		}
		wantFault(t, o.step(o.staff, t, "submit", ""), "flow.guarded")

		wantFault(t, o.Reply(o.staff, bed, o.Bureau.ID, "请落实"), "answer.none")
		wantFault(t, o.Reply(o.staff, bed, o.Street.ID, ""), "answer.reply")
		wantRefused(t, o.Reply(o.head, bed, o.Street.ID, "请落实"), "assignment.edit")
		must(t, o.Reply(o.staff, bed, o.Street.ID, "用地由区里统筹"))
		must(t, o.step(o.staff, t, "submit", ""))
		wantFault(t, o.Accept(o.head, bed), "plan.not_running")
		entries := o.Fixture.Entries(t, planning.AnswersKind, string(bed))
		if !slices.Equal(entries, []string{"assignment.accept", "assignment.object", "assignment.edit"}) {
			t.Errorf("the log says %v", entries)
		}
		all, err := o.Service.Entries(o.head, bed)
		if must(t, err); len(all) != 3 {
			t.Errorf("%d entries on the page", len(all))
		}
	})
}

func TestAnObjectionEndsWithTheTask(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		bed := o.now(t, o.District.Commitment.ID)
		must(t, o.Object(o.head, bed.Value.ID, o.Bureau.ID, "应由街道牵头"))
		give := planning.Give{Lead: ptr(o.Street.ID), Cooperating: ptr([]ledger.UnitID{})}
		have[planning.Bulk](t)(o.Assign(o.staff, o.District.Plan.ID, []planning.Chosen{{ID: bed.Value.ID, Seen: bed.Revision}}, give))
		must(t, o.step(o.staff, t, "submit", ""))
	})
}

func TestWeightsAreSetInBulk(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		bed := o.now(t, o.District.Commitment.ID)
		other := o.promise(t, ledger.CommitmentTerms{Title: "乙", Lead: o.Street.ID})
		picked := []planning.Chosen{{ID: bed.Value.ID, Seen: bed.Revision}, {ID: other.Value.ID, Seen: other.Revision}}
		wantRefused(t, o.Weigh(o.head, o.District.Plan.ID, picked[:1], ledger.Int(2)), "commitment.weigh")
		wantProblem(t, o.Weigh(o.staff, o.District.Plan.ID, picked, ledger.Int(-2)), "weight.negative")
		must(t, o.Weigh(o.staff, o.District.Plan.ID, picked, ledger.Int(2)))
		for _, p := range picked {
			if o.now(t, p.ID).Value.Weight.Cmp(ledger.Int(2)) != 0 {
				t.Error("a weight was not set")
			}
			o.sound(t, p.ID)
		}
	})
}

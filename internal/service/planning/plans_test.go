package planning_test

import (
	"errors"
	"slices"
	"testing"

	"luoshi/internal/audit"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

func (o *office) logged(t *testing.T, kind, id string, value any) {
	t.Helper()
	problem, err := o.Log().Compare(t.Context(), o.Store().View(t.Context()), audit.Object{Kind: kind, ID: id}, value)
	must(t, err)
	if problem != nil {
		t.Errorf("%s %s is not as the log says: %v", kind, id, problem)
	}
}

func TestAPlanBegins(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		made := have[store.Record[ledger.Plan]](t)(o.CreatePlan(o.staff, planning.NewPlan{Government: o.Government.ID, Year: 2027}))
		if made.Value.Title != "望溪区人民政府2027年工作计划" || made.Value.State != ledger.Draft || made.Revision != 1 {
			t.Errorf("%+v", made)
		}
		o.logged(t, "plans", string(made.Value.ID), made.Value)
		c := have[planning.Case](t)(o.PlanCase(o.staff, made.Value.ID))
		if c.State != "draft" || len(c.Steps) != 0 {
			t.Errorf("%+v", c)
		}
		_, err := o.CreatePlan(o.head, planning.NewPlan{Government: o.Government.ID, Year: 2027})
		wantRefused(t, err, "plan.create")
		_, err = o.CreatePlan(o.staff, planning.NewPlan{Government: o.Bureau.ID, Year: 2027})
		wantFault(t, err, "plan.government")
		_, err = o.CreatePlan(o.staff, planning.NewPlan{Government: o.Government.ID, Year: 27, Title: "二七年计划"})
		wantProblem(t, err, "plan.year")
		list := have[store.Listing[ledger.Plan]](t)(o.Plans(o.leader, planning.PlanQuery{Text: "2027"}, store.Page{}))
		if len(list.Records) != 1 {
			t.Errorf("%d plans of 2027", len(list.Records))
		}
		if list = have[store.Listing[ledger.Plan]](t)(o.Plans(t.Context(), planning.PlanQuery{}, store.Page{})); len(list.Records) != 0 {
			t.Error("the public sees a draft")
		}
	})
}

func TestTwoWhoRetitleAPlanNoticeEachOther(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		seen := o.plan(t).Revision
		have[store.Record[ledger.Plan]](t)(o.RetitlePlan(o.staff, o.District.Plan.ID, " 望溪区2026年重点工作 ", seen))
		_, err := o.RetitlePlan(o.second, o.District.Plan.ID, "望溪区2026年要点", seen)
		var conflict *store.Conflict[ledger.Plan]
		if !errors.As(err, &conflict) || conflict.Current.Value.Title != "望溪区2026年重点工作" {
			t.Errorf("%v", err)
		}
		_, err = o.RetitlePlan(o.staff, o.District.Plan.ID, " ", seen+1)
		wantProblem(t, err, "plan.title")
		_, err = o.RetitlePlan(o.leader, o.District.Plan.ID, "别的名称", seen+1)
		wantRefused(t, err, "plan.edit")
	})
}

func TestAPlanIsPublishedByThreeHands(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		loose := o.promise(t, ledger.CommitmentTerms{Title: "推进望溪路改造", Section: 1, By: day(2026, 6, 30), Lead: o.Street.ID})
		must(t, o.step(o.staff, t, "consult", ""))
		must(t, o.step(o.staff, t, "submit", ""))
		wantRefused(t, o.step(o.staff, t, "approve", ""), "plan.approve")
		must(t, o.step(o.leader, t, "approve", ""))
		_, err := o.Correct(o.staff, loose.Value.ID, planning.Correction{Title: ptr("改动")}, loose.Revision)
		wantFault(t, err, "plan.not_draft")
		must(t, o.step(o.staff, t, "publish", ""))

		plan := o.plan(t).Value
		if plan.State != ledger.Published || len(plan.Versions) != 1 || plan.Versions[0].On != day(2026, 2, 1) || plan.Versions[0].Basis == "" {
			t.Errorf("%+v", plan)
		}
		o.logged(t, "plans", string(plan.ID), plan)
		for _, id := range []ledger.CommitmentID{loose.Value.ID, o.District.Commitment.ID} {
			c := o.now(t, id).Value
			if c.State != ledger.InForce || c.Number == "" {
				t.Errorf("%+v", c.CommitmentTerms)
			}
			o.sound(t, id)
		}
		if n := o.now(t, loose.Value.ID).Value.Number; n != "2026-002" {
			t.Errorf("the number is %s, where 2026-001 was given", n)
		}
		c := have[planning.Case](t)(o.PlanCase(o.head, plan.ID))
		var took []string
		for _, step := range c.Steps {
			took = append(took, step.Role+" "+step.Action)
		}
		if !slices.Equal(took, []string{"supervising-office consult", "supervising-office submit", "leader approve", "supervising-office publish"}) {
			t.Errorf("the steps are %v", took)
		}
		if c.State != "published" || c.Steps[0].At.IsZero() {
			t.Errorf("%+v", c)
		}
	})
}

func TestAPlanWithGapsIsNotPublished(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		lacking := o.promise(t, ledger.CommitmentTerms{Title: "推进望溪路改造", Section: 1})
		err := o.step(o.staff, t, "submit", "")
		wantProblem(t, err, "gap.owner")
		wantProblem(t, err, "gap.deadline")
		var problems ledger.Problems
		if errors.As(err, &problems); len(problems) != 2 || problems[0].Where != "commitments/"+string(lacking.Value.ID)+"/lead" {
			t.Errorf("%+v", problems)
		}
		if state := o.plan(t).Value.State; state != ledger.Draft {
			t.Errorf("the plan is %s", state)
		}
		gaps := have[planning.GapPage](t)(o.Gaps(o.staff, o.District.Plan.ID, store.Page{})).Gaps
		if len(gaps) < 2 || gaps[0].Of.ID != lacking.Value.ID && gaps[1].Of.ID != lacking.Value.ID {
			t.Errorf("%+v", gaps)
		}
		if gaps = have[planning.GapPage](t)(o.Gaps(o.head, o.District.Plan.ID, store.Page{})).Gaps; slices.ContainsFunc(gaps, func(g planning.Gap) bool { return g.Of.ID == lacking.Value.ID }) {
			t.Error("a unit sees the gaps of what is not its own")
		}
		// Between approval and publication nothing can get lost, but an owner may end; what is written by hand shows it.
		fixed := lacking.Value
		fixed.Lead, fixed.By = o.Street.ID, day(2026, 6, 30)
		fixed = have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Change(t.Context(), fixed, lacking.Revision)).Value
		must(t, o.step(o.staff, t, "submit", ""))
		must(t, o.step(o.leader, t, "approve", ""))
		fixed.Lead = ""
		have[store.Record[ledger.Commitment]](t)(o.Store().Commitments().Change(t.Context(), fixed, lacking.Revision+1))
		wantProblem(t, o.step(o.staff, t, "publish", ""), "gap.owner")
		if plan := o.plan(t).Value; plan.State != ledger.Approved || len(plan.Versions) != 0 {
			t.Errorf("%+v", plan)
		}
	})
}

func TestAPlanComesBackWithAReason(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		must(t, o.step(o.staff, t, "submit", ""))
		wantFault(t, o.step(o.leader, t, "return", ""), "flow.no-reason")
		must(t, o.step(o.reviewer, t, "return", "养老床位的口径需要核实"))
		if plan := o.plan(t).Value; plan.State != ledger.Draft {
			t.Errorf("the plan is %s", plan.State)
		}
		c := have[planning.Case](t)(o.PlanCase(o.staff, o.District.Plan.ID))
		if last := c.Steps[len(c.Steps)-1]; last.Reason != "养老床位的口径需要核实" || last.Role != "reviewer" {
			t.Errorf("%+v", last)
		}
		wantFault(t, o.step(o.leader, t, "approve", ""), "flow.not-now")
		_, err := o.TakePlanStep(o.staff, planning.PlanStep{Plan: o.District.Plan.ID, Seen: o.plan(t).Revision, Action: "vanish"})
		wantFault(t, err, "plan.step")
		wantRefused(t, o.step(o.head, t, "submit", ""), "plan.submit")
	})
}

func TestWhoSubmitsDoesNotApprove(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		// The same person holds both posts.
		both := o.AsAccount(t.Context(), "leader", "supervising-office", o.Government.ID)
		must(t, o.step(both, t, "submit", ""))
		wantFault(t, o.step(o.leader, t, "approve", ""), "flow.same-actor")
		overview := have[planning.Overview](t)(o.Overview(o.leader, o.District.Plan.ID))
		i := slices.IndexFunc(overview.Offers, func(offer planning.Offer) bool { return offer.Action.Name == "approve" })
		if i < 0 || overview.Offers[i].Against.ZH == "" {
			t.Errorf("what stands against it is not shown: %+v", overview.Offers)
		}
	})
}

func TestTwoWhoStepAtOnceNoticeEachOther(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		seen := o.plan(t).Revision
		submit := planning.PlanStep{Plan: o.District.Plan.ID, Seen: seen, Action: "submit"}
		have[store.Record[ledger.Plan]](t)(o.TakePlanStep(o.staff, submit))
		_, err := o.TakePlanStep(o.second, submit)
		if !store.IsConflict(err) {
			t.Errorf("%v", err)
		}
		// A step that leaves the plan as it is counts as a change all the same.
		must(t, o.step(o.leader, t, "return", "补充"))
		seen = o.plan(t).Revision
		must(t, o.step(o.staff, t, "consult", ""))
		if o.plan(t).Revision == seen {
			t.Error("a step did not raise the revision")
		}
	})
}

func TestTheOverviewCountsWhatEverybodySees(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.promise(t, ledger.CommitmentTerms{Title: "推进望溪路改造", Section: 1, By: day(2026, 6, 30)})
		o.promise(t, ledger.CommitmentTerms{Title: "其他", Lead: o.Street.ID, By: day(2026, 6, 30), Kind: ledger.KindLivelihood})
		must(t, o.Accept(o.head, o.District.Commitment.ID))
		all := have[planning.Overview](t)(o.Overview(o.staff, o.District.Plan.ID))
		if all.Total != (planning.Count{All: 3, Owned: 2, Dated: 3, Accepted: 1}) || all.Loose.All != 1 {
			t.Errorf("%+v, loose %+v", all.Total, all.Loose)
		}
		if all.Sections[0].All != 2 || all.Sections[1].All != 1 {
			t.Errorf("%+v", all.Sections)
		}
		if all.Kinds[ledger.KindLivelihood] != 1 || all.Blocking != 1 {
			t.Errorf("%+v, %+v", all.Kinds, all.Blocking)
		}
		own := have[planning.Overview](t)(o.Overview(o.head, o.District.Plan.ID))
		if own.Total.All != 1 || len(own.Offers) != 0 {
			t.Errorf("the bureau sees %+v and is offered %+v", own.Total, own.Offers)
		}
		var offered []string
		for _, offer := range all.Offers {
			offered = append(offered, offer.Action.Name)
		}
		if !slices.Equal(offered, []string{"consult", "submit"}) {
			t.Errorf("offered are %v", offered)
		}
	})
}

package planning_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

func titles(records []store.Record[ledger.Commitment]) []string {
	list := make([]string, len(records))
	for i, r := range records {
		list[i] = r.Value.Title
	}
	return list
}

func TestListsShowWhatOnesUnitHasToDoWith(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		o.promise(t, ledger.CommitmentTerms{Title: "路", Lead: o.Street.ID})
		o.promise(t, ledger.CommitmentTerms{Title: "空"})
		office := o.As(t.Context(), "unit-head", o.Government.ID)
		for name, tc := range map[string]struct {
			who  context.Context
			want []string
		}{
			"the supervising office":        {o.staff, []string{"新增养老床位", "路", "空"}},
			"a leader":                      {o.leader, []string{"新增养老床位", "路", "空"}},
			"the head of the bureau":        {o.head, []string{"新增养老床位"}},
			"a reporter of the bureau":      {o.reporter, []string{"新增养老床位"}},
			"the street, taking part":       {o.street, []string{"新增养老床位", "路"}},
			"the head of the units beneath": {office, []string{"新增养老床位", "路"}},
			"the public":                    {t.Context(), []string{}},
		} {
			list := have[store.Listing[ledger.Commitment]](t)(o.Commitments(tc.who, planning.CommitmentQuery{Plan: o.District.Plan.ID}, store.Page{}))
			if got := titles(list.Records); !slices.Equal(got, tc.want) {
				t.Errorf("%s sees %v, want %v", name, got, tc.want)
			}
		}
		list := have[store.Listing[ledger.Commitment]](t)(o.Commitments(o.staff, planning.CommitmentQuery{Text: "路"}, store.Page{Order: "title"}))
		if _, err := o.View(o.head, list.Records[len(list.Records)-1].Value.ID); err == nil {
			t.Error("the bureau opens what its list does not show")
		}
	})
}

func TestListsAreNarrowed(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		road := o.promise(t, ledger.CommitmentTerms{Title: "路", Number: "WX-9_9", Section: 1, Lead: o.Street.ID, By: day(2026, 6, 30), Kind: ledger.KindProject})
		o.promise(t, ledger.CommitmentTerms{Title: "空", Section: 1, Kind: ledger.KindIndicator})
		part := o.promise(t, ledger.CommitmentTerms{Title: "半", Section: 2, Parent: road.Value.ID, By: day(2026, 5, 31), Post: o.Post.ID, Lead: o.Bureau.ID})
		o.promise(t, ledger.CommitmentTerms{Title: "撤", State: ledger.Withdrawn})
		must(t, o.Accept(o.head, part.Value.ID))
		must(t, o.Object(o.street, road.Value.ID, o.Street.ID, "征地未完成"))
		bed := o.District.Commitment.Title
		for name, tc := range map[string]struct {
			query planning.CommitmentQuery
			want  []string
		}{
			"everything":           {planning.CommitmentQuery{}, []string{bed, "半", "空", "路"}},
			"a section with parts": {planning.CommitmentQuery{Section: 1}, []string{bed, "半", "空", "路"}},
			"a section below":      {planning.CommitmentQuery{Section: 2}, []string{bed, "半"}},
			"a kind":               {planning.CommitmentQuery{Kind: ledger.KindProject}, []string{"路"}},
			"withdrawn":            {planning.CommitmentQuery{State: ledger.Withdrawn}, []string{"撤"}},
			"a unit":               {planning.CommitmentQuery{Unit: o.Street.ID}, []string{bed, "路"}},
			"a lead unit":          {planning.CommitmentQuery{Lead: o.Street.ID}, []string{"路"}},
			"a post":               {planning.CommitmentQuery{Post: o.Post.ID}, []string{bed, "半"}},
			"parts":                {planning.CommitmentQuery{Parent: road.Value.ID}, []string{"半"}},
			"words of the source":  {planning.CommitmentQuery{Text: "养老 望溪路"}, []string{bed, "半", "空", "路"}},
			"a number":             {planning.CommitmentQuery{Text: "9_9"}, []string{"路"}},
			"capitals":             {planning.CommitmentQuery{Text: "wx"}, []string{"路"}},
			"a wildcard":           {planning.CommitmentQuery{Text: "%"}, []string{}},
			"from a day":           {planning.CommitmentQuery{From: day(2026, 6, 30)}, []string{bed, "路"}},
			"to a day":             {planning.CommitmentQuery{To: day(2026, 6, 30)}, []string{"半", "路"}},
			"no owner":             {planning.CommitmentQuery{Lacks: planning.LacksOwner}, []string{"空"}},
			"no deadline":          {planning.CommitmentQuery{Lacks: planning.LacksDeadline}, []string{"空"}},
			"no post":              {planning.CommitmentQuery{Lacks: planning.LacksPost}, []string{"空", "路"}},
			"no target":            {planning.CommitmentQuery{Lacks: planning.LacksTarget}, []string{"空"}},
			"not accepted":         {planning.CommitmentQuery{Lacks: planning.LacksAcceptance}, []string{bed, "路"}},
			"objected to":          {planning.CommitmentQuery{Lacks: planning.LacksReply}, []string{"路"}},
		} {
			tc.query.Plan = o.District.Plan.ID
			list := have[store.Listing[ledger.Commitment]](t)(o.Commitments(o.staff, tc.query, store.Page{}))
			got := titles(list.Records)
			slices.Sort(got)
			slices.Sort(tc.want)
			if !slices.Equal(got, tc.want) {
				t.Errorf("%s: %v, want %v", name, got, tc.want)
			}
			if n := have[int](t)(o.CountCommitments(o.staff, tc.query)); n != len(tc.want) {
				t.Errorf("%s: counted %d", name, n)
			}
		}
		if got := len(planning.Lacks()); got != 6 {
			t.Errorf("%d lacks are offered", got)
		}
	})
}

func TestTermsAreCorrectedAndWordsAreNot(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		before := o.now(t, o.District.Commitment.ID)
		target := before.Value.Targets[0]
		target.Value = ledger.Int(260)
		changed := have[store.Record[ledger.Commitment]](t)(o.Correct(o.staff, before.Value.ID, planning.Correction{
			Title: ptr(" 新增养老床位260张 "), By: ptr(day(2026, 11, 30)), Kind: ptr(ledger.KindLivelihood),
			Targets: ptr([]ledger.Target{target, {Subject: "护理型床位占比", Cmp: ledger.AtLeast, Value: ledger.Int(60), Unit: "%", Measure: ledger.Share}}),
		}, before.Revision))
		after := o.now(t, before.Value.ID).Value
		if after.Title != "新增养老床位260张" || after.By != day(2026, 11, 30) || after.Kind != ledger.KindLivelihood || after.Lead != before.Value.Lead {
			t.Errorf("%+v", after.CommitmentTerms)
		}
		if len(after.Targets) != 2 || after.Targets[1].Number != 2 || after.Targets[0].Quoted.Wording() != "200" {
			t.Errorf("%+v", after.Targets)
		}
		if after.Wording() != before.Value.Wording() {
			t.Errorf("the words are %q", after.Wording())
		}
		for words, found := range map[string]int{"床位260张": 1, "养老床位200张": 1} { // by its new title, and by its words for ever
			hits := have[store.Hits](t)(o.Store().Search(t.Context(), store.Query{Text: words, Kinds: []string{"commitments"}}))
			if len(hits.Hits) != found {
				t.Errorf("%s finds %+v", words, hits.Hits)
			}
		}
		o.sound(t, before.Value.ID)
		if got := o.Fixture.Entries(t, "commitments", string(before.Value.ID)); !slices.Equal(got, []string{"commitment.correct"}) {
			t.Errorf("the log says %v", got)
		}
		// The second of two editors is told, with what is there now, and nothing is overwritten.
		_, err := o.Correct(o.second, before.Value.ID, planning.Correction{Title: ptr("养老")}, before.Revision)
		var conflict *store.Conflict[ledger.Commitment]
		if !errors.As(err, &conflict) || conflict.Current.Value.Title != "新增养老床位260张" || conflict.Current.Revision != changed.Revision {
			t.Errorf("%v", err)
		}
	})
}

func TestCorrectionsAreHeldToThePlan(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		bed := o.now(t, o.District.Commitment.ID)
		part := o.promise(t, ledger.CommitmentTerms{Title: "半", Parent: bed.Value.ID, Lead: o.Street.ID})
		try := func(c planning.Correction) error {
			_, err := o.Correct(o.staff, bed.Value.ID, c, bed.Revision)
			return err
		}
		wantFault(t, try(planning.Correction{Section: ptr(9)}), "plan.section")
		wantFault(t, try(planning.Correction{Parent: ptr(part.Value.ID)}), "commitment.parent")
		wantFault(t, try(planning.Correction{Parent: ptr(store.NewID[ledger.CommitmentID](o.Store()))}), "commitment.parent")
		wantProblem(t, try(planning.Correction{Title: ptr("")}), "commitment.title")
		wantProblem(t, try(planning.Correction{By: ptr(day(2026, 1, 31))}), "milestone.late")
		_, err := o.Correct(o.staff, part.Value.ID, planning.Correction{Number: ptr("2026-001")}, part.Revision)
		wantFault(t, err, "commitment.number")
		for name, who := range map[string]context.Context{"its own head": o.head, "a leader": o.leader, "a reviewer": o.reviewer} {
			if _, err := o.Correct(who, bed.Value.ID, planning.Correction{Title: ptr("x")}, bed.Revision); err == nil {
				t.Errorf("%s corrected it", name)
			}
		}
		if o.now(t, bed.Value.ID).Revision != bed.Revision {
			t.Error("what was refused was done")
		}
	})
}

func TestCommitmentsAreAddedWithTheirWords(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		made := have[store.Record[ledger.Commitment]](t)(o.AddCommitment(o.staff, planning.NewCommitment{
			Plan: o.District.Plan.ID, Document: o.Document.Digest, At: 13, End: 20, Correction: planning.Correction{Section: ptr(2)},
		}))
		if made.Value.Wording() != "推进望溪路改造" || made.Value.Title != "推进望溪路改造" || made.Value.State != ledger.Prepared {
			t.Errorf("%q: %+v", made.Value.Wording(), made.Value.CommitmentTerms)
		}
		o.sound(t, made.Value.ID)
		part := have[store.Record[ledger.Commitment]](t)(o.AddCommitment(o.staff, planning.NewCommitment{
			Plan: o.District.Plan.ID, Parent: o.District.Commitment.ID, Correction: planning.Correction{Title: ptr("清河街道的床位")},
		}))
		if part.Value.Wording() != o.District.Commitment.Wording() || part.Value.By != o.District.Commitment.By || part.Value.Parent != o.District.Commitment.ID {
			t.Errorf("%+v", part.Value.CommitmentTerms)
		}
		_, err := o.AddCommitment(o.staff, planning.NewCommitment{Plan: o.District.Plan.ID, Document: "ab", At: 0, End: 3})
		wantFault(t, err, "commitment.document")
		_, err = o.AddCommitment(o.staff, planning.NewCommitment{Plan: o.District.Plan.ID, Document: o.Document.Digest, At: 0, End: 3000})
		wantProblem(t, err, "passage.outside")
		_, err = o.AddCommitment(o.head, planning.NewCommitment{Plan: o.District.Plan.ID, Document: o.Document.Digest, At: 0, End: 3})
		wantRefused(t, err, "commitment.create")
	})
}

func TestPartsAreBalancedAgainstTheirWhole(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		bed := o.District.Commitment
		target := func(n int64) []ledger.Target {
			return []ledger.Target{{
				Subject: "新增养老床位", Indicator: o.Indicator.ID, Cmp: ledger.AtLeast, Value: ledger.Int(n), Unit: "张", Measure: ledger.Level, By: bed.By,
			}}
		}
		for unit, n := range map[ledger.UnitID]int64{o.Street.ID: 150, o.Bureau.ID: 90} {
			made := have[store.Record[ledger.Commitment]](t)(o.AddCommitment(o.staff, planning.NewCommitment{
				Plan: o.District.Plan.ID, Parent: bed.ID, Correction: planning.Correction{Title: ptr("分解"), Targets: ptr(target(n))},
			}))
			have[planning.Bulk](t)(o.Assign(o.staff, o.District.Plan.ID, []planning.Chosen{{ID: made.Value.ID}}, planning.Give{Lead: ptr(unit)}))
		}
		view := have[planning.CommitmentView](t)(o.View(o.staff, bed.ID))
		if len(view.Parts) != 2 || len(view.Breakdowns) != 1 || view.Breakdowns[0].Balance != ledger.Exceeds {
			t.Fatalf("%d parts, %+v", len(view.Parts), view.Breakdowns)
		}
		if view.Post.ID != o.Post.ID || view.Holder != nil {
			t.Errorf("the post is %+v, held by %+v", view.Post, view.Holder)
		}
		balances := have[[]ledger.Breakdown](t)(o.Balances(o.staff, o.District.Plan.ID))
		if len(balances) != 1 || balances[0].Working == "" {
			t.Errorf("%+v", balances)
		}
		street := view.Parts[slices.IndexFunc(view.Parts, func(r store.Record[ledger.Commitment]) bool { return r.Value.Lead == o.Street.ID })]
		own := have[planning.CommitmentView](t)(o.View(o.street, street.Value.ID))
		if own.Whole == nil || len(own.Breakdowns) != 0 {
			t.Errorf("a unit sees the figures of another: %+v", own.Breakdowns)
		}
	})
}

func TestSplittingAndMergingKeepsTheOldInSight(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		bed := o.now(t, o.District.Commitment.ID)
		parts := have[[]store.Record[ledger.Commitment]](t)(o.Split(o.staff, bed.Value.ID, []int{12}, bed.Revision))
		if got := []string{parts[0].Value.Wording(), parts[1].Value.Wording()}; !slices.Equal(got, []string{"新增养老床位200张以上", "推进望溪路改造"}) {
			t.Errorf("%q", got)
		}
		old := have[planning.CommitmentView](t)(o.View(o.staff, bed.Value.ID))
		if old.Value.State != ledger.Withdrawn || len(old.Became) != 2 {
			t.Errorf("the old one is %s and became %v", old.Value.State, titles(old.Became))
		}
		_, err := o.Split(o.staff, bed.Value.ID, []int{12}, old.Revision)
		wantProblem(t, err, "commitment.move")

		picked := []planning.Chosen{{ID: parts[0].Value.ID, Seen: parts[0].Revision}, {ID: parts[1].Value.ID, Seen: parts[1].Revision}}
		_, err = o.Merge(o.head, o.District.Plan.ID, picked)
		wantRefused(t, err, "commitment.correct")
		whole := have[store.Record[ledger.Commitment]](t)(o.Merge(o.staff, o.District.Plan.ID, picked))
		view := have[planning.CommitmentView](t)(o.View(o.staff, whole.Value.ID))
		if len(view.MadeOf) != 2 || view.Value.Wording() != "新增养老床位200张以上……推进望溪路改造" {
			t.Errorf("%q, made of %v", view.Value.Wording(), titles(view.MadeOf))
		}
		for _, id := range []ledger.CommitmentID{bed.Value.ID, parts[0].Value.ID, parts[1].Value.ID, whole.Value.ID} {
			o.sound(t, id)
		}
		if _, err = o.Merge(o.staff, o.District.Plan.ID, picked); err == nil {
			t.Error("what is gone was merged again")
		}
		_, err = o.Merge(o.staff, o.District.Plan.ID, nil)
		wantFault(t, err, "owner.none")
		_, err = o.Merge(o.staff, store.NewID[ledger.PlanID](o.Store()), []planning.Chosen{{ID: whole.Value.ID}})
		wantFault(t, err, "commitment.not_here")
	})
}

func TestMilestonesAreSetAndReached(t *testing.T) {
	each(t, func(t *testing.T, o *office) {
		bed := o.now(t, o.District.Commitment.ID)
		if bed.Value.Milestones[0].Number != 1 {
			t.Fatal("the fixture has no milestone")
		}
		steps := append(slices.Clone(bed.Value.Milestones), ledger.Milestone{Title: "主体封顶", By: day(2026, 9, 30)})
		changed := have[store.Record[ledger.Commitment]](t)(o.SetMilestones(o.head, bed.Value.ID, steps, bed.Revision))
		if got := changed.Value.Milestones; len(got) != 2 || got[1].Number != 2 {
			t.Errorf("%+v", got)
		}
		_, err := o.SetMilestones(o.street, bed.Value.ID, steps, changed.Revision)
		wantRefused(t, err, "milestone.edit")

		must(t, o.Reach(o.reporter, bed.Value.ID, 1, day(2026, 1, 20), "已公示"))
		marks := have[[]planning.Mark](t)(o.Marks(o.staff, bed.Value.ID))
		if len(marks) != 1 || marks[0].Reached != day(2026, 1, 20) || marks[0].Account != "reporter" {
			t.Errorf("%+v", marks)
		}
		_, err = o.SetMilestones(o.head, bed.Value.ID, changed.Value.Milestones[1:], changed.Revision)
		wantFault(t, err, "milestone.reached")
		wantFault(t, o.Reach(o.reporter, bed.Value.ID, 7, day(2026, 1, 20), ""), "milestone.unknown")
		wantFault(t, o.Reach(o.reporter, bed.Value.ID, 2, o.Today().AddDays(1), ""), "milestone.future")
		wantRefused(t, o.Reach(o.street, bed.Value.ID, 1, day(2026, 1, 20), ""), "milestone.mark")
		must(t, o.Reach(o.head, bed.Value.ID, 1, day(0, 0, 0), ""))
		have[store.Record[ledger.Commitment]](t)(o.SetMilestones(o.head, bed.Value.ID, changed.Value.Milestones[1:], changed.Revision))
		o.sound(t, bed.Value.ID)
		if got := o.Fixture.Entries(t, planning.MilestonesKind, string(bed.Value.ID)); len(got) != 2 {
			t.Errorf("the log says %v", got)
		}
		if len(have[[]planning.Mark](t)(o.Marks(o.staff, bed.Value.ID))) != 0 {
			t.Error("a mark that was taken back is there")
		}
	})
}

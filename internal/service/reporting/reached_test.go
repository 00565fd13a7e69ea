package reporting_test

import (
	"slices"
	"testing"

	"luoshi/internal/service/planning"
	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// steps are a commitment with two milestones and a project with two nodes, which the bureau leads.
func (o *town) steps(t *testing.T) (ledger.Commitment, ledger.Project) {
	t.Helper()
	ctx, s := t.Context(), o.Store()
	c := o.Promise(s, ledger.CommitmentTerms{
		Title: "推进殡葬改革", Section: 3, By: day(12, 31), Lead: o.Bureau.ID, State: ledger.InForce,
		Milestones: []ledger.Milestone{{Number: 1, Title: "印发实施方案", By: day(3, 31)}, {Number: 2, Title: "完成散坟整治", By: day(10, 31)}},
	})
	have[store.Record[ledger.Commitment]](t)(s.Commitments().Add(ctx, c))
	p := ledger.Project{
		ID: store.NewID[ledger.ProjectID](s), Plan: o.Plan.ID, Number: "WX-09", Name: "区养老服务中心", Category: ledger.Wellbeing,
		Stage: ledger.Ongoing, Lead: o.Bureau.ID, Total: ledger.Int(36000), Start: day(1, 5), Completion: day(12, 31),
		Nodes: []ledger.Node{{Number: 1, Title: "主体封顶", By: day(7, 31)}, {Number: 2, Title: "竣工验收", By: day(12, 15)}},
	}
	have[store.Record[ledger.Project]](t)(s.Projects().Add(ctx, p))
	settings := usecases.UsualSettings()
	settings.Asking.Kinds[reporting.OfTask] = reporting.Monthly
	have[store.Record[usecases.Settings]](t)(o.SaveSettings(o.office, o.Plan.ID, settings, 0))
	return c, p
}

// TestWhatLockedFiguresSayIsReached: milestones and nodes that a form says were reached are reached once it is locked,
// and nobody is asked for them again.
func TestWhatLockedFiguresSayIsReached(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		c, p := o.steps(t)
		plans := planning.New(o.Core, planning.Options{})
		round := o.month(t, 1).ID
		must(t, plans.Reach(o.head, c.ID, 1, day(1, 5), "方案已报备"))
		task, project := reporting.TaskSubject(c.ID), reporting.ProjectSubject(p.ID)
		if nodes := o.rowOn(t, round, task).Nodes; len(nodes) != 1 || nodes[0].Number != 2 {
			t.Errorf("with one milestone marked by hand the form asks for %v", nodes)
		}
		form := o.fill(o.head, t, round, o.Bureau.ID, 20, reporting.Cumulative)
		filling := usecases.Filling{Round: round, Unit: o.Bureau.ID}
		for _, row := range form.Rows {
			filled := usecases.Filled{Observation: row.Observation, Seen: row.Revision}
			switch row.Subject {
			case task: // the first was marked by hand on another day
				filled.Nodes = []reporting.NodeReached{{Number: 1, On: day(1, 9)}, {Number: 2, On: day(1, 20)}}
			case project:
				filled.Nodes = []reporting.NodeReached{{Number: 1, On: day(1, 21)}, {Number: 2, On: day(12, 15)}} // the second has yet to come
			}
			filling.Rows = append(filling.Rows, filled)
		}
		have[usecases.Saved](t)(o.Save(o.head, filling))
		id := form.Submission.ID
		have[usecases.Submission](t)(o.Submit(o.head, id, 0))
		o.one(o.review, t, "review", id, "")
		if marks := have[[]planning.Mark](t)(plans.Marks(o.head, c.ID)); len(marks) != 1 {
			t.Errorf("before it is locked there are %+v", marks)
		}
		o.one(o.office, t, "lock", id, "")

		marks := have[[]planning.Mark](t)(plans.Marks(o.head, c.ID))
		if len(marks) != 2 || marks[0].Reached != day(1, 5) || marks[0].Note != "方案已报备" || marks[1].Reached != day(1, 20) || marks[1].Account == "" {
			t.Errorf("marked are %+v", marks)
		}
		got := have[store.Record[ledger.Project]](t)(o.Store().Projects().Get(t.Context(), string(p.ID))).Value
		if got.Nodes[0].Done != day(1, 21) || !got.Nodes[1].Done.IsZero() {
			t.Errorf("the project has %+v", got.Nodes)
		}
		for kind, of := range map[string]string{planning.MilestonesKind: string(c.ID), "projects": string(p.ID)} {
			if entries := o.Entries(t, kind, of); !slices.Contains(entries, "submission.lock") {
				t.Errorf("of %s the log tells %v", kind, entries)
			}
		}
		february := o.month(t, 2).ID
		if nodes := o.rowOn(t, february, task).Nodes; len(nodes) != 0 {
			t.Errorf("in the month after it is asked for %v", nodes)
		}
		if nodes := o.rowOn(t, february, project).Nodes; len(nodes) != 1 || nodes[0].Number != 2 {
			t.Errorf("of the project it is asked for %v", nodes)
		}
	})
}

// rowOn is a row of the bureau's form.
func (o *town) rowOn(t *testing.T, round reporting.RoundID, subject reporting.Subject) usecases.RowView {
	t.Helper()
	form := have[usecases.FormView](t)(o.Form(o.head, round, o.Bureau.ID))
	i := slices.IndexFunc(form.Rows, func(r usecases.RowView) bool { return r.Subject == subject })
	if i < 0 {
		t.Fatalf("the form has no row on %s", subject)
	}
	return form.Rows[i]
}

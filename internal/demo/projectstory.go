package demo

import (
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// listProjects enters the key projects as they stand at the beginning of the year. Some of them were made of the plan
// already; the others are added.
func (t *teller) listProjects() error {
	ctx, err := t.as("shubai")
	if err != nil {
		return err
	}
	projects, err := t.projects(t.plan, func() string { return string(t.plan) })
	if err != nil {
		return err
	}
	for _, p := range projects {
		early := p.before(t.Core.Today())
		if p.promise == "" {
			if _, err := t.Catalogue.AddProject(ctx, early); err != nil {
				return err
			}
			continue
		}
		if err := t.complete(ctx, p.promise, early); err != nil {
			return err
		}
	}
	return nil
}

// complete writes down what is known of a project that the plan promises, or adds it and lets the promise be of it.
func (t *teller) complete(ctx context.Context, words string, p ledger.Project) error {
	c, err := t.promised(ctx, words)
	if err != nil {
		return err
	}
	if c.Value.Project == "" {
		id, err := t.Catalogue.AddProject(ctx, p)
		if err != nil {
			return err
		}
		_, err = t.Planning.Correct(ctx, c.Value.ID, planning.Correction{Project: &id}, c.Revision)
		return err
	}
	there, err := t.Catalogue.Project(ctx, c.Value.Project)
	if err != nil {
		return err
	}
	p.ID = there.Value.ID
	if err := t.Catalogue.EditProject(ctx, p, there.Revision); err != nil {
		return err
	}
	return t.advance(ctx, p.ID, there.Value.Stage, p.Stage, there.Revision+1)
}

// advance takes a project from one stage to a later one, through all between.
func (t *teller) advance(ctx context.Context, id ledger.ProjectID, from, to ledger.Stage, revision int64) error {
	stages := ledger.Stages()
	for _, stage := range stages[slices.Index(stages, from)+1 : max(slices.Index(stages, from), slices.Index(stages, to))+1] {
		step := catalogue.Stage{To: stage, Reason: t.phrase("stage." + string(stage))}
		if err := t.Catalogue.MoveProject(ctx, id, step, revision); err != nil {
			return err
		}
		revision++
	}
	return nil
}

// before is a project as it was known on a day: without what happened later.
func (p planProject) before(day calendar.Date) ledger.Project {
	early := p.Project
	early.Obstacles, early.Years = nil, slices.Clone(early.Years)
	for i := range early.Years {
		early.Years[i].Done = ledger.Int(0)
	}
	early.Funds = slices.Clone(early.Funds)
	for i := range early.Funds {
		early.Funds[i].Arrived, early.Funds[i].Paid = ledger.Int(0), ledger.Int(0)
	}
	early.Nodes = slices.Clone(early.Nodes)
	for i, node := range early.Nodes {
		if day.Before(node.Done) {
			early.Nodes[i].Done = calendar.Date{}
		}
	}
	switch early.Stage {
	case ledger.Finished:
		early.Stage = ledger.Ongoing
	case ledger.Exited:
		early.Stage, early.ExitReason = ledger.Preparing, ""
	}
	return early
}

// halfYear brings the projects to where they stand after the first half of the year.
func (t *teller) halfYear() error {
	ctx, err := t.as("yanqiu")
	if err != nil {
		return err
	}
	projects, err := t.projects(t.plan, func() string { return string(t.plan) })
	if err != nil {
		return err
	}
	there, err := service.All(ctx, func(ctx context.Context, page store.Page, _ ...store.Filter) (store.Listing[ledger.Project], error) {
		return t.Catalogue.Projects(ctx, catalogue.ProjectQuery{Plan: t.plan}, page)
	})
	if err != nil {
		return err
	}
	for _, p := range projects {
		at := slices.IndexFunc(there, func(r store.Record[ledger.Project]) bool { return r.Value.Number == p.Number })
		if err := t.report(ctx, there[at], p.Project); err != nil {
			return err
		}
	}
	return nil
}

// report brings one project to where it stands.
func (t *teller) report(ctx context.Context, there store.Record[ledger.Project], p ledger.Project) error {
	p.ID = there.Value.ID
	if err := t.Catalogue.EditProject(ctx, p, there.Revision); err != nil {
		return err
	}
	if there.Value.Stage == p.Stage || p.Stage != ledger.Finished && p.Stage != ledger.Exited {
		return nil
	}
	step := catalogue.Stage{To: p.Stage, Reason: t.phrase("stage." + string(p.Stage))}
	return t.Catalogue.MoveProject(ctx, p.ID, step, there.Revision+1)
}

// keepIndicators gives the indicators that the plan brought in their earlier years, and adds the others.
func (t *teller) keepIndicators() error {
	ctx, err := t.as("qinghe")
	if err != nil {
		return err
	}
	all, err := indicators(t.plan, func() string { return string(t.plan) })
	if err != nil {
		return err
	}
	there, err := service.All(ctx, func(ctx context.Context, page store.Page, _ ...store.Filter) (store.Listing[ledger.Indicator], error) {
		return t.Catalogue.Indicators(ctx, catalogue.IndicatorQuery{Plan: t.plan}, page)
	})
	if err != nil {
		return err
	}
	for _, i := range all {
		at := slices.IndexFunc(there, func(r store.Record[ledger.Indicator]) bool { return same(r.Value, i) })
		if at < 0 {
			if _, err := t.Catalogue.AddIndicator(ctx, i); err != nil {
				return err
			}
			continue
		}
		if err := t.define(ctx, there[at], i); err != nil {
			return err
		}
	}
	return nil
}

// same tells whether two indicators measure the same.
func same(a, b ledger.Indicator) bool {
	if a.Own() && b.Own() {
		return a.Name == b.Name
	}
	return a.Code == b.Code
}

// define writes down what an indicator is and what its figures were.
func (t *teller) define(ctx context.Context, there store.Record[ledger.Indicator], i ledger.Indicator) error {
	i.ID = there.Value.ID
	if err := t.Catalogue.RedefineIndicator(ctx, i, there.Revision); err != nil {
		return err
	}
	revision := there.Revision + 1
	for _, figures := range i.Series {
		if err := t.Catalogue.SetYear(ctx, i.ID, figures, t.phrase("series.reason"), revision); err != nil {
			return err
		}
		revision++
	}
	return nil
}

package progress

import (
	"cmp"
	"context"
	"slices"

	"luoshi/internal/access"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// UnitView is what a unit has promised in a plan, and how it goes.
type UnitView struct {
	Plan           ledger.Plan
	Unit           ledger.UnitID
	Name           string
	Own            Tally       // what it leads itself
	Below          []UnitTally // what units beneath it lead, in the order of the tree
	Areas          []AreaTally // of what it leads itself
	Contradictions []Contradiction
	Projects       []ledger.Project // that it leads
}

// UnitView is a unit's part of a plan, as far as the caller may see it. Its lights are found by Lights.
func (s *Service) UnitView(ctx context.Context, plan ledger.PlanID, unit ledger.UnitID) (UnitView, error) {
	v := UnitView{Unit: unit}
	var err error
	if v.Plan, err = s.plan(ctx, plan); err != nil {
		return v, err
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return v, err
	}
	if _, known := tree.Unit(unit); !known {
		return v, &store.NotFound{Kind: "units", ID: string(unit)}
	}
	v.Name = tree.Name(unit, s.core.Today())
	rows, err := s.tally(ctx, plan)
	if err != nil {
		return v, err
	}
	below, err := s.below(ctx, unit)
	if err != nil {
		return v, err
	}
	var own []tallyRow
	for _, r := range rows {
		if r.Unit == string(unit) {
			own = append(own, r)
			v.Own.add(r)
		}
	}
	v.Areas = areas(v.Plan, own)
	tallies, err := s.unitTallies(ctx, rows)
	if err != nil {
		return v, err
	}
	for _, u := range below[1:] {
		if i := slices.IndexFunc(tallies, func(t UnitTally) bool { return t.Unit == u }); i >= 0 {
			v.Below = append(v.Below, tallies[i])
		}
	}
	return v, s.unitParts(ctx, &v)
}

// unitParts adds the contradictions and the projects of a unit.
func (s *Service) unitParts(ctx context.Context, v *UnitView) error {
	found, err := s.Contradictions(ctx, v.Plan.ID)
	if err != nil {
		return err
	}
	for _, c := range found {
		if c.Unit == v.Unit {
			v.Contradictions = append(v.Contradictions, c)
		}
	}
	scope, err := s.core.Scope(ctx, "project.read", access.Columns{
		Unit: "projects.lead_unit", Cooperating: access.Link{Table: "catalogue_project_units", Object: "project", Unit: "unit", ID: "projects.id"},
	})
	if err != nil {
		return err
	}
	projects, err := s.core.Store().Projects().List(ctx, store.Page{Order: "number", Limit: store.MaxLimit}, scope, store.InPlan(v.Plan.ID), store.LedBy(v.Unit))
	v.Projects = store.Values(projects.Records)
	return err
}

// IndicatorView is an indicator of a plan: what should be, what is, and what the year will come to.
type IndicatorView struct {
	Plan      ledger.Plan
	Indicator ledger.Indicator
	Revision  int64
	Courses   []Course          // of each target that follows it, and of each unit that reports on it
	Lights    []CommitmentLight // of the commitments that follow it, as far as the caller may see
}

// IndicatorView is how an indicator goes.
func (s *Service) IndicatorView(ctx context.Context, id ledger.IndicatorID) (IndicatorView, error) {
	var v IndicatorView
	record, err := s.core.Store().Indicators().Get(ctx, string(id))
	if err != nil {
		return v, err
	}
	plan, err := s.core.Store().Plans().Get(ctx, string(record.Value.Plan))
	if err != nil {
		return v, err
	}
	if err := s.core.Check(ctx, "indicator.read", ofPlan(plan.Value)); err != nil {
		return v, err
	}
	v.Plan, v.Indicator, v.Revision = plan.Value, record.Value, record.Revision
	followers, err := s.followers(ctx, v.Plan.ID, "indicator", string(id))
	if err != nil {
		return v, err
	}
	if v.Lights, err = s.shown(ctx, v.Plan, followers); err != nil {
		return v, err
	}
	subject := reporting.IndicatorSubject(id)
	v.Courses, err = s.coursesOf(ctx, v.Plan, subject, followers)
	return v, err
}

// ProjectView is a project of a plan: its investment and its nodes against what was planned.
type ProjectView struct {
	Plan     ledger.Plan
	Project  ledger.Project
	Revision int64
	Course   Course
	Lights   []CommitmentLight // of the commitments that it serves, as far as the caller may see
}

// ProjectView is how a project goes.
func (s *Service) ProjectView(ctx context.Context, id ledger.ProjectID) (ProjectView, error) {
	var v ProjectView
	record, err := s.core.Store().Projects().Get(ctx, string(id))
	if err != nil {
		return v, err
	}
	served, err := s.followers(ctx, record.Value.Plan, "project", string(id))
	if err != nil {
		return v, err
	}
	if err := s.core.Check(ctx, "project.read", ownedProject(record.Value, served)); err != nil {
		return v, err
	}
	plan, err := s.core.Store().Plans().Get(ctx, string(record.Value.Plan))
	if err != nil {
		return v, err
	}
	v.Plan, v.Project, v.Revision = plan.Value, record.Value, record.Revision
	if v.Lights, err = s.shown(ctx, v.Plan, served); err != nil {
		return v, err
	}
	g, err := s.ground(ctx, v.Plan, narrow{commitment: none, subjects: []reporting.Subject{reporting.ProjectSubject(id)}})
	if err != nil {
		return v, err
	}
	lead := ledger.Commitment{}
	lead.Lead, lead.State, lead.Kind = record.Value.Lead, ledger.InForce, ledger.KindProject
	m := g.ofProject(lead, record.Value)
	g.complete(lead, &m)
	if v.Course, err = s.course(ctx, g, m); err != nil {
		return v, err
	}
	return v, s.addOpen(ctx, v.Plan.ID, &v.Course)
}

// coursesOf are the courses of an indicator: of each commitment's target that follows it, one for each unit and bound.
func (s *Service) coursesOf(ctx context.Context, plan ledger.Plan, subject reporting.Subject, followers []ledger.Commitment) ([]Course, error) {
	g, err := s.ground(ctx, plan, narrow{commitment: none, subjects: []reporting.Subject{subject}})
	if err != nil {
		return nil, err
	}
	var all []Course
	for _, c := range followers {
		c.Lead = g.leadOf(c.Lead)
		for _, m := range g.measure(c) {
			if m.subject != subject {
				continue
			}
			course, err := s.course(ctx, g, m)
			if err != nil {
				return nil, err
			}
			course.Title = cmp.Or(c.Title, course.Title)
			all = append(all, course)
		}
	}
	return all, nil
}

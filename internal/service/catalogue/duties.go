package catalogue

import (
	"context"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
	"luoshi/ledger"
)

// Duties are what a unit has to do, as far as the caller may see it: a few of each, and how many there are.
type Duties struct {
	Commitments []store.Record[ledger.Commitment]
	Projects    []store.Record[ledger.Project]
	// Leads, Joins and Builds are how many commitments it leads and takes part in, and how many projects it leads.
	Leads, Joins, Builds int64
}

// fewDuties is how many a unit's page shows of each.
const fewDuties = 10

// Duties are those of a unit and of what was merged into it.
func (s *Service) Duties(ctx context.Context, unit ledger.UnitID) (Duties, error) {
	units, err := s.reach(ctx, unit, false)
	if err != nil {
		return Duties{}, err
	}
	commitments, err := s.Scope(ctx, "commitment.read", commitmentColumns)
	if err != nil {
		return Duties{}, err
	}
	projects, err := s.Scope(ctx, "project.read", projectColumns)
	if err != nil {
		return Duties{}, err
	}
	var d Duties
	led := ledByAny(units)
	if d.Leads, err = s.Store().Commitments().Count(ctx, commitments, led); err != nil {
		return d, err
	}
	if d.Joins, err = s.Store().Commitments().Count(ctx, commitments, joinedByAny(units)); err != nil {
		return d, err
	}
	if d.Builds, err = s.Store().Projects().Count(ctx, projects, led); err != nil {
		return d, err
	}
	due, err := s.Store().Commitments().List(ctx, store.Page{Order: "by", Limit: fewDuties}, commitments, led)
	if err != nil {
		return d, err
	}
	built, err := s.Store().Projects().List(ctx, store.Page{Order: "completion", Limit: fewDuties}, projects, led)
	d.Commitments, d.Projects = due.Records, built.Records
	return d, err
}

// joinedByAny is a filter for commitments in which one of several units takes part.
func joinedByAny(units []ledger.UnitID) store.Filter {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("commitments.id IN (SELECT commitment FROM cooperating_units WHERE unit IN (?))", bun.List(units))
	}
}

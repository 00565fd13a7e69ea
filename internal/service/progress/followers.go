package progress

import (
	"context"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// none is the identifier of no commitment: for a ground of figures alone.
const none ledger.CommitmentID = "none"

// followers are the commitments in force that follow an indicator or serve a project, in the order of the plan and as
// far as the caller may see their lights.
func (s *Service) followers(ctx context.Context, plan ledger.PlanID, what, id string) ([]ledger.Commitment, error) {
	scope, err := s.core.Scope(ctx, readLight, commitmentColumns)
	if err != nil {
		return nil, err
	}
	follow := func(q *bun.SelectQuery) *bun.SelectQuery {
		q = q.Where("commitments.state IN (?, ?)", string(ledger.InForce), string(ledger.Fulfilled))
		if what == "project" {
			return q.Where("commitments.id IN (SELECT id FROM commitments WHERE project = ?)", id)
		}
		return q.Where("commitments.id IN (SELECT commitment FROM commitment_targets WHERE indicator = ?)", id)
	}
	records, err := service.All(ctx, s.core.Store().Commitments().List, scope, store.InPlan(plan), follow)
	commitments := store.Values(records)
	slices.SortStableFunc(commitments, ledger.InOrder)
	return commitments, err
}

// ownedProject is what of a project bears on access to it: its lead unit, and those that have to do with it.
func ownedProject(p ledger.Project, served []ledger.Commitment) service.Owned {
	o := service.Owned{Lead: p.Lead}
	add := func(units ...access.Unit) {
		for _, u := range units {
			if u != "" && !slices.Contains(o.Cooperating, u) {
				o.Cooperating = append(o.Cooperating, u)
			}
		}
	}
	add(p.Place.Unit)
	for _, obstacle := range p.Obstacles {
		add(obstacle.Unit)
	}
	for _, c := range served {
		add(c.Lead)
		add(c.Cooperating...)
	}
	return o
}

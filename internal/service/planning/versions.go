package planning

import (
	"context"
	"fmt"
	"strconv"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// PlanAsOf are the commitments of a plan that the caller may see, as they were in a version of it.
func (s *Service) PlanAsOf(ctx context.Context, id ledger.PlanID, version int) ([]ledger.Commitment, error) {
	plan, amendments, err := s.versioned(ctx, id, version)
	if err != nil {
		return nil, err
	}
	records, err := s.readable(ctx, id)
	return ledger.AsOf(version, plan, store.Values(records), amendments), err
}

// CompareVersions tells what changed between two versions of a plan, as far as the caller may see. Only what was
// amended can differ, so nothing else is read.
func (s *Service) CompareVersions(ctx context.Context, id ledger.PlanID, from, to int) ([]ledger.Difference, error) {
	plan, amendments, err := s.versioned(ctx, id, from, to)
	if err != nil {
		return nil, err
	}
	amended := []string{""} // a list in SQL is never empty
	for _, a := range amendments {
		amended = append(amended, string(a.Commitment))
	}
	records, err := s.readable(ctx, id, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("commitments.id IN (?)", bun.List(amended))
	})
	if err != nil {
		return nil, err
	}
	before := ledger.AsOf(from, plan, store.Values(records), amendments)
	after := ledger.AsOf(to, plan, store.Values(records), amendments)
	return ledger.Compare(before, after), nil
}

func hasVersion(plan ledger.Plan, version int) error {
	if version < 1 || version > len(plan.Versions) {
		return fault("version.unknown", said(strconv.Itoa(version)))
	}
	return nil
}

// versioned is a plan that has some versions, with all amendments that were applied: without one of them an earlier
// state would be told wrongly.
func (s *Service) versioned(ctx context.Context, id ledger.PlanID, versions ...int) (ledger.Plan, []ledger.Amendment, error) {
	plan, err := s.Plan(ctx, id)
	if err != nil {
		return ledger.Plan{}, nil, err
	}
	for _, version := range versions {
		if err := hasVersion(plan.Value, version); err != nil {
			return plan.Value, nil, err
		}
	}
	amendments, err := service.All(ctx, s.core.Store().Amendments().List, store.InPlan(id), store.Where("state", string(ledger.Applied)))
	if err != nil {
		return plan.Value, nil, fmt.Errorf("reading the amendments of plan %s: %w", id, err)
	}
	return plan.Value, store.Values(amendments), nil
}

// History is everything that a field of a commitment has held since its plan was published, the oldest first. Target
// is the number of the target where one is meant.
func (s *Service) History(ctx context.Context, id ledger.CommitmentID, field ledger.Field, target int) ([]ledger.Held, error) {
	c, err := s.Commitment(ctx, id)
	if err != nil {
		return nil, err
	}
	plan, err := s.core.Store().Plans().Get(ctx, string(c.Value.Plan))
	if err != nil {
		return nil, err
	}
	amendments, err := s.amendmentsOf(ctx, id)
	if err != nil {
		return nil, err
	}
	return ledger.History(plan.Value, c.Value, amendments, field, target), nil
}

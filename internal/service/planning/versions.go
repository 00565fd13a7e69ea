package planning

import (
	"context"
	"fmt"
	"strconv"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// PlanAsOf are the commitments of a plan that the caller may see, as they were in a version of it.
func (s *Service) PlanAsOf(ctx context.Context, id ledger.PlanID, version int) ([]ledger.Commitment, error) {
	plan, commitments, amendments, err := s.versioned(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := hasVersion(plan, version); err != nil {
		return nil, err
	}
	return ledger.AsOf(version, plan, commitments, amendments), nil
}

// CompareVersions tells what changed between two versions of a plan, as far as the caller may see.
func (s *Service) CompareVersions(ctx context.Context, id ledger.PlanID, from, to int) ([]ledger.Difference, error) {
	plan, commitments, amendments, err := s.versioned(ctx, id)
	if err != nil {
		return nil, err
	}
	for _, version := range []int{from, to} {
		if err := hasVersion(plan, version); err != nil {
			return nil, err
		}
	}
	before := ledger.AsOf(from, plan, commitments, amendments)
	after := ledger.AsOf(to, plan, commitments, amendments)
	return ledger.Compare(before, after), nil
}

func hasVersion(plan ledger.Plan, version int) error {
	if version < 1 || version > len(plan.Versions) {
		return fault("version.unknown", said(strconv.Itoa(version)))
	}
	return nil
}

// versioned is a plan with what the caller may see of it, and with all amendments that were applied: without one of
// them an earlier state would be told wrongly.
func (s *Service) versioned(ctx context.Context, id ledger.PlanID) (ledger.Plan, []ledger.Commitment, []ledger.Amendment, error) {
	plan, err := s.Plan(ctx, id)
	if err != nil {
		return ledger.Plan{}, nil, nil, err
	}
	records, err := s.readable(ctx, id)
	if err != nil {
		return ledger.Plan{}, nil, nil, err
	}
	amendments, err := service.All(ctx, s.core.Store().Amendments().List, store.InPlan(id), store.Where("state", string(ledger.Applied)))
	if err != nil {
		return ledger.Plan{}, nil, nil, fmt.Errorf("reading the amendments of plan %s: %w", id, err)
	}
	return plan.Value, values(records), values(amendments), nil
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

package planning

import (
	"context"

	"luoshi/internal/store"
	"luoshi/ledger"
)

// StretchSize is how many commitments a stretch has at most.
const StretchSize = 200

// Stretch is some commitments of a plan in the order of its documents, one after another: a plan may have more of them
// than a page can show.
type Stretch struct {
	Commitments []ledger.Commitment
	// Before is how many stand before these, of Total altogether.
	Before, Total int
}

// Next is how many stand before the next stretch; 0 where this is the last one.
func (s Stretch) Next() int {
	if next := s.Before + len(s.Commitments); next < s.Total {
		return next
	}
	return 0
}

// InOrder is a stretch of the commitments of a plan that the caller may see, without those that were withdrawn, behind
// so many others: for the table of the break-down.
func (s *Service) InOrder(ctx context.Context, plan ledger.PlanID, before int) (Stretch, error) {
	return s.stretch(ctx, plan, before, notWithdrawn)
}

// StretchAsOf is a stretch of what PlanAsOf gives, behind so many others.
func (s *Service) StretchAsOf(ctx context.Context, id ledger.PlanID, version, before int) (Stretch, error) {
	plan, amendments, err := s.versioned(ctx, id, version)
	if err != nil {
		return Stretch{}, err
	}
	found, err := s.stretch(ctx, id, before)
	found.Commitments = ledger.AsOf(version, plan, found.Commitments, amendments)
	return found, err
}

func (s *Service) stretch(ctx context.Context, plan ledger.PlanID, before int, filters ...store.Filter) (Stretch, error) {
	if _, err := s.Plan(ctx, plan); err != nil {
		return Stretch{}, err
	}
	scope, err := s.core.Scope(ctx, "commitment.read", commitmentColumns)
	if err != nil {
		return Stretch{}, err
	}
	filters = append(filters, scope, store.InPlan(plan))
	found := Stretch{Before: max(0, before)}
	records, total, err := s.core.Store().Commitments().InOrder(ctx, found.Before, StretchSize, filters...)
	found.Commitments, found.Total = store.Values(records), total
	return found, err
}

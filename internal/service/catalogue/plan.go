package catalogue

import (
	"context"
	"fmt"
	"slices"

	"luoshi/internal/service"
	"luoshi/ledger"
)

// Plans are the plans that the caller may read, the latest year first: what lists are chosen by.
func (s *Service) Plans(ctx context.Context) ([]ledger.Plan, error) {
	scope, err := s.Scope(ctx, "plan.read", planColumns)
	if err != nil {
		return nil, err
	}
	records, err := service.All(ctx, s.Store().Plans().List, scope)
	if err != nil {
		return nil, fmt.Errorf("reading the plans: %w", err)
	}
	plans := make([]ledger.Plan, len(records))
	for i, r := range records {
		plans[i] = r.Value
	}
	slices.SortStableFunc(plans, func(a, b ledger.Plan) int { return b.Year - a.Year })
	return plans, nil
}

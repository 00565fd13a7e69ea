package bulletin

import (
	"context"

	"luoshi/internal/service/livelihood"
	"luoshi/ledger"
	"luoshi/ledger/bulletin"
)

// Livelihood tells how livelihood items stand.
type Livelihood interface {
	Counted(ctx context.Context, plan ledger.PlanID) ([]livelihood.Standing, error)
	ItemTitle(state string) ledger.Wording
}

// items are the livelihood items of a plan.
func (s *Service) items(ctx context.Context, plan ledger.PlanID) ([]bulletin.Item, error) {
	if s.options.Livelihood == nil {
		return nil, nil
	}
	counted, err := s.options.Livelihood.Counted(ctx, plan)
	if err != nil {
		return nil, err
	}
	all := make([]bulletin.Item, len(counted))
	for i, item := range counted {
		all[i] = bulletin.Item{
			ID: item.Commitment, Title: item.Title, Unit: item.Lead, State: s.options.Livelihood.ItemTitle(item.State).ZH, Closed: item.Closed(),
			Answers: item.Score.Answers, Satisfied: item.Score.Satisfied,
		}
	}
	return all, nil
}

package livelihood

import (
	"context"

	"luoshi/internal/store"
	"luoshi/ledger"
)

// Everything is all livelihood items of a plan by their numbers, for what writes files of all of them.
func (s *Service) Everything(ctx context.Context, id ledger.PlanID) ([]Item, error) {
	var all []Item
	page := store.Page{Limit: store.MaxLimit}
	for {
		part, err := s.List(ctx, id, page)
		if err != nil {
			return nil, err
		}
		all = append(all, part.Items...)
		if part.Next == "" {
			return all, nil
		}
		page.After = part.Next
	}
}

package livelihood

import (
	"context"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
	"luoshi/ledger"
)

// Witnessed are the livelihood items of a plan of which there are pictures or answers of people, by their numbers: of the
// others there is no more to tell than of any promise.
func (s *Service) Witnessed(ctx context.Context, id ledger.PlanID) ([]Item, error) {
	var all []Item
	page := store.Page{Limit: store.MaxLimit}
	for {
		part, err := s.list(ctx, id, page, witnessed)
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

func witnessed(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("(EXISTS (SELECT 1 FROM livelihood_pictures AS p WHERE p.commitment = commitments.id AND p.withdrawn = '') OR " +
		"EXISTS (SELECT 1 FROM livelihood_surveys AS s WHERE s.commitment = commitments.id AND s.withdrawn = ''))")
}

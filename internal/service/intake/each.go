package intake

import (
	"context"
	"iter"
)

// Each is every document that a query finds, part by part, so that a long list does not stand in memory. It ends with
// the first error.
func (s *Service) Each(ctx context.Context, q Query) iter.Seq2[Listed, error] {
	q.Limit, q.After = longestList, ""
	return func(yield func(Listed, error) bool) {
		for {
			found, err := s.List(ctx, q)
			if err != nil {
				yield(Listed{}, err)
				return
			}
			for _, d := range found.Documents {
				if !yield(d, nil) {
					return
				}
			}
			if q.After = found.Next; q.After == "" {
				return
			}
		}
	}
}

package service

import (
	"context"
	"fmt"
	"sync"

	"luoshi/internal/audit"
	"luoshi/internal/store"
)

// Standing keeps the state that something is in, such as how often the records it is made of have changed, which takes
// long to count where there are many. As long as the log has no new entry about them, the state stands as it was
// counted last. It is safe for concurrent use, and its zero value has counted nothing yet.
type Standing[S any] struct {
	mu      sync.Mutex
	counted bool
	through int64 // entry of the log up to which the state is known to stand
	state   S
}

// State is the state now: the one that stands, or else as count finds it. Of, as a filter of entries of the log, lets all
// through that may change it. Within a transaction it is counted, since the changes made there are in no entry yet.
func (s *Standing[S]) State(ctx context.Context, core *Core, of store.Filter, count func(context.Context) (S, error)) (S, error) {
	if core.store.Inside(ctx) {
		return count(ctx)
	}
	size, err := audit.Size(ctx, core.store.View(ctx))
	if err != nil {
		return *new(S), err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.counted && size <= s.through {
		return s.state, nil
	}
	touched := !s.counted
	if !touched {
		if touched, err = core.Touched(ctx, s.through, size, of); err != nil {
			return *new(S), err
		}
	}
	if touched {
		state, err := count(ctx)
		if err != nil {
			return state, err
		}
		s.state, s.counted = state, true
	}
	s.through = size
	return s.state, nil
}

// Touched tells whether the log has entries behind one and up to another that a filter lets through.
func (c *Core) Touched(ctx context.Context, behind, upto int64, of store.Filter) (bool, error) {
	query := c.store.View(ctx).NewSelect().Table("audit_entries").ColumnExpr("1").Where("sequence > ?", behind).Where("sequence <= ?", upto)
	touched, err := of(query).Exists(ctx)
	if err != nil {
		return false, fmt.Errorf("looking what has changed since entry %d of the log: %w", behind, err)
	}
	return touched, nil
}

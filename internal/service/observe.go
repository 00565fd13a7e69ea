package service

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
)

// Observer hears of every change, in its transaction and before the log is written, so that what it adds is kept
// with the change or not at all. An error undoes the change.
type Observer func(ctx context.Context, w *Work, changes []audit.Change) error

// Observe lets an observer hear of all changes from now on. It belongs to the making of the program: nothing may
// change anything yet.
func (c *Core) Observe(o Observer) { c.observers = append(c.observers, o) }

// tell lets the observers hear of a change.
func (c *Core) tell(ctx context.Context, w *Work) error {
	for _, observer := range c.observers {
		if err := observer(ctx, w, w.changes); err != nil {
			return fmt.Errorf("telling of a change: %w", err)
		}
	}
	return nil
}

// Later asks for work in a transaction that is no change of the ledger, as when a job asks for its next attempt.
func (c *Core) Later(ctx context.Context, tx bun.Tx, tasks ...Task) error {
	if c.queue == nil {
		return errNoQueue
	}
	if err := c.queue.Enqueue(ctx, tx, tasks...); err != nil {
		return fmt.Errorf("asking for work: %w", err)
	}
	return nil
}

// KeepRefusal writes a refusal into the log. Change does so by itself; this is for whoever undoes the transaction
// that a change had joined, and with it what Change had written.
func (c *Core) KeepRefusal(ctx context.Context, r *Refused) { c.keepRefusal(ctx, r) }

package service

import (
	"context"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/audit"
	"luoshi/internal/store"
)

// Refuse is the action under which the log keeps that somebody was refused something.
const Refuse access.Action = "access.refuse"

var (
	errNothingRecorded = errors.New("service: a change left no entry in the log")
	errNoQueue         = errors.New("service: there is no queue for work")
)

// Work is a change while it is being made: what was allowed, and what the log will say of it.
type Work struct {
	core    *Core
	caller  Caller
	tx      bun.Tx
	allowed map[access.Action]access.Post
	changes []audit.Change
}

// Change runs a use case that changes something: in one transaction, with its entries in the log as the last
// thing in it. Do asks Work.Allow before it changes a record, and says by Work.Record what it did; a change
// without either is an error of the program and is rolled back. Within a change a further one joins it.
//
// As a transaction may be run again (see store.Within), do must set anew whatever it hands out.
func (c *Core) Change(ctx context.Context, do func(ctx context.Context, w *Work) error) error {
	var refusal *Refused
	var seen undecided
	defer forget(ctx)
	err := c.store.Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		seen = undecided{}
		ctx = context.WithValue(ctx, undecidedKey{}, &seen)
		w := &Work{core: c, caller: CallerOf(ctx), tx: tx, allowed: map[access.Action]access.Post{}}
		if err := do(ctx, w); err != nil {
			return err
		}
		if len(w.changes) == 0 {
			return errNothingRecorded
		}
		if err := c.tell(ctx, w); err != nil {
			return err
		}
		if _, err := c.log.Append(ctx, tx, w.changes...); err != nil {
			return fmt.Errorf("writing the log: %w", err)
		}
		return nil
	})
	if errors.As(err, &refusal) {
		c.keepRefusal(ctx, refusal)
	}
	if err == nil && seen.kept != nil && !c.store.Inside(ctx) {
		c.tree.Store(seen.kept)
	}
	return err
}

// Allow asks whether the caller may do an action to an object, and remembers in which post. The error is a
// *Refused.
func (w *Work) Allow(action access.Action, object access.Object) error {
	decision := w.caller.can(w.core.rights, action, object)
	if !decision.Allowed {
		return &Refused{Refusal: decision.Refusal, Action: action}
	}
	w.allowed[action] = decision.By
	return nil
}

// AllowFor is Allow of an object that the units of a record stand for.
func (w *Work) AllowFor(ctx context.Context, action access.Action, o Owned) error {
	units, err := w.core.Units(ctx)
	if err != nil {
		return err
	}
	return w.Allow(action, units.Object(o.Lead, o.Cooperating, o.Published))
}

// Record says what was done to a record, by an action that was allowed before: the record as it was and as it is,
// nil where it was not there, and what else is to be known of it (why, from where, on what basis).
func (w *Work) Record(action access.Action, kind, id string, before, after, detail any) {
	by, allowed := w.allowed[action]
	if !allowed {
		// Not an error of the user's: the use case forgot to ask.
		panic(fmt.Sprintf("service: %s was recorded without having been allowed", action))
	}
	w.changes = append(w.changes, audit.Change{
		Actor: w.caller.entry(by), Request: w.caller.Request, Action: string(action),
		Object: audit.Object{Kind: kind, ID: id}, Before: before, After: after, Detail: detail,
	})
}

// Enqueue asks for work that begins once the change is committed.
func (w *Work) Enqueue(ctx context.Context, tasks ...Task) error {
	if w.core.queue == nil {
		return errNoQueue
	}
	if err := w.core.queue.Enqueue(ctx, w.tx, tasks...); err != nil {
		return fmt.Errorf("asking for work: %w", err)
	}
	return nil
}

// Tx is the transaction of the change, for records that have no room of their own in the store.
func (w *Work) Tx() bun.Tx { return w.tx }

// Owned is what of a record bears on access to it.
type Owned struct {
	Lead        access.Unit
	Cooperating []access.Unit
	Published   bool
}

// Check tells whether the caller may do an action to a record, for what changes nothing. The error is a *Refused.
func (c *Core) Check(ctx context.Context, action access.Action, o Owned) error {
	units, err := c.Units(ctx)
	if err != nil {
		return err
	}
	decision := CallerOf(ctx).can(c.rights, action, units.Object(o.Lead, o.Cooperating, o.Published))
	if decision.Allowed {
		return nil
	}
	refusal := &Refused{Refusal: decision.Refusal, Action: action}
	c.keepRefusal(ctx, refusal)
	return refusal
}

// Can tells whether the caller may do an action to a record: whether a page offers it. Nothing is logged.
func (c *Core) Can(ctx context.Context, action access.Action, o Owned) bool {
	units, err := c.Units(ctx)
	if err != nil {
		return false
	}
	return CallerOf(ctx).can(c.rights, action, units.Object(o.Lead, o.Cooperating, o.Published)).Allowed
}

// May tells whether the caller may do an action to at least some records: whether a menu shows it.
func (c *Core) May(ctx context.Context, action access.Action) bool {
	return !CallerOf(ctx).scope(c.rights, action).IsEmpty()
}

// Scope is a filter for the lists that the caller may see, by the action that a page of one record asks for. A
// caller who may see none gets an empty list and no error.
func (c *Core) Scope(ctx context.Context, action access.Action, columns access.Columns) (store.Filter, error) {
	units, err := c.Units(ctx)
	if err != nil {
		return nil, err
	}
	return CallerOf(ctx).scope(c.rights, action).Where(units, columns), nil
}

// keepRefusal logs what was refused, and keeps it in the tamper-evident log where a person who signed in tried.
// What the public tries is in the server's log alone, so that nobody can fill the other one.
func (c *Core) keepRefusal(ctx context.Context, r *Refused) {
	caller := CallerOf(ctx)
	c.logger.WarnContext(ctx, "refused", "action", r.Action, "why", r.Refusal.Why, "account", caller.Account(),
		"system", caller.System, "request", caller.Request, "address", caller.Address)
	if caller.Account() == "" || c.log == nil {
		return
	}
	err := c.store.Within(context.WithoutCancel(ctx), func(ctx context.Context, tx bun.Tx) error {
		_, err := c.log.Append(ctx, tx, audit.Change{
			Actor: caller.entry(access.Post{}), Request: caller.Request, Action: string(Refuse),
			Object: audit.Object{Kind: "accounts", ID: string(caller.Account())},
			Detail: map[string]string{"action": string(r.Action), "why": string(r.Refusal.Why), "address": caller.Address},
		})
		return err
	})
	if err != nil {
		c.logger.ErrorContext(ctx, "keeping a refusal", "error", err, "request", caller.Request)
	}
}

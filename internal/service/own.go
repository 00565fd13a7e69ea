package service

import (
	"context"

	"luoshi/internal/access"
)

// AllowOwn asks whether the caller may do an action of everybody's to his own account. The error is a *Refused. The
// use case sees to it that it is his own.
func (w *Work) AllowOwn(action access.Action) error {
	decision := w.core.rights.MayOwn(w.caller.Actor, action)
	if w.caller.System != "" {
		decision.Allowed = false
	}
	if !decision.Allowed {
		return &Refused{Refusal: decision.Refusal, Action: action}
	}
	w.allowed[action] = decision.By
	return nil
}

// CheckOwn tells whether the caller may do an action of everybody's to his own account, before anything is changed.
// The error is a *Refused.
func (c *Core) CheckOwn(ctx context.Context, action access.Action) error {
	caller := CallerOf(ctx)
	return (&Work{core: c, caller: caller, allowed: map[access.Action]access.Post{}}).AllowOwn(action)
}

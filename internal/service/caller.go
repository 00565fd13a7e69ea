package service

import (
	"context"
	"slices"

	"luoshi/internal/access"
	"luoshi/internal/audit"
	"luoshi/ledger"
)

// Caller is on whose behalf a use case runs, and by which request. The zero Caller is the public.
type Caller struct {
	// Actor is a person's standing today.
	Actor access.Actor
	// System names the part of the program that acts by itself (“job: read”, “command: import”); empty for a
	// person. It may do the actions of May and no other.
	System string
	May    []access.Action
	// Token is the identifier of the API token that was presented; empty where none was.
	Token string
	// Request is the identifier of the request or of the job's run.
	Request string
	// Address is from where the request came; empty where it came from nowhere.
	Address string
}

// callerKey is under which a context carries its Caller.
type callerKey struct{}

// As is a context whose use cases run for a caller.
func As(ctx context.Context, caller Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, caller)
}

// CallerOf is for whom a context's use cases run.
func CallerOf(ctx context.Context) Caller {
	caller, _ := ctx.Value(callerKey{}).(Caller)
	return caller
}

// Account is the account of a person; empty for the public and for the program itself.
func (c Caller) Account() ledger.AccountID { return c.Actor.Account }

// can asks the table of rights, or the list of the program's own part.
func (c Caller) can(rights *access.Table, action access.Action, object access.Object) access.Decision {
	if c.System == "" {
		return rights.Can(c.Actor, action, object)
	}
	if slices.Contains(c.May, action) && rights.Has(action) {
		return access.Decision{Allowed: true}
	}
	return access.Decision{Refusal: access.Refusal{Why: access.NoRole, Action: rights.ActionTitle(action)}}
}

// scope is what the caller may do an action to.
func (c Caller) scope(rights *access.Table, action access.Action) access.Scope {
	if c.System == "" {
		return rights.Scope(c.Actor, action)
	}
	return access.Scope{All: slices.Contains(c.May, action) && rights.Has(action)}
}

// entry is the caller as the log names it.
func (c Caller) entry(by access.Post) audit.Actor {
	if c.System != "" {
		return audit.Actor{ID: c.System, Role: "system"}
	}
	return audit.Actor{ID: string(c.Actor.Account), OnBehalfOf: string(by.For), Role: string(by.Role)}
}

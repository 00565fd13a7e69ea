package identity

import (
	"context"
	"fmt"
	"slices"

	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// mostHistory bounds how much of an account's history is read at once.
const mostHistory = 500

// mine tells whether an account is the caller's own, and he himself is here: a token is lent to another system, which
// has no business with the account itself.
func mine(ctx context.Context, account accountID) bool {
	caller := service.CallerOf(ctx)
	return account != "" && caller.Account() == account && caller.System == "" && caller.Actor.Limit == nil
}

// Own is the caller's own account.
func (s *Service) Own(ctx context.Context) (Account, error) {
	row, err := s.row(ctx, service.CallerOf(ctx).Account())
	return row.account(), err
}

// History is what the log has on an account, its roles, delegations and tokens, the youngest first; of each the first
// five hundred entries.
func (s *Service) History(ctx context.Context, id ledger.AccountID) ([]audit.Entry, error) {
	if err := s.core.Check(ctx, "audit.read", service.Owned{}); err != nil {
		return nil, err
	}
	objects, err := s.objects(ctx, id)
	if err != nil {
		return nil, err
	}
	var history []audit.Entry
	for _, object := range objects {
		entries, err := audit.History(ctx, s.core.Store().View(ctx), object, 0, mostHistory)
		if err != nil {
			return nil, fmt.Errorf("reading the history of %s %s: %w", object.Kind, object.ID, err)
		}
		history = append(history, entries...)
	}
	slices.SortFunc(history, func(a, b audit.Entry) int { return int(b.Sequence - a.Sequence) })
	return history, nil
}

// objects are what the log knows of an account.
func (s *Service) objects(ctx context.Context, id accountID) ([]audit.Object, error) {
	objects := []audit.Object{{Kind: "accounts", ID: string(id)}}
	for kind, query := range map[string]string{
		"appointments": `SELECT id FROM identity_appointments WHERE account = ?0`,
		"delegations":  `SELECT id FROM identity_delegations WHERE giver = ?0 OR taker = ?0`,
		"tokens":       `SELECT id FROM identity_tokens WHERE account = ?0`,
	} {
		var ids []string
		if err := s.core.Store().View(ctx).NewRaw(query, id).Scan(ctx, &ids); err != nil {
			return nil, fmt.Errorf("reading the %s of %s: %w", kind, id, err)
		}
		for _, one := range ids {
			objects = append(objects, audit.Object{Kind: kind, ID: one})
		}
	}
	return objects, nil
}

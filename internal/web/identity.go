package web

import (
	"context"

	"luoshi/internal/access/credential"
	"luoshi/internal/service/identity"
)

// Known are the sessions of the accounts that identity keeps.
func Known(accounts *identity.Service) Sessions { return known{accounts} }

type known struct{ accounts *identity.Service }

// Resume is the session of a cookie.
func (k known) Resume(ctx context.Context, cookie credential.Secret) (Visitor, error) {
	s, err := k.accounts.Resume(ctx, cookie)
	if err != nil {
		return Visitor{}, err
	}
	return Visitor{Session: s.ID, Name: s.Name, Actor: s.Actor, MustChange: s.MustChange, SecondFactorDue: s.SecondFactorDue}, nil
}

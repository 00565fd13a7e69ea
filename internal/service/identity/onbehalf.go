package identity

import (
	"context"

	"luoshi/internal/access"
	"luoshi/ledger"
)

// OnBehalf is the standing of an account today for what its owner asked for once and is done without him, such as a
// calendar that a program fetches: limited to the actions that are named, and nobody's while the account is disabled.
func (s *Service) OnBehalf(ctx context.Context, account ledger.AccountID, only ...access.Action) (access.Actor, error) {
	row, err := s.row(ctx, account)
	if err != nil || row.Disabled {
		return access.Actor{}, err
	}
	revision, err := s.revision(ctx)
	if err != nil {
		return access.Actor{}, err
	}
	actor, err := s.actor(ctx, account, revision)
	if err != nil {
		return access.Actor{}, err
	}
	actor.Limit = append([]access.Action{}, only...)
	return actor, nil
}

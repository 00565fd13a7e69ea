package identity

import (
	"context"
	"fmt"
	"sync"

	"luoshi/calendar"
	"luoshi/internal/access"
)

// standings keeps what accounts may do today, as long as nothing that bears on it has changed.
type standings struct {
	sync.Mutex
	revision int64
	on       calendar.Date
	known    map[accountID]known
}

type known struct{ actor access.Actor }

// find is what is kept, if it was read at the revision and on the day; everything older is forgotten.
func (k *standings) find(account accountID, revision int64, on calendar.Date) (access.Actor, bool) {
	k.Lock()
	defer k.Unlock()
	if k.revision != revision || k.on != on {
		k.revision, k.on = revision, on
		clear(k.known)
	}
	found, ok := k.known[account]
	return found.actor, ok
}

func (k *standings) keep(account accountID, revision int64, on calendar.Date, actor access.Actor) {
	k.Lock()
	defer k.Unlock()
	if k.revision == revision && k.on == on {
		k.known[account] = known{actor}
	}
}

// actor is an account as it stands today. The revision must have been read before: what changes while the
// appointments are read raises it, so that what is kept here is read anew.
func (s *Service) actor(ctx context.Context, account accountID, revision int64) (access.Actor, error) {
	today := s.core.Today()
	if actor, ok := s.standing.find(account, revision, today); ok {
		return actor, nil
	}
	var appointments []appointmentRow
	var delegations []delegationRow
	db := s.core.Store().View(ctx)
	err := db.NewSelect().Model(&delegations).Where("taker = ? AND ended IS NULL", account).Order("id").Scan(ctx)
	if err != nil {
		return access.Actor{}, fmt.Errorf("reading the delegations to %s: %w", account, err)
	}
	givers := []string{string(account)}
	for _, d := range delegations {
		givers = append(givers, d.Giver)
	}
	err = appointmentsOf(db.NewSelect().Model(&appointments), givers).Scan(ctx)
	if err != nil {
		return access.Actor{}, fmt.Errorf("reading the appointments of %s: %w", account, err)
	}
	actor := s.core.Rights().Standing(account, today, asAppointments(appointments), asDelegations(delegations))
	s.standing.keep(account, revision, today, actor)
	return actor, nil
}

// revision is that of everything that bears on access.
func (s *Service) revision(ctx context.Context) (revision int64, err error) {
	err = s.core.Store().View(ctx).NewRaw(`SELECT revision FROM identity_state WHERE id = 1`).Scan(ctx, &revision)
	if err != nil {
		return 0, fmt.Errorf("reading the state of access: %w", err)
	}
	return revision, nil
}

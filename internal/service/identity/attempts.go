package identity

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/netip"

	"github.com/uptrace/bun"

	"luoshi/internal/access/credential"
)

// attempt is one try at signing in that was counted as failed before anybody looked at its password, so that many
// at once are no way round the lockout. Who proves himself has it taken back.
type attempt struct {
	account, address string // under which it is counted
	before, counted  credential.Logins
}

// accountKey counts the attempts at a name, whether there is such an account or not. People type passwords where
// the name belongs, so only its digest is kept.
func accountKey(name string) string {
	sum := sha256.Sum256([]byte("account " + fold(name)))
	return hex.EncodeToString(sum[:])
}

// addressKey counts the attempts from an address; those of one IPv6 network count together, as whoever has one
// address there has them all.
func addressKey(address string) string {
	parsed, err := netip.ParseAddr(address)
	if err != nil {
		return "from " + address
	}
	if parsed = parsed.Unmap().WithZone(""); parsed.Is6() {
		network, _ := parsed.Prefix(64) // 64 fits
		return "from " + network.String()
	}
	return "from " + parsed.String()
}

// count counts an attempt as failed, or returns a *Locked where it comes too early.
func (s *Service) count(ctx context.Context, account, address string) (attempt, error) {
	var a attempt
	err := s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		a = attempt{account: account, address: addressKey(address)}
		var err error
		if a.before, err = logins(ctx, tx, a.account, a.address); err != nil {
			return err
		}
		now := s.core.Store().Now()
		if wait := a.before.Wait(now); wait > 0 {
			return locked(wait)
		}
		a.counted = a.before.Failed(now)
		return a.save(ctx, tx, a.counted)
	})
	return a, err
}

// forgive takes a counted attempt back. Where it was the last to be counted all is as it was before; otherwise the
// others stay counted.
func (a attempt) forgive(ctx context.Context, tx bun.Tx, succeeded bool) error {
	if a.account == "" {
		return nil // no password was asked for
	}
	now, err := logins(ctx, tx, a.account, a.address)
	if err != nil {
		return err
	}
	now.Account = takenBack(now.Account, a.before.Account, a.counted.Account)
	now.Address = takenBack(now.Address, a.before.Address, a.counted.Address)
	if succeeded {
		now = now.Succeeded()
	}
	return a.save(ctx, tx, now)
}

func takenBack(now, before, counted credential.Attempts) credential.Attempts {
	if now.Failures == counted.Failures && now.Last.Equal(counted.Last) {
		return before
	}
	now.Failures = max(now.Failures-1, 0)
	return now
}

// logins are the two records, whose rows are made where they are missing and locked until the transaction ends.
func logins(ctx context.Context, tx bun.Tx, account, address string) (credential.Logins, error) {
	// In the order of their keys, so that two who need the same rows do not wait for each other in a circle.
	rows := []attemptRow{{ID: account}, {ID: address}}
	if address < account {
		rows[0], rows[1] = rows[1], rows[0]
	}
	_, err := tx.NewInsert().Model(&rows).On("CONFLICT (id) DO UPDATE").Set("failures = t.failures").
		Returning("*").Exec(ctx)
	if err != nil {
		return credential.Logins{}, fmt.Errorf("reading failed sign-ins: %w", err)
	}
	var l credential.Logins
	for _, row := range rows {
		record := credential.Attempts{Failures: row.Failures, Last: row.LastAt.Time, Until: row.HeardAgain.Time}
		if row.ID == account {
			l.Account = record
		} else {
			l.Address = record
		}
	}
	return l, nil
}

func (a attempt) save(ctx context.Context, tx bun.Tx, l credential.Logins) error {
	for id, record := range map[string]credential.Attempts{a.account: l.Account, a.address: l.Address} {
		row := attemptRow{ID: id, Failures: record.Failures, LastAt: stamp{record.Last}, HeardAgain: stamp{record.Until}}
		if _, err := tx.NewUpdate().Model(&row).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("counting failed sign-ins: %w", err)
		}
	}
	return nil
}

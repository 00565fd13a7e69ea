package identity

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// firstLife is how long a first password works.
const firstLife = 7 * 24 * time.Hour

func (s *Service) firstPassword() (credential.Secret, credential.Password, error) {
	first, err := credential.FirstPassword(s.options.Random)
	if err != nil {
		return first, credential.Password{}, err
	}
	hash, err := s.hasher.Hash(s.options.Random, first)
	return first, credential.Password{Hash: hash, MustChange: true, Until: s.core.Store().Now().Add(firstLife)}, err
}

func (s *Service) putPassword(ctx context.Context, tx bun.Tx, account accountID, p credential.Password) error {
	row := passwordRow{
		Account: string(account), Hash: p.Hash.Reveal(), MustChange: p.MustChange, Expires: stamp{p.Until},
		Changed: stamp{s.core.Store().Now()},
	}
	_, err := tx.NewInsert().Model(&row).On("CONFLICT (account) DO UPDATE").Set("hash = EXCLUDED.hash").
		Set("must_change = EXCLUDED.must_change").Set("expires = EXCLUDED.expires").Set("changed = EXCLUDED.changed").Exec(ctx)
	if err != nil {
		return fmt.Errorf("storing the password of %s: %w", account, err)
	}
	return nil
}

// password is what is stored of an account's password; false where it has none.
func (s *Service) password(ctx context.Context, account accountID) (credential.Password, bool, error) {
	var row passwordRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("account = ?", account).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return credential.Password{}, false, nil
	}
	if err != nil {
		return credential.Password{}, false, fmt.Errorf("reading the password of %s: %w", account, err)
	}
	return credential.Password{Hash: credential.NewSecret(row.Hash), MustChange: row.MustChange, Until: row.Expires.Time}, true, nil
}

// Reset gives an account a new first password, to be shown once, forgets its failed sign-ins, and ends its sessions.
func (s *Service) Reset(ctx context.Context, id ledger.AccountID) (credential.Secret, error) {
	// Asked before, too: a hash is dear, and is made before the transaction so that no other write waits for it.
	if err := s.core.Check(ctx, "user.reset", service.Owned{}); err != nil {
		return credential.Secret{}, err
	}
	first, password, err := s.firstPassword()
	if err != nil {
		return first, err
	}
	err = s.handle(ctx, "user.reset", id, func(ctx context.Context, tx bun.Tx, row accountRow) error {
		if service.CallerOf(ctx).Account() == id {
			return fault("account.oneself", nil)
		}
		if err := s.putPassword(ctx, tx, id, password); err != nil {
			return err
		}
		return errors.Join(forget(ctx, tx, row.Name), s.endAll(ctx, tx, id, ""))
	})
	return first, err
}

// Unlock forgets the failed sign-ins of an account, so that its next one is heard at once.
func (s *Service) Unlock(ctx context.Context, id ledger.AccountID) error {
	return s.handle(ctx, "user.unlock", id, func(ctx context.Context, tx bun.Tx, row accountRow) error {
		return forget(ctx, tx, row.Name)
	})
}

func forget(ctx context.Context, tx bun.Tx, name string) error {
	if _, err := tx.NewDelete().Model((*attemptRow)(nil)).Where("id = ?", accountKey(name)).Exec(ctx); err != nil {
		return fmt.Errorf("forgetting failed sign-ins: %w", err)
	}
	return nil
}

// handle does something to an account that its record does not show, and records that it was done.
func (s *Service) handle(ctx context.Context, action actionName, id accountID, do func(context.Context, bun.Tx, accountRow) error) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		row, err := s.row(ctx, id)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, action, service.Owned{Lead: ledger.UnitID(row.Unit)}); err != nil {
			return err
		}
		if err := do(ctx, w.Tx(), row); err != nil {
			return err
		}
		w.Record(action, "accounts", string(id), nil, nil, map[string]string{"name": row.Name})
		return nil
	})
}

// ChangePassword changes the caller's own password, ends all other sessions, and begins the present one anew: its
// cookie is replaced by the one returned.
func (s *Service) ChangePassword(ctx context.Context, cookie, present, next credential.Secret) (credential.Secret, error) {
	if err := s.core.CheckOwn(ctx, "self.password"); err != nil {
		return credential.Secret{}, err
	}
	id := service.CallerOf(ctx).Account()
	stored, err := s.presentPassword(ctx, id, present)
	if err != nil {
		return credential.Secret{}, err
	}
	if same, _, err := s.hasher.Verify(next, stored.Hash); err != nil {
		return credential.Secret{}, err
	} else if same {
		return credential.Secret{}, fault("password.same", nil)
	}
	if err := s.rules(ctx, id, next); err != nil {
		return credential.Secret{}, err
	}
	hash, err := s.hasher.Hash(s.options.Random, next)
	if err != nil {
		return credential.Secret{}, err
	}
	var fresh credential.Secret
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowOwn("self.password"); err != nil {
			return err
		}
		if err := s.putPassword(ctx, w.Tx(), id, credential.Password{Hash: hash}); err != nil {
			return err
		}
		if err := s.endAll(ctx, w.Tx(), id, credential.StoredSession(cookie)); err != nil {
			return err
		}
		fresh, err = s.renew(ctx, w.Tx(), cookie)
		w.Record("self.password", "accounts", string(id), nil, nil, map[string]string{"address": service.CallerOf(ctx).Address})
		return err
	})
	return fresh, err
}

// presentPassword is what is stored, where the caller has proved to know it. A stolen session is no way to guess:
// wrong ones count as failed sign-ins.
func (s *Service) presentPassword(ctx context.Context, id accountID, present credential.Secret) (credential.Password, error) {
	row, err := s.row(ctx, id)
	if err != nil {
		return credential.Password{}, err
	}
	stored, has, err := s.password(ctx, id)
	if err != nil {
		return stored, err
	}
	if !has {
		return stored, fault("password.none", nil)
	}
	a, err := s.count(ctx, accountKey(row.Name), service.CallerOf(ctx).Address)
	if err != nil {
		return stored, err
	}
	ok, _, err := s.hasher.Verify(present, stored.Hash)
	if err != nil {
		return stored, err
	}
	if !ok {
		s.keepFailure(ctx, failure{account: id, why: "password", address: service.CallerOf(ctx).Address})
		return stored, fault("password.wrong", nil)
	}
	return stored, s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error { return a.forgive(ctx, tx, true) })
}

// rules are those that a new password breaks, as one fault.
func (s *Service) rules(ctx context.Context, id accountID, next credential.Secret) error {
	row, err := s.row(ctx, id)
	if err != nil {
		return err
	}
	unit, err := s.unitName(ctx, ledger.UnitID(row.Unit))
	if err != nil && !service.HasCode(err, "account.unit.unknown") {
		return err
	}
	var zh, en []string
	for _, broken := range credential.CheckPassword(next, row.Name, row.Person, unit) {
		chinese, english := broken.Text()
		zh, en = append(zh, chinese), append(en, english)
	}
	if zh == nil {
		return nil
	}
	return fault("password.rules", nil, strings.Join(zh, "\uff1b"), strings.Join(en, "; "))
}

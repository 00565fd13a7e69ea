package identity

import (
	"context"
	"database/sql"
	"encoding/base32"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// Enrolment is what an app for one-time codes is told: by a QR code or a link, or by typing.
type Enrolment struct{ URI, Typed credential.Secret }

var keyLetters = base32.StdEncoding.WithPadding(base32.NoPadding)

func (r factorRow) totp() (credential.TOTP, error) {
	key, err := keyLetters.DecodeString(r.Key)
	if err != nil {
		return credential.TOTP{}, fmt.Errorf("reading the key of one-time codes of %s: %w", r.Account, err)
	}
	return credential.TOTP{Key: credential.NewSecret(string(key)), Used: r.LastStep}, nil
}

// factor is the second factor of an account, begun or confirmed; false where there is none.
func (s *Service) factor(ctx context.Context, account accountID) (factorRow, bool, error) {
	var row factorRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("account = ?", account).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return row, false, nil
	}
	if err != nil {
		return row, false, fmt.Errorf("reading the second factor of %s: %w", account, err)
	}
	return row, true, nil
}

// HasFactor tells whether the caller signs in with one-time codes.
func (s *Service) HasFactor(ctx context.Context) (bool, error) {
	row, has, err := s.factor(ctx, service.CallerOf(ctx).Account())
	return has && row.Confirmed, err
}

// BeginFactor draws a key for the caller's app. It is good for nothing until a code of it is typed.
func (s *Service) BeginFactor(ctx context.Context) (Enrolment, error) {
	var enrolment Enrolment
	err := s.factorChange(ctx, "begun", func(ctx context.Context, tx bun.Tx, account accountRow, row factorRow) error {
		if row.Confirmed {
			return fault("factor.present", nil)
		}
		key, err := credential.NewTOTP(s.options.Random)
		if err != nil {
			return err
		}
		enrolment = Enrolment{URI: key.URI(s.options.Issuer, account.Name), Typed: key.Typed()}
		row = factorRow{Account: account.ID, Key: key.Typed().Reveal(), Recovery: list[string]{}}
		_, err = tx.NewInsert().Model(&row).On("CONFLICT (account) DO UPDATE").Set("totp_key = EXCLUDED.totp_key").Exec(ctx)
		return err
	})
	return enrolment, err
}

// PendingFactor is the key that was begun and waits for its first code.
func (s *Service) PendingFactor(ctx context.Context) (Enrolment, error) {
	if err := s.core.CheckOwn(ctx, "self.factor"); err != nil {
		return Enrolment{}, err
	}
	account, err := s.row(ctx, service.CallerOf(ctx).Account())
	if err != nil {
		return Enrolment{}, err
	}
	row, has, err := s.factor(ctx, accountID(account.ID))
	if err != nil {
		return Enrolment{}, err
	}
	if !has || row.Confirmed {
		return Enrolment{}, fault("factor.absent", nil)
	}
	key, err := row.totp()
	return Enrolment{URI: key.URI(s.options.Issuer, account.Name), Typed: key.Typed()}, err
}

// ConfirmFactor turns the second factor on once the app has shown a right code. The recovery codes that it returns
// are to be shown once.
func (s *Service) ConfirmFactor(ctx context.Context, code string) ([]credential.Secret, error) {
	var shown []credential.Secret
	err := s.factorChange(ctx, "confirmed", func(ctx context.Context, tx bun.Tx, _ accountRow, row factorRow) error {
		if row.Account == "" || row.Confirmed {
			return fault("factor.absent", nil)
		}
		key, err := row.totp()
		if err != nil {
			return err
		}
		used, ok := key.Verify(code, s.core.Store().Now())
		if !ok {
			return fault("factor.code", nil)
		}
		var stored []string
		if shown, stored, err = credential.NewRecoveryCodes(s.options.Random); err != nil {
			return err
		}
		row.Confirmed, row.LastStep, row.Recovery = true, used.Used, stored
		_, err = tx.NewUpdate().Model(&row).WherePK().Exec(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	return shown, nil
}

// RemoveFactor turns the caller's second factor off; it takes the password, so that an unattended screen is no way to do it.
func (s *Service) RemoveFactor(ctx context.Context, present credential.Secret) error {
	if err := s.core.CheckOwn(ctx, "self.factor"); err != nil {
		return err
	}
	if _, err := s.presentPassword(ctx, service.CallerOf(ctx).Account(), present); err != nil {
		return err
	}
	return s.factorChange(ctx, "removed", func(ctx context.Context, tx bun.Tx, account accountRow, _ factorRow) error {
		return dropFactor(ctx, tx, accountID(account.ID))
	})
}

// RemoveFactorOf turns off the second factor of somebody who lost the telephone and the recovery codes.
func (s *Service) RemoveFactorOf(ctx context.Context, id ledger.AccountID) error {
	return s.handle(ctx, "user.factor", id, func(ctx context.Context, tx bun.Tx, _ accountRow) error {
		if service.CallerOf(ctx).Account() == id {
			return fault("account.oneself", nil)
		}
		return dropFactor(ctx, tx, id)
	})
}

func dropFactor(ctx context.Context, tx bun.Tx, account accountID) error {
	if _, err := tx.NewDelete().Model((*factorRow)(nil)).Where("account = ?", account).Exec(ctx); err != nil {
		return fmt.Errorf("removing the second factor of %s: %w", account, err)
	}
	return nil
}

// factorChange changes the caller's own second factor; the row is empty where there is none.
func (s *Service) factorChange(ctx context.Context, step string, do func(context.Context, bun.Tx, accountRow, factorRow) error) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowOwn("self.factor"); err != nil {
			return err
		}
		account, err := s.row(ctx, service.CallerOf(ctx).Account())
		if err != nil {
			return err
		}
		row, _, err := s.factor(ctx, accountID(account.ID))
		if err != nil {
			return err
		}
		if err := do(ctx, w.Tx(), account, row); err != nil {
			return err
		}
		w.Record("self.factor", "accounts", account.ID, nil, nil, map[string]string{"step": step})
		return nil
	})
}

// secondFactor uses up a code. Due tells that one is still to be typed; not ok, that it is wrong or was used.
func (s *Service) secondFactor(ctx context.Context, tx bun.Tx, account accountID, code string) (due, ok bool, err error) {
	row, has, err := s.factor(ctx, account)
	if err != nil || !has || !row.Confirmed {
		return false, true, err
	}
	if code == "" {
		return true, true, nil
	}
	key, err := row.totp()
	if err != nil {
		return false, false, err
	}
	if used, right := key.Verify(code, s.core.Store().Now()); right {
		ok, err = changed(tx.NewUpdate().Model((*factorRow)(nil)).Set("last_step = ?", used.Used).
			Where("account = ? AND last_step < ?", account, used.Used).Exec(ctx))
		return false, ok, err
	}
	left, right := credential.Redeem(row.Recovery, code)
	if !right {
		return false, false, nil
	}
	ok, err = changed(tx.NewUpdate().Model((*factorRow)(nil)).Set("recovery = ?", list[string](left)).
		Where("account = ? AND recovery = ?", account, row.Recovery).Exec(ctx))
	return false, ok, err
}

// changed tells whether a statement changed a row: where two use the same code at once, only one does.
func changed(result sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

package identity

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"
	"golang.org/x/text/unicode/norm"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Account is somebody who may sign in.
type Account struct {
	ID       ledger.AccountID `json:"id"`
	Name     string           `json:"name"`   // typed at sign-in
	Person   string           `json:"person"` // shown on pages
	Unit     ledger.UnitID    `json:"unit"`
	Disabled bool             `json:"disabled"`
	Revision int64            `json:"-"`
	Created  time.Time        `json:"-"`
}

func (r accountRow) account() Account {
	return Account{
		ID: accountID(r.ID), Name: r.Name, Person: r.Person, Unit: ledger.UnitID(r.Unit), Disabled: r.Disabled,
		Revision: r.Revision, Created: r.Created.Time,
	}
}

// NewAccount is what a new account is told.
type NewAccount struct {
	Name, Person string
	Unit         ledger.UnitID
}

var nameForm = regexp.MustCompile(`^[\p{Han}\p{Latin}\p{Nd}][\p{Han}\p{Latin}\p{Nd}._@-]{1,39}$`)

// fold is the name of an account as it is compared: what was typed in capitals or wide letters is the same.
func fold(name string) string { return strings.ToLower(norm.NFKC.String(strings.TrimSpace(name))) }

const longestPerson = 40

// checked is the account as it will be stored, or what is wrong with it.
func (s *Service) checked(ctx context.Context, n NewAccount) (NewAccount, error) {
	n.Name, n.Person = fold(n.Name), strings.TrimSpace(n.Person)
	if !nameForm.MatchString(n.Name) {
		return n, fault("account.name.form", nil)
	}
	if n.Person == "" || utf8.RuneCountInString(n.Person) > longestPerson {
		return n, fault("account.person.form", nil)
	}
	if n.Unit == "" {
		return n, nil
	}
	_, err := s.unitName(ctx, n.Unit)
	return n, err
}

// unitName is what a unit is called today.
func (s *Service) unitName(ctx context.Context, unit ledger.UnitID) (string, error) {
	if unit == "" {
		return "", nil
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return "", err
	}
	if _, known := tree.Unit(unit); !known {
		return "", fault("account.unit.unknown", nil)
	}
	return tree.Name(unit, s.core.Today()), nil
}

// Create makes an account and a first password, which is to be shown once and must be changed at the first sign-in.
func (s *Service) Create(ctx context.Context, n NewAccount) (account Account, first credential.Secret, err error) {
	if err = s.core.Check(ctx, "user.create", service.Owned{Lead: n.Unit}); err != nil {
		return account, first, err
	}
	if n, err = s.checked(ctx, n); err != nil {
		return account, first, err
	}
	first, password, err := s.firstPassword()
	if err != nil {
		return account, first, err
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, "user.create", service.Owned{Lead: n.Unit}); err != nil {
			return err
		}
		account, err = s.add(ctx, w, n, password)
		return err
	})
	return account, first, err
}

// add stores a new account with its password, and records it.
func (s *Service) add(ctx context.Context, w *service.Work, n NewAccount, password credential.Password) (Account, error) {
	taken, err := w.Tx().NewSelect().Model((*accountRow)(nil)).Where("name = ?", n.Name).Exists(ctx)
	if err != nil {
		return Account{}, fmt.Errorf("looking for an account of the name: %w", err)
	}
	if taken {
		return Account{}, fault("account.name.taken", nil, n.Name)
	}
	now := stamp{s.core.Store().Now()}
	row := accountRow{
		ID: store.NewID[string](s.core.Store()), Revision: 1, Created: now, Updated: now,
		Name: n.Name, Person: n.Person, Unit: string(n.Unit),
	}
	if _, err := w.Tx().NewInsert().Model(&row).Exec(ctx); err != nil {
		return Account{}, fmt.Errorf("adding an account: %w", err)
	}
	if err := s.putPassword(ctx, w.Tx(), accountID(row.ID), password); err != nil {
		return Account{}, err
	}
	w.Record("user.create", "accounts", row.ID, nil, row.account(), nil)
	return row.account(), nil
}

// Edit changes the person and the unit of an account; its name stays, as the log speaks of it.
func (s *Service) Edit(ctx context.Context, id ledger.AccountID, person string, unit ledger.UnitID, seen int64) (Account, error) {
	return s.change(ctx, "user.edit", id, func(ctx context.Context, row *accountRow) error {
		if row.Revision != seen {
			return &store.Conflict[Account]{Kind: "accounts", ID: row.ID, Seen: seen, Current: store.Record[Account]{
				Value: row.account(), Revision: row.Revision, Created: row.Created.Time, Updated: row.Updated.Time,
			}}
		}
		n, err := s.checked(ctx, NewAccount{Name: row.Name, Person: person, Unit: unit})
		row.Person, row.Unit = n.Person, string(n.Unit)
		return err
	})
}

// Disable keeps somebody from signing in and ends all sessions at once; what the account did stays with it.
func (s *Service) Disable(ctx context.Context, id ledger.AccountID) (Account, error) {
	return s.change(ctx, "user.disable", id, func(ctx context.Context, row *accountRow) error {
		if service.CallerOf(ctx).Account() == id {
			return fault("account.oneself", nil)
		}
		row.Disabled = true
		return s.keepAnAdministrator(ctx, id)
	})
}

// Enable takes a Disable back.
func (s *Service) Enable(ctx context.Context, id ledger.AccountID) (Account, error) {
	return s.change(ctx, "user.disable", id, func(_ context.Context, row *accountRow) error {
		row.Disabled = false
		return nil
	})
}

// change changes an account's row under the lock of everything that bears on access.
func (s *Service) change(ctx context.Context, action access.Action, id accountID, do func(context.Context, *accountRow) error) (Account, error) {
	var after Account
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := raise(ctx, w.Tx()); err != nil {
			return err
		}
		row, err := s.row(ctx, id)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, action, service.Owned{Lead: ledger.UnitID(row.Unit)}); err != nil {
			return err
		}
		before := row.account()
		if err := do(ctx, &row); err != nil {
			return err
		}
		row.Revision++
		row.Updated = stamp{s.core.Store().Now()}
		if _, err := w.Tx().NewUpdate().Model(&row).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("changing account %s: %w", id, err)
		}
		if row.Disabled {
			if err := s.endAll(ctx, w.Tx(), id, ""); err != nil {
				return err
			}
		}
		after = row.account()
		w.Record(action, "accounts", string(id), before, after, nil)
		return nil
	})
	return after, err
}

// row is an account as it is stored, or *store.NotFound.
func (s *Service) row(ctx context.Context, id accountID) (accountRow, error) {
	var row accountRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return row, &store.NotFound{Kind: "accounts", ID: string(id)}
	}
	if err != nil {
		return row, fmt.Errorf("reading account %s: %w", id, err)
	}
	return row, nil
}

// named is the account of a name as it is compared, or *store.NotFound.
func (s *Service) named(ctx context.Context, name string) (accountRow, error) {
	var row accountRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("name = ?", fold(name)).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return row, &store.NotFound{Kind: "accounts", ID: fold(name)}
	}
	if err != nil {
		return row, fmt.Errorf("reading an account by its name: %w", err)
	}
	return row, nil
}

// raise notes that something which bears on access has changed, and makes whoever else changes such wait.
func raise(ctx context.Context, tx bun.Tx) error {
	if _, err := tx.NewRaw(`UPDATE identity_state SET revision = revision + 1 WHERE id = 1`).Exec(ctx); err != nil {
		return fmt.Errorf("noting a change of access: %w", err)
	}
	return nil
}

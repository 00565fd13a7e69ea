package identity

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// First is the administrator whom the first start creates.
type First struct {
	Name     string
	Password credential.Secret // to be shown once
}

// Begin creates the administrator where there is no account yet, and returns how to sign in; nil where there are
// accounts. He creates the others and appoints the first security officer, who grants all further roles.
func (s *Service) Begin(ctx context.Context) (*First, error) {
	program := service.Caller{System: "start", May: []access.Action{"user.create", "role.grant"}}
	ctx = service.As(ctx, program)
	if some, err := s.anybody(ctx); err != nil || some {
		return nil, err
	}
	shown, password, err := s.firstPassword()
	if err != nil {
		return nil, err
	}
	first := &First{Name: "admin", Password: shown}
	begun := false
	err = s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		// Two who start at once wait for each other here; the second finds an account.
		if err := raise(ctx, tx); err != nil {
			return err
		}
		some, err := s.anybody(ctx)
		if begun = !some; err != nil || some {
			return err
		}
		return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
			return s.addWithRoles(ctx, w, NewAccount{Name: first.Name, Person: "系统管理员"}, password, Terms{Role: administrator})
		})
	})
	if err != nil || !begun {
		return nil, err
	}
	return first, nil
}

func (s *Service) anybody(ctx context.Context) (bool, error) {
	some, err := s.core.Store().View(ctx).NewSelect().Model((*accountRow)(nil)).Exists(ctx)
	if err != nil {
		return false, fmt.Errorf("looking for accounts: %w", err)
	}
	return some, nil
}

func (s *Service) addWithRoles(ctx context.Context, w *service.Work, n NewAccount, password credential.Password, roles ...Terms) error {
	if err := w.AllowFor(ctx, "user.create", service.Owned{Lead: n.Unit}); err != nil {
		return err
	}
	account, err := s.add(ctx, w, n, password)
	if err != nil {
		return err
	}
	for _, t := range roles {
		t.Account = account.ID
		if err := w.AllowFor(ctx, "role.grant", service.Owned{Lead: t.Unit}); err != nil {
			return err
		}
		if _, err := s.appoint(ctx, w, "role.grant", t); err != nil {
			return fmt.Errorf("account %s: %w", n.Name, err)
		}
	}
	return nil
}

// SeedAccount is an account of a demonstration or of a test, with a password that need not be changed.
type SeedAccount struct {
	NewAccount
	Password credential.Secret
	Roles    []SeedRole
}

// SeedRole is a role of a SeedAccount, from ever and for ever.
type SeedRole struct {
	Role access.Role
	Unit ledger.UnitID
}

// Seed adds accounts whose passwords are known, all or none. Only the program itself may: a system caller with the
// actions user.create and role.grant.
func (s *Service) Seed(ctx context.Context, accounts []SeedAccount) error {
	if service.CallerOf(ctx).System == "" {
		return fault("seed.system", nil)
	}
	accounts, passwords := slices.Clone(accounts), make([]credential.Password, len(accounts))
	for i, a := range accounts {
		checked, err := s.checked(ctx, a.NewAccount)
		if err != nil {
			return fmt.Errorf("account %s: %w", a.Name, err)
		}
		accounts[i].NewAccount = checked
		if passwords[i].Hash, err = s.hasher.Hash(s.options.Random, a.Password); err != nil {
			return fmt.Errorf("account %s: %w", a.Name, err)
		}
	}
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := raise(ctx, w.Tx()); err != nil {
			return err
		}
		for i, a := range accounts {
			roles := make([]Terms, len(a.Roles))
			for j, r := range a.Roles {
				roles[j] = Terms{Role: r.Role, Unit: r.Unit}
			}
			if err := s.addWithRoles(ctx, w, a.NewAccount, passwords[i], roles...); err != nil {
				return err
			}
		}
		return nil
	})
}

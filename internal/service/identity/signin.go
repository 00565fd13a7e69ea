package identity

import (
	"context"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/store"
)

type actionName = access.Action

// SignInRequest is what somebody types who wants to come in. Code may be left for the second step (see Prove).
type SignInRequest struct {
	Name     string
	Password credential.Secret
	Code     string // of the app, or a recovery code
	Address  string
	Agent    string // the browser's name for itself, for the list of one's sessions
}

// SignIn begins a session and returns the secret of its cookie. The session may be good for one thing only: to type
// the code of the second factor (SecondFactorDue) or to change a first password (MustChange). A *Locked says how
// long to wait; a wrong name and a wrong password cannot be told apart, neither by the words nor by the time.
func (s *Service) SignIn(ctx context.Context, r SignInRequest) (Session, credential.Secret, error) {
	a, err := s.count(ctx, accountKey(r.Name), r.Address)
	if err != nil {
		return Session{}, credential.Secret{}, err
	}
	row, stored, old, err := s.recognise(ctx, r)
	if err != nil {
		return Session{}, credential.Secret{}, err
	}
	entry := entrance{account: accountID(row.ID), name: row.Name, method: "password", address: r.Address, agent: r.Agent, code: r.Code, attempt: a}
	if old {
		if entry.rehashed, err = s.hasher.Hash(s.options.Random, r.Password); err != nil {
			return Session{}, credential.Secret{}, err
		}
	}
	switch {
	case row.Disabled:
		return Session{}, credential.Secret{}, s.turnAway(ctx, entry, "disabled")
	case stored.Expired(s.core.Store().Now()):
		return Session{}, credential.Secret{}, s.turnAway(ctx, entry, "expired")
	}
	return s.enter(ctx, entry)
}

// recognise finds the account by what was typed. An error of wrong input takes as long where there is no account.
func (s *Service) recognise(ctx context.Context, r SignInRequest) (row accountRow, stored credential.Password, old bool, err error) {
	row, err = s.named(ctx, r.Name)
	var absent *store.NotFound
	if err != nil && !errors.As(err, &absent) {
		return row, stored, false, err
	}
	has := false
	if err == nil {
		if stored, has, err = s.password(ctx, accountID(row.ID)); err != nil {
			return row, stored, false, err
		}
	}
	var ok bool
	if !has {
		s.hasher.VerifyNobody(r.Password)
	} else if ok, old, err = s.hasher.Verify(r.Password, stored.Hash); err != nil {
		return row, stored, false, fmt.Errorf("verifying the password of %s: %w", row.ID, err)
	}
	if !ok {
		s.keepFailure(ctx, failure{account: accountID(row.ID), why: "password", address: r.Address})
		return row, stored, false, fault("sign-in.wrong", nil)
	}
	return row, stored, old, nil
}

// entrance is somebody whose first factor was right.
type entrance struct {
	account  accountID
	name     string
	method   string
	address  string
	agent    string
	code     string
	attempt  attempt
	rehashed credential.Secret // in place of a hash of another cost; zero where that one is good
}

// turnAway refuses somebody who knows the password, who may therefore be told why.
func (s *Service) turnAway(ctx context.Context, e entrance, why string) error {
	s.keepFailure(ctx, failure{account: e.account, why: why, address: e.address})
	return fault("sign-in."+why, nil)
}

// enter begins the session of somebody whose first factor was right.
func (s *Service) enter(ctx context.Context, e entrance) (session Session, cookie credential.Secret, err error) {
	caller := service.CallerOf(ctx)
	caller.Actor, caller.System, caller.Address = access.Actor{Account: e.account}, "", e.address
	wrong := false
	err = s.core.Change(service.As(ctx, caller), func(ctx context.Context, w *service.Work) error {
		wrong = false
		due, ok, err := s.secondFactor(ctx, w.Tx(), e.account, e.code)
		if err != nil {
			return err
		}
		if !ok {
			wrong = true
			return fault("sign-in.code", nil)
		}
		if err := w.AllowOwn("session.begin"); err != nil {
			return err
		}
		if err := e.attempt.forgive(ctx, w.Tx(), !due); err != nil {
			return err
		}
		if err := s.rehash(ctx, w.Tx(), e); err != nil {
			return err
		}
		if session, cookie, err = s.begin(ctx, w.Tx(), e, due); err != nil {
			return err
		}
		w.Record("session.begin", "accounts", string(e.account), nil, nil, e.detail(due))
		return nil
	})
	if wrong {
		s.keepFailure(ctx, failure{account: e.account, why: "code", address: e.address})
	}
	if err != nil {
		return Session{}, credential.Secret{}, err
	}
	session, err = s.Resume(ctx, cookie)
	return session, cookie, err
}

func (s *Service) rehash(ctx context.Context, tx bun.Tx, e entrance) error {
	if e.rehashed == (credential.Secret{}) {
		return nil
	}
	_, err := tx.NewUpdate().Model((*passwordRow)(nil)).Set("hash = ?", e.rehashed.Reveal()).Where("account = ?", e.account).Exec(ctx)
	if err != nil {
		return fmt.Errorf("making the hash of %s anew: %w", e.account, err)
	}
	return nil
}

// detail is what the log says of a sign-in.
func (e entrance) detail(due bool) map[string]any {
	return map[string]any{"method": e.method, "address": e.address, "agent": e.agent, "second_factor_due": due}
}

// Prove is the second step of a sign-in: the code of the app or a recovery code. The session goes on under another
// cookie.
func (s *Service) Prove(ctx context.Context, cookie credential.Secret, code, address string) (Session, credential.Secret, error) {
	found, err := s.find(ctx, cookie)
	if err != nil {
		return Session{}, credential.Secret{}, err
	}
	if !found.Due {
		return Session{}, credential.Secret{}, fault("session.none", nil)
	}
	a, err := s.count(ctx, accountKey(found.Name), address)
	if err != nil {
		return Session{}, credential.Secret{}, err
	}
	e := entrance{
		account: accountID(found.Account), name: found.Name, method: found.Method + "+code", address: address, agent: found.Agent,
		code: code, attempt: a,
	}
	if code == "" {
		e.code = " " // no code is a wrong one here
	}
	session, fresh, err := s.enter(ctx, e)
	if err != nil {
		return Session{}, credential.Secret{}, err
	}
	return session, fresh, s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		return s.end(ctx, tx, found.Digest)
	})
}

package identity

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Token is a key to the API. The security officer issues it to an account, for some actions and a span of time; only
// the account's owner draws it, so that the officer never holds the key to what is another's.
type Token struct {
	ID      string           `json:"id"`
	Account ledger.AccountID `json:"account"`
	Issuer  string           `json:"issuer"`
	Purpose string           `json:"purpose"`
	Scopes  []access.Action  `json:"scopes"`
	Created time.Time        `json:"created"`
	Expires time.Time        `json:"expires"`
	Revoked time.Time        `json:"revoked,omitzero"`
	Drawn   time.Time        `json:"drawn,omitzero"`
	Used    time.Time        `json:"-"`
}

func (r tokenRow) issued() Token {
	return Token{
		ID: r.ID, Account: accountID(r.Account), Issuer: r.Issuer, Purpose: r.Purpose, Scopes: r.Scopes, Created: r.Created.Time,
		Expires: r.Expires.Time, Revoked: r.Revoked.Time, Drawn: r.Drawn.Time, Used: r.Used.Time,
	}
}

// Waits tells whether the token is still to be drawn.
func (t Token) Waits(now time.Time) bool {
	return t.Drawn.IsZero() && t.Revoked.IsZero() && now.Before(t.Expires)
}

// Works tells whether the token opens anything.
func (t Token) Works(now time.Time) bool {
	return !t.Drawn.IsZero() && t.Revoked.IsZero() && now.Before(t.Expires)
}

// TokenTerms are what is asked for when a token is issued.
type TokenTerms struct {
	Account ledger.AccountID
	Purpose string
	Scopes  []access.Action
	Expires time.Time
}

const (
	longestPurpose = 100
	longestToken   = 366 * 24 * time.Hour
)

// Grantable are the actions that a token can be given: all that are no matter of accounts, roles and signing in.
func (s *Service) Grantable() []access.Action {
	return slices.DeleteFunc(s.core.Rights().Actions(), func(a access.Action) bool {
		object, _, _ := strings.Cut(string(a), ".")
		return s.core.Rights().HolderOf(a) != access.ByRole || slices.Contains([]string{"user", "role", "token"}, object)
	})
}

// Issue lets the owner of an account draw a token. It opens no more than the owner may do, whatever its scopes say.
func (s *Service) Issue(ctx context.Context, t TokenTerms) (Token, error) {
	var issued Token
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		account, err := s.row(ctx, t.Account)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "token.create", service.Owned{Lead: ledger.UnitID(account.Unit)}); err != nil {
			return err
		}
		now := s.core.Store().Now()
		if t.Purpose = strings.TrimSpace(t.Purpose); t.Purpose == "" || utf8.RuneCountInString(t.Purpose) > longestPurpose {
			return fault("token.purpose", nil)
		}
		if grantable := s.Grantable(); len(t.Scopes) == 0 ||
			slices.ContainsFunc(t.Scopes, func(a access.Action) bool { return !slices.Contains(grantable, a) }) {
			return fault("token.scopes", nil)
		}
		if !t.Expires.After(now) || t.Expires.Sub(now) > longestToken {
			return fault("token.expires", nil)
		}
		row := tokenRow{
			ID: store.NewID[string](s.core.Store()), Account: account.ID, Issuer: string(service.CallerOf(ctx).Account()),
			Purpose: t.Purpose, Scopes: t.Scopes, Created: stamp{now}, Expires: stamp{t.Expires.UTC().Truncate(time.Microsecond)},
		}
		if _, err := w.Tx().NewInsert().Model(&row).Exec(ctx); err != nil {
			return fmt.Errorf("issuing a token: %w", err)
		}
		issued = row.issued()
		w.Record("token.create", "tokens", row.ID, nil, issued, nil)
		return nil
	})
	return issued, err
}

// Draw is the token itself, shown to its owner once.
func (s *Service) Draw(ctx context.Context, id string) (credential.Secret, error) {
	var shown credential.Secret
	err := s.tokenChange(ctx, id, func(ctx context.Context, w *service.Work, row *tokenRow) error {
		if err := w.AllowOwn("token.draw"); err != nil {
			return err
		}
		now := s.core.Store().Now()
		if row.Account != string(service.CallerOf(ctx).Account()) || !row.issued().Waits(now) {
			return fault("token.gone", nil)
		}
		before := row.issued()
		secret, drawn, err := credential.NewToken(s.options.Random, asTexts(row.Scopes), now, row.Expires.Time)
		if err != nil {
			return err
		}
		shown, row.Handle, row.Digest, row.Drawn = secret, &drawn.ID, drawn.Digest, stamp{now}
		w.Record("token.draw", "tokens", id, before, row.issued(), nil)
		return nil
	})
	return shown, err
}

// RevokeToken takes a token back, at once.
func (s *Service) RevokeToken(ctx context.Context, id string) error {
	return s.tokenChange(ctx, id, func(_ context.Context, w *service.Work, row *tokenRow) error {
		if err := w.Allow("token.revoke", access.Object{}); err != nil {
			return err
		}
		before := row.issued()
		row.Revoked = stamp{s.core.Store().Now()}
		w.Record("token.revoke", "tokens", id, before, row.issued(), nil)
		return nil
	})
}

func (s *Service) tokenChange(ctx context.Context, id string, do func(context.Context, *service.Work, *tokenRow) error) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		// Taken under lock before it is read, so that of two who draw it at once only one is shown it.
		if _, err := w.Tx().NewUpdate().Model((*tokenRow)(nil)).Set("id = id").Where("id = ?", id).Exec(ctx); err != nil {
			return fmt.Errorf("taking token %s: %w", id, err)
		}
		var row tokenRow
		err := w.Tx().NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
		if errors.Is(err, sql.ErrNoRows) {
			return &store.NotFound{Kind: "tokens", ID: id}
		}
		if err != nil {
			return fmt.Errorf("reading token %s: %w", id, err)
		}
		if err := do(ctx, w, &row); err != nil {
			return err
		}
		if _, err := w.Tx().NewUpdate().Model(&row).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("changing token %s: %w", id, err)
		}
		return nil
	})
}

// Tokens are those of an account, the oldest first: one's own, or those of another for who may read them; all where
// the account is empty.
func (s *Service) Tokens(ctx context.Context, account ledger.AccountID) ([]Token, error) {
	if !mine(ctx, account) {
		if err := s.core.Check(ctx, "token.read", service.Owned{}); err != nil {
			return nil, err
		}
	}
	var rows []tokenRow
	query := s.core.Store().View(ctx).NewSelect().Model(&rows).Order("id")
	if account != "" {
		query = query.Where("account = ?", account)
	}
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading tokens: %w", err)
	}
	found := make([]Token, len(rows))
	for i, r := range rows {
		found[i] = r.issued()
	}
	return found, nil
}

// TokenCaller is on whose behalf a request with an API token runs: the token's owner as he stands today, limited to
// the scopes. Whatever is wrong with a token, the answer is the same; the server's log says what.
func (s *Service) TokenCaller(ctx context.Context, presented credential.Secret) (service.Caller, error) {
	caller := service.CallerOf(ctx)
	row, err := s.presented(ctx, presented)
	if err != nil {
		s.options.Logger.WarnContext(ctx, "token refused", "error", err, "request", caller.Request, "address", caller.Address)
		return service.Caller{}, fault("token.refused", err)
	}
	revision, err := s.revision(ctx)
	if err != nil {
		return service.Caller{}, err
	}
	if caller.Actor, err = s.actor(ctx, accountID(row.Account), revision); err != nil {
		return service.Caller{}, err
	}
	caller.Actor.Limit, caller.System, caller.May, caller.Token = row.Scopes, "", nil, row.ID
	if now := s.core.Store().Now(); now.Sub(row.Used.Time) >= seenEvery {
		err = s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
			_, err := tx.NewUpdate().Model((*tokenRow)(nil)).Set("used = ?", stamp{now}).Where("id = ?", row.ID).Exec(ctx)
			return err
		})
	}
	return caller, err
}

// presented is the stored token of a presented one that holds good.
func (s *Service) presented(ctx context.Context, presented credential.Secret) (tokenRow, error) {
	var row tokenRow
	handle, err := credential.TokenID(presented)
	if err != nil {
		return row, err
	}
	if err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("handle = ?", handle).Scan(ctx); err != nil {
		return row, fmt.Errorf("finding the token: %w", err)
	}
	stored := credential.Token{ID: handle, Digest: row.Digest, Expires: row.Expires.Time, Revoked: row.Revoked.Time}
	if err := stored.Verify(presented, s.core.Store().Now()); err != nil {
		return row, err
	}
	account, err := s.row(ctx, accountID(row.Account))
	if err == nil && account.Disabled {
		err = fmt.Errorf("account %s is disabled", account.ID)
	}
	return row, err
}

func asTexts(actions []access.Action) []string {
	texts := make([]string, len(actions))
	for i, a := range actions {
		texts[i] = string(a)
	}
	return texts
}

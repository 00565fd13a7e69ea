package api

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// CalendarAddress is where a program fetches a calendar without signing in.
type CalendarAddress struct {
	Path string `json:"path" doc:"Shown this once. Whoever knows it sees what its owner is to see of deadlines; a new one ends it"`
}

// calendarRow is a row of api_calendars.
type calendarRow struct {
	bun.BaseModel `bun:"table:api_calendars,alias:c"`
	Account       string `bun:"account,pk"`
	Digest        string `bun:"digest"`
	Created       string `bun:"created"`
}

const (
	subscribe      access.Action = "self.calendar"
	readCommitment access.Action = "commitment.read"
	calendarKind                 = "calendars"
)

// newAddress makes a secret address for the caller's calendar. The one before holds no longer.
func (a *API) newAddress(ctx context.Context) (credential.Secret, error) {
	secret, digest, err := credential.NewSession(rand.Reader)
	if err != nil {
		return secret, fmt.Errorf("drawing an address: %w", err)
	}
	err = a.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowOwn(subscribe); err != nil {
			return err
		}
		row := calendarRow{Account: string(service.CallerOf(ctx).Account()), Digest: digest, Created: a.Store().Now().Format(timeForm)}
		_, err := w.Tx().NewInsert().Model(&row).On("CONFLICT (account) DO UPDATE").
			Set("digest = EXCLUDED.digest").Set("created = EXCLUDED.created").Exec(ctx)
		if err != nil {
			return fmt.Errorf("keeping an address: %w", err)
		}
		w.Record(subscribe, calendarKind, row.Account, nil, nil, map[string]bool{"subscribed": true})
		return nil
	})
	return secret, err
}

// dropAddress ends the address of the caller's calendar.
func (a *API) dropAddress(ctx context.Context) error {
	return a.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowOwn(subscribe); err != nil {
			return err
		}
		account := string(service.CallerOf(ctx).Account())
		if _, err := w.Tx().NewDelete().Model((*calendarRow)(nil)).Where("account = ?", account).Exec(ctx); err != nil {
			return fmt.Errorf("dropping an address: %w", err)
		}
		w.Record(subscribe, calendarKind, account, nil, nil, map[string]bool{"subscribed": false})
		return nil
	})
}

// byAddress is a context of the account that an address belongs to, which may read commitments and nothing else.
func (a *API) byAddress(ctx context.Context, secret string) (context.Context, error) {
	var row calendarRow
	digest := credential.StoredSession(credential.NewSecret(secret))
	err := a.Store().View(ctx).NewSelect().Model(&row).Where("digest = ?", digest).Scan(ctx)
	caller := service.CallerOf(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		if wait := a.limiter.Take("stranger "+caller.Address, a.options.Rate); wait > 0 {
			return nil, tooMany(ctx, wait)
		}
		return nil, &store.NotFound{Kind: calendarKind}
	}
	if err != nil {
		return nil, fmt.Errorf("finding a calendar: %w", err)
	}
	if caller.Actor, err = a.options.OnBehalf(ctx, ledger.AccountID(row.Account), readCommitment); err != nil {
		return nil, err
	}
	if caller.Account() == "" {
		// The account is disabled.
		return nil, &store.NotFound{Kind: calendarKind}
	}
	return service.As(ctx, caller), nil
}

package publication

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// LetterKind is the kind of task that sends a letter, TickKind that which looks once in a while whether there are news
// to write of, and makes editions that were missed.
const (
	LetterKind = "publication.letter"
	TickKind   = "publication.tick"
)

// LetterMay and TickMay are the actions of the tasks.
var (
	LetterMay = []access.Action{follow}
	TickMay   = []access.Action{disclose, follow}
)

// Follow is that somebody wants to hear of a promise.
type Follow struct {
	Plan      ledger.PlanID
	Promise   ledger.CommitmentID
	Title     string // of the promise; empty where it is no longer public
	Address   string // of the plan
	Key       string // of the promise
	Secret    string
	Confirmed bool
}

type followRow struct {
	bun.BaseModel `bun:"table:publication_follows,alias:publication_follows"`
	ID            string  `bun:"id,pk"`
	Plan          string  `bun:"plan"`
	Promise       string  `bun:"promise"`
	Email         string  `bun:"email"`
	Language      string  `bun:"language"`
	Secret        string  `bun:"secret"`
	Asked         string  `bun:"asked"`
	Confirmed     *string `bun:"confirmed"`
	Told          int64   `bun:"told"`
	Written       string  `bun:"written"`
}

// logged is what the log keeps of it: nobody's address.
func (r followRow) logged() map[string]any {
	return map[string]any{"promise": r.Promise, "confirmed": r.Confirmed != nil}
}

const longestEmail = 200

// emailOf is an address as it is kept, if it is one.
func emailOf(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	parsed, err := mail.ParseAddress(typed)
	if err != nil || parsed.Address != typed || len(typed) > longestEmail || strings.ContainsAny(typed, "\r\n") {
		return "", faults.New("follow.email")
	}
	at := strings.LastIndexByte(typed, '@')
	return typed[:at] + strings.ToLower(typed[at:]), nil
}

// CanFollow tells whether promises of a plan can be followed.
func (s *Service) CanFollow(o Opened) bool {
	return o.Shown(disclosed.Follow) && s.options.Mail != nil && s.options.Mail.Mails()
}

// again is how long it takes until another letter asks the same address to confirm the same.
const again = 24 * time.Hour

// Ask takes in that somebody wants to hear of a promise. Its owner is asked by a letter whether that is so. What is said
// to who asks is the same whether the address was known or not.
func (s *Service) Ask(ctx context.Context, address, key, email, language string) error {
	o, told, plan, err := s.voiced(ctx, address, key, disclosed.Follow)
	if err != nil {
		return err
	}
	if err := s.core.Check(ctx, follow, ofPlan(plan, true)); err != nil {
		return err
	}
	if !s.CanFollow(o) {
		return faults.New("follow.mail")
	}
	if email, err = emailOf(email); err != nil {
		return err
	}
	secret, err := s.secret()
	if err != nil {
		return err
	}
	known, there, err := s.followed(ctx, told.Promise.ID, email)
	if err != nil || there && (known.Confirmed != nil || s.core.Store().Now().Sub(store.TimeOf(known.Asked)) < again) {
		return err
	}
	row := followRow{
		ID: store.NewID[string](s.core.Store()), Plan: string(o.Plan), Promise: string(told.Promise.ID), Email: email, Language: language,
		Secret: secret, Asked: s.core.Store().NowText(),
	}
	return s.citizen(ctx, plan, func(ctx context.Context, w *service.Work) error {
		if there {
			row = known
			row.Asked = s.core.Store().NowText()
			if _, err := w.Tx().NewUpdate().Model(&row).Column("asked").WherePK().Exec(ctx); err != nil {
				return fmt.Errorf("publication: asking again: %w", err)
			}
		} else if err := store.Insert(ctx, w.Tx(), row); err != nil {
			return err
		}
		w.Record(follow, FollowKind, row.ID, nil, row.logged(), nil)
		return w.Enqueue(ctx, service.Task{Kind: LetterKind, Args: letterArgs{Follow: row.ID}})
	})
}

// citizen runs a change that somebody without an account asks for. The log names the part of the program that took it in.
func (s *Service) citizen(ctx context.Context, plan ledger.Plan, do func(context.Context, *service.Work) error) error {
	caller := service.Caller{System: "public", May: []Action{follow}, Request: service.CallerOf(ctx).Request}
	return s.core.Change(service.As(ctx, caller), func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, follow, ofPlan(plan, true)); err != nil {
			return err
		}
		return do(ctx, w)
	})
}

// followed is what is known of an address and a promise.
func (s *Service) followed(ctx context.Context, promise ledger.CommitmentID, email string) (followRow, bool, error) {
	var row followRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("promise = ?", promise).Where("email = ?", email).Scan(ctx)
	if noRows(err) {
		return row, false, nil
	}
	if err != nil {
		return row, false, fmt.Errorf("publication: looking who follows promise %s: %w", promise, err)
	}
	return row, true, nil
}

// bySecret is what a link of a letter is about.
func (s *Service) bySecret(ctx context.Context, secret string) (followRow, error) {
	var row followRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("secret = ?", secret).Scan(ctx)
	if noRows(err) || err == nil && secret == "" {
		return row, &store.NotFound{Kind: FollowKind, ID: "secret"}
	}
	if err != nil {
		return row, fmt.Errorf("publication: looking for a follow: %w", err)
	}
	return row, nil
}

// Following is what a link of a letter is about.
func (s *Service) Following(ctx context.Context, secret string) (Follow, error) {
	row, err := s.bySecret(ctx, secret)
	if err != nil {
		return Follow{}, err
	}
	f := Follow{Plan: ledger.PlanID(row.Plan), Promise: ledger.CommitmentID(row.Promise), Secret: secret, Confirmed: row.Confirmed != nil}
	about := []Feedback{{Promise: f.Promise}}
	err = s.entitle(ctx, about)
	f.Title, f.Address, f.Key = about[0].Title, about[0].Address, about[0].Key
	return f, err
}

// Confirm says that the owner of an address wants to be told.
func (s *Service) Confirm(ctx context.Context, secret string) error {
	row, err := s.bySecret(ctx, secret)
	if err != nil || row.Confirmed != nil {
		return err
	}
	plan, err := s.core.Store().Plans().Get(ctx, row.Plan)
	if err != nil {
		return err
	}
	last, _, err := s.last(ctx, ledger.PlanID(row.Plan))
	if err != nil {
		return err
	}
	before, now := row.logged(), s.core.Store().NowText()
	row.Confirmed, row.Told = &now, last.Number
	return s.citizen(ctx, plan.Value, func(ctx context.Context, w *service.Work) error {
		if _, err := w.Tx().NewUpdate().Model(&row).Column("confirmed", "told").WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("publication: confirming a follow: %w", err)
		}
		w.Record(follow, FollowKind, row.ID, before, row.logged(), nil)
		return nil
	})
}

// Stop says that the owner of an address wants to hear no more; the address is forgotten.
func (s *Service) Stop(ctx context.Context, secret string) error {
	row, err := s.bySecret(ctx, secret)
	if err != nil {
		return err
	}
	plan, err := s.core.Store().Plans().Get(ctx, row.Plan)
	if err != nil {
		return err
	}
	return s.citizen(ctx, plan.Value, func(ctx context.Context, w *service.Work) error {
		if _, err := w.Tx().NewDelete().Model(&row).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("publication: ending a follow: %w", err)
		}
		w.Record(follow, FollowKind, row.ID, row.logged(), nil, nil)
		return nil
	})
}

// StopAll ends all that the owner of an address follows, as a program for mail asks for with one click: the letter that it
// stands in tells of all of it. Who has stopped already may ask again.
func (s *Service) StopAll(ctx context.Context, secret string) error {
	first, err := s.bySecret(ctx, secret)
	var stopped *store.NotFound
	if errors.As(err, &stopped) {
		return nil
	}
	if err != nil {
		return err
	}
	plan, err := s.core.Store().Plans().Get(ctx, first.Plan)
	if err != nil {
		return err
	}
	return s.citizen(ctx, plan.Value, func(ctx context.Context, w *service.Work) error {
		var rows []followRow
		if err := w.Tx().NewDelete().Model(&rows).Where("email = ?", first.Email).Returning("*").Scan(ctx); err != nil {
			return fmt.Errorf("publication: ending all follows of an address: %w", err)
		}
		for _, row := range rows {
			w.Record(follow, FollowKind, row.ID, row.logged(), nil, nil)
		}
		return nil
	})
}

// unconfirmed is how long an address is kept whose owner does not answer.
const unconfirmed = 7 * 24 * time.Hour

// Tick makes editions that are due, forgets addresses whose owners did not answer, and writes to those who follow
// promises of which there are news: once a day each at most.
func (s *Service) Tick(ctx context.Context, _ json.RawMessage) error {
	var plans []string
	if err := s.core.Store().View(ctx).NewSelect().Table(Kind).Column("plan").Where("open").Order("plan").Scan(ctx, &plans); err != nil {
		return fmt.Errorf("publication: looking for public plans: %w", err)
	}
	for _, plan := range plans {
		if _, err := s.Renew(ctx, ledger.PlanID(plan)); err != nil {
			return err
		}
	}
	return s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		before := store.TimeText(s.core.Store().Now().Add(-unconfirmed))
		if _, err := tx.NewDelete().Table(FollowKind).Where("confirmed IS NULL").Where("asked < ?", before).Exec(ctx); err != nil {
			return fmt.Errorf("publication: forgetting addresses: %w", err)
		}
		return s.writeNews(ctx, tx)
	})
}

// writeNews asks for a letter to each address with news that got none today.
func (s *Service) writeNews(ctx context.Context, tx bun.Tx) error {
	today := s.core.Today().String()
	var emails []string
	err := tx.NewSelect().Distinct().TableExpr("publication_follows AS f").Column("f.email").
		Join("JOIN publication_records AS r ON r.promise = f.promise AND r.until = 0 AND r.edition > f.told").
		Join("JOIN publications AS p ON p.plan = f.plan AND p.open").Where("f.confirmed IS NOT NULL").
		Where("NOT EXISTS (SELECT 1 FROM publication_follows AS g WHERE g.email = f.email AND g.written = ?)", today).Order("f.email").Scan(ctx, &emails)
	if err != nil {
		return fmt.Errorf("publication: looking for whom there are news: %w", err)
	}
	for _, email := range emails {
		var first string
		err := tx.NewUpdate().Table(FollowKind).Set("written = ?", today).
			Where("id = (SELECT min(id) FROM publication_follows WHERE email = ? AND confirmed IS NOT NULL)", email).Returning("id").Scan(ctx, &first)
		if err != nil {
			return fmt.Errorf("publication: asking for a letter: %w", err)
		}
		if err := s.core.Later(ctx, tx, service.Task{Kind: LetterKind, Args: letterArgs{Follow: first, News: true}}); err != nil {
			return err
		}
	}
	return nil
}

package notify

import (
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/store"
)

// State is whether events are sent.
type State string

// The states of a subscription.
const (
	Active   State = "active"
	Paused   State = "paused"   // by somebody
	Disabled State = "disabled" // by the program, after too many failures
	Removed  State = "removed"
)

// ID names a subscription.
type ID string

// Webhook is a subscription.
type Webhook struct {
	ID       ID       `json:"id"`
	Address  string   `json:"address"`
	Events   []string `json:"events"` // actions, kinds with “.*”, or “*”
	State    State    `json:"state"`
	Note     string   `json:"note,omitempty"` // what it is for
	Failures int      `json:"failures"`       // attempts in a row that failed
}

// Terms are what somebody sets of a subscription.
type Terms struct {
	Address string
	Events  []string
	State   State // Active where empty
	Note    string
}

// webhookRow is a row of notify_webhooks.
type webhookRow struct {
	bun.BaseModel `bun:"table:notify_webhooks,alias:w"`
	ID            string `bun:"id,pk"`
	Revision      int64  `bun:"revision"`
	Created       string `bun:"created"`
	Updated       string `bun:"updated"`
	Address       string `bun:"address"`
	Events        string `bun:"events"`
	SigningKey    string `bun:"signing_key"`
	State         string `bun:"state"`
	Failures      int    `bun:"failures"`
	Note          string `bun:"note"`
}

func (r webhookRow) record() (store.Record[Webhook], error) {
	w := Webhook{ID: ID(r.ID), Address: r.Address, State: State(r.State), Note: r.Note, Failures: r.Failures}
	if err := json.Unmarshal([]byte(r.Events), &w.Events); err != nil {
		return store.Record[Webhook]{}, fmt.Errorf("notify: reading the events of %s: %w", r.ID, err)
	}
	return store.Record[Webhook]{Value: w, Revision: r.Revision, Created: store.TimeOf(r.Created), Updated: store.TimeOf(r.Updated)}, nil
}

// Webhooks are all subscriptions that were not removed, the oldest first.
func (s *Service) Webhooks(ctx context.Context) ([]store.Record[Webhook], error) {
	if err := s.Check(ctx, read, service.Owned{}); err != nil {
		return nil, err
	}
	var rows []webhookRow
	err := s.Store().View(ctx).NewSelect().Model(&rows).Where("state <> ?", string(Removed)).Order("id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("notify: listing webhooks: %w", err)
	}
	records := make([]store.Record[Webhook], len(rows))
	for i, r := range rows {
		if records[i], err = r.record(); err != nil {
			return nil, err
		}
	}
	return records, nil
}

// Webhook is a subscription.
func (s *Service) Webhook(ctx context.Context, id ID) (store.Record[Webhook], error) {
	if err := s.Check(ctx, read, service.Owned{}); err != nil {
		return store.Record[Webhook]{}, err
	}
	row, err := s.row(ctx, id)
	if err != nil {
		return store.Record[Webhook]{}, err
	}
	return row.record()
}

func (s *Service) row(ctx context.Context, id ID) (webhookRow, error) {
	var row webhookRow
	err := s.Store().View(ctx).NewSelect().Model(&row).Where("id = ?", string(id)).Where("state <> ?", string(Removed)).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return row, &store.NotFound{Kind: Kind, ID: string(id)}
	}
	if err != nil {
		return row, fmt.Errorf("notify: reading a webhook: %w", err)
	}
	return row, nil
}

// Subscribe adds a subscription. The key that its messages are signed with is shown this once.
func (s *Service) Subscribe(ctx context.Context, terms Terms) (record store.Record[Webhook], key credential.Secret, err error) {
	if err := s.checkTerms(ctx, &terms); err != nil {
		return record, key, err
	}
	if key, err = s.newKey(); err != nil {
		return record, key, err
	}
	err = s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.Allow(edit, access.Object{}); err != nil {
			return err
		}
		now := s.Store().Now().Format(store.TimeForm)
		row := webhookRow{ID: store.NewID[string](s.Store()), Revision: 1, Created: now, Updated: now, SigningKey: key.Reveal()}
		row.take(terms)
		if _, err := w.Tx().NewInsert().Model(&row).Exec(ctx); err != nil {
			return fmt.Errorf("notify: adding a webhook: %w", err)
		}
		if record, err = row.record(); err != nil {
			return err
		}
		w.Record(edit, Kind, row.ID, nil, record.Value, nil)
		return nil
	})
	return record, key, err
}

// take sets what somebody sets.
func (r *webhookRow) take(terms Terms) {
	events, _ := json.Marshal(terms.Events) // strings
	r.Address, r.Events, r.Note = terms.Address, string(events), terms.Note
	if State(r.State) != terms.State {
		r.State, r.Failures = string(terms.State), 0
	}
}

// Resubscribe changes a subscription. One that was disabled begins anew when it is made active.
func (s *Service) Resubscribe(ctx context.Context, id ID, terms Terms, seen int64) (store.Record[Webhook], error) {
	if err := s.checkTerms(ctx, &terms); err != nil {
		return store.Record[Webhook]{}, err
	}
	return s.alter(ctx, id, seen, nil, func(r *webhookRow) { r.take(terms) })
}

// Remove ends a subscription. What was not delivered yet is dropped; the record of deliveries stays.
func (s *Service) Remove(ctx context.Context, id ID, seen int64) error {
	_, err := s.alter(ctx, id, seen, nil, func(r *webhookRow) { r.State, r.SigningKey = string(Removed), "" })
	return err
}

// Rekey gives a subscription another key, which is shown this once. The old one holds no longer.
func (s *Service) Rekey(ctx context.Context, id ID, seen int64) (store.Record[Webhook], credential.Secret, error) {
	key, err := s.newKey()
	if err != nil {
		return store.Record[Webhook]{}, key, err
	}
	record, err := s.alter(ctx, id, seen, map[string]bool{"rekeyed": true}, func(r *webhookRow) { r.SigningKey = key.Reveal() })
	return record, key, err
}

// alter is a change of a subscription.
func (s *Service) alter(ctx context.Context, id ID, seen int64, detail any, do func(*webhookRow)) (record store.Record[Webhook], err error) {
	err = s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.Allow(edit, access.Object{}); err != nil {
			return err
		}
		row, err := s.row(ctx, id)
		if err != nil {
			return err
		}
		before, err := row.record()
		if err != nil {
			return err
		}
		if seen != row.Revision {
			return &store.Conflict[Webhook]{Kind: Kind, ID: row.ID, Seen: seen, Current: before}
		}
		do(&row)
		row.Revision, row.Updated = row.Revision+1, s.Store().Now().Format(store.TimeForm)
		if err := s.write(ctx, w.Tx(), &row, seen); err != nil {
			return err
		}
		if record, err = row.record(); err != nil {
			return err
		}
		w.Record(edit, Kind, row.ID, before.Value, record.Value, detail)
		return nil
	})
	return record, err
}

// write stores a row that nobody else has changed since it was read.
func (s *Service) write(ctx context.Context, tx bun.Tx, row *webhookRow, seen int64) error {
	result, err := tx.NewUpdate().Model(row).ExcludeColumn("id", "created").Where("id = ?", row.ID).Where("revision = ?", seen).Exec(ctx)
	if err != nil {
		return fmt.Errorf("notify: changing a webhook: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		return err
	}
	row2, err := s.row(ctx, ID(row.ID))
	if err != nil {
		return err
	}
	current, err := row2.record()
	return errors.Join(err, &store.Conflict[Webhook]{Kind: Kind, ID: row.ID, Seen: seen, Current: current})
}

// checkTerms tells what is wrong with the terms of a subscription.
func (s *Service) checkTerms(ctx context.Context, terms *Terms) error {
	if err := s.Check(ctx, edit, service.Owned{}); err != nil {
		return err
	}
	if terms.State == "" {
		terms.State = Active
	}
	if terms.State != Active && terms.State != Paused {
		return fault("webhook.state", "")
	}
	if len(terms.Events) == 0 {
		return fault("webhook.events", "")
	}
	for _, event := range terms.Events {
		if !s.isEvent(event) {
			return fault("webhook.event", event)
		}
	}
	return s.checkAddress(ctx, terms.Address)
}

// isEvent tells whether anything could ever be told under a name.
func (s *Service) isEvent(name string) bool {
	if name == "*" {
		return true
	}
	kind, all := strings.CutSuffix(name, ".*")
	if !all {
		return s.Rights().Has(access.Action(name))
	}
	return slices.ContainsFunc(s.Rights().Actions(), func(a access.Action) bool { return strings.HasPrefix(string(a), kind+".") })
}

// keyMark begins a key, in the way of Standard Webhooks.
const keyMark = "whsec_"

func (s *Service) newKey() (credential.Secret, error) {
	key := make([]byte, 32)
	if _, err := io.ReadFull(s.options.Random, key); err != nil {
		return credential.Secret{}, fmt.Errorf("notify: drawing a key: %w", err)
	}
	return credential.NewSecret(keyMark + base64.StdEncoding.EncodeToString(key)), nil
}

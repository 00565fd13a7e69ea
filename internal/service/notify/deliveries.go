package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/store"
)

// DeliveryState is how far a message is.
type DeliveryState string

// The states of a delivery.
const (
	Waiting   DeliveryState = "waiting"
	Delivered DeliveryState = "delivered"
	Failed    DeliveryState = "failed"  // given up
	Dropped   DeliveryState = "dropped" // the subscription ended first
)

// Delivery is one message to one subscription.
type Delivery struct {
	ID       string        `json:"id"` // webhook-id, and the event's
	Webhook  ID            `json:"webhook"`
	Event    string        `json:"event"`
	State    DeliveryState `json:"state"`
	Attempts int           `json:"attempts"`
	Created  time.Time     `json:"created"`
	Updated  time.Time     `json:"updated"`
	Next     time.Time     `json:"next,omitzero"`     // when it is tried again
	Answer   int           `json:"answer,omitempty"`  // the last status
	Problem  string        `json:"problem,omitempty"` // inside, timeout, unreachable, refused, address, key, dropped
}

func (r deliveryRow) delivery() Delivery {
	return Delivery{
		ID: r.ID, Webhook: ID(r.Webhook), Event: r.Event, State: DeliveryState(r.State), Attempts: r.Attempts, Created: store.TimeOf(r.Created),
		Updated: store.TimeOf(r.Updated), Next: store.TimeOf(r.NextAttempt), Answer: r.Answer, Problem: r.Problem,
	}
}

// Deliveries are the messages to a subscription, the youngest first: at most limit of those before one.
func (s *Service) Deliveries(ctx context.Context, id ID, state DeliveryState, before string, limit int) ([]Delivery, string, error) {
	if err := s.Check(ctx, read, service.Owned{}); err != nil {
		return nil, "", err
	}
	if _, err := s.row(ctx, id); err != nil {
		return nil, "", err
	}
	if limit <= 0 || limit > store.MaxLimit {
		limit = store.DefaultLimit
	}
	var rows []deliveryRow
	query := s.Store().View(ctx).NewSelect().Model(&rows).ExcludeColumn("body").Where("webhook = ?", string(id)).Order("id DESC").Limit(int64(limit) + 1)
	if before != "" {
		query = query.Where("id < ?", before)
	}
	if state != "" {
		query = query.Where("state = ?", string(state))
	}
	if err := query.Scan(ctx); err != nil {
		return nil, "", fmt.Errorf("notify: listing deliveries: %w", err)
	}
	next := ""
	if len(rows) > limit {
		rows = rows[:limit]
		next = rows[limit-1].ID
	}
	deliveries := make([]Delivery, len(rows))
	for i, r := range rows {
		deliveries[i] = r.delivery()
	}
	return deliveries, next, nil
}

// Ping sends an event of no change, to see whether a subscription works.
func (s *Service) Ping(ctx context.Context, id ID) (delivery Delivery, err error) {
	err = s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.Allow(edit, access.Object{}); err != nil {
			return err
		}
		hook, err := s.row(ctx, id)
		if err != nil {
			return err
		}
		happened := Happened{Action: "webhook.ping", Object: audit.Object{Kind: Kind, ID: hook.ID}, Request: service.CallerOf(ctx).Request}
		row, err := s.enqueue(ctx, w, hook.ID, typeMark+"webhook.ping", happened)
		if err != nil {
			return err
		}
		delivery = row.delivery()
		w.Record(edit, Kind, hook.ID, nil, nil, map[string]string{"ping": row.ID})
		return nil
	})
	return delivery, err
}

// remembered is how long settled deliveries are kept.
const remembered = 30 * 24 * time.Hour

// Tidy forgets deliveries that were settled long ago. It is work for a job.
func (s *Service) Tidy(ctx context.Context, _ json.RawMessage) error {
	return s.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewDelete().Model((*deliveryRow)(nil)).Where("created < ?", s.Store().Now().Add(-remembered).Format(store.TimeForm)).
			Where("state <> ?", string(Waiting)).Exec(ctx)
		if err != nil {
			return fmt.Errorf("notify: forgetting old deliveries: %w", err)
		}
		return nil
	})
}

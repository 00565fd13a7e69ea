package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/store"
)

// typeMark begins the type of every event.
const typeMark = "luoshi."

// Event is a CloudEvent of version 1.0 in its structured JSON form.
type Event struct {
	SpecVersion     string    `json:"specversion"`
	ID              string    `json:"id"`
	Source          string    `json:"source"`
	Type            string    `json:"type"`    // luoshi.commitment.correct
	Subject         string    `json:"subject"` // commitments/0197…
	Time            time.Time `json:"time"`
	DataContentType string    `json:"datacontenttype"`
	Data            Happened  `json:"data"`
}

// Happened is what an event tells.
type Happened struct {
	Action  string       `json:"action"`
	Object  audit.Object `json:"object"`
	Request string       `json:"request,omitempty"` // under which the log has it
}

// deliveryRow is a row of notify_deliveries.
type deliveryRow struct {
	bun.BaseModel `bun:"table:notify_deliveries,alias:d"`
	ID            string `bun:"id,pk"`
	Webhook       string `bun:"webhook"`
	Event         string `bun:"event"`
	Body          string `bun:"body"`
	State         string `bun:"state"`
	Attempts      int    `bun:"attempts"`
	Created       string `bun:"created"`
	Updated       string `bun:"updated"`
	NextAttempt   string `bun:"next_attempt"`
	Answer        int    `bun:"answer"`
	Problem       string `bun:"problem"`
}

// attempt is the work of sending a message once.
type attempt struct {
	Delivery string `json:"delivery"`
	Number   int    `json:"number"`
}

// observe writes down, in the transaction of a change, who is to be told of it.
func (s *Service) observe(ctx context.Context, w *service.Work, changes []audit.Change) error {
	var hooks []webhookRow
	if err := w.Tx().NewSelect().Model(&hooks).Where("state = ?", string(Active)).Order("id").Scan(ctx); err != nil {
		return fmt.Errorf("notify: looking who is subscribed: %w", err)
	}
	for _, hook := range hooks {
		record, err := hook.record()
		if err != nil {
			return err
		}
		for _, c := range changes {
			if silent(c) || !wants(record.Value.Events, c.Action) {
				continue
			}
			happened := Happened{Action: c.Action, Object: c.Object, Request: c.Request}
			if _, err := s.enqueue(ctx, w, hook.ID, typeMark+c.Action, happened); err != nil {
				return err
			}
		}
	}
	return nil
}

// wants tells whether a subscription to some events is one to an action.
func wants(events []string, action string) bool {
	for _, event := range events {
		kind, all := strings.CutSuffix(event, "*")
		if event == action || all && strings.HasPrefix(action, kind) {
			return true
		}
	}
	return false
}

// enqueue writes a message down and asks for its first attempt.
func (s *Service) enqueue(ctx context.Context, w *service.Work, hook, kind string, happened Happened) (deliveryRow, error) {
	now := s.Store().Now()
	event := Event{
		SpecVersion: "1.0", ID: store.NewID[string](s.Store()), Source: strings.TrimSuffix(s.options.Origin, "/") + "/api/v1",
		Type: kind, Subject: happened.Object.Kind + "/" + happened.Object.ID, Time: now, DataContentType: "application/json", Data: happened,
	}
	body, err := json.Marshal(event)
	if err != nil {
		return deliveryRow{}, fmt.Errorf("notify: writing an event: %w", err)
	}
	row := deliveryRow{
		ID: event.ID, Webhook: hook, Event: kind, Body: string(body), State: string(Waiting),
		Created: now.Format(store.TimeForm), Updated: now.Format(store.TimeForm), NextAttempt: now.Format(store.TimeForm),
	}
	if _, err := w.Tx().NewInsert().Model(&row).Exec(ctx); err != nil {
		return row, fmt.Errorf("notify: writing a delivery down: %w", err)
	}
	return row, w.Enqueue(ctx, service.Task{Kind: DeliverTask, Args: attempt{Delivery: row.ID, Number: 1}})
}

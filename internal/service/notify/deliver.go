package notify

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/outward"
	"luoshi/internal/store"
)

// pauses are how long to wait before each further attempt: some seconds for a restart, days for a weekend.
var pauses = []time.Duration{
	5 * time.Second, 30 * time.Second, 5 * time.Minute, 30 * time.Minute, 2 * time.Hour, 5 * time.Hour, 10 * time.Hour, 14 * time.Hour, 20 * time.Hour,
}

// tolerated is after how many failed attempts in a row, over all messages, a subscription is disabled.
const tolerated = 50

// Deliver sends a message once and, where it is not taken, asks for the next attempt. It is work for a job; done
// twice it sends once more at most, under the same webhook-id.
func (s *Service) Deliver(ctx context.Context, args json.RawMessage) error {
	var a attempt
	if err := json.Unmarshal(args, &a); err != nil {
		return fmt.Errorf("notify: reading what to deliver: %w", err)
	}
	row, hook, err := s.due(ctx, a)
	if err != nil || row == nil {
		return err
	}
	answer, problem := 0, "dropped"
	if hook.State == string(Active) {
		answer, problem = s.send(ctx, hook, row)
	}
	return s.settle(ctx, row, hook, answer, problem)
}

// due is the message that an attempt is about, or nothing where it was made already.
func (s *Service) due(ctx context.Context, a attempt) (*deliveryRow, *webhookRow, error) {
	row, hook := &deliveryRow{}, &webhookRow{}
	db := s.Store().View(ctx)
	err := db.NewSelect().Model(row).Where("id = ?", a.Delivery).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) || err == nil && (row.State != string(Waiting) || row.Attempts != a.Number-1) {
		return nil, nil, nil
	}
	if err == nil {
		err = db.NewSelect().Model(hook).Where("id = ?", row.Webhook).Scan(ctx)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("notify: reading a delivery: %w", err)
	}
	return row, hook, nil
}

// send makes one attempt. What the other side says beyond its status is read away and kept nowhere: it may be a
// secret of a server that was never meant to be asked.
func (s *Service) send(ctx context.Context, hook *webhookRow, row *deliveryRow) (status int, problem string) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.Address, strings.NewReader(row.Body))
	if err != nil {
		return 0, "address"
	}
	stamp := strconv.FormatInt(s.Store().Now().Unix(), 10)
	signature, err := Sign(hook.SigningKey, row.ID, stamp, []byte(row.Body))
	if err != nil {
		return 0, "key"
	}
	h := request.Header
	h.Set("Content-Type", "application/cloudevents+json; charset=utf-8")
	h.Set("User-Agent", "Luoshi-Webhooks/1")
	h.Set("Webhook-Id", row.ID)
	h.Set("Webhook-Timestamp", stamp)
	h.Set("Webhook-Signature", signature)
	response, err := s.client.Do(request)
	if err != nil {
		s.options.Logger.WarnContext(ctx, "webhook not delivered", "webhook", hook.ID, "delivery", row.ID, "error", err)
		return 0, whatFailed(err)
	}
	defer func() { _ = response.Body.Close() }()
	// The connection can be used again once the answer is read.
	_, _ = io.CopyN(io.Discard, response.Body, 64<<10)
	if response.StatusCode >= 200 && response.StatusCode < 300 {
		return response.StatusCode, ""
	}
	return response.StatusCode, "refused"
}

// whatFailed names why there was no answer, without what only the server's own network should know.
func whatFailed(err error) string {
	var timeout interface{ Timeout() bool }
	switch {
	case errors.Is(err, outward.ErrInside):
		return "inside"
	case errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	}
	return "unreachable"
}

// Sign is the signature of a message in the way of Standard Webhooks: “v1,” and HMAC-SHA256 over its identifier, its
// time and its body, by the key behind “whsec_”.
func Sign(key, id, timestamp string, body []byte) (string, error) {
	secret, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(key, keyMark))
	if err != nil {
		return "", fmt.Errorf("notify: reading a key: %w", err)
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(id + "." + timestamp + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)), nil
}

// settle writes down what came of an attempt, and asks for the next one.
func (s *Service) settle(ctx context.Context, row *deliveryRow, hook *webhookRow, answer int, problem string) error {
	now := s.Store().Now()
	row.Attempts, row.Answer, row.Problem, row.Updated, row.NextAttempt = row.Attempts+1, answer, problem, now.Format(store.TimeForm), ""
	var tasks []service.Task
	switch {
	case problem == "":
		row.State = string(Delivered)
	case problem == "dropped":
		row.State = string(Dropped)
	case row.Attempts > len(pauses):
		row.State = string(Failed)
	default:
		at := now.Add(pauses[row.Attempts-1])
		row.NextAttempt = at.Format(store.TimeForm)
		tasks = append(tasks, service.Task{Kind: DeliverTask, Args: attempt{Delivery: row.ID, Number: row.Attempts + 1}, At: at})
	}
	var failures int
	err := s.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		result, err := tx.NewUpdate().Model(row).Column("state", "attempts", "updated", "next_attempt", "answer", "problem").
			Where("id = ?", row.ID).Where("attempts = ?", row.Attempts-1).Exec(ctx)
		if err != nil {
			return fmt.Errorf("notify: settling a delivery: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return err // somebody else made this attempt
		}
		if failures, err = s.count(ctx, tx, hook.ID, problem); err != nil || len(tasks) == 0 {
			return err
		}
		return s.Later(ctx, tx, tasks...)
	})
	if err != nil || failures < tolerated {
		return err
	}
	return s.disable(ctx, ID(hook.ID))
}

// count counts failures of a subscription in a row.
func (s *Service) count(ctx context.Context, tx bun.Tx, hook, problem string) (failures int, err error) {
	query := tx.NewUpdate().Model((*webhookRow)(nil)).Where("id = ?", hook).Returning("failures")
	switch problem {
	case "dropped":
		return 0, nil
	case "":
		query = query.Set("failures = 0")
	default:
		query = query.Set("failures = failures + 1")
	}
	if err := query.Scan(ctx, &failures); err != nil {
		return 0, fmt.Errorf("notify: counting failures: %w", err)
	}
	return failures, nil
}

// disable ends the sending to somebody who takes nothing. It is a change like any other, by the program.
func (s *Service) disable(ctx context.Context, id ID) error {
	err := s.Change(service.As(ctx, Caller()), func(ctx context.Context, w *service.Work) error {
		if err := w.Allow(edit, access.Object{}); err != nil {
			return err
		}
		row, err := s.row(ctx, id)
		if err != nil {
			return err
		}
		before, err := row.record()
		if err != nil || row.State != string(Active) {
			return errors.Join(err, errSettled)
		}
		seen := row.Revision
		row.State, row.Revision, row.Updated = string(Disabled), seen+1, s.Store().Now().Format(store.TimeForm)
		if err := s.write(ctx, w.Tx(), &row, seen); err != nil {
			return err
		}
		after, err := row.record()
		if err != nil {
			return err
		}
		w.Record(edit, Kind, row.ID, before.Value, after.Value, map[string]int{"failures": row.Failures})
		return nil
	})
	if errors.Is(err, errSettled) {
		return nil
	}
	return err
}

var errSettled = errors.New("notify: the webhook is not active any more")

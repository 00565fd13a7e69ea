package notify

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
)

// deliveryKind is what errors call a delivery.
const deliveryKind = "deliveries"

// Resend sends a message once more, under the same webhook-id, by which the other side knows it again. One that is
// settled begins anew; one that waits is tried at once.
func (s *Service) Resend(ctx context.Context, id ID, delivery string) (resent Delivery, err error) {
	err = s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.Allow(edit, access.Object{}); err != nil {
			return err
		}
		row, err := s.resendable(ctx, id, delivery)
		if err != nil {
			return err
		}
		tried := row.Attempts
		if row.State != string(Waiting) {
			row.State, row.Attempts, row.Answer, row.Problem = string(Waiting), 0, 0, ""
		}
		row.NextAttempt = s.Store().Now().Format(store.TimeForm)
		row.Updated = row.NextAttempt
		result, err := w.Tx().NewUpdate().Model(row).Column("state", "attempts", "updated", "next_attempt", "answer", "problem").
			Where("id = ?", row.ID).Where("attempts = ?", tried).Exec(ctx)
		if err != nil {
			return fmt.Errorf("notify: resending a delivery: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, fault("delivery.moving", ""))
		}
		resent = row.delivery()
		w.Record(edit, Kind, string(id), nil, nil, map[string]string{"resent": row.ID})
		return w.Enqueue(ctx, service.Task{Kind: DeliverTask, Args: attempt{Delivery: row.ID, Number: row.Attempts + 1}})
	})
	return resent, err
}

// resendable is a message to a subscription that takes any.
func (s *Service) resendable(ctx context.Context, id ID, delivery string) (*deliveryRow, error) {
	hook, err := s.row(ctx, id)
	if err != nil {
		return nil, err
	}
	row := &deliveryRow{}
	err = s.Store().View(ctx).NewSelect().Model(row).Where("id = ?", delivery).Where("webhook = ?", hook.ID).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, &store.NotFound{Kind: deliveryKind, ID: delivery}
	}
	if err != nil {
		return nil, fmt.Errorf("notify: reading a delivery: %w", err)
	}
	if hook.State != string(Active) {
		return nil, fault("webhook.inactive", "")
	}
	return row, nil
}

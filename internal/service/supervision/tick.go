package supervision

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/calendar"
)

// atOnce is how many orders a run looks at together.
const atOnce = 200

// Tick does what is due by the date of the district. It may run as often as anybody likes, on any number of servers. What
// fails with some orders keeps no others from their turn.
func (s *Service) Tick(ctx context.Context, _ json.RawMessage) error {
	var failed []error
	for after := ""; ctx.Err() == nil; {
		var rows []orderRow
		err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("id > ?", after).Where("ended = ''").Where("issued <> ''").
			Order("id").Limit(atOnce).Scan(ctx)
		if err != nil {
			return errors.Join(append(failed, fmt.Errorf("reading which orders are open: %w", err))...)
		}
		if len(rows) == 0 {
			break
		}
		if err := s.attend(ctx, rows); err != nil {
			failed = append(failed, err)
		}
		after = rows[len(rows)-1].ID
	}
	return errors.Join(append(failed, ctx.Err())...)
}

// attend sees to some open orders: their latest legal dates are those of today.
func (s *Service) attend(ctx context.Context, rows []orderRow) error {
	begun := map[string]calendar.Date{}
	for _, row := range rows {
		begun[row.ID] = s.begun(row)
	}
	cases, err := s.cases.Cases(ctx, s.order, OrderKind, begun)
	if err != nil {
		return err
	}
	for i := range rows {
		before := rows[i]
		s.setClocks(&rows[i], cases[rows[i].ID])
		if before == rows[i] {
			continue
		}
		if err := s.correct(ctx, rows[i]); err != nil {
			return err
		}
	}
	return nil
}

// correct writes the days of clocks that have moved without a step: that of one which stands still moves with today, and
// all may when holidays are announced. It is no change of the order, which follows from its steps.
func (s *Service) correct(ctx context.Context, row orderRow) error {
	return s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model(&row).Column("due", "sign_due", "interim_due", "estimated").WherePK().
			Where("revision = ?", row.Revision).Exec(ctx)
		if err != nil {
			return fmt.Errorf("writing the days of order %s: %w", row.ID, err)
		}
		return nil
	})
}

package supervision

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/ledger/supervision"
)

// numbered is the number with which an order is issued: the next one of its series, taken in the transaction that issues
// it, so that there is neither a gap nor a number twice. One that has a number keeps it.
func (s *Service) numbered(ctx context.Context, tx bun.Tx, o supervision.Order) (string, error) {
	if o.Number != "" {
		return o.Number, nil
	}
	settings, err := s.settings(ctx)
	if err != nil {
		return "", err
	}
	series, year := settings.Value.Numbering.For(&o), int(s.core.Today().Year)
	var n int
	err = tx.NewRaw(`INSERT INTO order_numbers (series, year, last) VALUES (?, ?, ?) ON CONFLICT (series, year) DO UPDATE
		SET last = CASE WHEN order_numbers.last + 1 < excluded.last THEN excluded.last ELSE order_numbers.last + 1 END RETURNING last`,
		series.Name, year, series.First).Scan(ctx, &n)
	if err != nil {
		return "", fmt.Errorf("taking the number of order %s: %w", o.ID, err)
	}
	return series.Number(year, n), nil
}

package store

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
)

// TimeForm is how columns of text hold a time: UTC, of one width, so that the text sorts as the time does.
const TimeForm = "2006-01-02T15:04:05.000000Z"

// TimeText is a time as a column of text holds it.
func TimeText(t time.Time) string { return t.UTC().Format(TimeForm) }

// TimeOf is the time that a column of text holds, zero where it is empty.
func TimeOf(text string) time.Time {
	t, _ := time.Parse(TimeForm, text) // written by TimeText
	return t
}

// DateOf is the date that a column of text holds, zero where it is empty.
func DateOf(text string) calendar.Date {
	d, _ := calendar.ParseDate(text) // written by Date.String
	return d
}

// NowText is the time of the ledger as a column of text holds it.
func (s *Store) NowText() string { return TimeText(s.Now()) }

// Values are the values of records.
func Values[T any](records []Record[T]) []T {
	list := make([]T, len(records))
	for i, r := range records {
		list[i] = r.Value
	}
	return list
}

// Insert adds rows to the table of a room, in the transaction of the use case that makes them.
func Insert[R any](ctx context.Context, tx bun.Tx, rows ...R) error {
	if len(rows) == 0 {
		return nil
	}
	if _, err := tx.NewInsert().Model(&rows).Exec(ctx); err != nil {
		return fmt.Errorf("store: adding %T: %w", rows, err)
	}
	return nil
}

package audit_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
)

const origin = "luoshi.hubin.example/audit"

// commitment is an object of a fictional district's plan.
type commitment struct {
	ID       string `json:"id"`
	Wording  string `json:"wording"`
	Deadline string `json:"deadline"`
}

func amended(n int) audit.Change {
	id := fmt.Sprintf("c-%d", n%7)
	return audit.Change{
		Actor:   audit.Actor{ID: fmt.Sprintf("u-%d", n%5), Role: "supervising_office", OnBehalfOf: "湖滨区发展改革局"},
		Request: fmt.Sprintf("r-%d", n),
		Action:  "commitment.amend",
		Object:  audit.Object{Kind: "commitment", ID: id},
		Before:  commitment{id, "新建口袋公园 6 个", "2026-06-30"},
		After:   commitment{id, "新建口袋公园 6 个", "2026-09-30"},
		Detail:  map[string]any{"reason": fmt.Sprintf("第 %d 次调整", n)},
	}
}

func begun(tb testing.TB, db *bun.DB, suite signing.Suite) *audit.Log {
	tb.Helper()
	log, err := audit.Open(tb.Context(), db, origin, suite, time.Now)
	if err != nil {
		tb.Fatal(err)
	}
	return log
}

func appendTo(ctx context.Context, db *bun.DB, log *audit.Log, changes ...audit.Change) (entries []audit.Entry, err error) {
	err = db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		entries, err = log.Append(ctx, tx, changes...)
		return err
	})
	return entries, err
}

func now() time.Time { return time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC) }

func isOther(err error) bool { return errors.Is(err, audit.ErrOtherLog) }

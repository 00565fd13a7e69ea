package intake

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"luoshi/document"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// State is how far the reading of a document is.
type State string

const (
	Waiting State = "waiting" // 等待识别
	Running State = "running" // 正在识别
	Done    State = "done"    // 已识别
	Failed  State = "failed"  // 识别失败, with a fault
)

// Progress is the reading of a document, as far as it has come.
type Progress struct {
	Document              ledger.Digest
	Unit                  ledger.UnitID // that brought the document
	Account               ledger.AccountID
	Format                document.Format
	Kind                  document.Kind
	PlanYear              int
	State                 State
	Attempt               int
	Percent               int
	Asked, Started, Ended time.Time      // the latter two are zero until it begins, and ends
	Fault                 *service.Fault // of a reading that failed
	Promises, Figures     int            // what was found
	Errors, Warnings      int            // findings of checking
}

func (r readingRow) progress() Progress {
	p := Progress{
		Document: ledger.Digest(r.Document), Unit: ledger.UnitID(r.Unit), Account: ledger.AccountID(r.Account),
		Format: document.Format(r.Format), Kind: document.Kind(r.Kind), PlanYear: r.PlanYear,
		State: State(r.State), Attempt: r.Attempt, Percent: r.Percent,
		Asked: r.Asked.Time, Started: r.Started.Time, Ended: r.Ended.Time,
		Promises: r.Promises, Figures: r.Figures, Errors: r.Errors, Warnings: r.Warnings,
	}
	if r.FaultCode != "" {
		p.Fault = &service.Fault{Code: r.FaultCode, Words: ledger.Wording{ZH: r.FaultZH, EN: r.FaultEN}}
	}
	return p
}

// ready tells what keeps the result of a reading from being used.
func (p Progress) ready() error {
	if p.State == Done {
		return nil
	}
	return newFault("reading."+string(p.State), nil)
}

// Progress is how far the reading of a document is.
func (s *Service) Progress(ctx context.Context, digest ledger.Digest) (Progress, error) {
	if err := s.core.Check(ctx, readDocument, service.Owned{}); err != nil {
		return Progress{}, err
	}
	row, err := s.readingOf(ctx, digest)
	return row.progress(), err
}

// readingOf is the row of a document.
func (s *Service) readingOf(ctx context.Context, digest ledger.Digest) (readingRow, error) {
	var row readingRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("document = ?", string(digest)).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return row, &store.NotFound{Kind: "documents", ID: string(digest)}
	}
	if err != nil {
		return row, fmt.Errorf("reading how far a document is: %w", err)
	}
	return row, nil
}

// setReading changes columns of the row of a document that is in one of some states, and tells whether it was.
func setReading(ctx context.Context, tx bun.Tx, digest ledger.Digest, values map[string]any, states ...State) (bool, error) {
	update := tx.NewUpdate().Model(&values).TableExpr("intake_readings").
		Where("document = ?", string(digest)).Where("state IN (?)", bun.List(states))
	result, err := update.Exec(ctx)
	if err != nil {
		return false, fmt.Errorf("keeping how far a document is: %w", err)
	}
	changed, err := result.RowsAffected()
	return changed > 0, err
}

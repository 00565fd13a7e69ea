package operations

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Verification is a verification of the log that somebody asked for.
type Verification struct {
	ID      string
	Account ledger.AccountID
	Asked   time.Time
	Ended   time.Time // zero while it goes on
	// Done of Total entries are recomputed so far.
	Done, Total int64
	// Failure says why it could not be done; Report what it found.
	Failure string
	Report  *audit.Report
}

// Going tells whether it is not at its end yet.
func (v Verification) Going() bool { return v.Ended.IsZero() }

// OK tells whether it was done and found the log in order.
func (v Verification) OK() bool { return v.Report != nil && v.Report.OK() }

type verificationRow struct {
	bun.BaseModel `bun:"table:verifications,alias:v"`
	ID            string `bun:",pk"`
	Account       string
	Asked         string
	Ended         *string
	Total         int64
	Done          int64
	Failure       string
	Report        string
}

func (r verificationRow) verification() (Verification, error) {
	v := Verification{
		ID: r.ID, Account: ledger.AccountID(r.Account), Asked: stamped(r.Asked), Done: r.Done, Total: r.Total, Failure: r.Failure,
	}
	if r.Ended != nil {
		v.Ended = stamped(*r.Ended)
	}
	if r.Report == "" {
		return v, nil
	}
	v.Report = new(audit.Report)
	if err := json.Unmarshal([]byte(r.Report), v.Report); err != nil {
		return v, fmt.Errorf("operations: the report of verification %s: %w", r.ID, err)
	}
	for _, problem := range v.Report.Problems {
		for i, arg := range problem.Args {
			if number, ok := arg.(float64); ok {
				problem.Args[i] = int64(number) // of an entry; sentences show it as such
			}
		}
	}
	return v, nil
}

// verifyArgs are what a job of verifying gets.
type verifyArgs struct {
	ID string `json:"id"`
}

// AskVerification lets the log be verified in the background, and returns where its progress is seen.
func (s *Service) AskVerification(ctx context.Context) (string, error) {
	var id string
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.Allow("audit.verify", access.Object{}); err != nil {
			return err
		}
		size, err := audit.Size(ctx, w.Tx())
		if err != nil {
			return err
		}
		id = store.NewID[string](s.core.Store())
		row := verificationRow{ID: id, Account: string(service.CallerOf(ctx).Account()), Asked: stamp(s.core.Store().Now()), Total: size}
		if _, err := w.Tx().NewInsert().Model(&row).Exec(ctx); err != nil {
			return fmt.Errorf("operations: ask for a verification: %w", err)
		}
		w.Record("audit.verify", "verifications", id, nil, nil, map[string]int64{"entries": size})
		return w.Enqueue(ctx, service.Task{Kind: VerifyKind, Args: verifyArgs{id}})
	})
	return id, err
}

// Verify does a verification that was asked for. It is work for a job; done again it begins anew.
func (s *Service) Verify(ctx context.Context, args json.RawMessage) error {
	var asked verifyArgs
	if err := json.Unmarshal(args, &asked); err != nil {
		return fmt.Errorf("operations: arguments of a verification: %w", err)
	}
	report, err := s.verify(audit.WithProgress(ctx, func(done int64) { s.progress(ctx, asked.ID, done) }))
	if ctx.Err() != nil {
		return ctx.Err() // it was interrupted, and is done anew
	}
	return s.settle(ctx, asked.ID, report, err)
}

// VerifyNow verifies the log at once. The known heads are those that were kept elsewhere.
func (s *Service) VerifyNow(ctx context.Context, known ...string) (*audit.Report, error) {
	if err := s.core.Check(ctx, "audit.verify", service.Owned{}); err != nil {
		return nil, err
	}
	return s.verify(ctx, known...)
}

func (s *Service) verify(ctx context.Context, known ...string) (report *audit.Report, err error) {
	err = s.core.Store().Snapshot(ctx, func(ctx context.Context, tx bun.Tx) error {
		report, err = audit.Verify(ctx, tx, s.keyring(), known...)
		return err
	})
	return report, err
}

// progress writes down how far a verification is, in a transaction beside the one that reads. That it cannot be
// written keeps nobody from verifying.
func (s *Service) progress(ctx context.Context, id string, done int64) {
	_ = s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model((*verificationRow)(nil)).Set("done = ?", done).Where("id = ?", id).Exec(ctx)
		return err
	})
}

// settle writes down what a verification found, in the log too.
func (s *Service) settle(ctx context.Context, id string, report *audit.Report, failed error) error {
	row := verificationRow{ID: id, Failure: ""}
	found := map[string]any{}
	if failed != nil {
		row.Failure, found["failure"] = failed.Error(), failed.Error()
	} else {
		text, err := json.Marshal(report)
		if err != nil {
			return fmt.Errorf("operations: the report of a verification: %w", err)
		}
		row.Report, row.Done = string(text), report.Entries
		found["ok"], found["entries"], found["problems"], found["root"] = report.OK(), report.Entries, len(report.Problems), report.Root
	}
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.Allow("audit.verify", access.Object{}); err != nil {
			return err
		}
		ended := stamp(s.core.Store().Now())
		row.Ended = &ended
		_, err := w.Tx().NewUpdate().Model(&row).Column("ended", "done", "failure", "report").WherePK().Exec(ctx)
		if err != nil {
			return fmt.Errorf("operations: settle a verification: %w", err)
		}
		w.Record("audit.verify", "verifications", id, nil, nil, found)
		return nil
	})
}

// Verifications are the last verifications, the newest first.
func (s *Service) Verifications(ctx context.Context, limit int) ([]Verification, error) {
	if err := s.core.Check(ctx, "audit.read", service.Owned{}); err != nil {
		return nil, err
	}
	var rows []verificationRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Order("asked DESC", "id DESC").Limit(int64(limit)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("operations: list verifications: %w", err)
	}
	found := make([]Verification, len(rows))
	for i, row := range rows {
		if found[i], err = row.verification(); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// Verification is a verification by its identifier.
func (s *Service) Verification(ctx context.Context, id string) (Verification, error) {
	if err := s.core.Check(ctx, "audit.read", service.Owned{}); err != nil {
		return Verification{}, err
	}
	row := verificationRow{ID: id}
	err := s.core.Store().View(ctx).NewSelect().Model(&row).WherePK().Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return Verification{}, &store.NotFound{Kind: "verifications", ID: id}
	}
	if err != nil {
		return Verification{}, fmt.Errorf("operations: verification %s: %w", id, err)
	}
	return row.verification()
}

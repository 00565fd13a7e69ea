package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"luoshi/ledger"
	"luoshi/ledger/intake"
)

// Reviews are the reviews of documents that are brought into plans: what was proposed, and what people
// did with it, step by step. Neither is ever altered.
type Reviews struct{ store *Store }

// Reviews gives access to the reviews.
func (s *Store) Reviews() Reviews { return Reviews{s} }

// ReviewEvent is a step of a review, with who took it and when.
type ReviewEvent struct {
	intake.Event
	Account ledger.AccountID
	At      time.Time
}

// OutOfTurn says that somebody else took a step of a review first.
type OutOfTurn struct {
	Given int // the number that the event has
	Next  int // the number that it would have to have
}

func (e *OutOfTurn) Error() string {
	return fmt.Sprintf("store: event %d of the review came out of turn, %d is next", e.Given, e.Next)
}

func (e *OutOfTurn) conflict() {}

type reviewRow struct {
	bun.BaseModel `bun:"table:reviews,alias:reviews"`
	Plan          string                  `bun:"plan,pk"`
	Document      string                  `bun:"document,pk"`
	Created       stamp                   `bun:"created"`
	Proposal      inJSON[intake.Proposal] `bun:"proposal"`
}

type reviewEventRow struct {
	bun.BaseModel `bun:"table:review_events,alias:review_events"`
	Plan          string               `bun:"plan,pk"`
	Document      string               `bun:"document,pk"`
	Number        int                  `bun:"number,pk"`
	AtTime        stamp                `bun:"at_time"`
	Account       string               `bun:"account"`
	Event         inJSON[intake.Event] `bun:"event"`
}

// Open stores what a document offers to a plan. The document is that of the proposal.
func (r Reviews) Open(ctx context.Context, plan ledger.PlanID, proposal intake.Proposal) error {
	return r.store.Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		return insert(ctx, tx, []reviewRow{{
			Plan: string(plan), Document: string(proposal.Source.Document), Created: stamp{r.store.Now()},
			Proposal: inJSON[intake.Proposal]{proposal},
		}})
	})
}

// Proposal is what a document offered to a plan.
func (r Reviews) Proposal(ctx context.Context, plan ledger.PlanID, document ledger.Digest) (intake.Proposal, error) {
	var row reviewRow
	err := r.store.View(ctx).NewSelect().Model(&row).Where("plan = ?", plan).Where("document = ?", document).Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return intake.Proposal{}, &NotFound{Kind: "reviews", ID: string(document)}
	}
	if err != nil {
		return intake.Proposal{}, fmt.Errorf("store: read review: %w", err)
	}
	return row.Proposal.Of, nil
}

// Take adds the next step. Where another step has taken its number the error is [OutOfTurn].
func (r Reviews) Take(ctx context.Context, plan ledger.PlanID, document ledger.Digest, event ReviewEvent) error {
	return r.store.Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		result, err := tx.NewInsert().Model(&reviewEventRow{
			Plan: string(plan), Document: string(document), Number: event.Number, AtTime: stamp{event.At},
			Account: string(event.Account), Event: inJSON[intake.Event]{event.Event},
		}).On("CONFLICT DO NOTHING").Exec(ctx)
		if err != nil {
			return fmt.Errorf("store: take step of review: %w", err)
		}
		taken, err := result.RowsAffected()
		if err != nil {
			return err
		}
		steps, err := tx.NewSelect().Model((*reviewEventRow)(nil)).Where("plan = ?", plan).Where("document = ?", document).Count(ctx)
		if err != nil {
			return fmt.Errorf("store: count steps of review: %w", err)
		}
		if next := int(steps) + 1 - int(taken); next != event.Number {
			return &OutOfTurn{Given: event.Number, Next: next}
		}
		return nil
	})
}

// Events are the steps of a review, in order.
func (r Reviews) Events(ctx context.Context, plan ledger.PlanID, document ledger.Digest) ([]ReviewEvent, error) {
	var rows []reviewEventRow
	err := r.store.View(ctx).NewSelect().Model(&rows).Where("plan = ?", plan).Where("document = ?", document).
		Order("number").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("store: read steps of review: %w", err)
	}
	return mapped(rows, func(_ int, row reviewEventRow) ReviewEvent {
		return ReviewEvent{Event: row.Event.Of, Account: ledger.AccountID(row.Account), At: row.AtTime.Time}
	}), nil
}

package supervision

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/service/evidence"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

type orderRow struct {
	bun.BaseModel `bun:"table:orders,alias:orders"`
	ID            string  `bun:"id,pk"`
	Revision      int64   `bun:"revision"`
	Number        string  `bun:"number"`
	Kind          string  `bun:"kind"`
	Parent        *string `bun:"parent"`
	Plan          *string `bun:"plan"`
	Title         string  `bun:"title"`
	Lead          string  `bun:"lead"`
	State         string  `bun:"state"`
	Urgency       string  `bun:"urgency"`
	Sheet         string  `bun:"sheet"`
	Drafter       string  `bun:"drafter"`
	Drafted       string  `bun:"drafted"`
	Issued        string  `bun:"issued"`
	Signed        string  `bun:"signed"`
	Replied       string  `bun:"replied"`
	Ended         string  `bun:"ended"`
	Due           string  `bun:"due"`
	SignDue       string  `bun:"sign_due"`
	InterimDue    string  `bun:"interim_due"`
	Running       bool    `bun:"running"`
	Paused        bool    `bun:"paused"`
	Estimated     bool    `bun:"estimated"`
	SignedLate    bool    `bun:"signed_late"`
	RepliedLate   bool    `bun:"replied_late"`
	Updated       string  `bun:"updated"`
	Body          string  `bun:"body"`
}

// order is the order as it was written.
func (r orderRow) order() (supervision.Order, error) {
	var o supervision.Order
	if err := json.Unmarshal([]byte(r.Body), &o); err != nil {
		return o, fmt.Errorf("reading order %s: %w", r.ID, err)
	}
	o.ID, o.Number = supervision.OrderID(r.ID), r.Number
	return o, nil
}

// summary is the order as lists show it.
func (r orderRow) summary() Summary {
	return Summary{
		ID: supervision.OrderID(r.ID), Number: r.Number, Kind: supervision.Kind(r.Kind), Parent: supervision.OrderID(of(r.Parent)),
		Plan: ledger.PlanID(of(r.Plan)), Title: r.Title, Lead: ledger.UnitID(r.Lead), State: r.State,
		Urgency: supervision.Urgency(r.Urgency), Sheet: supervision.Sheet(r.Sheet), Drafter: ledger.AccountID(r.Drafter),
		Issued: store.DateOf(r.Issued), Signed: store.DateOf(r.Signed), Replied: store.DateOf(r.Replied), Ended: store.DateOf(r.Ended),
		Due: store.DateOf(r.Due), SignDue: store.DateOf(r.SignDue), InterimDue: store.DateOf(r.InterimDue),
		Running: r.Running, Paused: r.Paused, Estimated: r.Estimated, Revision: r.Revision, Updated: store.TimeOf(r.Updated),
	}
}

// of is what an optional column holds, empty where it holds nothing.
func of(column *string) string {
	if column == nil {
		return ""
	}
	return *column
}

// optional is a text as an optional column holds it.
func optional[S ~string](text S) *string {
	if text == "" {
		return nil
	}
	plain := string(text)
	return &plain
}

type unitRow struct {
	bun.BaseModel `bun:"table:order_units,alias:order_units"`
	Order         string  `bun:"order_id,pk"`
	Unit          string  `bun:"unit,pk"`
	Signed        *string `bun:"signed"`
	Account       string  `bun:"account"`
}

type subjectRow struct {
	bun.BaseModel `bun:"table:order_subjects,alias:order_subjects"`
	Order         string `bun:"order_id,pk"`
	Kind          string `bun:"kind,pk"`
	Subject       string `bun:"subject,pk"`
}

// The kinds of what orders are about.
const (
	ofCommitment = "commitment"
	ofProject    = "project"
)

type wordsRow struct {
	bun.BaseModel `bun:"table:order_words,alias:order_words"`
	Order         string `bun:"order_id,pk"`
	Words         string `bun:"words"`
}

type replyRow struct {
	bun.BaseModel `bun:"table:order_replies,alias:order_replies"`
	ID            string `bun:"id,pk"`
	Order         string `bun:"order_id"`
	Number        int    `bun:"number"`
	Unit          string `bun:"unit"`
	Final         bool   `bun:"final"`
	Late          bool   `bun:"late"`
	Account       string `bun:"account"`
	OnDay         string `bun:"on_day"`
	AtTime        string `bun:"at_time"`
	Body          string `bun:"body"`
}

type evidenceRow struct {
	bun.BaseModel `bun:"table:order_evidence,alias:order_evidence"`
	ID            string `bun:"id,pk"`
	Order         string `bun:"order_id"`
	Reply         string `bun:"reply"`
	Name          string `bun:"name"`
	MediaType     string `bun:"media_type"`
	Size          int64  `bun:"size"`
	Digest        string `bun:"digest"`
	Preview       string `bun:"preview"`
	Scanned       bool   `bun:"scanned"`
	Account       string `bun:"account"`
	AtTime        string `bun:"at_time"`
}

func (r evidenceRow) evidence() Evidence {
	return Evidence{
		ID: EvidenceID(r.ID), Order: supervision.OrderID(r.Order), Reply: r.Reply, By: ledger.AccountID(r.Account), At: store.TimeOf(r.AtTime),
		File: evidence.File{
			Name: r.Name, MediaType: r.MediaType, Size: r.Size, Digest: ledger.Digest(r.Digest), Preview: ledger.Digest(r.Preview),
			Scanned: r.Scanned,
		},
	}
}

type urgingRow struct {
	bun.BaseModel `bun:"table:urgings,alias:urgings"`
	Order         string `bun:"order_id,pk"`
	Key           string `bun:"urging,pk"`
	Kind          string `bun:"kind"`
	Clock         string `bun:"clock"`
	Recipient     string `bun:"recipient"`
	OnDay         string `bun:"on_day"`
	Account       string `bun:"account"`
	AtTime        string `bun:"at_time"`
	Reason        string `bun:"reason"`
}

type runRow struct {
	bun.BaseModel `bun:"table:urging_runs,alias:urging_runs"`
	ID            string `bun:"id,pk"`
	OnDay         string `bun:"on_day"`
	Began         string `bun:"began"`
}

type settingsRow struct {
	bun.BaseModel `bun:"table:supervision_settings,alias:supervision_settings"`
	ID            string `bun:"id,pk"`
	Revision      int64  `bun:"revision"`
	Body          string `bun:"body"`
}

// written is a value as a column of JSON keeps it. Values of this package always have that form.
func written(value any) string {
	data, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("supervision: %T cannot be written: %v", value, err))
	}
	return string(data)
}

// held is an order that stays as it is until the end of the transaction, for this one alone. SQLite has one writer
// anyway.
func (s *Service) held(ctx context.Context, tx bun.Tx, id supervision.OrderID) (orderRow, error) {
	var row orderRow
	query := tx.NewSelect().Model(&row).Where("id = ?", id)
	if s.core.Store().Dialect() == store.Postgres {
		query = query.For("UPDATE")
	}
	err := query.Scan(ctx)
	return row, s.found(err, id)
}

// row is an order as it is now.
func (s *Service) row(ctx context.Context, id supervision.OrderID) (orderRow, error) {
	var row orderRow
	err := s.core.Store().View(ctx).NewSelect().Model(&row).Where("id = ?", id).Scan(ctx)
	return row, s.found(err, id)
}

func (s *Service) found(err error, id supervision.OrderID) error {
	if noRows(err) {
		return &store.NotFound{Kind: OrderKind, ID: string(id)}
	}
	if err != nil {
		return fmt.Errorf("reading order %s: %w", id, err)
	}
	return nil
}

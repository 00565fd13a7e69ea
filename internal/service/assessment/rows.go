package assessment

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
)

type row struct {
	bun.BaseModel `bun:"table:assessments,alias:assessments"`
	ID            string `bun:"id,pk"`
	Revision      int64  `bun:"revision"`
	Plan          string `bun:"plan"`
	Government    string `bun:"government"`
	Title         string `bun:"title"`
	State         string `bun:"state"`
	Begun         string `bun:"begun"`
	Computed      string `bun:"computed"`
	Updated       string `bun:"updated"`
	Scheme        string `bun:"scheme"`
	Material      string `bun:"material"`
}

func (r row) assessment() (Assessment, error) {
	scheme, err := parsed[assessment.Scheme](r.Scheme)
	return Assessment{
		ID: ID(r.ID), Plan: ledger.PlanID(r.Plan), Government: ledger.UnitID(r.Government), State: r.State, Scheme: scheme,
		Computed: store.DateOf(r.Computed), Revision: r.Revision, Updated: store.TimeOf(r.Updated), begun: store.DateOf(r.Begun),
	}, err
}

type scoreRow struct {
	bun.BaseModel `bun:"table:assessment_scores,alias:assessment_scores"`
	Assessment    string `bun:"assessment,pk"`
	Unit          string `bun:"unit,pk"`
	Place         int    `bun:"place"`
	Total         string `bun:"total"`
	Number        int    `bun:"number"`
	Body          string `bun:"body"`
}

// readRow is the row of an assessment.
func (s *Service) readRow(ctx context.Context, id ID) (row, error) {
	var r row
	err := s.core.Store().View(ctx).NewSelect().Model(&r).Where("id = ?", id).Scan(ctx)
	return r, read(Kind, string(id), err)
}

// work is an assessment while it is being changed.
type work struct {
	*service.Work
	before Assessment
	row    row
	// detail is what the log keeps beside the assessment.
	detail any
}

// change changes an assessment that was seen at a revision, or as it is where seen is 0. Where it says nothing else, the
// entry in the log is about the assessment.
func (s *Service) change(ctx context.Context, id ID, action access.Action, of func(Assessment) service.Owned, seen int64,
	do func(ctx context.Context, w *work) error,
) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := s.hold(ctx, w.Tx(), Kind, string(id)); err != nil {
			return err
		}
		r, err := s.readRow(ctx, id)
		if err != nil {
			return err
		}
		before, err := r.assessment()
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, action, of(before)); err != nil {
			return err
		}
		if seen != 0 && r.Revision != seen {
			current := store.Record[Assessment]{Value: before, Revision: r.Revision, Updated: before.Updated}
			return &store.Conflict[Assessment]{Kind: Kind, ID: r.ID, Seen: seen, Current: current}
		}
		desk := &work{Work: w, before: before, row: r}
		if err := do(ctx, desk); err != nil {
			return err
		}
		return s.keep(ctx, desk, action)
	})
}

// keep writes what was changed.
func (s *Service) keep(ctx context.Context, w *work, action access.Action) error {
	w.row.Revision++
	w.row.Updated = s.core.Store().NowText()
	if _, err := w.Tx().NewUpdate().Model(&w.row).WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("writing assessment %s: %w", w.row.ID, err)
	}
	after, err := w.row.assessment()
	if err != nil {
		return err
	}
	w.Record(action, Kind, w.row.ID, w.before, after, w.detail)
	return nil
}

// hold keeps others from changing a record until the transaction ends; SQLite has one writer at a time anyway.
func (s *Service) hold(ctx context.Context, tx bun.Tx, table, id string) error {
	if s.core.Store().Dialect() != store.Postgres {
		return nil
	}
	var found string
	err := tx.NewSelect().Table(table).Column("id").Where("id = ?", id).For("UPDATE").Scan(ctx, &found)
	return read(table, id, err)
}

func government(a Assessment) service.Owned { return a.owned() }

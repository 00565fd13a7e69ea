package accounting

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/bulletin"
	"luoshi/ledger/reporting"
)

type row struct {
	bun.BaseModel `bun:"table:papers,alias:papers"`
	ID            string  `bun:"id,pk"`
	Revision      int64   `bun:"revision"`
	Plan          string  `bun:"plan"`
	Owner         string  `bun:"owner"`
	Period        string  `bun:"period"`
	Template      string  `bun:"template"`
	Version       int     `bun:"version"`
	State         string  `bun:"state"`
	Title         string  `bun:"title"`
	Sign          string  `bun:"sign"`
	Year          int     `bun:"year"`
	Number        int     `bun:"number"`
	Printed       string  `bun:"printed"`
	Open          bool    `bun:"open"`
	Disclosed     bool    `bun:"disclosed"`
	Content       string  `bun:"content"`
	Drafted       string  `bun:"drafted"`
	Edits         string  `bun:"edits"`
	Author        string  `bun:"author"`
	Made          string  `bun:"made"`
	Updated       string  `bun:"updated"`
	Frozen        *string `bun:"frozen"`
	Paper         string  `bun:"paper"`
	Head          string  `bun:"head"`
	Digest        string  `bun:"digest"`
	Passes        string  `bun:"passes"`
	Place         int     `bun:"place"`
}

type fileRow struct {
	bun.BaseModel `bun:"table:paper_files,alias:paper_files"`
	Paper         string `bun:"paper,pk"`
	Format        string `bun:"format,pk"`
	Size          int64  `bun:"size"`
	Digest        string `bun:"digest"`
}

// rowOf is a report as its table holds it.
func rowOf(r Report) (row, error) {
	kept := row{
		ID: string(r.ID), Revision: r.Revision, Plan: string(r.Plan), Owner: string(r.Owner), Period: r.Period.Key(), Template: r.Template,
		Version: r.Version, State: string(r.State), Title: r.Title(), Sign: r.Number.Sign, Year: r.Number.Year, Number: r.Number.N,
		Printed: r.Number.String(), Open: r.Public, Disclosed: r.Public && r.State == Frozen, Author: string(r.Author),
		Made: store.TimeText(r.Made), Updated: store.TimeText(r.Updated), Head: r.Head, Digest: r.Digest, Place: r.Place,
	}
	if !r.Frozen.IsZero() {
		at := store.TimeText(r.Frozen)
		kept.Frozen = &at
	}
	fields := []field{{&kept.Content, r.Content}, {&kept.Drafted, r.Drafted}, {&kept.Edits, r.Edits}, {&kept.Passes, r.Passes}}
	if r.State == Frozen {
		fields = append(fields, field{&kept.Paper, r.Paper})
	}
	for _, f := range fields {
		written, err := json.Marshal(f.value)
		if err != nil {
			return kept, fmt.Errorf("accounting: writing %T: %w", f.value, err)
		}
		*f.text = string(written)
	}
	return kept, nil
}

// field is a part of a report that is kept as JSON.
type field struct {
	text  *string
	value any
}

func (r row) report() (Report, error) {
	found := Report{
		ID: ID(r.ID), Revision: r.Revision, Plan: ledger.PlanID(r.Plan), Owner: ledger.UnitID(r.Owner), Template: r.Template, Version: r.Version,
		State: State(r.State), Number: bulletin.Number{Sign: r.Sign, Year: r.Year, N: r.Number}, Public: r.Open,
		Author: ledger.AccountID(r.Author), Made: store.TimeOf(r.Made), Updated: store.TimeOf(r.Updated), Head: r.Head, Digest: r.Digest, Place: r.Place,
	}
	if r.Frozen != nil {
		found.Frozen = store.TimeOf(*r.Frozen)
	}
	var err error
	if found.Period, err = reporting.ParsePeriod(r.Period); err != nil {
		return found, fmt.Errorf("accounting: reading the period of %s: %w", r.ID, err)
	}
	for _, f := range []field{{&r.Content, &found.Content}, {&r.Drafted, &found.Drafted}, {&r.Edits, &found.Edits}, {&r.Passes, &found.Passes}, {&r.Paper, &found.Paper}} {
		if *f.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(*f.text), f.value); err != nil {
			return found, fmt.Errorf("accounting: reading %T of %s: %w", f.value, r.ID, err)
		}
	}
	return found, nil
}

// get is a report, whoever may read it.
func (s *Service) get(ctx context.Context, id ID) (Report, error) {
	var r row
	err := s.core.Store().View(ctx).NewSelect().Model(&r).Where("id = ?", id).Scan(ctx)
	if noRows(err) {
		return Report{}, &store.NotFound{Kind: Kind, ID: string(id)}
	}
	if err != nil {
		return Report{}, fmt.Errorf("accounting: reading %s: %w", id, err)
	}
	found, err := r.report()
	if err != nil || found.State != Frozen {
		return found, err
	}
	found.Files, err = s.filesOf(ctx, id)
	return found, err
}

// hold is a report of which nobody else changes anything until the transaction is over, at the revision that was seen.
func (s *Service) hold(ctx context.Context, tx bun.Tx, id ID, seen int64) (Report, error) {
	if s.core.Store().Dialect() == store.Postgres {
		var found string
		err := tx.NewSelect().Table("papers").Column("id").Where("id = ?", id).For("UPDATE").Scan(ctx, &found)
		if err != nil && !noRows(err) {
			return Report{}, fmt.Errorf("accounting: holding %s: %w", id, err)
		}
	}
	r, err := s.get(ctx, id)
	if err == nil && r.Revision != seen {
		err = &store.Conflict[Report]{Kind: Kind, ID: string(id), Seen: seen, Current: store.Record[Report]{Value: r, Revision: r.Revision}}
	}
	return r, err
}

// keep writes a report anew.
func (s *Service) keep(ctx context.Context, tx bun.Tx, r *Report) error {
	r.Revision++
	r.Updated = s.core.Store().Now()
	kept, err := rowOf(*r)
	if err != nil {
		return err
	}
	if _, err := tx.NewUpdate().Model(&kept).WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("accounting: writing %s: %w", r.ID, err)
	}
	return nil
}

// logged is what the log says of a report.
func logged(r Report) map[string]any {
	told := map[string]any{
		"title": r.Title(), "state": r.State, "template": r.Template, "version": r.Version, "period": r.Period, "on": r.Content.On,
		"edits": r.Edits, "public": r.Public,
	}
	if len(r.Passes) > 0 {
		told["passes"] = r.Passes
	}
	if r.State == Frozen {
		told["number"], told["digest"], told["head"] = r.Number.String(), r.Digest, r.Head
	}
	return told
}

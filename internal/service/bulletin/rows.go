package bulletin

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
	bun.BaseModel `bun:"table:bulletins,alias:bulletins"`
	ID            string  `bun:"id,pk"`
	Revision      int64   `bun:"revision"`
	Plan          string  `bun:"plan"`
	Government    string  `bun:"government"`
	Period        string  `bun:"period"`
	State         string  `bun:"state"`
	Title         string  `bun:"title"`
	Year          int     `bun:"year"`
	Number        int     `bun:"number"`
	Printed       string  `bun:"printed"`
	Corrects      string  `bun:"corrects"`
	Open          bool    `bun:"open"`
	Disclosed     bool    `bun:"disclosed"`
	Content       string  `bun:"content"`
	Blocks        string  `bun:"blocks"`
	Omitted       string  `bun:"omitted"`
	Recipients    string  `bun:"recipients"`
	Author        string  `bun:"author"`
	Made          string  `bun:"made"`
	Updated       string  `bun:"updated"`
	Published     *string `bun:"published"`
	Paper         string  `bun:"paper"`
	Digest        string  `bun:"digest"`
}

type receiptRow struct {
	bun.BaseModel `bun:"table:bulletin_receipts,alias:bulletin_receipts"`
	Bulletin      string  `bun:"bulletin,pk"`
	Unit          string  `bun:"unit,pk"`
	Account       string  `bun:"account"`
	AtTime        *string `bun:"at_time"`
	Reminded      string  `bun:"reminded"`
}

// rowOf is a bulletin as its table holds it.
func rowOf(b Bulletin) (row, error) {
	r := row{
		ID: string(b.ID), Revision: b.Revision, Plan: string(b.Plan), Government: string(b.Government), Period: b.Period.Key(),
		State: string(b.State), Title: b.Title, Year: b.Number.Year, Number: b.Number.N, Printed: b.Number.String(),
		Corrects: string(b.Corrects), Open: b.Public, Disclosed: b.Public && b.State == Issued, Author: string(b.Author),
		Made: store.TimeText(b.Made), Updated: store.TimeText(b.Updated), Digest: b.Digest,
	}
	if !b.Published.IsZero() {
		at := store.TimeText(b.Published)
		r.Published = &at
	}
	for _, field := range []struct {
		value any
		text  *string
	}{{b.Content, &r.Content}, {b.Blocks, &r.Blocks}, {b.Omitted, &r.Omitted}, {b.Recipients, &r.Recipients}} {
		written, err := json.Marshal(field.value)
		if err != nil {
			return r, fmt.Errorf("bulletin: writing %T: %w", field.value, err)
		}
		*field.text = string(written)
	}
	if b.State == Issued {
		written, err := json.Marshal(b.Paper)
		if err != nil {
			return r, fmt.Errorf("bulletin: writing the paper: %w", err)
		}
		r.Paper = string(written)
	}
	return r, nil
}

func (r row) bulletin() (Bulletin, error) {
	b := Bulletin{
		ID: ID(r.ID), Revision: r.Revision, Plan: ledger.PlanID(r.Plan), Government: ledger.UnitID(r.Government), State: State(r.State),
		Title: r.Title, Corrects: ID(r.Corrects), Public: r.Open, Author: ledger.AccountID(r.Author),
		Made: store.TimeOf(r.Made), Updated: store.TimeOf(r.Updated), Digest: r.Digest,
	}
	if r.Published != nil {
		b.Published = store.TimeOf(*r.Published)
	}
	var err error
	if b.Period, err = reporting.ParsePeriod(r.Period); err != nil {
		return b, fmt.Errorf("bulletin: reading the period of %s: %w", r.ID, err)
	}
	fields := []struct {
		text  string
		value any
	}{{r.Content, &b.Content}, {r.Blocks, &b.Blocks}, {r.Omitted, &b.Omitted}, {r.Recipients, &b.Recipients}, {r.Paper, &b.Paper}}
	for _, field := range fields {
		if field.text == "" {
			continue
		}
		if err := json.Unmarshal([]byte(field.text), field.value); err != nil {
			return b, fmt.Errorf("bulletin: reading %T of %s: %w", field.value, r.ID, err)
		}
	}
	b.Number = b.Paper.Number
	return b, nil
}

// get is a bulletin, whoever may read it.
func (s *Service) get(ctx context.Context, id ID) (Bulletin, error) {
	var r row
	err := s.core.Store().View(ctx).NewSelect().Model(&r).Where("id = ?", id).Scan(ctx)
	if noRows(err) {
		return Bulletin{}, &store.NotFound{Kind: Kind, ID: string(id)}
	}
	if err != nil {
		return Bulletin{}, fmt.Errorf("bulletin: reading %s: %w", id, err)
	}
	return r.bulletin()
}

// hold is a bulletin of which nobody else changes anything until the transaction is over, at the revision that was seen.
func (s *Service) hold(ctx context.Context, tx bun.Tx, id ID, seen int64) (Bulletin, error) {
	if s.core.Store().Dialect() == store.Postgres {
		var found string
		err := tx.NewSelect().Table("bulletins").Column("id").Where("id = ?", id).For("UPDATE").Scan(ctx, &found)
		if err != nil && !noRows(err) {
			return Bulletin{}, fmt.Errorf("bulletin: holding %s: %w", id, err)
		}
	}
	b, err := s.get(ctx, id)
	if err == nil && b.Revision != seen {
		err = &store.Conflict[Bulletin]{Kind: Kind, ID: string(id), Seen: seen, Current: store.Record[Bulletin]{Value: b, Revision: b.Revision}}
	}
	return b, err
}

// keep writes a bulletin anew.
func (s *Service) keep(ctx context.Context, tx bun.Tx, b *Bulletin) error {
	b.Revision++
	b.Updated = s.core.Store().Now()
	r, err := rowOf(*b)
	if err != nil {
		return err
	}
	if _, err := tx.NewUpdate().Model(&r).WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("bulletin: writing %s: %w", b.ID, err)
	}
	return nil
}

// logged is what the log says of a bulletin.
func logged(b Bulletin) map[string]any {
	said := map[string]any{
		"title": b.Title, "state": b.State, "on": b.Content.On, "blocks": b.Blocks, "omitted": b.Omitted, "recipients": b.Recipients, "public": b.Public,
	}
	if !b.Number.IsZero() {
		said["number"], said["digest"] = b.Number.String(), b.Digest
	}
	return said
}

// figures are the printed figures of a content by their keys, as the log keeps them.
func figures(c bulletin.Content) map[string]string {
	all := map[string]string{}
	for _, f := range c.Figures() {
		all[f.Key] = f.Text
	}
	return all
}

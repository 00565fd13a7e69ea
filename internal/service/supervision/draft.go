package supervision

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger/supervision"
)

// Drafted is what became of an order that somebody wanted to draft.
type Drafted struct {
	Order Summary
	// Joined tells that the matter has an open order already: that one was given what the new one would have added.
	Joined bool
}

// Draft writes a new order. Where an open one is about the same matter, the sources join that one: one matter has one
// order.
func (s *Service) Draft(ctx context.Context, o supervision.Order) (Drafted, error) {
	var drafted Drafted
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, issueOrder, ownedBy(o)); err != nil {
			return err
		}
		row, joined, err := s.draft(ctx, w, o)
		if err != nil {
			return err
		}
		drafted, err = s.drafted(ctx, row, joined)
		return err
	})
	return drafted, err
}

func (s *Service) drafted(ctx context.Context, row orderRow, joined bool) (Drafted, error) {
	summary, err := s.summaryOf(ctx, row)
	return Drafted{Order: summary, Joined: joined}, err
}

// draft writes an order, or lets it join the open one of its matter.
func (s *Service) draft(ctx context.Context, w *service.Work, o supervision.Order) (row orderRow, joined bool, err error) {
	if o, err = s.completed(ctx, o); err != nil {
		return row, false, err
	}
	id, err := s.openOn(ctx, w.Tx(), o)
	if err != nil {
		return row, false, err
	}
	if id != "" {
		row, err = s.join(ctx, w, id, o)
		return row, true, err
	}
	o.ID, o.Number, o.Parent = store.NewID[supervision.OrderID](s.core.Store()), "", ""
	row, err = s.add(ctx, w, o)
	if err == nil {
		w.Record(issueOrder, OrderKind, row.ID, nil, o, nil)
	}
	return row, false, err
}

// completed is an order with what the settings say where it says nothing, if it is sound.
func (s *Service) completed(ctx context.Context, o supervision.Order) (supervision.Order, error) {
	settings, err := s.settings(ctx)
	if err != nil {
		return o, err
	}
	o.Title, o.Basis, o.Requirement = strings.TrimSpace(o.Title), strings.TrimSpace(o.Basis), strings.TrimSpace(o.Requirement)
	if o.Urgency == "" {
		o.Urgency = supervision.Normal
	}
	o = settings.Value.Fill(o)
	if found := o.Validate(); len(found) > 0 {
		return o, found
	}
	if !o.Due.IsZero() && o.Due.Before(s.core.Today()) {
		return o, fault("order.past", said(o.Due.String()))
	}
	return o, s.known(ctx, o)
}

// known fails where an order names units that there are not any more.
func (s *Service) known(ctx context.Context, o supervision.Order) error {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return err
	}
	for _, unit := range o.Units() {
		if !tree.Exists(unit, s.core.Today()) {
			return fault("order.unit", said(string(unit)))
		}
	}
	return nil
}

// add writes a new order with the units and subjects by which lists find it, and opens its case.
func (s *Service) add(ctx context.Context, w *service.Work, o supervision.Order) (orderRow, error) {
	row := orderRow{
		ID: string(o.ID), Revision: 1, Parent: optional(o.Parent), State: s.order.States[0].Name,
		Drafter: string(service.CallerOf(ctx).Account()), Drafted: s.core.Store().NowText(),
	}
	s.put(&row, o)
	if err := store.Insert(ctx, w.Tx(), row); err != nil {
		return row, err
	}
	if err := s.cases.Open(ctx, w, s.order, OrderKind, row.ID); err != nil {
		return row, err
	}
	return row, s.link(ctx, w.Tx(), o)
}

// index writes what an order is found by.
func (s *Service) index(ctx context.Context, tx bun.Tx, o supervision.Order) error {
	row := wordsRow{Order: string(o.ID), Words: strings.ToLower(strings.Join([]string{o.Number, o.Title, o.Basis, o.Requirement}, "\n"))}
	_, err := tx.NewInsert().Model(&row).On("CONFLICT (order_id) DO UPDATE").Set("words = excluded.words").Exec(ctx)
	if err != nil {
		return fmt.Errorf("writing what order %s is found by: %w", o.ID, err)
	}
	return nil
}

// put writes what an order says into its row.
func (s *Service) put(row *orderRow, o supervision.Order) {
	row.Number, row.Kind, row.Plan, row.Title, row.Lead = o.Number, string(o.Kind), optional(o.Plan), o.Title, string(o.Lead)
	row.Urgency, row.Sheet, row.Updated, row.Body = string(o.Urgency), string(o.Sheet), s.core.Store().NowText(), written(o)
	if !o.Due.IsZero() && row.Due == "" {
		row.Due = o.Due.String()
	}
}

// link writes anew which units take part in an order, what it is about and what it is found by. Who has signed stays.
func (s *Service) link(ctx context.Context, tx bun.Tx, o supervision.Order) error {
	if err := s.index(ctx, tx, o); err != nil {
		return err
	}
	units := make([]unitRow, len(o.Cooperating))
	for i, unit := range o.Cooperating {
		units[i] = unitRow{Order: string(o.ID), Unit: string(unit)}
	}
	var subjects []subjectRow
	for _, c := range o.Commitments {
		subjects = append(subjects, subjectRow{Order: string(o.ID), Kind: ofCommitment, Subject: string(c)})
	}
	for _, p := range o.Projects {
		subjects = append(subjects, subjectRow{Order: string(o.ID), Kind: ofProject, Subject: string(p)})
	}
	gone := tx.NewDelete().Table("order_units").Where("order_id = ?", o.ID)
	if len(o.Cooperating) > 0 {
		gone = gone.Where("unit NOT IN (?)", bun.List(o.Cooperating))
	}
	if _, err := gone.Exec(ctx); err != nil {
		return fmt.Errorf("writing the units of order %s: %w", o.ID, err)
	}
	if len(units) > 0 {
		if _, err := tx.NewInsert().Model(&units).On("CONFLICT DO NOTHING").Exec(ctx); err != nil {
			return fmt.Errorf("writing the units of order %s: %w", o.ID, err)
		}
	}
	if _, err := tx.NewDelete().Table("order_subjects").Where("order_id = ?", o.ID).Exec(ctx); err != nil {
		return fmt.Errorf("writing what order %s is about: %w", o.ID, err)
	}
	return store.Insert(ctx, tx, subjects...)
}

// openOn is the open order about the same matter that another one joins; empty where there is none. A sheet does not join
// a milder one, or an order without: it is a paper of its own, under a number of its own.
func (s *Service) openOn(ctx context.Context, tx bun.Tx, o supervision.Order) (supervision.OrderID, error) {
	for kind, subjects := range map[string][]string{ofCommitment: texts(o.Commitments), ofProject: texts(o.Projects)} {
		if len(subjects) == 0 {
			continue
		}
		var rows []orderRow
		err := tx.NewSelect().Model(&rows).Column("orders.id", "orders.sheet").
			Join("JOIN order_subjects ON order_subjects.order_id = orders.id").Where("order_subjects.kind = ?", kind).
			Where("order_subjects.subject IN (?)", bun.List(subjects)).Where("orders.ended = ''").Where("orders.parent IS NULL").
			Order("orders.id").Scan(ctx)
		if err != nil {
			return "", fmt.Errorf("looking for an order on the same matter: %w", err)
		}
		for _, row := range rows {
			if gravity(supervision.Sheet(row.Sheet)) >= gravity(o.Sheet) {
				return supervision.OrderID(row.ID), nil
			}
		}
	}
	return "", nil
}

// gravity is how serious a sheet is; -1 for none.
func gravity(sheet supervision.Sheet) int { return slices.Index(supervision.Sheets(), sheet) }

func texts[S ~string](values []S) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return all
}

// join gives an open order the sources and subjects of another one on its matter.
func (s *Service) join(ctx context.Context, w *service.Work, id supervision.OrderID, other supervision.Order) (orderRow, error) {
	row, err := s.held(ctx, w.Tx(), id)
	if err != nil {
		return row, err
	}
	before, err := row.order()
	if err != nil {
		return row, err
	}
	after := before.Join(other)
	w.Record(issueOrder, OrderKind, row.ID, before, after, map[string]any{"joined": other.Sources})
	if err := s.link(ctx, w.Tx(), after); err != nil {
		return row, err
	}
	s.put(&row, after)
	return row, s.write(ctx, w.Tx(), &row)
}

// write writes a row that is held.
func (s *Service) write(ctx context.Context, tx bun.Tx, row *orderRow) error {
	row.Revision++
	row.Updated = s.core.Store().NowText()
	if _, err := tx.NewUpdate().Model(row).WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("writing order %s: %w", row.ID, err)
	}
	return nil
}

// Edit changes an order while it is a draft.
func (s *Service) Edit(ctx context.Context, o supervision.Order, seen int64) (Summary, error) {
	var edited Summary
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		row, err := s.held(ctx, w.Tx(), o.ID)
		if err != nil {
			return err
		}
		before, err := row.order()
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, issueOrder, ownedBy(before)); err != nil {
			return err
		}
		if err := s.seen(ctx, row, seen); err != nil {
			return err
		}
		if row.State != s.order.States[0].Name {
			return fault("order.issued", s.label(row.State))
		}
		o.Number, o.Parent = before.Number, before.Parent
		if o, err = s.completed(ctx, o); err != nil {
			return err
		}
		w.Record(issueOrder, OrderKind, row.ID, before, o, nil)
		if err := s.link(ctx, w.Tx(), o); err != nil {
			return err
		}
		row.Due = ""
		s.put(&row, o)
		if err := s.write(ctx, w.Tx(), &row); err != nil {
			return err
		}
		edited, err = s.summaryOf(ctx, row)
		return err
	})
	return edited, err
}

// seen fails where an order is not what somebody saw; 0 stands for whatever it is.
func (s *Service) seen(ctx context.Context, row orderRow, seen int64) error {
	if seen == 0 || row.Revision == seen {
		return nil
	}
	current, err := s.summaryOf(ctx, row)
	if err != nil {
		return err
	}
	record := store.Record[Summary]{Value: current, Revision: row.Revision, Updated: store.TimeOf(row.Updated)}
	return &store.Conflict[Summary]{Kind: OrderKind, ID: row.ID, Seen: seen, Current: record}
}

func (s *Service) summaryOf(ctx context.Context, row orderRow) (Summary, error) {
	summaries, err := s.summaries(ctx, []orderRow{row})
	if err != nil {
		return Summary{}, err
	}
	return summaries[0], nil
}

// ownedBy is whose an order is.
func ownedBy(o supervision.Order) service.Owned {
	return service.Owned{Lead: o.Lead, Cooperating: slices.Clone(o.Cooperating)}
}

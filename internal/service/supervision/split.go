package supervision

import (
	"context"
	"fmt"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger/supervision"
)

// Split gives units a part each of an order: orders of their own beneath it, issued at once. The whole can be closed only
// when all parts have ended.
func (s *Service) Split(ctx context.Context, id supervision.OrderID, parts []supervision.Part, seen int64) ([]Summary, error) {
	var made []Summary
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		made = nil
		m, err := s.open(ctx, w, id, seen)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, issueOrder, m.led()); err != nil {
			return err
		}
		if m.row.Issued == "" || m.row.Ended != "" || m.order.Parent != "" {
			return fault("split.not_open", s.label(m.row.State))
		}
		subs, found := m.order.Split(parts)
		if len(found) > 0 {
			return found
		}
		there, err := w.Tx().NewSelect().Table("orders").Where("parent = ?", id).Count(ctx)
		if err != nil {
			return fmt.Errorf("counting the parts of order %s: %w", id, err)
		}
		for i, sub := range subs {
			sub.Number = supervision.SubNumber(m.order.Number, int(there)+i+1)
			row, err := s.part(ctx, w, m, sub, parts[i].Due.IsZero() && parts[i].Term.Days == 0)
			if err != nil {
				return err
			}
			summary, err := s.summaryOf(ctx, row)
			if err != nil {
				return err
			}
			made = append(made, summary)
		}
		return s.write(ctx, w.Tx(), &m.row)
	})
	return made, err
}

// part makes and issues a part of an order. One without a term of its own has that of the whole.
func (s *Service) part(ctx context.Context, w *service.Work, whole *matter, o supervision.Order, asWhole bool) (orderRow, error) {
	o.ID, o.Commitments, o.Projects = store.NewID[supervision.OrderID](s.core.Store()), nil, nil
	if asWhole {
		o.Term, o.Due = supervision.Term{}, store.DateOf(whole.row.Due)
	}
	if !o.Due.IsZero() && o.Due.Before(s.core.Today()) {
		return orderRow{}, fault("order.past", said(o.Due.String()))
	}
	if err := s.known(ctx, o); err != nil {
		return orderRow{}, err
	}
	row, err := s.add(ctx, w, o)
	if err != nil {
		return row, err
	}
	w.Record(issueOrder, OrderKind, row.ID, nil, o, map[string]any{"part of": whole.order.ID})
	sub := &matter{row: row, order: o}
	if sub.run, err = s.caseOf(ctx, row); err != nil {
		return row, err
	}
	err = s.step(ctx, w, sub, Step{Action: issueStep})
	return sub.row, err
}

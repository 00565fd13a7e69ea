package supervision

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger/supervision"
)

// Reply keeps what a unit says to an order, with the files that show it. A final reply of a reporter goes to the head of
// the unit, that of a head to the office. A unit that cooperates reports to the one that leads and takes no step.
func (s *Service) Reply(ctx context.Context, id supervision.OrderID, reply supervision.Reply, files []File) (Summary, error) {
	var replied Summary
	row, err := s.row(ctx, id)
	if err != nil {
		return replied, err
	}
	order, err := row.order()
	if err != nil {
		return replied, err
	}
	if err := s.core.Check(ctx, replyOrder, ownedBy(order)); err != nil {
		return replied, err
	}
	reply.Text = strings.TrimSpace(reply.Text)
	if found := reply.Validate(); len(found) > 0 {
		return replied, found
	}
	evidence, err := s.takeFiles(ctx, files)
	if err != nil {
		return replied, err
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		m, err := s.open(ctx, w, id, 0)
		if err != nil {
			return err
		}
		if err := s.reply(ctx, w, m, reply, slices.Clone(evidence)); err != nil {
			return err
		}
		replied, err = s.summaryOf(ctx, m.row)
		return err
	})
	return replied, err
}

// reply keeps a reply to an order that is held, and takes the step that it is.
func (s *Service) reply(ctx context.Context, w *service.Work, m *matter, reply supervision.Reply, evidence []evidenceRow) error {
	if err := w.AllowFor(ctx, replyOrder, ownedBy(m.order)); err != nil {
		return err
	}
	if m.row.Issued == "" || m.row.Ended != "" {
		return fault("reply.not_open", s.label(m.row.State))
	}
	leads := s.core.Can(ctx, replyOrder, m.led())
	reply.On, reply.Unit = s.core.Today(), m.order.Lead
	if !leads {
		reply.Unit = s.cooperating(ctx, m.order)[0]
		if reply.Final {
			return fault("reply.lead")
		}
	}
	row, err := s.keep(ctx, w, m, reply, evidence)
	if err != nil {
		return err
	}
	w.Record(replyOrder, OrderKind, m.row.ID, nil, nil, map[string]any{"reply": row.Number, "said": reply, "evidence": names(evidence)})
	if !leads {
		return s.tellReply(ctx, w, m, reply)
	}
	return s.step(ctx, w, m, Step{Action: s.replyStep(ctx, m, reply)})
}

// replyStep is the step that a reply of the unit that leads is.
func (s *Service) replyStep(ctx context.Context, m *matter, reply supervision.Reply) string {
	right, _ := s.cases.Right(s.order, replyStep)
	switch {
	case !reply.Final:
		return reportStep
	case s.core.Can(ctx, right, m.led()):
		return replyStep
	}
	return prepareStep
}

// keep writes a reply with its evidence.
func (s *Service) keep(ctx context.Context, w *service.Work, m *matter, reply supervision.Reply, evidence []evidenceRow) (replyRow, error) {
	there, err := w.Tx().NewSelect().Table("order_replies").Where("order_id = ?", m.row.ID).Count(ctx)
	if err != nil {
		return replyRow{}, fmt.Errorf("counting the replies to order %s: %w", m.row.ID, err)
	}
	today, now := s.core.Today().String(), s.core.Store().NowText()
	account := string(service.CallerOf(ctx).Account())
	row := replyRow{
		ID: store.NewID[string](s.core.Store()), Order: m.row.ID, Number: int(there) + 1, Unit: string(reply.Unit), Final: reply.Final,
		Account: account, OnDay: today, AtTime: now, Body: written(reply),
		Late: m.row.Running && m.row.Due < today || !reply.Final && m.row.InterimDue != "" && m.row.InterimDue < today,
	}
	if err := store.Insert(ctx, w.Tx(), row); err != nil {
		return row, err
	}
	for i := range evidence {
		evidence[i].Order, evidence[i].Reply, evidence[i].Account, evidence[i].AtTime = m.row.ID, row.ID, account, now
	}
	return row, store.Insert(ctx, w.Tx(), evidence...)
}

// names are the files of evidence as the log keeps them: name and digest.
func names(rows []evidenceRow) map[string]string {
	all := map[string]string{}
	for _, row := range rows {
		all[row.Name] = row.Digest
	}
	return all
}

// since is from when on evidence counts: what was shown before an order was returned or reopened did not show it.
func since(c workflow.Case) time.Time {
	for _, step := range slices.Backward(c.Steps) {
		if step.Action == returnStep || step.Action == reopenStep {
			return step.At
		}
	}
	return time.Time{}
}

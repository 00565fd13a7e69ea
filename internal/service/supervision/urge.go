package supervision

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/service/message"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// dueOrder is an order with what is due of it.
type dueOrder struct {
	row       orderRow
	reminders []supervision.Reminder
}

// remind reminds of several orders in one change, of what nobody was reminded of before.
func (s *Service) remind(ctx context.Context, due []dueOrder) error {
	due, err := s.unsent(ctx, due)
	if err != nil || len(due) == 0 {
		return err
	}
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, urge, service.Owned{}); err != nil {
			return err
		}
		standing, err := s.standing(ctx, w.Tx(), due)
		if err != nil {
			return err
		}
		sent, err := s.keepUrgings(ctx, w.Tx(), standing)
		if err != nil {
			return err
		}
		if len(sent) == 0 {
			return errDone
		}
		for _, d := range sent {
			keys := make([]string, len(d.reminders))
			for i, reminder := range d.reminders {
				keys[i] = reminder.Key
			}
			w.Record(urge, OrderKind, d.row.ID, nil, nil, map[string][]string{"urged": keys})
		}
		return s.sendReminders(ctx, w, sent)
	})
}

// unsent leaves out what was sent before.
func (s *Service) unsent(ctx context.Context, due []dueOrder) ([]dueOrder, error) {
	if len(due) == 0 {
		return nil, nil
	}
	ids := make([]string, len(due))
	for i, d := range due {
		ids[i] = d.row.ID
	}
	var rows []urgingRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Column("order_id", "urging").Where("order_id IN (?)", bun.List(ids)).Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading what was sent about orders: %w", err)
	}
	known := map[string]bool{}
	for _, row := range rows {
		known[row.Order+" "+row.Key] = true
	}
	var left []dueOrder
	for _, d := range due {
		d.reminders = slices.DeleteFunc(d.reminders, func(r supervision.Reminder) bool { return known[d.row.ID+" "+r.Key] })
		if len(d.reminders) > 0 {
			left = append(left, d)
		}
	}
	return left, nil
}

// standing holds orders and leaves out those in which a step was taken meanwhile: the next run sees to them.
func (s *Service) standing(ctx context.Context, tx bun.Tx, due []dueOrder) ([]dueOrder, error) {
	ids := make([]string, len(due))
	for i, d := range due {
		ids[i] = d.row.ID
	}
	var rows []orderRow
	query := tx.NewSelect().Model(&rows).Column("id", "revision").Where("id IN (?)", bun.List(ids)).Order("id")
	if s.core.Store().Dialect() == store.Postgres {
		query = query.For("UPDATE")
	}
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("holding orders: %w", err)
	}
	revisions := map[string]int64{}
	for _, row := range rows {
		revisions[row.ID] = row.Revision
	}
	return slices.DeleteFunc(slices.Clone(due), func(d dueOrder) bool { return revisions[d.row.ID] != d.row.Revision }), nil
}

// keepUrgings writes down what is sent, and tells what of it was not there yet.
func (s *Service) keepUrgings(ctx context.Context, tx bun.Tx, due []dueOrder) ([]dueOrder, error) {
	var rows []urgingRow
	now := s.core.Store().NowText()
	for _, d := range due {
		for _, r := range d.reminders {
			rows = append(rows, urgingRow{
				Order: d.row.ID, Key: r.Key, Kind: string(r.Kind), Clock: r.Clock, Recipient: string(r.To), OnDay: r.Day.String(), AtTime: now,
			})
		}
	}
	fresh := map[string]bool{}
	for some := range slices.Chunk(rows, atOnce) {
		var written []urgingRow
		_, err := tx.NewInsert().Model(&some).On("CONFLICT DO NOTHING").Returning("order_id, urging").Exec(ctx, &written)
		if err != nil {
			return nil, fmt.Errorf("writing down what is sent: %w", err)
		}
		for _, row := range written {
			fresh[row.Order+" "+row.Key] = true
		}
	}
	var sent []dueOrder
	for _, d := range due {
		d.reminders = slices.DeleteFunc(slices.Clone(d.reminders), func(r supervision.Reminder) bool { return !fresh[d.row.ID+" "+r.Key] })
		if len(d.reminders) > 0 {
			sent = append(sent, d)
		}
	}
	return sent, nil
}

// sendReminders tells people. Who is reminded of one thing in two capacities hears of it once.
func (s *Service) sendReminders(ctx context.Context, w *service.Work, due []dueOrder) error {
	if s.options.Tell == nil {
		return nil
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return err
	}
	var notices []message.Notice
	for _, d := range due {
		order, err := d.row.order()
		if err != nil {
			return err
		}
		m := &matter{row: d.row, order: order}
		at := map[string]int{}
		for _, r := range d.reminders {
			key := "order/" + d.row.ID + "/urge/" + strings.Join([]string{r.Clock, r.Due.String(), string(r.Kind), strconv.Itoa(r.Late)}, "/")
			i, known := at[key]
			if !known {
				i = len(notices)
				at[key] = i
				notices = append(notices, message.Notice{
					Key: key, Kind: noticeKind(r.Kind), URL: "/orders/" + d.row.ID, Title: s.title(tree, m, "urge-"+string(r.Kind)), Text: s.termText(r),
				})
			}
			notices[i].To = append(notices[i].To, s.audience(tree, m, []string{string(r.To)})...)
		}
	}
	return s.options.Tell(ctx, w, notices...)
}

// noticeKind is the kind of notice that a reminder is told as: leaders may hear by other ways that something is brought before
// them than units hear that something is due.
func noticeKind(occasion supervision.Occasion) message.Kind {
	if occasion == supervision.Escalated {
		return message.OfEscalation
	}
	return message.OfOrder
}

// termText says which term a reminder is about, and when it ends.
func (s *Service) termText(r supervision.Reminder) ledger.Wording {
	title := s.order.Clock(r.Clock).Title
	return ledger.Wording{ZH: title.Chinese + "\uff1a" + r.Due.String(), EN: title.English + ": " + r.Due.String()}
}

// Urge urges the units of orders by hand, each at most once a day.
func (s *Service) Urge(ctx context.Context, ids []supervision.OrderID, reason string) []Outcome {
	outcomes := make([]Outcome, len(ids))
	for i, id := range ids {
		outcomes[i].ID = id
		outcomes[i].Order, outcomes[i].Err = s.urgeOne(ctx, id, strings.TrimSpace(reason))
	}
	return outcomes
}

func (s *Service) urgeOne(ctx context.Context, id supervision.OrderID, reason string) (Summary, error) {
	var urged Summary
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		m, err := s.open(ctx, w, id, 0)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, urge, m.led()); err != nil {
			return err
		}
		if m.row.Issued == "" || m.row.Ended != "" {
			return fault("urge.not_open", s.label(m.row.State))
		}
		today := s.core.Today().String()
		row := urgingRow{
			Order: m.row.ID, Key: "hand/" + today, Kind: "hand", Recipient: string(supervision.ToUnit), OnDay: today,
			Account: string(service.CallerOf(ctx).Account()), AtTime: s.core.Store().NowText(), Reason: reason,
		}
		result, err := w.Tx().NewInsert().Model(&row).On("CONFLICT DO NOTHING").Exec(ctx)
		if err != nil {
			return fmt.Errorf("urging order %s: %w", id, err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return fault("urge.today")
		}
		w.Record(urge, OrderKind, m.row.ID, nil, nil, map[string]string{"reason": reason})
		if urged, err = s.summaryOf(ctx, m.row); err != nil {
			return err
		}
		return s.send(ctx, w, m, []string{"unit", "cooperating"}, "urge-hand", row.Key, said(reason))
	})
	return urged, err
}

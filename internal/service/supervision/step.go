package supervision

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// The steps of flow order of which this package does more than take them.
const (
	approveStep = "approve"
	issueStep   = "issue"
	signStep    = "sign"
	forwardStep = "forward"
	reportStep  = "report"
	prepareStep = "prepare"
	replyStep   = "reply"
	returnStep  = "return"
	reopenStep  = "reopen"
)

// The clocks of flow order that lists know.
const (
	signingClock  = "signing"
	handlingClock = "handling"
	interimClock  = "interim"
)

// Step is a step that somebody wants to take.
type Step struct {
	Action string // of flow order
	Reason string
	Days   int           // by how many a clock is lengthened, or how long a term is that is given
	Until  calendar.Date // its last day, instead of Days
	Seen   int64         // the revision that was seen; whatever it is where 0
	To     ledger.UnitID // to which an order is forwarded
}

// Outcome is what became of one order of several.
type Outcome struct {
	ID    supervision.OrderID
	Order Summary // as it is now
	Err   error   // why the step was not taken; nil where it was
}

// Take takes a step of several orders. Each is a change of its own, so that one that cannot be taken holds up no other.
func (s *Service) Take(ctx context.Context, action string, ids []supervision.OrderID, reason string, days int) []Outcome {
	outcomes := make([]Outcome, len(ids))
	for i, id := range ids {
		outcomes[i].ID = id
		outcomes[i].Order, outcomes[i].Err = s.Step(ctx, id, Step{Action: action, Reason: reason, Days: days})
	}
	return outcomes
}

// Issue issues an order: it takes its number, its clocks begin, and its units are told.
func (s *Service) Issue(ctx context.Context, id supervision.OrderID, seen int64) (Summary, error) {
	return s.Step(ctx, id, Step{Action: issueStep, Seen: seen})
}

// Forward hands an order on to another unit, which is to sign for it anew.
func (s *Service) Forward(ctx context.Context, id supervision.OrderID, to ledger.UnitID, reason string, seen int64) (Summary, error) {
	return s.Step(ctx, id, Step{Action: forwardStep, Reason: reason, To: to, Seen: seen})
}

// Step takes a step of an order.
func (s *Service) Step(ctx context.Context, id supervision.OrderID, step Step) (Summary, error) {
	var taken Summary
	if s.order.Action(step.Action) == nil {
		return taken, fault("order.step", said(step.Action))
	}
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		m, err := s.open(ctx, w, id, step.Seen)
		if err != nil {
			return err
		}
		if err := s.step(ctx, w, m, step); err != nil {
			return err
		}
		taken, err = s.summaryOf(ctx, m.row)
		return err
	})
	return taken, err
}

// matter is an order that is being changed.
type matter struct {
	row   orderRow
	order supervision.Order
	run   workflow.Case
}

// open holds an order for a change.
func (s *Service) open(ctx context.Context, w *service.Work, id supervision.OrderID, seen int64) (*matter, error) {
	row, err := s.held(ctx, w.Tx(), id)
	if err != nil {
		return nil, err
	}
	m := &matter{row: row}
	if m.order, err = row.order(); err != nil {
		return nil, err
	}
	if m.run, err = s.caseOf(ctx, row); err != nil {
		return nil, err
	}
	return m, s.seen(ctx, row, seen)
}

// led is whose the steps of an order are: the cooperating units take none, the one that leads answers for the whole.
func (m *matter) led() service.Owned { return service.Owned{Lead: m.order.Lead} }

// step takes a step of an order that is held, with all that comes with it.
func (s *Service) step(ctx context.Context, w *service.Work, m *matter, step Step) error {
	right, _ := s.cases.Right(s.order, step.Action)
	if err := w.AllowFor(ctx, right, m.led()); err != nil {
		return err
	}
	before := m.row.summary()
	if err := s.prepare(ctx, w, m, step); err != nil {
		return err
	}
	if err := s.move(ctx, w, m, step); err != nil {
		return err
	}
	w.Record(right, OrderKind, m.row.ID, before, m.row.summary(), detailOf(step))
	s.put(&m.row, m.order)
	if err := s.write(ctx, w.Tx(), &m.row); err != nil {
		return err
	}
	return s.tell(ctx, w, m, step)
}

// detailOf is what the log keeps of a step beside the order.
func detailOf(step Step) map[string]any {
	detail := map[string]any{"step": step.Action}
	for name, value := range map[string]string{"reason": step.Reason, "until": step.Until.String(), "to": string(step.To)} {
		if value != "" {
			detail[name] = value
		}
	}
	if step.Days != 0 {
		detail["days"] = step.Days
	}
	return detail
}

// prepare changes what an order says with a step: its number, the unit to which it goes.
func (s *Service) prepare(ctx context.Context, w *service.Work, m *matter, step Step) (err error) {
	switch step.Action {
	case issueStep:
		if m.order.Number, err = s.numbered(ctx, w.Tx(), m.order); err != nil {
			return err
		}
		err = s.index(ctx, w.Tx(), m.order)
	case forwardStep:
		err = s.handOver(ctx, w, m, step.To)
	}
	return err
}

// handOver gives an order to another unit.
func (s *Service) handOver(ctx context.Context, w *service.Work, m *matter, to ledger.UnitID) error {
	if to == "" || to == m.order.Lead {
		return fault("forward.unit")
	}
	if err := s.known(ctx, supervision.Order{Lead: to}); err != nil {
		return err
	}
	// A unit hands on only to units beneath it, the office to any.
	if s.core.Check(ctx, issueOrder, m.led()) != nil {
		tree, err := s.core.Tree(ctx)
		if err != nil {
			return err
		}
		if !tree.Within(to, m.order.Lead, s.core.Today()) {
			return fault("forward.beneath")
		}
	}
	m.order.Lead = to
	m.order.Cooperating = slices.DeleteFunc(slices.Clone(m.order.Cooperating), func(u ledger.UnitID) bool { return u == to })
	m.row.Signed = ""
	return s.link(ctx, w.Tx(), m.order)
}

// move takes the case of an order a step on, and writes how far it is now into its row.
func (s *Service) move(ctx context.Context, w *service.Work, m *matter, step Step) error {
	facts, err := s.facts(ctx, m.order, m.run)
	if err != nil {
		return err
	}
	owned := m.led()
	if step.Action == forwardStep { // it is the step of the unit that hands it on
		before, err := m.row.order()
		if err != nil {
			return err
		}
		owned.Lead = before.Lead
	}
	taken, err := s.cases.StepBy(ctx, s.order, step.Action, owned)
	if err != nil {
		return err
	}
	taken.Reason, taken.Days, taken.Until, taken.Facts = step.Reason, step.Days, step.Until, facts
	if step.Days == 0 && step.Until.IsZero() {
		taken = m.order.Give(taken)
	}
	if m.run, err = s.cases.Take(ctx, w, m.run, OrderKind, m.row.ID, taken); err != nil {
		return err
	}
	s.mark(m, step.Action)
	return nil
}

// mark writes into the row of an order what lists and statistics ask of its case.
func (s *Service) mark(m *matter, action string) {
	today := s.core.Today()
	row := &m.row
	switch action {
	case issueStep:
		row.Issued = today.String()
	case signStep:
		row.Signed, row.SignedLate = today.String(), row.SignDue != "" && row.SignDue < today.String()
	case replyStep:
		row.Replied, row.RepliedLate = today.String(), row.Running && row.Due < today.String()
	case returnStep, reopenStep:
		row.Replied, row.RepliedLate = "", false
	}
	row.State, row.Ended = m.run.State, ""
	if s.order.State(row.State).End {
		row.Ended = today.String()
	}
	s.setClocks(row, m.run)
}

// setClocks writes the days of the clocks of a case into a row.
func (s *Service) setClocks(row *orderRow, c workflow.Case) {
	row.SignDue, row.InterimDue, row.Running, row.Paused, row.Estimated = "", "", false, false, false
	for _, term := range c.Clocks {
		due, estimated := s.order.Clock(term.Clock).Latest(term, s.core.Today(), s.options.Workdays())
		switch term.Clock {
		case handlingClock:
			row.Due, row.Running, row.Paused, row.Estimated = due.String(), !term.Paused, term.Paused, estimated
		case signingClock:
			row.SignDue = due.String()
		case interimClock:
			if !term.Paused {
				row.InterimDue = due.String()
			}
		}
	}
}

// facts are the guards that hold.
func (s *Service) facts(ctx context.Context, o supervision.Order, c workflow.Case) ([]string, error) {
	db := s.core.Store().View(ctx)
	open, err := db.NewSelect().Table("orders").Where("parent = ?", o.ID).Where("ended = ''").Count(ctx)
	if err != nil {
		return nil, fmt.Errorf("counting the open parts of order %s: %w", o.ID, err)
	}
	shown, err := db.NewSelect().Table("order_evidence").Where("order_id = ?", o.ID).Where("at_time > ?", store.TimeText(since(c))).Count(ctx)
	if err != nil {
		return nil, fmt.Errorf("counting the evidence of order %s: %w", o.ID, err)
	}
	facts := o.Guards(c.State, int(shown), int(open))
	if o.Parent != "" && !slices.Contains(facts, "cleared") { // the whole was approved
		facts = append(facts, "cleared")
	}
	return facts, nil
}

// Sign signs for an order: for the unit that leads, so that it is being handled, or for one that cooperates, so that it
// is known to have it.
func (s *Service) Sign(ctx context.Context, id supervision.OrderID) (Summary, error) {
	var signed Summary
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		m, err := s.open(ctx, w, id, 0)
		if err != nil {
			return err
		}
		if !s.core.Can(ctx, signOrder, m.led()) {
			err = s.signBeside(ctx, w, m)
		} else {
			err = s.step(ctx, w, m, Step{Action: signStep})
		}
		if err != nil {
			return err
		}
		signed, err = s.summaryOf(ctx, m.row)
		return err
	})
	return signed, err
}

// signBeside signs for the units of the caller that cooperate.
func (s *Service) signBeside(ctx context.Context, w *service.Work, m *matter) error {
	if err := w.AllowFor(ctx, signOrder, ownedBy(m.order)); err != nil {
		return err
	}
	if m.row.Issued == "" || m.row.Ended != "" {
		return fault("sign.not_open", s.label(m.row.State))
	}
	mine := s.cooperating(ctx, m.order)
	result, err := w.Tx().NewUpdate().Table("order_units").Set("signed = ?", s.core.Store().NowText()).
		Set("account = ?", service.CallerOf(ctx).Account()).Where("order_id = ?", m.row.ID).Where("signed IS NULL").
		Where("unit IN (?)", bun.List(mine)).Exec(ctx)
	if err != nil {
		return fmt.Errorf("signing for order %s: %w", m.row.ID, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return fault("sign.done")
	}
	w.Record(signOrder, OrderKind, m.row.ID, nil, nil, map[string]any{"signed": mine})
	return nil
}

// cooperating are the units that cooperate in an order for which the caller may sign and reply.
func (s *Service) cooperating(ctx context.Context, o supervision.Order) []ledger.UnitID {
	var mine []ledger.UnitID
	for _, unit := range o.Cooperating {
		if s.core.Can(ctx, replyOrder, service.Owned{Lead: unit}) {
			mine = append(mine, unit)
		}
	}
	return mine
}

package supervision

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// View is an order with everything about it.
type View struct {
	Summary
	Order supervision.Order
	Case  workflow.Case
	// Offers are the steps that the caller may take now.
	Offers  []workflow.Offer
	Clocks  []Clock
	Units   []UnitView // that cooperate
	Replies []ReplyView
	Subs    []Summary
	Trail   []TrailStep
	Urgings []Urging
	// What the caller may do beside the steps.
	MayEdit, MayReply, MaySign, MaySplit, MayForward, MayUrge bool
}

// Clock is a term of an order that runs or stands still.
type Clock struct {
	Name      string
	Title     ledger.Wording
	Due       calendar.Date // the latest legal date
	Estimated bool          // holidays on the way are not all announced
	Paused    bool
	Left      int // working days; negative is how many it is overdue
	Overdue   bool
	Extended  int // how often
}

// UnitView is a unit that cooperates in an order.
type UnitView struct {
	Unit   ledger.UnitID
	Name   string
	Signed time.Time // zero while nobody of it has signed
	By     ledger.AccountID
}

// ReplyView is a reply with its evidence.
type ReplyView struct {
	supervision.Reply
	ID       string
	Number   int
	UnitName string
	Late     bool // after the day on which it was due
	By       ledger.AccountID
	At       time.Time
	Evidence []Evidence
}

// TrailStep is a step that somebody took.
type TrailStep struct {
	Action string
	Title  ledger.Wording
	Role   string
	By     ledger.AccountID // or the part of the program
	On     calendar.Date
	At     time.Time
	Reason string
	Days   int           // by which a clock was set or lengthened
	Until  calendar.Date // to which it was set
}

// Urging is something that was sent about an order.
type Urging struct {
	Kind   supervision.Occasion
	Clock  string
	To     supervision.Recipient
	On     calendar.Date
	By     ledger.AccountID // empty where the rule urged
	At     time.Time
	Reason string
}

// Order is an order with everything about it.
func (s *Service) Order(ctx context.Context, id supervision.OrderID) (View, error) {
	var v View
	row, err := s.row(ctx, id)
	if err != nil {
		return v, err
	}
	if v.Order, err = row.order(); err != nil {
		return v, err
	}
	if err := s.core.Check(ctx, readOrder, ownedBy(v.Order)); err != nil {
		return v, err
	}
	if v.Summary, err = s.summaryOf(ctx, row); err != nil {
		return v, err
	}
	if v.Case, err = s.caseOf(ctx, row); err != nil {
		return v, err
	}
	v.Clocks, v.Trail = s.clocks(v.Case), s.trail(v.Case)
	if err := s.gather(ctx, &v); err != nil {
		return v, err
	}
	return v, s.offer(ctx, &v)
}

// gather reads what belongs to an order.
func (s *Service) gather(ctx context.Context, v *View) error {
	var err error
	if v.Units, err = s.unitsOf(ctx, v.ID); err != nil {
		return err
	}
	if v.Replies, err = s.replies(ctx, v.ID); err != nil {
		return err
	}
	if v.Subs, err = s.subs(ctx, v.ID); err != nil {
		return err
	}
	v.Urgings, err = s.urgings(ctx, v.ID)
	return err
}

// offer tells what the caller may do to an order.
func (s *Service) offer(ctx context.Context, v *View) error {
	facts, err := s.facts(ctx, v.Order, v.Case)
	if err != nil {
		return err
	}
	owned := service.Owned{Lead: v.Order.Lead}
	desk, err := s.cases.Desk(ctx)
	if err != nil {
		return err
	}
	v.Offers = desk.Offers(v.Case, func(string) service.Owned { return owned }, facts)
	can := func(action string) bool {
		return slices.ContainsFunc(v.Offers, func(o workflow.Offer) bool { return o.Action.Name == action })
	}
	open := v.Ended.IsZero() && !v.Issued.IsZero()
	v.MayEdit = v.State == s.order.States[0].Name && s.core.Can(ctx, issueOrder, owned)
	beside := len(s.cooperating(ctx, v.Order)) > 0
	v.MaySign = can(signStep) || open && beside && s.unsigned(ctx, v.Units)
	v.MayReply = can(reportStep) || can(replyStep) || can(prepareStep) || open && beside
	v.MayForward = can(forwardStep)
	v.MaySplit = open && v.Parent == "" && s.core.Can(ctx, issueOrder, owned)
	v.MayUrge = open && s.core.Can(ctx, urge, owned)
	return nil
}

// unsigned tells whether a unit of the caller's that cooperates has not signed yet.
func (s *Service) unsigned(ctx context.Context, units []UnitView) bool {
	return slices.ContainsFunc(units, func(u UnitView) bool {
		return u.Signed.IsZero() && s.core.Can(ctx, signOrder, service.Owned{Lead: u.Unit})
	})
}

// mayRead fails where the caller may not read an order.
func (s *Service) mayRead(ctx context.Context, row orderRow) error {
	o, err := row.order()
	if err != nil {
		return err
	}
	return s.core.Check(ctx, readOrder, ownedBy(o))
}

// caseOf is how far an order is.
func (s *Service) caseOf(ctx context.Context, row orderRow) (workflow.Case, error) {
	return s.cases.Case(ctx, s.order, OrderKind, row.ID, s.begun(row))
}

// begun is when an order begins of which no step was taken yet.
func (s *Service) begun(row orderRow) calendar.Date {
	return calendar.On(store.TimeOf(row.Drafted).In(service.Zone()))
}

// clocks are the terms of a case, as pages show them.
func (s *Service) clocks(c workflow.Case) []Clock {
	var all []Clock
	today, days := s.core.Today(), s.options.Workdays()
	for _, term := range c.Clocks {
		title := c.Definition.Clock(term.Clock).Title
		clock := Clock{
			Name: term.Clock, Title: ledger.Wording{ZH: title.Chinese, EN: title.English}, Due: term.Due, Estimated: term.Estimated,
			Paused: term.Paused, Left: term.Left, Extended: term.Extensions,
		}
		if !term.Paused {
			clock.Left, clock.Overdue = days.Between(today, term.Due), term.Due.Before(today)
		}
		all = append(all, clock)
	}
	return all
}

// trail is how an order went, step by step.
func (s *Service) trail(c workflow.Case) []TrailStep {
	all := make([]TrailStep, len(c.Steps))
	for i, step := range c.Steps {
		title := c.Definition.Action(step.Action).Title
		all[i] = TrailStep{
			Action: step.Action, Title: ledger.Wording{ZH: title.Chinese, EN: title.English}, Role: step.Role, By: step.Account,
			On: step.On, At: step.At, Reason: step.Reason, Days: step.Days, Until: step.Until,
		}
	}
	return all
}

func (s *Service) unitsOf(ctx context.Context, id supervision.OrderID) ([]UnitView, error) {
	var rows []unitRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("order_id = ?", id).Order("unit").Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the units of order %s: %w", id, err)
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]UnitView, len(rows))
	for i, row := range rows {
		unit := ledger.UnitID(row.Unit)
		all[i] = UnitView{Unit: unit, Name: tree.Name(unit, s.core.Today()), By: ledger.AccountID(row.Account), Signed: store.TimeOf(of(row.Signed))}
	}
	return all, nil
}

func (s *Service) replies(ctx context.Context, id supervision.OrderID) ([]ReplyView, error) {
	var rows []replyRow
	db := s.core.Store().View(ctx)
	if err := db.NewSelect().Model(&rows).Where("order_id = ?", id).Order("number").Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the replies to order %s: %w", id, err)
	}
	var files []evidenceRow
	if err := db.NewSelect().Model(&files).Where("order_id = ?", id).Order("id").Scan(ctx); err != nil {
		return nil, fmt.Errorf("reading the evidence of order %s: %w", id, err)
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]ReplyView, len(rows))
	for i, row := range rows {
		v := ReplyView{ID: row.ID, Number: row.Number, Late: row.Late, By: ledger.AccountID(row.Account), At: store.TimeOf(row.AtTime)}
		if err := json.Unmarshal([]byte(row.Body), &v.Reply); err != nil {
			return nil, fmt.Errorf("reading reply %s: %w", row.ID, err)
		}
		v.UnitName = tree.Name(v.Unit, s.core.Today())
		for _, file := range files {
			if file.Reply == row.ID {
				v.Evidence = append(v.Evidence, file.evidence())
			}
		}
		all[i] = v
	}
	return all, nil
}

// subs are the sub-orders of an order.
func (s *Service) subs(ctx context.Context, id supervision.OrderID) ([]Summary, error) {
	var rows []orderRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("parent = ?", id).Order("id").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the parts of order %s: %w", id, err)
	}
	return s.summaries(ctx, rows)
}

func (s *Service) urgings(ctx context.Context, id supervision.OrderID) ([]Urging, error) {
	var rows []urgingRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("order_id = ?", id).Order("at_time DESC", "urging").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading what was sent about order %s: %w", id, err)
	}
	all := make([]Urging, len(rows))
	for i, row := range rows {
		all[i] = Urging{
			Kind: supervision.Occasion(row.Kind), Clock: row.Clock, To: supervision.Recipient(row.Recipient), On: store.DateOf(row.OnDay),
			By: ledger.AccountID(row.Account), At: store.TimeOf(row.AtTime), Reason: row.Reason,
		}
	}
	return all, nil
}

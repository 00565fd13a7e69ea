package demo

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/access"
	desk "luoshi/internal/service/supervision"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// orderDeeds are what people do about supervision orders.
var orderDeeds = []access.Action{
	"order.read", "order.issue", "order.approve", "order.sign", "order.decline", "order.reply", "order.answer", "order.forward",
	"order.extend", "order.grant", "order.resume", "order.review", "order.close", "order.reopen", "order.cancel", "commitment.read", "plan.read",
}

// orderChapters are what happens to supervision orders, and once a week what the program urges.
func (t *teller) orderChapters() ([]chapter, error) {
	chapters, err := told("ordersteps", 15, t.orderStep)
	if err != nil {
		return nil, err
	}
	days := calendar.ChineseWorkdays()
	for monday := (calendar.Date{Year: year, Month: 2, Day: 2}); !lastDay.Before(monday); monday = monday.AddDays(7) {
		on, _ := days.Add(monday, 0)
		chapters = append(chapters, chapter{on, 8, t.urge})
	}
	return append(chapters, chapter{calendar.Date{Year: year, Month: 1, Day: 20}, 9, t.chooseGrading}, chapter{lastDay, 8, t.urge}), nil
}

// chooseGrading lets the office choose how graded sheets are issued: by for how many months a matter has been behind.
func (t *teller) chooseGrading() error {
	ctx, err := t.standing("shubai", []access.Action{"order.read", "config.rules"})
	if err != nil {
		return err
	}
	settings, err := t.Supervision.Settings(ctx)
	if err != nil {
		return err
	}
	settings.Value.Grading = "months"
	_, err = t.Supervision.SaveSettings(ctx, settings.Value, settings.Revision)
	return err
}

// urge lets the program urge what is due.
func (t *teller) urge() error {
	return t.Supervision.Tick(t.program("job: "+desk.TickKind, desk.TickMay...), nil)
}

// orderStep lets somebody do something about an order, which is drafted before where there is none yet.
func (t *teller) orderStep(step step) error {
	ctx, err := t.standing(step.who, orderDeeds)
	if err != nil {
		return err
	}
	if _, drafted := t.orders[step.thing]; !drafted {
		if err := t.draftOrder(ctx, step.thing); err != nil {
			return err
		}
	}
	id := t.orders[step.thing]
	switch step.do {
	case "draft":
		return nil
	case "part":
		return t.splitOrder(ctx, id, step)
	case "say", "finish":
		return t.replyToOrder(ctx, id, step)
	}
	taken := desk.Step{Action: step.do, Reason: step.words}
	if step.do == "forward" {
		taken.To, err = t.unit.of(step.many)
	} else {
		taken.Days, err = step.number()
	}
	if err != nil {
		return err
	}
	_, err = t.Supervision.Step(ctx, id, taken)
	return err
}

// replyToOrder says how a matter stands, or that it is done.
func (t *teller) replyToOrder(ctx context.Context, id supervision.OrderID, step step) error {
	progress, err := step.number()
	if err != nil {
		return err
	}
	reply := supervision.Reply{Text: step.words, Progress: progress}
	var files []desk.File
	if step.do == "finish" {
		reply.Progress, reply.Done, reply.Final = 100, true, true
		files = []desk.File{{Name: t.phrase("order.evidence"), Content: strings.NewReader(step.words)}}
	}
	_, err = t.Supervision.Reply(ctx, id, reply, files)
	return err
}

// splitOrder gives a unit a part of an order. Parts are called by the order and their number.
func (t *teller) splitOrder(ctx context.Context, id supervision.OrderID, step step) error {
	unit, err := t.unit.of(step.many)
	if err != nil {
		return err
	}
	subs, err := t.Supervision.Split(ctx, id, []supervision.Part{{Unit: unit, Requirement: step.words}}, 0)
	if err != nil {
		return err
	}
	for n := 1; ; n++ {
		key := step.thing + "/" + strconv.Itoa(n)
		if _, there := t.orders[key]; !there {
			t.orders[key] = subs[len(subs)-1].ID
			return nil
		}
	}
}

// draftOrder drafts an order of orders.txt.
func (t *teller) draftOrder(ctx context.Context, key string) error {
	all, err := rows("orders", 12, 12)
	if err != nil {
		return err
	}
	for _, r := range all {
		if r.columns[0] != key {
			continue
		}
		order, err := t.orderOf(r)
		if err != nil {
			return r.fault(err)
		}
		drafted, err := t.Supervision.Draft(ctx, order)
		if err != nil {
			return r.fault(err)
		}
		t.orders[key] = drafted.Order.ID
		return nil
	}
	return fmt.Errorf("%q: %w", key, errUnknownKey)
}

// orderOf is the order of a line of orders.txt.
func (t *teller) orderOf(r row) (supervision.Order, error) {
	c := r.columns
	kind, sheet, _ := strings.Cut(c[1], "/")
	o := supervision.Order{
		Kind: supervision.Kind(kind), Sheet: supervision.Sheet(sheet), Urgency: supervision.Urgency(c[2]), Plan: t.plan,
		Title: c[6], Basis: c[4], Requirement: c[9], Contact: t.phrase("order.contact"),
		Sources: []supervision.Source{{Kind: supervision.SourceKind(c[3]), Title: c[4], By: c[5], On: t.Core.Today()}},
	}
	var err error
	if o.Lead, err = t.unit.of(c[7]); err != nil {
		return o, err
	}
	var cooperating []ledger.UnitID
	if cooperating, err = t.unit.all(r.list(8)); err != nil {
		return o, err
	}
	o.Cooperating = cooperating
	if o.Interim, err = strconv.Atoi(c[11]); err != nil {
		return o, fmt.Errorf("%q is no number: %w", c[11], err)
	}
	return o, termOf(&o, c[10])
}

// termOf takes a term: working days, days (20d) or a date.
func termOf(o *supervision.Order, text string) error {
	if due, err := calendar.ParseDate(text); err == nil {
		o.Due = due
		return nil
	}
	number, inDays := strings.CutSuffix(text, "d")
	n, err := strconv.Atoi(number)
	if err != nil {
		return fmt.Errorf("%q is no term: %w", text, err)
	}
	o.Term = supervision.Term{Days: n, Unit: flow.Workdays}
	if inDays {
		o.Term.Unit = flow.Days
	}
	return nil
}

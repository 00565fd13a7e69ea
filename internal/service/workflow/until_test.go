package workflow_test

import (
	"context"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/workflow"
)

// TestALastDayIsKept issues an order until a date and finds it at the end of its term.
func TestALastDayIsKept(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		const kind, id = "orders", "o1"
		k, d := workflow.New(f.Core, nil, "order issue order.issue"), workflow.Shipped("order")
		days := calendar.ChineseWorkdays()
		last, _ := days.Add(f.Today(), 40)
		err := f.Change(f.Office(t.Context()), func(ctx context.Context, w *service.Work) error {
			if err := w.AllowFor(ctx, "order.issue", service.Owned{Lead: f.Bureau.ID}); err != nil {
				return err
			}
			step, err := k.StepBy(ctx, d, "issue", service.Owned{Lead: f.Bureau.ID})
			if err != nil {
				return err
			}
			step.Facts, step.Until = []string{"has-basis", "cleared"}, last
			w.Record("order.issue", kind, id, nil, nil, last)
			_, err = k.Take(ctx, w, k.Begin(d, f.Today()), kind, id, step)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		c, err := k.Case(t.Context(), d, kind, id, f.Today())
		if err != nil {
			t.Fatal(err)
		}
		if term, _ := c.Term("handling"); term.Due != last || c.Steps[0].Until != last {
			t.Errorf("the term ends on %s, want %s", term.Due, last)
		}
	}, workflow.Room())
}

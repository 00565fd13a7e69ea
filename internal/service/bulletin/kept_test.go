package bulletin_test

import (
	"context"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/service/bulletin"
	"luoshi/internal/service/supervision"
	"luoshi/ledger"
)

// counted are orders that count how often somebody asks how they went, as generating a bulletin does once.
type counted struct {
	bulletin.Orders
	asked int
}

func (c *counted) Statistics(ctx context.Context, plan ledger.PlanID, from, to calendar.Date) ([]supervision.UnitStatistics, error) {
	c.asked++
	return c.Orders.Statistics(ctx, plan, from, to)
}

func TestADraftIsComparedWithTheLedgerOnceForEachOfItsChanges(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		orders := &counted{Orders: o.orders}
		o.Service = bulletin.New(o.Core, o.progress, o.reporting, bulletin.Options{Orders: orders})
		drafted := o.draft(t)
		have[bulletin.View](t)(o.Bulletin(o.office, drafted.ID))
		orders.asked = 0
		for range 3 {
			have[bulletin.View](t)(o.Bulletin(o.office, drafted.ID))
		}
		if orders.asked != 0 {
			t.Errorf("nothing has changed, and it was generated %d times", orders.asked)
		}
		o.promise(t, "新建口袋公园2处", o.Bureau.ID, day(12, 31))
		_, err := o.progress.ComputeNow(o.job, o.Plan.ID)
		must(t, err)
		if v := have[bulletin.View](t)(o.Bulletin(o.office, drafted.ID)); len(v.Moved) == 0 || orders.asked != 1 {
			t.Errorf("%d figures moved, and it was generated %d times", len(v.Moved), orders.asked)
		}
		o.clock.on(7, 7) // what is overdue is so by a day more
		have[bulletin.View](t)(o.Bulletin(o.office, drafted.ID))
		if orders.asked != 2 {
			t.Errorf("on the next day it was generated %d times", orders.asked)
		}
	})
}

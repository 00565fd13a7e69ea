package bulletin

import (
	"context"

	"luoshi/calendar"
	"luoshi/internal/service/supervision"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/bulletin"
	rules "luoshi/ledger/supervision"
)

// Orders tell how supervision orders went.
type Orders interface {
	Statistics(ctx context.Context, plan ledger.PlanID, from, to calendar.Date) ([]supervision.UnitStatistics, error)
	List(ctx context.Context, filter supervision.Filter, page store.Page) (supervision.Listing, error)
}

// ordersOf are the orders of a plan in the days of a period that are over.
func (s *Service) ordersOf(ctx context.Context, plan ledger.PlanID, in calendar.Period) (*bulletin.Orders, error) {
	counted, err := s.options.Orders.Statistics(ctx, plan, in.From, in.To)
	if err != nil {
		return nil, err
	}
	sheets := map[ledger.UnitID]int{}
	graded := supervision.Filter{Plan: plan, Kinds: []rules.Kind{rules.Graded}}
	err = s.eachOrder(ctx, graded, in, func(o supervision.Summary) {
		if !o.Issued.Before(in.From) {
			sheets[o.Lead]++
		}
	})
	if err != nil {
		return nil, err
	}
	all := &bulletin.Orders{}
	for _, u := range counted {
		all.Units = append(all.Units, bulletin.UnitOrders{
			Unit: u.Unit, Issued: u.Issued, Closed: u.Closed, Returned: u.Returned, Overdue: u.Overdue, Sheets: sheets[u.Unit],
		})
	}
	return all, s.eachOrder(ctx, supervision.Filter{Plan: plan, Overdue: true}, in, func(o supervision.Summary) {
		all.Overdue = append(all.Overdue, bulletin.Order{ID: string(o.ID), Number: o.Number, Title: o.Title, Unit: o.Lead, Due: o.Due})
	})
}

// eachOrder goes through the orders that were issued up to the last of some days.
func (s *Service) eachOrder(ctx context.Context, filter supervision.Filter, in calendar.Period, do func(supervision.Summary)) error {
	page := store.Page{Limit: store.MaxLimit}
	for {
		part, err := s.options.Orders.List(ctx, filter, page)
		if err != nil {
			return err
		}
		for _, o := range part.Orders {
			if !o.Issued.IsZero() && !in.To.Before(o.Issued) {
				do(o)
			}
		}
		if part.Next == "" {
			return nil
		}
		page.After = part.Next
	}
}

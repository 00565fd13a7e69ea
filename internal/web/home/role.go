package home

import (
	"context"
	"slices"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/supervision"
	"luoshi/ledger"
)

// most is how many a list of the desk names; the rest is behind its link.
const most = 6

// roles are what the desk shows to somebody for the roles that he holds. What is nil is not for him.
type roles struct {
	// Year is the plan's year on one screen: for who leads, supervises and reviews.
	Year *progress.Overview
	// Leads tells that the year comes first: for who leads.
	Leads bool
	// Fills tells that the caller fills forms; Due are those that wait for him.
	Fills bool
	Due   []reporting.DueItem
	// Decides tells that he signs, reviews or locks forms; Waiting are those that wait for him.
	Decides bool
	Waiting reporting.Waiting
	// Orders are the orders that wait for him, by what he is to do.
	Orders []supervision.Waiting
	// Outstanding is what units have not sent in, for the supervising office, and Contradicting what it should ask about.
	Outstanding   *reporting.Outstanding
	Contradicting []progress.Contradiction
	// Units are how those go which the caller heads.
	Units []progress.UnitView
}

// holds tells whether the caller holds a role, and where.
func holds(ctx context.Context, all ...access.Role) []ledger.UnitID {
	var units []ledger.UnitID
	for _, post := range service.CallerOf(ctx).Actor.Posts {
		if slices.Contains(all, post.Role) && !slices.Contains(units, post.Unit) {
			units = append(units, post.Unit)
		}
	}
	return units
}

// layRoles finds what the roles of the caller bring onto his desk. Plan is the published one that is nearest; its
// identifier is empty where there is none.
func (p *Pages) layRoles(ctx context.Context, plan ledger.Plan) (roles, error) {
	var r roles
	var err error
	if r.Fills = len(holds(ctx, "reporter", "unit-head")) > 0; r.Fills {
		if r.Due, err = p.uses.Reporting.Due(ctx); err != nil {
			return r, err
		}
	}
	if r.Decides = len(holds(ctx, "unit-head", "supervising-office", "reviewer")) > 0; r.Decides {
		if r.Waiting, err = p.uses.Reporting.Waiting(ctx); err != nil {
			return r, err
		}
	}
	if p.uses.Orders != nil {
		if r.Orders, err = p.uses.Orders.Inbox(ctx); err != nil {
			return r, err
		}
	}
	if plan.ID == "" {
		return r, nil
	}
	r.Leads = len(holds(ctx, "leader")) > 0
	if r.Leads || len(holds(ctx, "supervising-office", "reviewer")) > 0 {
		year, err := p.uses.Progress.Overview(ctx, plan.ID)
		if err != nil {
			return r, err
		}
		r.Year = &year
	}
	if err := p.layOffice(ctx, plan, &r); err != nil {
		return r, err
	}
	for _, unit := range holds(ctx, "unit-head") {
		view, err := p.uses.Progress.UnitView(ctx, plan.ID, unit)
		if err != nil {
			return r, err
		}
		r.Units = append(r.Units, view)
	}
	return r, nil
}

// layOffice adds what the supervising office has to run after.
func (p *Pages) layOffice(ctx context.Context, plan ledger.Plan, r *roles) error {
	if len(holds(ctx, "supervising-office")) == 0 {
		return nil
	}
	outstanding, err := p.uses.Reporting.Outstanding(ctx, most)
	if err != nil {
		return err
	}
	r.Outstanding = &outstanding
	r.Contradicting, err = p.uses.Progress.Contradictions(ctx, plan.ID)
	return err
}

// inForce is the newest plan that is published; the zero plan where none is.
func inForce(plans []ledger.Plan) ledger.Plan {
	for _, plan := range plans {
		if plan.State == ledger.Published {
			return plan
		}
	}
	return ledger.Plan{}
}

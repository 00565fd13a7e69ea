package reports

import (
	"context"

	"luoshi/internal/web/page"
	"luoshi/ledger/reporting"
)

func (g gridView) title(ctx context.Context) string {
	return page.T(ctx, "reports.grid.title", g.UnitName, g.Round.Period.Title())
}

func (g gridView) subtitle(ctx context.Context) string {
	return page.T(ctx, "reports.grid.subtitle", g.Plan, g.Round.Period.Span().From, g.Round.Period.Span().To)
}

// backwards tells whether there is a step that does not send the form on.
func (g gridView) backwards() bool {
	for _, w := range g.Ways {
		if !w.Forward {
			return true
		}
	}
	return false
}

// dueText says by when a form is due.
func dueText(ctx context.Context, round reporting.Round, days int, state reporting.State) string {
	return page.T(ctx, "reports.due.on", round.Due) + " " + daysText(ctx, days, state)
}

// daysText says how many days are left; of a form that was sent in, that nothing is due.
func daysText(ctx context.Context, days int, state reporting.State) string {
	switch {
	case !toFill(state):
		return page.T(ctx, "reports.days.done")
	case days < 0:
		return page.T(ctx, "reports.days.over", -days)
	case days == 0:
		return page.T(ctx, "reports.days.today")
	default:
		return page.T(ctx, "reports.days.left", days)
	}
}

func filledText(ctx context.Context, filled, rows int) string {
	return page.T(ctx, "reports.filled.of", filled, rows)
}

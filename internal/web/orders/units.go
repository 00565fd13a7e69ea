package orders

import (
	"net/http"

	"luoshi/calendar"
	uses "luoshi/internal/service/supervision"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// unitsView is how units do by orders in a span of days.
type unitsView struct {
	page.List
	Wrong    page.Errors
	Plans    []ledger.Plan
	From, To calendar.Date
	Units    []uses.UnitStatistics
}

func unitColumns(v page.View) []page.Column {
	columns := []page.Column{{Title: v.T("orders.unit")}}
	for _, key := range []string{"issued", "signed", "signed-in-time", "replied", "replied-in-time", "returned", "reopened", "extended", "closed", "open", "overdue"} {
		narrow := key != "open" && key != "overdue" && key != "closed"
		columns = append(columns, page.Column{Title: v.T("orders.units." + key), Number: true, Narrow: narrow})
	}
	return columns
}

// units is the table of units. Without dates it is that of this year.
func (p *Pages) units(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), page.Of(r.Context())
	view := unitsView{List: page.ListOf(r, unitColumns(v)...)}
	today := p.core.Today()
	view.From = dateOf(v, &view.Wrong, view.Filter("from"))
	view.To = dateOf(v, &view.Wrong, view.Filter("to"))
	if view.From.IsZero() {
		view.From = calendar.Date{Year: today.Year, Month: 1, Day: 1}
	}
	if view.To.IsZero() {
		view.To = today
	}
	var err error
	if v.Can("plan.read") {
		if view.Plans, err = p.catalogue.Plans(ctx); err != nil {
			return err
		}
	}
	if view.Units, err = p.uses.Statistics(ctx, ledger.PlanID(view.Filter("plan")), view.From, view.To); err != nil {
		return err
	}
	return web.Show(w, r, unitsPage(view))
}

// numbers are the figures of a unit in the order of the columns.
func numbers(u uses.UnitStatistics) []int {
	return []int{u.Issued, u.Signed, u.SignedInTime, u.Replied, u.RepliedInTime, u.Returned, u.Reopened, u.Extended, u.Closed, u.Open, u.Overdue}
}

// narrow tells whether a figure is left out on a telephone.
func narrow(i int) bool { return i < 8 }

// unitURL is the list of the open orders of a unit.
func unitURL(u ledger.UnitID) string { return listURL("unit", string(u)) }

func planOptions(blank string, plans []ledger.Plan) []page.Option {
	return append([]page.Option{{Label: blank}}, forms.PlanOptions(plans)...)
}

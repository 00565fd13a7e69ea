package reports

import (
	"context"
	"net/http"
	"slices"

	uses "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// dueView is the list of what is to be reported.
type dueView struct {
	Items    []dueItem
	Returned []dueItem
	Earlier  []earlierItem
	Next     string // where the list of earlier forms goes on; empty where it ends
}

// earlierItem is a form that was sent in.
type earlierItem struct {
	uses.EarlierItem
	Title, URL string
}

// earlierAtOnce is how many earlier forms the page lists at a time: those of a year.
const earlierAtOnce = 20

// dueItem is a form on the list.
type dueItem struct {
	Round        reporting.Round
	State        reporting.State
	Title        string
	UnitName     string
	Reason       string
	URL          string
	Days         int
	Filled, Rows int
}

// open tells whether the unit has still to fill and send it.
func (d dueItem) open() bool { return toFill(d.State) }

func toFill(s reporting.State) bool {
	return s == reporting.Drafted || s == reporting.Returned || s == ""
}

func (d dueItem) verb(ctx context.Context) string {
	if d.open() {
		return page.T(ctx, "reports.fill")
	}
	return page.T(ctx, "reports.look")
}

// soon is how many days before the due day a form is urgent.
const soon = 3

func (d dueItem) tone() page.Tone {
	switch {
	case !d.open():
		return page.Neutral
	case d.Days < 0:
		return page.Danger
	case d.Days <= soon:
		return page.Warning
	default:
		return page.Info
	}
}

func (p *Pages) due(w http.ResponseWriter, r *http.Request) error {
	items, err := p.uses.Due(r.Context())
	if err != nil {
		return err
	}
	v := page.Of(r.Context())
	var view dueView
	for _, i := range items {
		item := dueItem{
			Round: i.Round, State: i.Submission.State, Title: i.Plan + " " + v.Wording(i.Round.Period.Title()), UnitName: i.UnitName,
			Reason: i.Returned, URL: gridURL(i.Round.ID, i.Submission.Unit, ""), Days: i.DaysLeft, Filled: i.Submission.Filled, Rows: i.Submission.Asked,
		}
		view.Items = append(view.Items, item)
		if item.State == reporting.Returned {
			view.Returned = append(view.Returned, item)
		}
	}
	if err := p.earlier(r, &view); err != nil {
		return err
	}
	return web.Show(w, r, duePage(view))
}

// earlier lists the forms that were sent in, below those that are due.
func (p *Pages) earlier(r *http.Request, view *dueView) error {
	v := page.Of(r.Context())
	items, next, err := p.uses.Earlier(r.Context(), store.Page{After: r.URL.Query().Get("before"), Limit: earlierAtOnce})
	if err != nil {
		return err
	}
	for _, i := range items {
		view.Earlier = append(view.Earlier, earlierItem{
			EarlierItem: i, Title: i.Plan + " " + v.Wording(i.Round.Period.Title()), URL: gridURL(i.Round.ID, i.Submission.Unit, ""),
		})
	}
	if next != "" {
		view.Next = v.WithQuery("before", next) + "#earlier"
	}
	return nil
}

func (p *Pages) grid(w http.ResponseWriter, r *http.Request) error {
	form, names, err := p.form(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, gridPage(p.view(r, form, names)))
}

// view is a form as its page shows it.
func (p *Pages) view(r *http.Request, form uses.FormView, names forms.Names) gridView {
	v := page.Of(r.Context())
	g := gridView{
		Round: form.Round, Unit: form.Submission.Unit, UnitName: form.UnitName, Plan: form.Plan.Title,
		Account: string(web.VisitorOf(r.Context()).Actor.Account), State: form.Submission.State, Revision: form.Submission.Revision,
		Days: form.DaysLeft, MayFill: form.MayFill, Returned: form.Returned, Filled: form.Submission.Filled, Rows: form.Submission.Asked, Sheet: true,
		Sections: sections(v, names, entriesOf(form)), Bad: map[reporting.Subject][]bad{}, Clashes: map[reporting.Subject]clash{},
	}
	if g.Unit == "" {
		_, g.Unit = asked(r)
	}
	for _, o := range names.Options("") {
		g.Units = append(g.Units, names.Unit(ledger.UnitID(o.Value)))
	}
	for _, o := range form.Offers {
		if slices.Contains(ownSteps, o.Action.Name) {
			g.Ways = append(g.Ways, way{Step: o.Action.Name, Title: v.T("reports.step." + o.Action.Name), Forward: o.Action.Name == submitStep})
		}
	}
	g.Burden = form.Burden
	return g
}

// entriesOf are the rows of a form, each filled as far as it can be where nothing was said yet.
func entriesOf(form uses.FormView) []entry {
	var entries []entry
	for _, row := range form.Rows {
		// What is no longer asked of the unit is shown where it was said, and cannot be filled any more.
		if !row.Gone || !form.MayFill {
			entries = append(entries, entryOf(form.Round.Period, row))
		}
	}
	return entries
}

func entryOf(period reporting.Period, row uses.RowView) entry {
	e := entry{
		Row: row.Row, Now: row.Observation, Revision: row.Revision, Point: row.Point, Hints: row.Hints, Findings: row.Findings,
		Evidence: len(row.Evidence), Said: row.Observation,
		Offered: row.Observation.IsEmpty() && !row.Offered.IsEmpty(),
	}
	if e.Offered {
		e.Now = row.Offered
	}
	for _, p := range row.Earlier {
		if p.Period.Year == period.Year && p.Period.Before(period) {
			e.Last = p
		}
	}
	for _, h := range row.Hints {
		if h.Kind == reporting.HintYearBefore && h.Field == reporting.FieldValue {
			e.YearBefore = reporting.Point{Given: h.Given, OfPeriod: h.Value, Cumulative: h.Value}
		}
	}
	return e
}

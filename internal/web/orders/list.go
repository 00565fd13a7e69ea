package orders

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"luoshi/internal/access"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/catalogue/table"
	"luoshi/internal/service/catalogue/workbook"
	uses "luoshi/internal/service/supervision"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/internal/web/searching"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// orderList is the list of orders.
type orderList struct {
	page.List
	Wrong page.Errors
	forms.Names
	Plans    []ledger.Plan
	Listing  uses.Listing
	Group    group // the tab; the zero group for all that are open
	Every    bool  // those that have ended, too
	Views    []catalogue.SavedView
	Titles   map[string]string // of steps
	Chosen   []string
	Reason   string
	Outcomes []outcome
	Failed   int
}

// outcome is what became of one order of several.
type outcome struct {
	Title, URL, Text string
	Done             bool
}

func columns(v page.View) []page.Column {
	return []page.Column{
		{},
		{Order: "number", Title: v.T("orders.number"), Narrow: true},
		{Order: "title", Title: v.T("orders.matter")},
		{Title: v.T("orders.kind"), Narrow: true},
		{Order: "lead", Title: v.T("orders.lead"), Narrow: true},
		{Title: v.T("orders.state")},
		{Order: "issued", Title: v.T("orders.issued"), Narrow: true},
		{Order: "due", Title: v.T("orders.due")},
	}
}

// filterOf is what the address of a list asks for.
func filterOf(l page.List) uses.Filter {
	f := uses.Filter{
		Plan: ledger.PlanID(l.Filter("plan")), Commitment: ledger.CommitmentID(l.Filter("commitment")),
		Project: ledger.ProjectID(l.Filter("project")), Overdue: l.Filter("overdue") != "", Text: l.Filter("q"),
	}
	if kind := supervision.Kind(l.Filter("kind")); slices.Contains(supervision.Kinds(), kind) {
		f.Kinds = []supervision.Kind{kind}
	}
	if sheet := supervision.Sheet(l.Filter("sheet")); slices.Contains(supervision.Sheets(), sheet) {
		f.Sheet = sheet
	}
	if unit := l.Filter("unit"); unit != "" {
		f.Units = []ledger.UnitID{ledger.UnitID(unit)}
	}
	if span, ok := table.Span(l.Filter("before")); ok {
		f.DueBefore = span.From
	}
	if f.States = states(l.Filter("state")); len(f.States) == 0 {
		f.States = groupOf(l.Filter("tab")).states
	}
	f.Open = len(f.States) == 0 && l.Filter("tab") != all
	return f
}

// all is the tab of every order, whether ended or not.
const all = "all"

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	l := orderList{List: page.ListOf(r, columns(page.Of(r.Context()))...)}
	var err error
	to := ""
	if l.Views, to, err = searching.Views(r, p.catalogue, l.List); err != nil {
		return err
	}
	if to != "" {
		return web.Redirect(w, r, to)
	}
	if err := p.fill(r.Context(), &l); err != nil {
		return err
	}
	return web.Show(w, r, listPage(l))
}

// fill reads what a list shows.
func (p *Pages) fill(ctx context.Context, l *orderList) error {
	var err error
	l.Group, l.Every = groupOf(l.Filter("tab")), l.Filter("tab") == all
	if l.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return err
	}
	if page.Of(ctx).Can("plan.read") {
		if l.Plans, err = p.catalogue.Plans(ctx); err != nil {
			return err
		}
	}
	if l.Listing, err = p.uses.List(ctx, filterOf(l.List), l.Page()); err != nil {
		return err
	}
	l.Next = l.Listing.Next
	l.Titles = stepTitles(page.Of(ctx))
	return nil
}

// tabs lead to the orders in each group of states.
func (l orderList) tabs(v page.View) []page.Tab {
	named := l.Filter("state") != ""
	at := func(tab string) string {
		q := l.URL.Query()
		for _, name := range []string{"state", "after", "tab"} {
			q.Del(name)
		}
		if tab != "" {
			q.Set("tab", tab)
		}
		return "/orders?" + q.Encode()
	}
	open := 0
	tabs := make([]page.Tab, 1, len(groups)+2)
	for _, g := range groups {
		n := 0
		for _, state := range g.states {
			n += l.Listing.States[state]
		}
		if g.name != "ended" {
			open += n
		}
		tabs = append(tabs, page.Tab{Title: v.T("orders.tab." + g.name), URL: at(g.name), Active: !named && l.Group.name == g.name, Count: n})
	}
	tabs[0] = page.Tab{Title: v.T("orders.tab.open"), URL: at(""), Active: !named && l.Group.name == "" && !l.Every, Count: open}
	return append(tabs, page.Tab{Title: v.T("orders.tab.all"), URL: at(all), Active: !named && l.Every, Count: -1})
}

// bulk are the steps that the caller may take of many orders of the tab.
func (l orderList) bulk(v page.View, reason bool) []bulk {
	g := l.Group
	if named := states(l.Filter("state")); len(named) > 0 {
		g = group{}
		for _, one := range groups {
			if slices.ContainsFunc(named, func(state string) bool { return slices.Contains(one.states, state) }) {
				g.steps = append(g.steps, one.steps...)
			}
		}
	}
	var steps []bulk
	for _, s := range g.steps {
		if s.reason == reason && v.Can(access.Action(s.right)) {
			steps = append(steps, s)
		}
	}
	return steps
}

// ticks tells whether orders can be ticked.
func (l orderList) ticks(v page.View) bool { return len(l.bulk(v, false))+len(l.bulk(v, true)) > 0 }

// takeMany takes a step of the orders that were ticked.
func (p *Pages) takeMany(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	v := page.Of(r.Context())
	step, chosen, reason := r.PostForm.Get("step"), r.PostForm["id"], strings.TrimSpace(r.PostForm.Get("reason"))
	back := r.PostForm.Get("back")
	if !web.Local(back) {
		back = "/orders"
	}
	var e page.Errors
	switch {
	case stepTitles(v)[step] == "":
		return web.ErrForm
	case len(chosen) == 0:
		e.Add("", v.T("orders.choose.first"))
	case reason == "" && needsReason(step):
		e.Add("reason", v.T("orders.reason.missing"))
	}
	if !e.None() {
		return p.listAgain(w, r, back, func(l *orderList) { l.Wrong, l.Chosen, l.Reason = e, chosen, reason })
	}
	ids := make([]supervision.OrderID, len(chosen))
	for i, id := range chosen {
		ids[i] = supervision.OrderID(id)
	}
	lines, failed, err := p.outcomes(r, p.takeAll(r.Context(), step, ids, reason))
	if err != nil {
		return err
	}
	if len(failed) == 0 {
		web.Flash(w, r, page.Success, "orders.taken", stepTitles(v)[step], len(lines))
		return web.Redirect(w, r, back)
	}
	return p.listAgain(w, r, back, func(l *orderList) {
		l.Outcomes, l.Failed, l.Chosen, l.Reason = lines, len(failed), failed, reason
	})
}

// takeAll takes a step of orders, or urges their units.
func (p *Pages) takeAll(ctx context.Context, step string, ids []supervision.OrderID, reason string) []uses.Outcome {
	if step == urge {
		return p.uses.Urge(ctx, ids, reason)
	}
	return p.uses.Take(ctx, step, ids, reason, 0)
}

// needsReason tells whether a step of many needs a reason.
func needsReason(step string) bool {
	return slices.ContainsFunc(groups, func(g group) bool {
		return slices.ContainsFunc(g.steps, func(b bulk) bool { return b.name == step && b.reason })
	})
}

// listAgain shows the list that a form was on once more.
func (p *Pages) listAgain(w http.ResponseWriter, r *http.Request, back string, change func(*orderList)) error {
	u, err := r.URL.Parse(back)
	if err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	get := r.Clone(r.Context())
	get.URL = u
	l := orderList{List: page.ListOf(get, columns(page.Of(r.Context()))...)}
	if err := p.fill(r.Context(), &l); err != nil {
		return err
	}
	change(&l)
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, listPage(l))
}

// outcomes are what became of orders as the page lists it, and those of which the step was not taken.
func (p *Pages) outcomes(r *http.Request, taken []uses.Outcome) (lines []outcome, failed []string, err error) {
	v := page.Of(r.Context())
	for _, o := range taken {
		line := outcome{Title: o.Order.Title, URL: URL(o.ID, ""), Done: o.Err == nil, Text: v.Wording(o.Order.Label)}
		if o.Err != nil {
			known := false
			if line.Text, known = refusal(v, o.Err); !known {
				return nil, nil, o.Err
			}
			failed = append(failed, string(o.ID))
			line.Title = string(o.ID)
			if view, err := p.uses.Order(r.Context(), o.ID); err == nil {
				line.Title = view.Title
			}
		}
		lines = append(lines, line)
	}
	return lines, failed, nil
}

// export writes the list, with its filters and its order, as a workbook.
func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), page.Of(r.Context())
	l := page.ListOf(r, columns(v)...)
	var rows [][]workbook.Cell
	part := l.Page()
	part.After, part.Limit = "", store.MaxLimit
	for {
		listing, err := p.uses.List(ctx, filterOf(l), part)
		if err != nil {
			return err
		}
		for _, o := range listing.Orders {
			rows = append(rows, exportRow(v, o))
		}
		if part.After = listing.Next; part.After == "" {
			break
		}
	}
	if err := p.catalogue.NoteExport(ctx, "/orders", r.URL.RawQuery, len(rows)); err != nil {
		return err
	}
	return workbook.Serve(w, v.T("orders.file"), workbook.Sheet{Name: v.T("orders.title"), Columns: workbook.Columns(v.T, "orders.", exported), Rows: workbook.Rows(rows...)})
}

// exported are the columns of the exported list.
var exported = workbook.Headings{
	{"number", 18}, {"matter", 48}, {"kind", 14}, {"urgency", 10}, {"lead", 26}, {"state", 14}, {"issued", 12}, {"signed", 12},
	{"replied", 12}, {"due", 12}, {"left-days", 12}, {"ended", 12},
}

func exportRow(v page.View, o uses.Summary) []workbook.Cell {
	said, _ := Left(v, o)
	return []workbook.Cell{
		workbook.Text(o.Number), workbook.Text(o.Title), workbook.Text(v.Wording(kindName(o.Kind, o.Sheet))), workbook.Text(v.Wording(o.Urgency.Label())),
		workbook.Text(o.LeadName), workbook.Text(v.Wording(o.Label)), workbook.Day(o.Issued), workbook.Day(o.Signed), workbook.Day(o.Replied),
		workbook.Day(o.Due), workbook.Text(said), workbook.Day(o.Ended),
	}
}

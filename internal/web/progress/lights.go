package progress

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/catalogue/table"
	"luoshi/internal/service/catalogue/workbook"
	uses "luoshi/internal/service/progress"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/internal/web/searching"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// lightList is the list of lights.
type lightList struct {
	page.List
	forms.Names
	Plans  []ledger.Plan
	Plan   ledger.Plan
	Lights []uses.CommitmentLight
	Count  int64
	Run    uses.Run
	Views  []catalogue.SavedView
}

func columns(v page.View) []page.Column {
	return []page.Column{
		{Order: "number", Title: v.T("lights.number"), Narrow: true},
		{Order: "title", Title: v.T("lights.title.of")},
		{Title: v.T("lights.said")},
		{Order: uses.Severity, Title: v.T("lights.shown")},
		{Order: "by", Title: v.T("lights.calendar")},
		{Title: v.T("lights.gap"), Number: true, Narrow: true},
		{Title: v.T("lights.lead"), Narrow: true},
	}
}

// queryOf is what the address of a list asks for.
func queryOf(l page.List, plan ledger.PlanID) uses.LightQuery {
	q := uses.LightQuery{
		Plan: plan, Unit: ledger.UnitID(l.Filter("unit")), Below: l.Filter("below") != "", Kind: ledger.CommitmentKind(l.Filter("kind")),
		Words: l.Filter("q"), ByHand: l.Filter("hand") != "", Differs: l.Filter("differs") != "", Overdue: l.Filter("overdue") != "",
		Section: section(l.Filter("area")), Alone: l.Filter("alone") != "",
	}
	if c := light.Colour(l.Filter("colour")); slices.Contains(light.Colours(), c) {
		q.Colours = []light.Colour{c}
	}
	if span, ok := table.Span(l.Filter("turned")); ok && !span.IsZero() {
		d := span.From
		q.Turned = time.Date(int(d.Year), time.Month(d.Month), int(d.Day), 0, 0, 0, 0, service.Zone())
	}
	return q
}

// section is the number of a section; 0 for what is none.
func section(text string) int {
	n := 0
	for _, digit := range text {
		if digit < '0' || digit > '9' || n > 1e6 {
			return 0
		}
		n = n*10 + int(digit-'0')
	}
	return n
}

// worstFirst is a part of the list, in its own order where no other one is asked for.
func worstFirst(part store.Page) store.Page {
	if part.Order == "" {
		part.Order = uses.Severity
	}
	return part
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	l := lightList{List: page.ListOf(r, columns(page.Of(ctx))...)}
	var err error
	to := ""
	if l.Views, to, err = searching.Views(r, p.catalogue, l.List); err != nil {
		return err
	}
	if to != "" {
		return web.Redirect(w, r, to)
	}
	if l.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return err
	}
	if l.Plans, l.Plan, err = p.plans(r); err != nil {
		return err
	}
	if l.Plan.ID == "" {
		return web.Show(w, r, listPage(l))
	}
	q := queryOf(l.List, l.Plan.ID)
	listing, err := p.uses.Lights(ctx, q, worstFirst(l.Page()))
	if err != nil {
		return err
	}
	l.Lights, l.Next = listing.Lights, listing.Next
	if l.Count, err = p.uses.CountLights(ctx, q); err != nil {
		return err
	}
	if l.Run, err = p.uses.LastRun(ctx, l.Plan.ID); err != nil {
		return err
	}
	return web.Show(w, r, listPage(l))
}

// areas are the sections of a plan as the choices of a field, each set in beneath the one above it.
func areas(blank string, plan ledger.Plan) []page.Option {
	options := []page.Option{{Label: blank}}
	for _, s := range plan.Outline {
		if s.Level <= 2 {
			options = append(options, page.Option{Value: decimal(s.Number), Label: strings.Repeat("\u3000", max(0, s.Level-1)) + s.Marker + s.Title})
		}
	}
	return options
}

// export writes the list, with its filters and its order, as a workbook.
func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), page.Of(r.Context())
	l := page.ListOf(r, columns(v)...)
	_, plan, err := p.plans(r)
	if err != nil {
		return err
	}
	if plan.ID == "" {
		return &store.NotFound{Kind: "plans", ID: r.URL.Query().Get("plan")}
	}
	var lights []uses.CommitmentLight
	part := worstFirst(l.Page())
	part.After, part.Limit = "", store.MaxLimit
	for {
		listing, err := p.uses.Lights(ctx, queryOf(l, plan.ID), part)
		if err != nil {
			return err
		}
		lights = append(lights, listing.Lights...)
		if part.After = listing.Next; part.After == "" {
			break
		}
	}
	if err := p.catalogue.NoteExport(ctx, "/lights", r.URL.RawQuery, len(lights)); err != nil {
		return err
	}
	return workbook.Serve(w, v.T("lights.file", forms.Year(plan.Year)), LightSheet(v, lights))
}

// exported are the columns of the exported list.
var exported = workbook.Headings{
	{"number", 12}, {"title.of", 44}, {"said", 12}, {"shown", 16}, {"by-hand", 30}, {"computed", 16}, {"calendar", 16}, {"progress", 12},
	{"due", 12}, {"gap", 12}, {"as-of", 14}, {"lead", 24}, {"by", 12}, {"since", 12}, {"why", 60},
}

func exportRow(v page.View, l uses.CommitmentLight) []workbook.Cell {
	hand, asOf := "", ""
	if l.Hand != nil {
		hand = l.Hand.Reason
	}
	if !l.Light.AsOf.IsZero() {
		asOf = v.Wording(l.Light.AsOf.Title())
	}
	var why []string
	for _, sentence := range light.Explain(l.Light.Why) {
		why = append(why, v.Wording(sentence))
	}
	name := v.T("light." + string(l.Colour))
	if w := called(l.Shown); w.ZH != "" {
		name = v.Wording(w)
	}
	return []workbook.Cell{
		workbook.Text(l.Commitment.Number), workbook.Text(l.Commitment.Title), workbook.Text(saidWords(v, l.Shown)), workbook.Text(name),
		workbook.Text(hand), workbook.Text(v.T("light." + string(l.Computed))), workbook.Text(v.Wording(l.Calendar.Words())),
		workbook.Figure(l.Light.Progress), workbook.Figure(l.Light.Due), workbook.Figure(l.Light.Gap), workbook.Text(asOf),
		workbook.Text(l.UnitName), workbook.Day(l.Commitment.By), workbook.Day(l.Since), workbook.Text(strings.Join(why, "\n")),
	}
}

// saidWords is what the unit says of itself.
func saidWords(v page.View, s uses.Shown) string {
	if s.Said == "" {
		return v.T("lights.said.nothing")
	}
	return v.Wording(s.Said.Label())
}

// compute computes the lights of a plan anew.
func (p *Pages) compute(w http.ResponseWriter, r *http.Request) error {
	run, err := p.uses.ComputeNow(r.Context(), planID(r))
	if err != nil {
		return err
	}
	web.Flash(w, r, page.Success, "lights.computed.now", run.Judged, run.Turned)
	return web.Redirect(w, r, LightsURL(planID(r)))
}

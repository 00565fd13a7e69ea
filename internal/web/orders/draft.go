package orders

import (
	"context"
	"net/http"
	"strconv"
	"strings"

	"luoshi/flow"
	uses "luoshi/internal/service/supervision"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// draftView is the form of an order: a new one, or one that is still a draft.
type draftView struct {
	page.Errors
	forms.Names
	ID    supervision.OrderID // empty for a new one
	Seen  int64
	Typed typedOrder
	Plans []ledger.Plan
	About []subject
	Clash *page.Clash
	// Joins is the open order that the matter has already; the zero one where it has none.
	Joins uses.Summary
}

// subject is a promise or a project that the order is about, as a choice of the form.
type subject struct{ Value, Title string }

// typedOrder is an order as somebody typed it.
type typedOrder struct {
	Kind, Sheet, Title, Basis, Requirement, Lead, Urgency, Days, Unit, Due, Interim, Contact, Plan string
	Cooperating, Commitments, Projects                                                             []string
	Sources                                                                                        []typedSource
}

// typedSource is a source as somebody typed it, with the record that it names.
type typedSource struct{ Kind, Ref, Title, Wording, On, By string }

// blank tells that nothing was typed of a source but its kind.
func (s typedSource) blank() bool {
	return s.Title == "" && s.Wording == "" && s.By == "" && s.On == ""
}

// typedOf is an order as its form shows it.
func typedOf(o supervision.Order) typedOrder {
	t := typedOrder{
		Kind: string(o.Kind), Sheet: string(o.Sheet), Title: o.Title, Basis: o.Basis, Requirement: o.Requirement, Lead: string(o.Lead),
		Urgency: string(o.Urgency), Days: number(o.Term.Days), Unit: string(o.Term.Unit), Due: o.Due.String(), Interim: number(o.Interim),
		Contact: o.Contact, Plan: string(o.Plan), Cooperating: texts(o.Cooperating), Commitments: texts(o.Commitments), Projects: texts(o.Projects),
	}
	for _, s := range o.Sources {
		t.Sources = append(t.Sources, typedSource{string(s.Kind), s.Ref, s.Title, s.Wording, s.On.String(), s.By})
	}
	return t
}

func texts[S ~string](values []S) []string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = string(v)
	}
	return all
}

func named[S ~string](values []string) []S {
	var all []S
	for _, v := range values {
		if v != "" {
			all = append(all, S(v))
		}
	}
	return all
}

// number is a number as a field of a form holds it; empty for 0.
func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// readOrder reads the fields of a form.
func readOrder(v *forms.Values, r *http.Request) typedOrder {
	t := typedOrder{
		Kind: v.Text("kind"), Sheet: v.Text("sheet"), Title: v.Text("title"), Basis: v.Text("basis"), Requirement: v.Text("requirement"),
		Lead: v.Text("lead"), Urgency: v.Text("urgency"), Days: v.Text("days"), Unit: v.Text("unit"), Due: v.Text("due"),
		Interim: v.Text("interim"), Contact: v.Text("contact"), Plan: v.Text("plan"),
		Cooperating: r.PostForm["cooperating"], Commitments: r.PostForm["commitment"], Projects: r.PostForm["project"],
	}
	for i := range r.PostForm["source.kind"] {
		at := func(name string) string {
			if values := r.PostForm["source."+name]; i < len(values) {
				return strings.TrimSpace(values[i])
			}
			return ""
		}
		t.Sources = append(t.Sources, typedSource{at("kind"), at("ref"), at("title"), at("wording"), at("on"), at("by")})
	}
	return t
}

// order is what was typed; v remembers what cannot be read.
func (t typedOrder) order(view page.View, v *forms.Values) supervision.Order {
	o := supervision.Order{
		Kind: supervision.Kind(t.Kind), Title: t.Title, Basis: t.Basis, Requirement: t.Requirement, Lead: ledger.UnitID(t.Lead),
		Urgency: supervision.Urgency(t.Urgency), Contact: t.Contact, Plan: ledger.PlanID(t.Plan), Due: v.Date("due"), Interim: v.Int("interim"),
		Cooperating: named[ledger.UnitID](t.Cooperating), Commitments: named[ledger.CommitmentID](t.Commitments),
		Projects: named[ledger.ProjectID](t.Projects),
	}
	if o.Kind == supervision.Graded {
		o.Sheet = supervision.Sheet(t.Sheet)
	}
	if days := v.Int("days"); days != 0 {
		o.Term = supervision.Term{Days: days, Unit: flow.TermUnit(t.Unit)}
	}
	for _, s := range t.Sources {
		if !s.blank() {
			o.Sources = append(o.Sources, supervision.Source{
				Kind: supervision.SourceKind(s.Kind), Ref: s.Ref, Title: s.Title, Wording: s.Wording, On: dateOf(view, &v.Errors, s.On), By: s.By,
			})
		}
	}
	return o
}

// draftView is a form with its choices.
func (p *Pages) draftView(ctx context.Context, t typedOrder) (draftView, error) {
	if len(t.Sources) == 0 || !t.Sources[len(t.Sources)-1].blank() {
		t.Sources = append(t.Sources, typedSource{Kind: string(supervision.FromInstruction)})
	}
	if t.Unit == "" {
		t.Unit = string(flow.Workdays)
	}
	view := draftView{Typed: t}
	var err error
	if view.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return view, err
	}
	if page.Of(ctx).Can("plan.read") {
		if view.Plans, err = p.catalogue.Plans(ctx); err != nil {
			return view, err
		}
	}
	for _, id := range t.Commitments {
		c, err := p.core.Store().Commitments().Get(ctx, id)
		if err != nil {
			return view, err
		}
		view.About = append(view.About, subject{"commitment:" + id, c.Value.Title})
	}
	for _, id := range t.Projects {
		project, err := p.core.Store().Projects().Get(ctx, id)
		if err != nil {
			return view, err
		}
		view.About = append(view.About, subject{"project:" + id, project.Value.Name})
	}
	return view, p.joins(ctx, &view)
}

// joins finds the open order that a matter has already.
func (p *Pages) joins(ctx context.Context, view *draftView) error {
	open, err := p.uses.AboutCommitments(ctx, named[ledger.CommitmentID](view.Typed.Commitments))
	if err != nil {
		return err
	}
	for _, orders := range open {
		for _, o := range orders {
			if o.Parent == "" {
				view.Joins = o
			}
		}
	}
	return nil
}

// draft writes a new order, and issues it where that was asked for.
func (p *Pages) draft(w http.ResponseWriter, r *http.Request) error {
	v := forms.ValuesOf(r)
	typed := readOrder(v, r)
	order := typed.order(page.Of(r.Context()), v)
	var err error
	if v.None() {
		var drafted uses.Drafted
		if drafted, err = p.uses.Draft(r.Context(), order); err == nil {
			return p.drafted(w, r, drafted)
		}
	}
	return p.draftAgain(w, r, v, err, "", typed)
}

// drafted says what became of a new order: it may have joined the open one of its matter.
func (p *Pages) drafted(w http.ResponseWriter, r *http.Request, drafted uses.Drafted) error {
	to := URL(drafted.Order.ID, "")
	if drafted.Joined {
		web.Flash(w, r, page.Info, "orders.joined", drafted.Order.Number+drafted.Order.Title)
		return web.Redirect(w, r, to)
	}
	if r.PostForm.Get("then") != issue {
		web.Flash(w, r, page.Success, "orders.saved")
		return web.Redirect(w, r, to)
	}
	return p.issueNow(w, r, drafted.Order)
}

// issue is the button that issues what it saves.
const issue = "issue"

// issueNow issues a draft that was saved. Where something stands in the way, that is said, and the draft stays.
func (p *Pages) issueNow(w http.ResponseWriter, r *http.Request, draft uses.Summary) error {
	issued, err := p.uses.Issue(r.Context(), draft.ID, draft.Revision)
	if err == nil {
		web.Flash(w, r, page.Success, "orders.issued.now", issued.Number)
		return web.Redirect(w, r, URL(draft.ID, ""))
	}
	text, known := refusal(page.Of(r.Context()), err)
	if !known {
		return err
	}
	web.Flash(w, r, page.Warning, "orders.saved.not-issued", text)
	return web.Redirect(w, r, URL(draft.ID, ""))
}

func (p *Pages) editOrder(w http.ResponseWriter, r *http.Request) error {
	found, err := p.uses.Order(r.Context(), orderID(r))
	if err != nil {
		return err
	}
	view, err := p.draftView(r.Context(), typedOf(found.Order))
	if err != nil {
		return err
	}
	view.ID, view.Seen, view.Joins = found.ID, found.Revision, uses.Summary{}
	return web.Show(w, r, draftPage(view))
}

// edit changes a draft.
func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error {
	v := forms.ValuesOf(r)
	typed := readOrder(v, r)
	order := typed.order(page.Of(r.Context()), v)
	order.ID = orderID(r)
	var err error
	if v.None() {
		var edited uses.Summary
		if edited, err = p.uses.Edit(r.Context(), order, forms.Seen(r)); err == nil {
			if r.PostForm.Get("then") == issue {
				return p.issueNow(w, r, edited)
			}
			web.Flash(w, r, page.Success, "orders.saved")
			return web.Redirect(w, r, URL(order.ID, ""))
		}
	}
	return p.draftAgain(w, r, v, err, order.ID, typed)
}

// draftAgain shows the form once more with what was typed, and what is wrong with it or who has changed it meanwhile.
func (p *Pages) draftAgain(w http.ResponseWriter, r *http.Request, v *forms.Values, cause error, id supervision.OrderID, t typedOrder) error {
	ctx := r.Context()
	view, err := p.draftView(ctx, t)
	if err != nil {
		return err
	}
	view.ID, view.Seen = id, forms.Seen(r)
	if store.IsConflict(cause) {
		now, err := p.uses.Order(ctx, id)
		if err != nil {
			return err
		}
		view.Seen = now.Revision
		fields := view.differences(page.Of(ctx), typedOf(now.Order))
		if view.Clash, err = forms.Clash(r, p.catalogue, p.persons, cause, URL(id, "/edit"), fields); err != nil {
			return err
		}
		return web.ShowStatus(w, r, http.StatusConflict, draftPage(view))
	}
	mendable := false
	if view.Errors, mendable = forms.Mendable(r, v, cause); !mendable {
		return cause
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, draftPage(view))
}

// differences are what was typed beside what somebody else has saved meanwhile.
func (d draftView) differences(v page.View, theirs typedOrder) []page.Difference {
	units := func(ids []string) string {
		names := make([]string, len(ids))
		for i, id := range ids {
			names[i] = d.Unit(ledger.UnitID(id))
		}
		return joined(v, names)
	}
	mine := d.Typed
	return []page.Difference{
		{Field: v.T("orders.kind"), Mine: v.Wording(supervision.Kind(mine.Kind).Label()), Theirs: v.Wording(supervision.Kind(theirs.Kind).Label())},
		{Field: v.T("orders.matter"), Mine: mine.Title, Theirs: theirs.Title},
		{Field: v.T("orders.basis"), Mine: mine.Basis, Theirs: theirs.Basis},
		{Field: v.T("orders.requirement"), Mine: mine.Requirement, Theirs: theirs.Requirement},
		{Field: v.T("orders.lead"), Mine: d.Unit(ledger.UnitID(mine.Lead)), Theirs: d.Unit(ledger.UnitID(theirs.Lead))},
		{Field: v.T("orders.cooperating"), Mine: units(mine.Cooperating), Theirs: units(theirs.Cooperating)},
		{Field: v.T("orders.step.days"), Mine: mine.Days, Theirs: theirs.Days},
		{Field: v.T("orders.due"), Mine: mine.Due, Theirs: theirs.Due},
	}
}

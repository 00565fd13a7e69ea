package plans

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"luoshi/internal/service/catalogue/workbook"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// commitmentList is the list of commitments, with what can be done to many of them at once.
type commitmentList struct {
	page.List
	names
	Query planning.CommitmentQuery
	Rows  []store.Record[ledger.Commitment]
	Total int
	// Elsewhere counts what fits in all plans, where the plan that is shown has nothing.
	Elsewhere int
	Plans     []store.Record[ledger.Plan]
	Plan      *ledger.Plan // whose commitments they are; nil for those of all plans
	Views     []page.SavedView
	// What can be done to the chosen ones.
	MayAssign, MayWeigh, MayMerge bool
	// Picked are chosen from the beginning: all of the page where its address asks so, or those that were chosen in a
	// form that could not be done.
	Picked map[string]bool
	page.Errors
}

// bulk tells whether anything can be done to many at once.
func (l commitmentList) bulk() bool { return l.MayAssign || l.MayWeigh || l.MayMerge }

// pick is how a row is named in the form: with the revision that is seen.
func pick(r store.Record[ledger.Commitment]) string {
	return string(r.Value.ID) + "@" + strconv.FormatInt(r.Revision, 10)
}

// picked are the rows that were chosen in a form.
func picked(r *http.Request) []planning.Chosen {
	var list []planning.Chosen
	for _, value := range r.PostForm["pick"] {
		id, revision, _ := strings.Cut(value, "@")
		n, err := strconv.ParseInt(revision, 10, 64)
		if err != nil {
			n = -1 // no record is at it, so the choice is refused as outdated
		}
		list = append(list, planning.Chosen{ID: ledger.CommitmentID(id), Seen: n})
	}
	return list
}

// queryOf is what the address of a list asks for. A date that is none narrows nothing.
func queryOf(l page.List, plan ledger.PlanID) planning.CommitmentQuery {
	q := planning.CommitmentQuery{
		Plan: plan, Section: atoi(l.Filter("section")), Kind: ledger.CommitmentKind(l.Filter("kind")),
		State: ledger.CommitmentState(l.Filter("state")), Unit: ledger.UnitID(l.Filter("unit")), Lead: ledger.UnitID(l.Filter("lead")),
		Post: ledger.PostID(l.Filter("post")), Text: l.Filter("text"), Lacks: planning.Lack(l.Filter("lacks")),
	}
	q.From, _ = date(l.Filter("from"), "from")
	q.To, _ = date(l.Filter("to"), "to")
	return q
}

func (p *Pages) commitments(w http.ResponseWriter, r *http.Request) error {
	l, err := p.commitmentList(r)
	if err != nil {
		return err
	}
	if l.Filter("pick") == "all" {
		l.Picked = map[string]bool{}
		for _, row := range l.Rows {
			l.Picked[pick(row)] = true
		}
	}
	return web.Show(w, r, commitmentsPage(l))
}

func (p *Pages) commitmentList(r *http.Request) (commitmentList, error) {
	ctx, v := r.Context(), page.Of(r.Context())
	l := commitmentList{List: page.ListOf(r,
		page.Column{Title: v.T("plans.number"), Order: "number"},
		page.Column{Title: v.T("plans.commitment"), Order: "title"},
		page.Column{Title: v.T("plans.kind"), Narrow: true},
		page.Column{Title: v.T("plans.lead")},
		page.Column{Title: v.T("plans.deadline"), Order: "by", Narrow: true},
		page.Column{Title: v.T("plans.weight"), Order: "weight", Number: true, Narrow: true},
		page.Column{Title: v.T("plans.state"), Narrow: true},
	)}
	plans, err := p.planning.Plans(ctx, planning.PlanQuery{}, store.Page{Descending: true, Limit: store.MaxLimit})
	if err != nil {
		return l, err
	}
	l.Plans = plans.Records
	id := l.choosePlan(r)
	l.Query = queryOf(l.List, id)
	asked := l.Page()
	if asked.Order == "" {
		asked.Order = "section"
	}
	listing, err := p.planning.Commitments(ctx, l.Query, asked)
	if err != nil {
		return l, err
	}
	l.Rows, l.Next = listing.Records, listing.Next
	if l.Total, err = p.planning.CountCommitments(ctx, l.Query); err != nil {
		return l, err
	}
	if l.Elsewhere, err = p.elsewhere(ctx, l); err != nil {
		return l, err
	}
	if l.names, err = p.names(ctx); err != nil {
		return l, err
	}
	l.Views, err = p.views(ctx, "/commitments")
	p.offer(ctx, &l)
	return l, err
}

// choosePlan is whose commitments are shown: those of the plan that the address names, or else of the latest one that is
// published, so that a draft begun beside it does not hide what is in force.
func (l *commitmentList) choosePlan(r *http.Request) ledger.PlanID {
	id := ledger.PlanID(l.Filter("plan"))
	if !r.URL.Query().Has("plan") && len(l.Plans) > 0 {
		published := slices.IndexFunc(l.Plans, func(r store.Record[ledger.Plan]) bool { return r.Value.State == ledger.Published })
		id = l.Plans[max(0, published)].Value.ID
	}
	for i := range l.Plans {
		if l.Plans[i].Value.ID == id {
			l.Plan = &l.Plans[i].Value
		}
	}
	return id
}

// elsewhere counts what fits in other plans where the plan that is shown has nothing: whoever looks for words does not think
// of the plan that the list was narrowed to.
func (p *Pages) elsewhere(ctx context.Context, l commitmentList) (int, error) {
	if l.Total > 0 || l.Query.Plan == "" || l.Query == (planning.CommitmentQuery{Plan: l.Query.Plan}) {
		return 0, nil
	}
	all := l.Query
	all.Plan, all.Section = "", 0
	return p.planning.CountCommitments(ctx, all)
}

// everywhere is the list of all plans, narrowed like this one.
func (l commitmentList) everywhere() string {
	q := l.URL.Query()
	q.Set("plan", "")
	for _, ofOnePlan := range []string{"section", "after"} {
		q.Del(ofOnePlan)
	}
	return l.URL.Path + "?" + q.Encode()
}

// offer tells what the user may do to many commitments at once.
func (p *Pages) offer(ctx context.Context, l *commitmentList) {
	if l.Plan == nil || l.Plan.State != ledger.Draft || len(l.Rows) == 0 {
		return
	}
	l.MayAssign = slices.ContainsFunc(l.Rows, func(r store.Record[ledger.Commitment]) bool { return p.may(ctx, "assignment.edit", r.Value) })
	l.MayWeigh = p.mayPlan(ctx, "commitment.weigh", *l.Plan)
	l.MayMerge = p.mayPlan(ctx, "commitment.correct", *l.Plan)
}

func (p *Pages) views(ctx context.Context, path string) ([]page.SavedView, error) {
	if !page.Of(ctx).Can("view.save") {
		return nil, nil
	}
	kept, err := p.catalogue.Views(ctx, path)
	list := make([]page.SavedView, len(kept))
	for i, view := range kept {
		list[i] = page.SavedView{ID: view.ID, Name: view.Name, URL: view.Page + "?" + view.Query}
	}
	return list, err
}

// export is the list as a workbook.
func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	l, err := p.commitmentList(r)
	if err != nil {
		return err
	}
	ctx, v := r.Context(), page.Of(r.Context())
	heading := func(key string, width float64, wrap bool) workbook.Column {
		return workbook.Column{Heading: v.T(key), Width: width, Wrap: wrap}
	}
	sheet := workbook.Sheet{Name: v.T("plans.commitments"), Columns: []workbook.Column{
		heading("plans.number", 12, false), heading("plans.section", 24, true), heading("plans.commitment", 30, true),
		heading("plans.wording", 60, true), heading("plans.kind", 10, false), heading("plans.target", 40, true),
		heading("plans.lead", 22, false), heading("plans.cooperating", 26, true), heading("plans.deadline", 14, false),
		heading("plans.post", 18, false), heading("plans.weight", 8, false), heading("plans.state", 10, false),
	}}
	outlines := map[ledger.PlanID]ledger.Plan{}
	for _, plan := range l.Plans {
		outlines[plan.Value.ID] = plan.Value
	}
	rows := 0
	asked := l.Page()
	if asked.Order == "" {
		asked.Order = "section"
	}
	sheet.Rows = func(yield func([]workbook.Cell, error) bool) {
		for record, err := range p.planning.EachCommitment(ctx, l.Query, asked) {
			rows++
			c := record.Value
			if !yield([]workbook.Cell{
				workbook.Text(c.Number), workbook.Text(sectionPath(outlines[c.Plan], c.Section)), workbook.Text(c.Title),
				workbook.Text(c.Wording()), workbook.Text(v.Wording(c.Kind.Label())), workbook.Text(targetLines(v, c.Targets)),
				workbook.Text(l.unit(c.Lead)), workbook.Text(l.units(c.Cooperating)), workbook.Day(c.By),
				workbook.Text(l.post(c.Post)), workbook.Figure(c.Weight), workbook.Text(v.Wording(c.State.Label())),
			}, err) {
				return
			}
		}
		if err := p.catalogue.NoteExport(ctx, "/commitments", r.URL.RawQuery, rows); err != nil {
			yield(nil, fmt.Errorf("keeping in the log what was taken out: %w", err))
		}
	}
	return workbook.Serve(w, v.T("plans.commitments"), sheet)
}

// many does something to the chosen commitments of a plan and says how it went: on the list where it was chosen.
func (p *Pages) many(w http.ResponseWriter, r *http.Request, key string, do func(chosen []planning.Chosen) (int, error)) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	chosen := picked(r)
	n, err := do(chosen)
	to := back(r, listURL(planID(r), "sort", ""))
	var at *fieldError
	switch {
	case err == nil:
		web.Flash(w, r, page.Success, key, n)
		return web.Redirect(w, r, to)
	case store.IsConflict(err):
		web.Flash(w, r, page.Warning, "plans.bulk.conflict", titleIn(err))
		return web.Redirect(w, r, to)
	case mendable(err) || errors.As(err, &at):
		web.Flash(w, r, page.Danger, "plans.bulk.failed", strings.Join(errorsOf(page.Of(r.Context()), err).All(), " "))
		return web.Redirect(w, r, to)
	}
	return err
}

// titleIn is what the commitment is called that was changed meanwhile.
func titleIn(err error) string {
	var conflict *store.Conflict[ledger.Commitment]
	if errors.As(err, &conflict) {
		return conflict.Current.Value.Title
	}
	return ""
}

// given is what a form assigns. A choice that was left open leaves what is there.
func given(r *http.Request) planning.Give {
	var give planning.Give
	if lead := ledger.UnitID(r.PostFormValue("lead")); lead != "" {
		give.Lead = &lead
	}
	if units := unitIDs(r.PostForm["cooperating"]); len(units) > 0 {
		give.Cooperating = &units
	}
	if post := ledger.PostID(r.PostFormValue("post")); post != "" {
		give.Post = &post
	}
	if r.PostFormValue("all") != "" { // the form of one commitment shows all there is
		lead, units, post := ledger.UnitID(r.PostFormValue("lead")), unitIDs(r.PostForm["cooperating"]), ledger.PostID(r.PostFormValue("post"))
		give = planning.Give{Lead: &lead, Cooperating: &units, Post: &post}
	}
	return give
}

func unitIDs(values []string) []ledger.UnitID {
	var ids []ledger.UnitID
	for _, value := range values {
		if value != "" {
			ids = append(ids, ledger.UnitID(value))
		}
	}
	return ids
}

func (p *Pages) assign(w http.ResponseWriter, r *http.Request) error {
	return p.many(w, r, "plans.assigned", func(chosen []planning.Chosen) (int, error) {
		bulk, err := p.planning.Assign(r.Context(), planID(r), chosen, given(r))
		return len(bulk.Changes), err
	})
}

func (p *Pages) weigh(w http.ResponseWriter, r *http.Request) error {
	return p.many(w, r, "plans.weighed", func(chosen []planning.Chosen) (int, error) {
		weight, err := figure(r.PostFormValue("weight"), "weight")
		if err != nil {
			return 0, err
		}
		return len(chosen), p.planning.Weigh(r.Context(), planID(r), chosen, weight)
	})
}

func (p *Pages) merge(w http.ResponseWriter, r *http.Request) error {
	return p.many(w, r, "plans.merged", func(chosen []planning.Chosen) (int, error) {
		_, err := p.planning.Merge(r.Context(), planID(r), chosen)
		return len(chosen), err
	})
}

// figure reads a figure of a form; thousands may be set apart.
func figure(text, field string) (ledger.Decimal, error) {
	text = strings.NewReplacer(",", "", "\uff0c", "", " ", "").Replace(strings.TrimSpace(text))
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		return d, unreadable(field, "plans.figure.bad", text)
	}
	return d, nil
}

// Package projects is the pages of investment projects: their list with its sums, a project with its money, nodes and
// obstacles, the forms that change them, and tables that come in.
package projects

import (
	"context"
	_ "embed" // the words
	"math/big"
	"net/http"

	"luoshi/internal/access"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/catalogue/table"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/charts"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	progresspages "luoshi/internal/web/progress"
	"luoshi/internal/web/searching"
	"luoshi/ledger"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of projects.
type Pages struct {
	catalogue *catalogue.Service
	progress  *progress.Service
	reports   *reporting.Service
	persons   forms.Persons
}

// New makes the pages. Persons may be nil: then accounts are called by their identifiers.
func New(catalogue *catalogue.Service, progress *progress.Service, reports *reporting.Service, persons forms.Persons) *Pages {
	return &Pages{catalogue: catalogue, progress: progress, reports: reports, persons: persons}
}

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /projects", Handler: p.list},
		{Pattern: "GET /projects.xlsx", Handler: p.export},
		{Pattern: "GET /projects/new", Handler: p.newForm},
		{Pattern: "POST /projects", Handler: p.create},
		{Pattern: "GET /imports/projects", Handler: p.importForm},
		{Pattern: "POST /imports/projects", Handler: p.prepare, Body: table.MostBytes + 1<<20},
		{Pattern: "GET /imports/projects/{table}", Handler: p.incoming().Show},
		{Pattern: "POST /imports/projects/{table}", Handler: p.incoming().BringIn},
		{Pattern: "GET /projects/{id}", Handler: p.show},
		{Pattern: "GET /projects/{id}/edit", Handler: p.editForm},
		{Pattern: "POST /projects/{id}/edit", Handler: p.edit},
		{Pattern: "GET /projects/{id}/stage", Handler: p.stageForm},
		{Pattern: "POST /projects/{id}/stage", Handler: p.move},
		{Pattern: "GET /projects/{id}/funds", Handler: p.fundsForm},
		{Pattern: "POST /projects/{id}/funds", Handler: p.setFunds},
		{Pattern: "GET /projects/{id}/years", Handler: p.yearsForm},
		{Pattern: "POST /projects/{id}/years", Handler: p.setYears},
		{Pattern: "GET /projects/{id}/nodes", Handler: p.nodesForm},
		{Pattern: "POST /projects/{id}/nodes", Handler: p.setNodes},
		{Pattern: "GET /projects/{id}/obstacles", Handler: p.obstaclesForm},
		{Pattern: "POST /projects/{id}/obstacles", Handler: p.setObstacles},
	}
}

func projectID(r *http.Request) ledger.ProjectID { return ledger.ProjectID(r.PathValue("id")) }

// projectList is the list of projects with its sums.
type projectList struct {
	page.List
	forms.Names
	Plans    []ledger.Plan
	Plan     ledger.Plan
	Projects []store.Record[ledger.Project]
	Summary  []catalogue.SummaryRow
	Views    []catalogue.SavedView
}

func columns(v page.View) []page.Column {
	return []page.Column{
		{Order: "number", Title: v.T("projects.number"), Narrow: true},
		{Order: "name", Title: v.T("projects.name")},
		{Title: v.T("projects.category"), Narrow: true},
		{Title: v.T("projects.stage")},
		{Title: v.T("projects.lead"), Narrow: true},
		{Order: "total", Title: v.T("projects.total.wan"), Number: true},
		{Title: v.T("projects.planned.wan"), Number: true, Narrow: true},
		{Title: v.T("projects.done.wan"), Number: true, Narrow: true},
		{Order: "completion", Title: v.T("projects.completion"), Narrow: true},
	}
}

// queryOf is what the address of a list asks for. Where it names no plan it is the latest one; “all” is every plan.
func queryOf(l page.List, plans []ledger.Plan) (catalogue.ProjectQuery, ledger.Plan) {
	q := catalogue.ProjectQuery{
		Words: l.Filter("q"), Category: ledger.ProjectCategory(l.Filter("category")), Stage: ledger.Stage(l.Filter("stage")),
		Unit: ledger.UnitID(l.Filter("unit")), Below: l.Filter("below") != "", Hindered: l.Filter("hindered") != "",
		NoUnit: l.Filter("nobody") != "",
	}
	plan := forms.Chosen(plans, l.Filter("plan"))
	if l.Filter("plan") != everyPlan {
		q.Plan = plan.ID
	}
	return q, plan
}

// everyPlan is what the filter of plans calls all of them.
const everyPlan = "all"

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	l := projectList{List: page.ListOf(r, columns(page.Of(ctx))...)}
	var err error
	to := ""
	if l.Views, to, err = searching.Views(r, p.catalogue, l.List); err != nil {
		return err
	}
	if to != "" {
		return web.Redirect(w, r, to)
	}
	if l.Names, err = forms.NamesOf(ctx, p.catalogue.Core); err != nil {
		return err
	}
	if l.Plans, err = p.catalogue.Plans(ctx); err != nil {
		return err
	}
	q, plan := queryOf(l.List, l.Plans)
	l.Plan = plan
	listing, err := p.catalogue.Projects(ctx, q, l.Page())
	if err != nil {
		return err
	}
	l.Projects, l.Next = listing.Records, listing.Next
	if l.After == "" {
		if l.Summary, err = p.catalogue.ProjectSummary(ctx, q, plan.Year); err != nil {
			return err
		}
	}
	return web.Show(w, r, listPage(l))
}

// projectPage is a project as its page shows it.
type projectPage struct {
	catalogue.Project
	forms.Names
	Plan             ledger.Plan
	Persons          map[ledger.AccountID]string
	Commitments      []store.Record[ledger.Commitment]
	Going            progress.ProjectView
	Drawing          charts.Options
	MayEdit, MayMove bool
}

// person is the name of an account.
func (s projectPage) person(id ledger.AccountID) string {
	if name := s.Persons[id]; name != "" {
		return name
	}
	return string(id)
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r.Context(), projectID(r))
	if err != nil {
		return err
	}
	if p.persons != nil {
		var accounts []ledger.AccountID
		for _, move := range s.Moves {
			accounts = append(accounts, move.Account)
		}
		if s.Persons, err = p.persons(r.Context(), accounts...); err != nil {
			return err
		}
	}
	if s.Commitments, err = p.catalogue.Serves(r.Context(), s.Value.ID); err != nil {
		return err
	}
	if s.Going, err = p.progress.ProjectView(r.Context(), s.Value.ID); err != nil {
		return err
	}
	if s.Drawing, err = progresspages.Sources(r.Context(), p.catalogue.Core, p.reports, s.Value.Plan); err != nil {
		return err
	}
	s.Drawing.ID, s.Going.Course.Steps = "course", nil // its nodes stand further down
	return web.Show(w, r, showPage(s))
}

// load is a project with what every page of it needs.
func (p *Pages) load(ctx context.Context, id ledger.ProjectID) (projectPage, error) {
	project, err := p.catalogue.Project(ctx, id)
	if err != nil {
		return projectPage{}, err
	}
	s := projectPage{
		Project: project,
		MayEdit: p.catalogue.Can(ctx, "project.edit", project.Owned()), MayMove: p.catalogue.Can(ctx, "project.stage", project.Owned()),
	}
	if s.Names, err = forms.NamesOf(ctx, p.catalogue.Core); err != nil {
		return s, err
	}
	plans, err := p.catalogue.Plans(ctx)
	if err != nil {
		return s, err
	}
	for _, plan := range plans {
		if plan.ID == project.Value.Plan {
			s.Plan = plan
		}
	}
	return s, nil
}

// offered is load for a form: whoever may not do the action is refused before he types anything.
func (p *Pages) offered(r *http.Request, action access.Action) (projectPage, error) {
	s, err := p.load(r.Context(), projectID(r))
	if err != nil {
		return s, err
	}
	return s, p.catalogue.Check(r.Context(), action, s.Owned())
}

// funded are the sums of the project's funds, planned, arrived and paid, in 万元.
func (s projectPage) funded() []ledger.Decimal {
	planned, arrived, paid := s.Value.Funded()
	var sums []ledger.Decimal
	for _, sum := range []*big.Rat{planned, arrived, paid} {
		digits, _ := sum.FloatPrec() // a sum of decimals ends
		total, err := ledger.ParseDecimal(sum.FloatString(digits))
		if err != nil {
			total = ledger.Decimal{} // beyond what a figure can hold
		}
		sums = append(sums, forms.Wan(total))
	}
	return sums
}

// Package indicators is the pages of indicators: their list, an indicator with its series as a table and as a chart, and
// the forms that define it and keep its years.
package indicators

import (
	"context"
	_ "embed" // the words
	"net/http"

	"luoshi/indicator"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/catalogue/workbook"
	"luoshi/internal/service/peers"
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

// Pages are the pages of indicators.
type Pages struct {
	catalogue *catalogue.Service
	progress  *progress.Service
	reports   *reporting.Service
	peers     *peers.Service
	persons   forms.Persons
}

// New makes the pages. Persons may be nil: then accounts are called by their identifiers.
func New(catalogue *catalogue.Service, progress *progress.Service, reports *reporting.Service, peers *peers.Service, persons forms.Persons) *Pages {
	return &Pages{catalogue: catalogue, progress: progress, reports: reports, peers: peers, persons: persons}
}

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /indicators", Handler: p.list},
		{Pattern: "GET /indicators.xlsx", Handler: p.export},
		{Pattern: "GET /indicators/new", Handler: p.newForm},
		{Pattern: "POST /indicators", Handler: p.create},
		{Pattern: "GET /indicators/{id}", Handler: p.show},
		{Pattern: "GET /indicators/{id}/edit", Handler: p.editForm},
		{Pattern: "POST /indicators/{id}/edit", Handler: p.redefine},
		{Pattern: "GET /indicators/{id}/year", Handler: p.yearForm},
		{Pattern: "POST /indicators/{id}/year", Handler: p.setYear},
		{Pattern: "POST /indicators/{id}/drop", Handler: p.dropYear},
		{Pattern: "GET /indicators/{id}/peers", Handler: p.peerForm},
		{Pattern: "POST /indicators/{id}/peers", Handler: p.setPeer},
		{Pattern: "POST /indicators/{id}/peers/drop", Handler: p.dropPeer},
		{Pattern: "GET /indicators/{id}/files/{file}", Handler: p.file},
	}
}

func indicatorID(r *http.Request) ledger.IndicatorID {
	return ledger.IndicatorID(r.PathValue("id"))
}

// indicatorList is the list of indicators.
type indicatorList struct {
	page.List
	Plans      []ledger.Plan
	Plan       ledger.Plan
	Indicators []store.Record[ledger.Indicator]
	Views      []catalogue.SavedView
}

func columns(v page.View) []page.Column {
	return []page.Column{
		{Order: "name", Title: v.T("indicators.name")},
		{Title: v.T("indicators.unit")},
		{Title: v.T("indicators.direction"), Narrow: true},
		{Title: v.T("indicators.base"), Number: true, Narrow: true},
		{Title: v.T("indicators.target"), Number: true},
		{Title: v.T("indicators.actual"), Number: true},
		{Title: v.T("indicators.scope"), Narrow: true},
	}
}

// everyPlan is what the filter of plans calls all of them.
const everyPlan = "all"

func queryOf(l page.List, plans []ledger.Plan) (catalogue.IndicatorQuery, ledger.Plan) {
	plan := forms.Chosen(plans, l.Filter("plan"))
	q := catalogue.IndicatorQuery{
		Words: l.Filter("q"), Direction: ledger.Direction(l.Filter("direction")), Own: l.Filter("own") != "",
	}
	if l.Filter("plan") != everyPlan {
		q.Plan = plan.ID
	}
	return q, plan
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	l := indicatorList{List: page.ListOf(r, columns(page.Of(ctx))...)}
	var err error
	to := ""
	if l.Views, to, err = searching.Views(r, p.catalogue, l.List); err != nil {
		return err
	}
	if to != "" {
		return web.Redirect(w, r, to)
	}
	if l.Plans, err = p.catalogue.Plans(ctx); err != nil {
		return err
	}
	q, plan := queryOf(l.List, l.Plans)
	l.Plan = plan
	listing, err := p.catalogue.Indicators(ctx, q, l.Page())
	if err != nil {
		return err
	}
	l.Indicators, l.Next = listing.Records, listing.Next
	return web.Show(w, r, listPage(l))
}

// export writes the list, with its filters and its order: the indicators, and on a second sheet every year of each.
func (p *Pages) export(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), page.Of(r.Context())
	l := page.ListOf(r, columns(v)...)
	plans, err := p.catalogue.Plans(ctx)
	if err != nil {
		return err
	}
	q, plan := queryOf(l, plans)
	var indicators, years [][]workbook.Cell
	for record, err := range p.catalogue.EachIndicator(ctx, q, l.Page()) {
		if err != nil {
			return err
		}
		i := record.Value
		indicators = append(indicators, indicatorRow(v, i, plan.Year))
		for _, y := range i.Series {
			years = append(years, yearRow(v, i, y))
		}
	}
	if err := p.catalogue.NoteExport(ctx, "/indicators", r.URL.RawQuery, len(indicators)); err != nil {
		return err
	}
	return workbook.Serve(w, v.T("indicators.file", forms.Year(plan.Year)),
		workbook.Sheet{Name: v.T("indicators.title"), Columns: workbook.Columns(v.T, "indicators.", indicatorHeadings), Rows: workbook.Rows(indicators...)},
		workbook.Sheet{Name: v.T("indicators.series"), Columns: workbook.Columns(v.T, "indicators.", yearHeadings), Rows: workbook.Rows(years...)})
}

// The headings of the sheets, with their widths.
var (
	indicatorHeadings = workbook.Headings{
		{"name", 32}, {"unit", 10}, {"direction", 12}, {"aggregation", 12}, {"base", 14}, {"base-year", 10}, {"target", 14},
		{"actual", 14}, {"scope", 36}, {"numerator", 28}, {"denominator", 28}, {"code", 24},
	}
	yearHeadings = workbook.Headings{{"name", 32}, {"unit", 10}, {"year", 8}, {"target", 14}, {"actual", 14}, {"scope", 28}, {"as-of", 12}, {"source", 48}}
)

func indicatorRow(v page.View, i ledger.Indicator, year int) []workbook.Cell {
	figures, _ := i.In(year)
	return []workbook.Cell{
		workbook.Text(i.Name), workbook.Text(i.Unit), workbook.Text(v.Wording(i.Direction.Label())),
		workbook.Text(v.Wording(i.Aggregation.Label())), workbook.Figure(i.Base), workbook.Year(i.BaseYear),
		workbook.Figure(figures.Target), workbook.Figure(figures.Actual), workbook.Text(i.Scope),
		workbook.Text(i.Numerator), workbook.Text(i.Denominator), workbook.Text(i.Code),
	}
}

func yearRow(_ page.View, i ledger.Indicator, y ledger.YearFigure) []workbook.Cell {
	return []workbook.Cell{
		workbook.Text(i.Name), workbook.Text(i.Unit), workbook.Year(y.Year), workbook.Figure(y.Target), workbook.Figure(y.Actual),
		workbook.Text(y.Scope), workbook.Day(y.AsOf), workbook.Text(y.Source.Wording()),
	}
}

// indicatorPage is an indicator as its page shows it.
type indicatorPage struct {
	catalogue.Indicator
	forms.Names
	Plan               ledger.Plan
	Sources            map[ledger.Digest]string // names of documents
	Targeted           []store.Record[ledger.Commitment]
	Going              progress.IndicatorView
	Drawing            charts.Options
	Peers              []peers.Peer
	MayEdit, MayFigure bool
	MayPeer            bool
	page.Errors
}

// targets are what a commitment promises of the indicator.
func (s indicatorPage) targets(c ledger.Commitment) []ledger.Target {
	var found []ledger.Target
	for _, t := range c.Targets {
		if t.Indicator == s.Value.ID {
			found = append(found, t)
		}
	}
	return found
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	s, err := p.load(r.Context(), indicatorID(r))
	if err != nil {
		return err
	}
	if s.Going, err = p.progress.IndicatorView(r.Context(), s.Value.ID); err != nil {
		return err
	}
	if s.Drawing, err = progresspages.Sources(r.Context(), p.catalogue.Core, p.reports, s.Value.Plan); err != nil {
		return err
	}
	if err := p.readPeers(r.Context(), &s); err != nil {
		return err
	}
	return web.Show(w, r, showPage(s))
}

func (p *Pages) load(ctx context.Context, id ledger.IndicatorID) (indicatorPage, error) {
	i, err := p.catalogue.Indicator(ctx, id)
	if err != nil {
		return indicatorPage{}, err
	}
	s := indicatorPage{
		Indicator: i, Sources: map[ledger.Digest]string{},
		MayEdit: p.catalogue.CanIndicator(ctx, "indicator.edit", i), MayFigure: p.catalogue.CanIndicator(ctx, "indicator.series", i),
	}
	if s.Names, err = forms.NamesOf(ctx, p.catalogue.Core); err != nil {
		return s, err
	}
	if s.Targeted, err = p.catalogue.Targeted(ctx, id); err != nil {
		return s, err
	}
	plans, err := p.catalogue.Plans(ctx)
	if err != nil {
		return s, err
	}
	for _, plan := range plans {
		for _, source := range plan.Sources {
			s.Sources[source.Document] = source.Name
		}
		if plan.ID == i.Value.Plan {
			s.Plan = plan
		}
	}
	return s, nil
}

// offered is load for a form: whoever may not do the action is refused before he types anything.
func (p *Pages) offered(r *http.Request, action access.Action) (indicatorPage, error) {
	s, err := p.load(r.Context(), indicatorID(r))
	if err != nil || p.catalogue.CanIndicator(r.Context(), action, s.Indicator) {
		return s, err
	}
	owned := service.Owned{}
	if len(s.Units) > 0 {
		owned.Lead = s.Units[0]
	}
	return s, p.catalogue.Check(r.Context(), action, owned)
}

// dictionary are the entries that a form offers for a word.
func dictionary(word string) []*indicator.Indicator {
	if word == "" {
		return nil
	}
	return catalogue.Dictionary(word, mostEntries)
}

// mostEntries is how many entries of the dictionary a form offers at once.
const mostEntries = 12

package progress

import (
	"bytes"
	"mime"
	"net/http"
	"slices"

	"luoshi/calendar"
	"luoshi/internal/service/catalogue/workbook"
	uses "luoshi/internal/service/progress"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// tablesPage are the two tables of a plan for a period.
type tablesPage struct {
	uses.Tables
	Plans   []ledger.Plan
	Periods []reporting.Period
}

func (p *Pages) tables(w http.ResponseWriter, r *http.Request) error {
	plans, _, err := p.plans(r)
	if err != nil {
		return err
	}
	// A unit that reports may read the account of a plan only once it is made public.
	plans = slices.DeleteFunc(plans, func(plan ledger.Plan) bool { return !p.core.Can(r.Context(), "account.read", owned(plan)) })
	plan := forms.Chosen(plans, r.URL.Query().Get("plan"))
	s := tablesPage{Plans: plans}
	if plan.ID == "" {
		return web.Show(w, r, tablesShown(s))
	}
	s.Periods = uses.Periods(plan)
	if s.Tables, err = p.uses.Tables(r.Context(), plan.ID, p.period(r, plan)); err != nil {
		return err
	}
	return web.Show(w, r, tablesShown(s))
}

// period is the one that an address names; the month that ended last where it names none that the plan has.
func (p *Pages) period(r *http.Request, plan ledger.Plan) reporting.Period {
	periods := uses.Periods(plan)
	if asked, err := reporting.ParsePeriod(r.URL.Query().Get("period")); err == nil && slices.Contains(periods, asked) {
		return asked
	}
	return lastEnded(periods, p.core.Today())
}

// lastEnded is the period that ended last, of several that end together the longest; the first month where none has.
func lastEnded(periods []reporting.Period, today calendar.Date) reporting.Period {
	last := reporting.Period{Frequency: reporting.Monthly, Year: periods[0].Year, Number: 1}
	found := false
	for _, period := range periods { // the longest first
		end := period.Span().To
		if end.Before(today) && (!found || last.Span().To.Before(end)) {
			last, found = period, true
		}
	}
	return last
}

// language is in what a file is written: that of the page which offers it.
func language(v page.View) uses.Language {
	if v.Lang == page.English {
		return uses.English
	}
	return uses.Chinese
}

// download hands out the tables as a workbook, or one of them as CSV.
func (p *Pages) download(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), page.Of(r.Context())
	period, err := reporting.ParsePeriod(r.URL.Query().Get("period"))
	if err != nil {
		return &store.NotFound{Kind: "periods", ID: r.URL.Query().Get("period")}
	}
	tables, err := p.uses.Tables(ctx, planID(r), period)
	if err != nil {
		return err
	}
	l := language(v)
	grids := map[string]func(uses.Language) uses.Grid{
		"indicators.csv": tables.IndicatorGrid, "projects.csv": tables.ProjectGrid, "open.csv": tables.OpenGrid,
	}
	file := r.PathValue("file")
	grid, isCSV := grids[file]
	if !isCSV && file != "tables.xlsx" {
		return &store.NotFound{Kind: "files", ID: file}
	}
	rows := len(tables.Indicators) + len(tables.Projects)
	if err := p.catalogue.NoteExport(ctx, "/plans/"+string(tables.Plan.ID)+"/tables/"+file, r.URL.RawQuery, rows); err != nil {
		return err
	}
	name := v.T("tables.file", forms.Year(tables.Plan.Year), tables.Period.Title())
	if !isCSV {
		return workbook.Serve(w, name, tables.Workbook(l)...)
	}
	g := grid(l)
	var body bytes.Buffer
	if err := g.WriteCSV(&body); err != nil {
		return err
	}
	return attach(w, g.Name+" "+name+".csv", "text/csv; charset=utf-8", body.Bytes())
}

// attach answers with a file.
func attach(w http.ResponseWriter, name, kind string, body []byte) error {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(body) // a browser that has gone away is not our concern
	return nil
}

// exchange hands out the locked figures of a plan's indicators as open data.
func (p *Pages) exchange(w http.ResponseWriter, r *http.Request) error {
	set, err := p.uses.Exchange(r.Context(), planID(r))
	if err != nil {
		return err
	}
	file := r.PathValue("file")
	one, there := exchanged(set)[file]
	if !there {
		return &store.NotFound{Kind: "files", ID: file}
	}
	var body bytes.Buffer
	if err := one.write(&body); err != nil {
		return err
	}
	if err := p.catalogue.NoteExport(r.Context(), "/plans/"+string(planID(r))+"/exchange/"+file, "", len(set.Figures)); err != nil {
		return err
	}
	return attach(w, file, one.kind, body.Bytes())
}

package indicators

import (
	"net/http"
	"strconv"

	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// yearForm is the form of one year of a series.
type yearForm struct {
	indicatorPage
	Year, Target, Actual, Scope, AsOf string
	Document                          ledger.Digest
	Quoted, Reason                    string
	There                             bool // the year has figures, which are changed with a reason
	Documents                         []page.Option
	Seen                              int64
}

func (p *Pages) yearForm(w http.ResponseWriter, r *http.Request) error {
	s, err := p.offered(r, "indicator.series")
	if err != nil {
		return err
	}
	f := yearForm{indicatorPage: s, Seen: s.Revision, Year: r.URL.Query().Get("year")}
	if year, err := strconv.Atoi(f.Year); err == nil {
		if y, there := s.Value.In(year); there {
			f.There, f.Target, f.Actual = true, forms.FigureText(y.Target), forms.FigureText(y.Actual)
			f.Scope, f.AsOf = y.Scope, y.AsOf.String()
			f.Document, f.Quoted = y.Source.Document(), y.Source.Wording()
		}
	}
	if f.Documents, err = p.documents(r); err != nil {
		return err
	}
	return web.Show(w, r, yearPage(f))
}

// documents are the sources of the plans that the caller may read: where a figure may stand.
func (p *Pages) documents(r *http.Request) ([]page.Option, error) {
	plans, err := p.catalogue.Plans(r.Context())
	options := []page.Option{{Label: page.T(r.Context(), "indicators.no-source")}}
	for _, plan := range plans {
		for _, source := range plan.Sources {
			options = append(options, page.Option{Value: string(source.Document), Label: source.Name})
		}
	}
	return options, err
}

func (p *Pages) setYear(w http.ResponseWriter, r *http.Request) error {
	s, err := p.offered(r, "indicator.series")
	if err != nil {
		return err
	}
	v := forms.ValuesOf(r)
	year := ledger.YearFigure{
		Year: v.Int("year"), Target: v.Figure("target"), Actual: v.Figure("actual"), Scope: v.Text("scope"), AsOf: v.Date("as_of"),
	}
	if document := ledger.Digest(v.Text("document")); document != "" && v.None() {
		year.Source, err = p.catalogue.Quote(r.Context(), document, v.Text("quoted"))
	}
	if err == nil && v.None() {
		if err = p.catalogue.SetYear(r.Context(), s.Value.ID, year, v.Text("reason"), forms.Seen(r)); err == nil {
			web.Flash(w, r, page.Success, "indicators.year.saved", strconv.Itoa(year.Year))
			return web.Redirect(w, r, page.IndicatorURL(s.Value.ID, ""))
		}
	}
	f := yearForm{
		indicatorPage: s, Seen: forms.Seen(r), Year: v.Text("year"), Target: v.Text("target"), Actual: v.Text("actual"), Scope: v.Text("scope"),
		AsOf: v.Text("as_of"), Document: ledger.Digest(v.Text("document")), Quoted: v.Text("quoted"), Reason: v.Text("reason"),
	}
	_, f.There = s.Value.In(year.Year)
	status := http.StatusUnprocessableEntity
	if now, stale := forms.Stale[ledger.Indicator](err); stale {
		f.Seen, status = now.Revision, http.StatusConflict
		f.Add("", page.T(r.Context(), "indicators.changed"))
	} else {
		ok := false
		if f.Errors, ok = forms.Mendable(r, v, err); !ok {
			return err
		}
	}
	if f.Documents, err = p.documents(r); err != nil {
		return err
	}
	return web.ShowStatus(w, r, status, yearPage(f))
}

func (p *Pages) dropYear(w http.ResponseWriter, r *http.Request) error {
	s, err := p.offered(r, "indicator.series")
	if err != nil {
		return err
	}
	v := forms.ValuesOf(r)
	year := v.Int("year")
	if v.None() {
		if err = p.catalogue.DropYear(r.Context(), s.Value.ID, year, v.Text("reason"), forms.Seen(r)); err == nil {
			web.Flash(w, r, page.Success, "indicators.year.dropped", strconv.Itoa(year))
			return web.Redirect(w, r, page.IndicatorURL(s.Value.ID, ""))
		}
	}
	ok := false
	if s.Errors, ok = forms.Mendable(r, v, err); !ok {
		return err
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, showPage(s))
}

package indicators

import (
	"net/http"

	"luoshi/indicator"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// indicatorForm is the form that defines an indicator.
type indicatorForm struct {
	page.Errors
	Indicator ledger.Indicator
	Entry     *indicator.Indicator // of the dictionary, where it is one
	Base      string
	BaseYear  string
	Plans     []ledger.Plan
	Word      string // looked up in the dictionary
	Entries   []*indicator.Indicator
	Seen      int64
	Clash     *page.Clash
}

func formOf(i ledger.Indicator, seen int64) indicatorForm {
	return indicatorForm{
		Indicator: i, Entry: indicator.ByCode(i.Code), Base: forms.FigureText(i.Base), BaseYear: forms.Year(i.BaseYear), Seen: seen,
	}
}

func (p *Pages) newForm(w http.ResponseWriter, r *http.Request) error {
	plans, err := p.catalogue.Plans(r.Context())
	if err != nil {
		return err
	}
	q := r.URL.Query()
	i := ledger.Indicator{Plan: forms.Chosen(plans, q.Get("plan")).ID, Direction: ledger.More, Aggregation: ledger.AsSum}
	if entry := indicator.ByCode(q.Get("code")); entry != nil {
		known := ledger.IndicatorOf(entry, "")
		known.Plan = i.Plan
		i = known
	}
	f := formOf(i, 0)
	f.Plans, f.Word = plans, q.Get("word")
	f.Entries = dictionary(f.Word)
	return web.Show(w, r, newPage(f))
}

func read(v *forms.Values, i ledger.Indicator) ledger.Indicator {
	i.Name, i.Unit, i.Scope = v.Text("name"), v.Text("unit"), v.Text("scope")
	i.Direction, i.Aggregation = ledger.Direction(v.Text("direction")), ledger.Aggregation(v.Text("aggregation"))
	i.Base, i.BaseYear = v.Figure("base"), v.Int("base_year")
	i.Numerator, i.Denominator = v.Text("numerator"), v.Text("denominator")
	return i
}

func (p *Pages) create(w http.ResponseWriter, r *http.Request) error {
	v := forms.ValuesOf(r)
	i := read(v, ledger.Indicator{Plan: ledger.PlanID(v.Text("plan")), Code: v.Text("code")})
	var err error
	if v.None() {
		var id ledger.IndicatorID
		if id, err = p.catalogue.AddIndicator(r.Context(), i); err == nil {
			web.Flash(w, r, page.Success, "indicators.added", i.Name)
			return web.Redirect(w, r, page.IndicatorURL(id, ""))
		}
	}
	said, ok := forms.Mendable(r, v, err)
	if !ok {
		return err
	}
	f := typed(v, i, 0)
	f.Errors = said
	if f.Plans, err = p.catalogue.Plans(r.Context()); err != nil {
		return err
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, newPage(f))
}

// typed is the form with what was typed.
func typed(v *forms.Values, i ledger.Indicator, seen int64) indicatorForm {
	f := formOf(i, seen)
	f.Base, f.BaseYear = v.Text("base"), v.Text("base_year")
	return f
}

func (p *Pages) editForm(w http.ResponseWriter, r *http.Request) error {
	s, err := p.offered(r, "indicator.edit")
	if err != nil {
		return err
	}
	return web.Show(w, r, editPage(formOf(s.Value, s.Revision)))
}

func (p *Pages) redefine(w http.ResponseWriter, r *http.Request) error {
	s, err := p.offered(r, "indicator.edit")
	if err != nil {
		return err
	}
	v := forms.ValuesOf(r)
	i := read(v, s.Value)
	if v.None() {
		if err = p.catalogue.RedefineIndicator(r.Context(), i, forms.Seen(r)); err == nil {
			web.Flash(w, r, page.Success, "indicators.saved")
			return web.Redirect(w, r, page.IndicatorURL(i.ID, ""))
		}
	}
	f := typed(v, i, forms.Seen(r))
	if now, stale := forms.Stale[ledger.Indicator](err); stale {
		f.Seen = now.Revision
		if f.Clash, err = forms.Clash(r, p.catalogue, p.persons, err, page.IndicatorURL(i.ID, ""), differences(page.Of(r.Context()), i, now.Value)); err != nil {
			return err
		}
		return web.ShowStatus(w, r, http.StatusConflict, editPage(f))
	}
	ok := false
	if f.Errors, ok = forms.Mendable(r, v, err); !ok {
		return err
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, editPage(f))
}

// differences are what was typed beside what somebody else has made of the indicator meanwhile.
func differences(v page.View, mine, now ledger.Indicator) []page.Difference {
	var fields []page.Difference
	for _, f := range []struct{ name, mine, theirs string }{
		{"name", mine.Name, now.Name}, {"unit", mine.Unit, now.Unit},
		{"direction", v.Wording(mine.Direction.Label()), v.Wording(now.Direction.Label())},
		{"aggregation", v.Wording(mine.Aggregation.Label()), v.Wording(now.Aggregation.Label())},
		{"base", forms.FigureText(mine.Base), forms.FigureText(now.Base)},
		{"base-year", forms.Year(mine.BaseYear), forms.Year(now.BaseYear)}, {"scope", mine.Scope, now.Scope},
		{"numerator", mine.Numerator, now.Numerator}, {"denominator", mine.Denominator, now.Denominator},
	} {
		fields = append(fields, page.Difference{Field: v.T("indicators." + f.name), Mine: f.mine, Theirs: f.theirs})
	}
	return fields
}

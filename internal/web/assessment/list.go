package assessment

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"luoshi/calendar"
	uses "luoshi/internal/service/assessment"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	rules "luoshi/ledger/assessment"
	"luoshi/ledger/reporting"
)

// listed is an assessment in the list.
type listed struct {
	uses.Assessment
	Plan, State string
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	found, err := p.uses.Assessments(ctx)
	if err != nil {
		return err
	}
	var rows []listed
	for _, a := range found {
		plan, err := p.core.Store().Plans().Get(ctx, string(a.Plan))
		if err != nil {
			return err
		}
		rows = append(rows, listed{a, plan.Value.Title, page.Of(ctx).Wording(p.uses.StateTitle(a.State))})
	}
	return web.Show(w, r, listPage(rows))
}

// groupText, measureText and ruleText are rows of the form of a scheme, as they were typed.
type (
	groupText   struct{ Name, Units string }
	measureText struct{ Code, Title, Formula, Weight string }
	ruleText    struct{ Code, Title, Kind, Each, Cap string }
)

// schemeView is the form of a scheme.
type schemeView struct {
	page.Errors
	ID                     uses.ID // empty for a new one
	Plan                   ledger.PlanID
	Plans                  []page.Option
	Title, From, To, Basis string
	Groups                 []groupText
	Measures               []measureText
	Rules                  []ruleText
	Seen                   int64
}

// action is where the form goes.
func (s schemeView) action() string {
	if s.ID == "" {
		return "/assessments"
	}
	return urlOf(s.ID, "/scheme")
}

// back is where one comes from.
func (s schemeView) back() string {
	if s.ID == "" {
		return "/assessments"
	}
	return urlOf(s.ID, "")
}

// total is what the weights come to, as they were typed.
func (s schemeView) total() string {
	sum := ledger.Int(0)
	for _, m := range s.Measures {
		if d, err := ledger.ParseDecimal(m.Weight); err == nil && d.Known() {
			sum = reporting.Sum(sum, d)
		}
	}
	return sum.Plain()
}

// spare adds empty rows to type in.
func (s *schemeView) spare() {
	s.Groups = append(s.Groups, groupText{})
	for range 2 {
		s.Measures, s.Rules = append(s.Measures, measureText{}), append(s.Rules, ruleText{})
	}
}

// fill puts a scheme into the form.
func (s *schemeView) fill(scheme rules.Scheme, names forms.Names) {
	s.Title, s.From, s.To, s.Basis = scheme.Title, scheme.From.String(), scheme.To.String(), scheme.Basis
	for _, g := range scheme.Groups {
		units := make([]string, len(g.Units))
		for i, unit := range g.Units {
			units[i] = names.Unit(unit)
		}
		s.Groups = append(s.Groups, groupText{g.Name, strings.Join(units, "\n")})
	}
	for _, m := range scheme.Measures {
		s.Measures = append(s.Measures, measureText{m.Code, m.Title, string(m.Formula), m.Weight.Plain()})
	}
	for _, rule := range scheme.Rules {
		s.Rules = append(s.Rules, ruleText{rule.Code, rule.Title, string(rule.Kind), rule.Each.Plain(), rule.Cap.Plain()})
	}
}

func (p *Pages) newScheme(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	view := schemeView{}
	plans, err := p.publishedPlans(r)
	if err != nil {
		return err
	}
	if len(plans) == 0 {
		return web.Show(w, r, noPlanPage(page.T(ctx, "assessment.new")))
	}
	view.Plan, view.Plans = forms.Chosen(plans, r.URL.Query().Get("plan")).ID, forms.PlanOptions(plans)
	scheme, err := p.uses.Usual(ctx, view.Plan)
	if err != nil {
		return err
	}
	names, err := forms.NamesOf(ctx, p.core)
	if err != nil {
		return err
	}
	view.fill(scheme, names)
	view.spare()
	return web.Show(w, r, schemePage(view))
}

// publishedPlans are the plans whose units can be assessed.
func (p *Pages) publishedPlans(r *http.Request) ([]ledger.Plan, error) {
	plans, err := p.catalogue.Plans(r.Context())
	return slices.DeleteFunc(plans, func(plan ledger.Plan) bool { return plan.State != ledger.Published }), err
}

// typed reads the form of a scheme. What cannot be read is said in the errors of the view.
func (p *Pages) typed(r *http.Request) (schemeView, rules.Scheme, error) {
	if err := r.ParseForm(); err != nil {
		return schemeView{}, rules.Scheme{}, fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	f, form := forms.ValuesOf(r), r.PostForm
	view := schemeView{
		ID: idOf(r), Plan: ledger.PlanID(f.Text("plan")), Title: f.Text("title"), From: f.Text("from"), To: f.Text("to"), Basis: f.Text("basis"),
		Seen: forms.Seen(r),
	}
	for i, name := range form["group.name"] {
		view.Groups = append(view.Groups, groupText{strings.TrimSpace(name), at(form["group.units"], i)})
	}
	for i, title := range form["measure.title"] {
		view.Measures = append(view.Measures, measureText{
			at(form["measure.code"], i), strings.TrimSpace(title), at(form["measure.formula"], i), at(form["measure.weight"], i),
		})
	}
	for i, title := range form["rule.title"] {
		view.Rules = append(view.Rules, ruleText{
			at(form["rule.code"], i), strings.TrimSpace(title), at(form["rule.kind"], i), at(form["rule.each"], i), at(form["rule.cap"], i),
		})
	}
	scheme := rules.Scheme{Title: view.Title, Basis: view.Basis, From: f.Date("from"), To: f.Date("to")}
	view.Errors = f.Errors
	view.Groups = slices.DeleteFunc(view.Groups, func(g groupText) bool { return g == groupText{} })
	view.Measures = slices.DeleteFunc(view.Measures, func(m measureText) bool { return m.Title == "" && m.Weight == "" })
	view.Rules = slices.DeleteFunc(view.Rules, func(t ruleText) bool { return t.Title == "" && t.Each == "" && t.Cap == "" })
	var err error
	scheme.Groups, err = p.groups(r, &view)
	return view, view.read(scheme), err
}

// at is a value of a repeated field, without the blanks around it; empty where it was not sent.
func at(values []string, i int) string {
	if i < len(values) {
		return strings.TrimSpace(values[i])
	}
	return ""
}

// read adds measures and rules to a scheme. A figure that cannot be read is none, which the rules object to.
func (s schemeView) read(scheme rules.Scheme) rules.Scheme {
	for _, m := range s.Measures {
		scheme.Measures = append(scheme.Measures, rules.Measure{
			Code: m.Code, Title: m.Title, Formula: rules.FormulaName(m.Formula), Weight: figure(m.Weight),
		})
	}
	for _, t := range s.Rules {
		scheme.Rules = append(scheme.Rules, rules.Rule{
			Code: t.Code, Title: t.Title, Kind: rules.RuleKind(t.Kind), Each: figure(t.Each), Cap: figure(t.Cap),
		})
	}
	return scheme
}

// figure is a figure as it was typed; none where it cannot be read.
func figure(text string) ledger.Decimal {
	d, err := ledger.ParseDecimal(strings.TrimSpace(text))
	if err != nil {
		return ledger.Decimal{}
	}
	return d
}

// groups finds the units of the groups by their names.
func (p *Pages) groups(r *http.Request, view *schemeView) ([]rules.Group, error) {
	tree, err := p.core.Tree(r.Context())
	if err != nil {
		return nil, err
	}
	v := page.Of(r.Context())
	var groups []rules.Group
	for _, text := range view.Groups {
		group := rules.Group{Name: text.Name}
		for _, name := range lines(text.Units) {
			unit, known := tree.Find(name, p.core.Today())
			if !known {
				view.Add("groups", v.T("assessment.unit.unknown", name))
				continue
			}
			group.Units = append(group.Units, unit)
		}
		groups = append(groups, group)
	}
	return groups, nil
}

func (p *Pages) create(w http.ResponseWriter, r *http.Request) error {
	view, scheme, err := p.typed(r)
	if err != nil {
		return err
	}
	if !view.None() {
		return p.again(w, r, view)
	}
	made, err := p.uses.Create(r.Context(), view.Plan, scheme)
	if err != nil {
		return failed(r, err, func(e page.Errors) error {
			view.Errors = e
			return p.again(w, r, view)
		})
	}
	web.Flash(w, r, page.Success, "assessment.saved")
	return web.Redirect(w, r, urlOf(made.ID, ""))
}

// again shows the form of a scheme with what is wrong.
func (p *Pages) again(w http.ResponseWriter, r *http.Request, view schemeView) error {
	if view.ID == "" {
		plans, err := p.publishedPlans(r)
		if err != nil {
			return err
		}
		view.Plans = forms.PlanOptions(plans)
	}
	view.spare()
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, schemePage(view))
}

func (p *Pages) scheme(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	a, err := p.uses.Assessment(ctx, idOf(r))
	if err != nil {
		return err
	}
	if !a.MayEdit {
		web.Flash(w, r, page.Warning, "assessment.fixed")
		return web.Redirect(w, r, urlOf(a.ID, ""))
	}
	names, err := forms.NamesOf(ctx, p.core)
	if err != nil {
		return err
	}
	view := schemeView{ID: a.ID, Plan: a.Plan, Seen: a.Revision}
	view.fill(a.Scheme, names)
	view.spare()
	return web.Show(w, r, schemePage(view))
}

func (p *Pages) saveScheme(w http.ResponseWriter, r *http.Request) error {
	view, scheme, err := p.typed(r)
	if err != nil {
		return err
	}
	if !view.None() {
		return p.again(w, r, view)
	}
	_, err = p.uses.SaveScheme(r.Context(), view.ID, scheme, view.Seen)
	switch {
	case store.IsConflict(err):
		view.Add("", page.T(r.Context(), "assessment.conflict"))
		if current, there := forms.Stale[uses.Assessment](err); there {
			view.Seen = current.Revision
		}
		view.spare()
		return web.ShowStatus(w, r, http.StatusConflict, schemePage(view))
	case err != nil:
		return failed(r, err, func(e page.Errors) error {
			view.Errors = e
			return p.again(w, r, view)
		})
	}
	web.Flash(w, r, page.Success, "assessment.saved")
	return web.Redirect(w, r, urlOf(view.ID, ""))
}

// formulaOptions are the formulas as the choices of a field.
func formulaOptions(v page.View) []page.Option {
	options := []page.Option{{Value: "", Label: v.T("assessment.choose")}}
	for _, f := range rules.Formulas() {
		options = append(options, page.Option{Value: string(f.Name), Label: v.Wording(f.Title)})
	}
	return options
}

// span is a span of time as pages write it.
func span(v page.View, from, to calendar.Date) string { return v.T("assessment.span.of", from, to) }

// taken is what a case has been through, for the list of its steps.
type taken struct {
	Case   workflow.Case
	People map[ledger.AccountID]string
}

// schemeTitle is the title of the form of a scheme.
func schemeTitle(ctx context.Context, s schemeView) string {
	if s.ID == "" {
		return page.T(ctx, "assessment.new")
	}
	return page.T(ctx, "assessment.scheme.edit")
}

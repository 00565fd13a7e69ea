package submissions

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"

	uses "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// correctionList is the list of corrections.
type correctionList struct {
	page.List
	Corrections []uses.CorrectionView
	Plans       []ledger.Plan
	Names       forms.Names
	People      map[ledger.AccountID]string
	Measures    map[reporting.Subject]string
}

// correctionStates are the choices of the filter.
func correctionStates(v page.View) []page.Option {
	options := []page.Option{{Label: v.T("submissions.all")}}
	for _, s := range []uses.CorrectionState{uses.Proposed, uses.Agreed, uses.Rejected, uses.Withdrawn} {
		options = append(options, page.Option{Value: string(s), Label: v.T("submissions.correction.is." + string(s))})
	}
	return options
}

func (p *Pages) corrections(w http.ResponseWriter, r *http.Request) error {
	ctx, v := r.Context(), page.Of(r.Context())
	l := correctionList{List: page.ListOf(r,
		page.Column{Title: v.T("submissions.what-asked")}, page.Column{Title: v.T("submissions.period")},
		page.Column{Title: v.T("submissions.correction.change")}, page.Column{Title: v.T("submissions.correction.reason"), Narrow: true},
		page.Column{Title: v.T("submissions.state")}, page.Column{Title: v.T("submissions.correction.proposed"), Narrow: true},
	)}
	query := uses.CorrectionQuery{
		Plan: ledger.PlanID(l.Filter("plan")), State: uses.CorrectionState(l.Filter("state")), Unit: ledger.UnitID(l.Filter("unit")),
	}
	part, err := p.uses.CorrectionPage(ctx, query, l.Page())
	if err != nil {
		return err
	}
	l.Corrections, l.Next = part.Corrections, part.Next
	if l.Plans, err = p.catalogue.Plans(ctx); err != nil {
		return err
	}
	if l.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return err
	}
	var accounts []ledger.AccountID
	for _, c := range l.Corrections {
		accounts = append(accounts, c.Proposer)
	}
	if l.People, err = p.people(ctx, accounts...); err != nil {
		return err
	}
	if l.Measures, err = p.measures(ctx, l.Corrections); err != nil {
		return err
	}
	return web.Show(w, r, correctionsPage(l))
}

// measures are the units in which the figures of corrections are counted: those of indicators, and yuan of projects.
func (p *Pages) measures(ctx context.Context, all []uses.CorrectionView) (map[reporting.Subject]string, error) {
	units := map[reporting.Subject]string{}
	for _, c := range all {
		if _, known := units[c.Subject]; known {
			continue
		}
		switch c.Subject.Kind {
		case reporting.OfProject:
			units[c.Subject] = yuan
		case reporting.OfIndicator:
			indicator, err := p.core.Store().Indicators().Get(ctx, c.Subject.ID)
			if err != nil {
				return nil, err
			}
			units[c.Subject] = indicator.Value.Unit
		}
	}
	return units, nil
}

// yuan is the unit of the money of projects.
const yuan = "\u5143"

// correctionView is one correction with both sides of it.
type correctionView struct {
	page.Errors
	uses.CorrectionView
	Row reporting.Row
	// Measure is the unit of its figures in lists, which do not read the row.
	Measure string
	Of      ledger.Plan
	Names   forms.Names
	People  map[ledger.AccountID]string
	// Changes are the periods that change with it, or would.
	Changes []reporting.Derived
	Tried   string // the step that was tried, and the reason that was typed for it
	Because string
}

// side is one thing that a correction says anew.
type side struct {
	Name, Before, After string
}

// sides are the fields of a correction: those that differ, and the figure itself.
func (c correctionView) sides(v page.View) []side {
	before, after := c.Before, c.After
	row := shownRow{RowView: uses.RowView{Row: c.Row}}
	shown := func(f reporting.Field, d ledger.Decimal) string {
		if c.Measure != "" && d.Known() && slices.Contains(money, f) {
			return v.Amount(d, c.Measure)
		}
		return row.figure(v, f, d)
	}
	var sides []side
	add := func(name, a, b string) {
		if a != "" || b != "" {
			sides = append(sides, side{capital(name), a, b})
		}
	}
	add(v.T("submissions.given"), given(v, before), given(v, after))
	for _, f := range reporting.Fields() {
		add(v.Wording(row.label(f)), shown(f, before.Figure(f)), shown(f, after.Figure(f)))
	}
	add(v.Wording(reporting.FieldSaid.Label()), said(v, before.Said), said(v, after.Said))
	for _, n := range c.nodeSides(v, row) {
		add(n.Name, n.Before, n.After)
	}
	add(v.Wording(reporting.FieldObstacles.Label()), obstacleText(v, c.Names, before), obstacleText(v, c.Names, after))
	add(v.Wording(reporting.FieldNote.Label()), before.Note, after.Note)
	add(v.Wording(reporting.FieldReason.Label()), before.Reason, after.Reason)
	return sides
}

func given(v page.View, o reporting.Observation) string {
	if o.Given == "" {
		return ""
	}
	return v.Wording(o.Given.Label())
}

func said(v page.View, s reporting.Said) string {
	if s == "" {
		return ""
	}
	return v.Wording(s.Label())
}

// shown is a figure of the corrected row.
func (c correctionView) shown(v page.View, d ledger.Decimal) string {
	return shownRow{RowView: uses.RowView{Row: c.Row}}.value(v, d)
}

func (p *Pages) correctionView(r *http.Request) (correctionView, error) {
	ctx := r.Context()
	c, err := p.uses.Correction(ctx, reporting.CorrectionID(r.PathValue("id")))
	if err != nil {
		return correctionView{}, err
	}
	view := correctionView{CorrectionView: c, Changes: c.Derived}
	plan, err := p.core.Store().Plans().Get(ctx, string(c.Plan))
	if err != nil {
		return view, err
	}
	view.Of = plan.Value
	if view.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return view, err
	}
	if view.People, err = p.people(ctx, c.Proposer, c.Decider); err != nil {
		return view, err
	}
	return view, p.foresee(ctx, &view)
}

// foresee finds the row as it was asked, and, while nobody has decided yet, which periods would change.
func (p *Pages) foresee(ctx context.Context, view *correctionView) error {
	c := view.CorrectionView
	figures, err := p.uses.Figures(ctx, c.Plan, uses.FigureFilter{Subjects: []reporting.Subject{c.Subject}, Units: []ledger.UnitID{c.Unit}})
	if err != nil {
		return err
	}
	i := slices.IndexFunc(figures, func(f uses.Figure) bool { return f.Point.Period == c.Period })
	if i < 0 {
		return nil
	}
	row, err := p.rowOf(ctx, figures[i].Submission, c.Subject)
	if err != nil {
		return err
	}
	view.Row = row.Row
	if c.State != uses.Proposed {
		return nil
	}
	var stated []reporting.Stated
	for _, f := range figures {
		stated = append(stated, reporting.Stated{
			Period: f.Point.Period, Unit: f.Unit, Figures: f.Observation.Figures, Said: f.Observation.Said, State: reporting.Locked,
		})
	}
	before := reporting.Derive(row.Terms, stated)
	after := reporting.Derive(row.Terms, reporting.Effective(stated, []reporting.Correction{c.Correction}))
	view.Changes = reporting.Differences(before, after)
	return nil
}

// rowOf is a row of a submission as it was asked; without fields where it is no longer to be read.
func (p *Pages) rowOf(ctx context.Context, id reporting.SubmissionID, subject reporting.Subject) (shownRow, error) {
	form, err := p.uses.Submission(ctx, id)
	if isRefused(err) {
		return shownRow{}, nil
	}
	if err != nil {
		return shownRow{}, err
	}
	for _, row := range rowsOf(form) {
		if row.Subject == subject {
			return row, nil
		}
	}
	return shownRow{}, nil
}

func (p *Pages) correction(w http.ResponseWriter, r *http.Request) error {
	view, err := p.correctionView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, correctionPage(view))
}

// decide takes a step of a correction.
func (p *Pages) decide(w http.ResponseWriter, r *http.Request) error {
	id, step := reporting.CorrectionID(r.PathValue("id")), r.PostFormValue("step")
	reason := strings.TrimSpace(r.PostFormValue("reason"))
	decided, err := p.uses.DecideCorrection(r.Context(), id, step, reason, forms.Seen(r))
	v := page.Of(r.Context())
	if err == nil {
		web.Flash(w, r, page.Success, "submissions.correction.done."+string(decided.State), max(0, len(decided.Derived)-1))
		return web.Redirect(w, r, correctionURL(id, ""))
	}
	e, mendable := errorsOf(v, err)
	var clash *store.Conflict[reporting.Correction]
	if !mendable && !errors.As(err, &clash) {
		return err
	}
	view, failed := p.correctionView(r)
	if failed != nil {
		return failed
	}
	view.Errors, view.Tried, view.Because = e, step, reason
	if clash != nil {
		view.Add("", v.T("submissions.correction.conflict", v.T("submissions.correction.is."+string(view.State))))
		return web.ShowStatus(w, r, http.StatusConflict, correctionPage(view))
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, correctionPage(view))
}

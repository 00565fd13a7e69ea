package submissions

import (
	"fmt"
	"net/http"
	"net/url"
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

// proposal is the form on which a correction is proposed.
type proposal struct {
	page.Errors
	Form   uses.FormView
	Row    shownRow
	Before reporting.Observation // as it stands after earlier corrections
	Typed  map[string]string     // what was typed, by fields
	Reason string
	Basis  string
	Names  forms.Names
}

// figureFields are the row's fields that hold figures.
func (p proposal) figureFields() []reporting.Field {
	var fields []reporting.Field
	for _, f := range p.Row.Fields {
		var none reporting.Figures
		if none.SetFigure(f, ledger.Decimal{}) {
			fields = append(fields, f)
		}
	}
	return fields
}

// typed is what a field holds: what was typed, or what stands there.
func (p proposal) typed(name, stands string) string {
	if text, ok := p.Typed[name]; ok {
		return text
	}
	return stands
}

// hasViews tells whether figures of the row can be given in either view.
func (p proposal) hasViews() bool {
	return p.Row.Asks(reporting.FieldValue) && p.Row.Terms.Aggregation != ledger.AsLatest
}

// label is a figure's field with its unit.
func (p proposal) label(v page.View, f reporting.Field) string {
	name := capital(v.Wording(p.Row.label(f)))
	switch {
	case slices.Contains(money, f) && p.Row.Measure() != "":
		return v.T("submissions.with-unit", name, p.Row.Measure())
	case f == reporting.FieldGrowth || f == reporting.FieldPercent:
		return v.T("submissions.with-unit", name, "%")
	}
	return name
}

func (p *Pages) proposalOf(r *http.Request, submission, subject string) (proposal, error) {
	ctx := r.Context()
	view := proposal{}
	about, err := reporting.ParseSubject(subject)
	if err != nil {
		return view, fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	if view.Form, err = p.uses.Submission(ctx, reporting.SubmissionID(submission)); err != nil {
		return view, err
	}
	rows := rowsOf(view.Form)
	i := slices.IndexFunc(rows, func(row shownRow) bool { return row.Subject == about })
	if i < 0 {
		return view, &store.NotFound{Kind: "rows", ID: subject}
	}
	view.Row, view.Before = rows[i], rows[i].Observation
	figures, err := p.uses.Figures(ctx, view.Form.Plan.ID, uses.FigureFilter{
		Subjects: []reporting.Subject{about}, Units: []ledger.UnitID{view.Form.Submission.Unit}, Period: view.Form.Round.Period,
	})
	if err != nil {
		return view, err
	}
	if len(figures) > 0 {
		view.Before = figures[0].Observation
	}
	view.Names, err = forms.NamesOf(ctx, p.core)
	return view, err
}

func (p *Pages) newCorrection(w http.ResponseWriter, r *http.Request) error {
	view, err := p.proposalOf(r, r.URL.Query().Get("submission"), r.URL.Query().Get("subject"))
	if err != nil {
		return err
	}
	return web.Show(w, r, proposePage(view))
}

func (p *Pages) propose(w http.ResponseWriter, r *http.Request) error {
	paper, done, err := readPaper(r)
	if err != nil {
		return err
	}
	defer done()
	view, err := p.proposalOf(r, r.PostForm.Get("submission"), r.PostForm.Get("subject"))
	if err != nil {
		return err
	}
	v := page.Of(r.Context())
	after := view.read(v, r.PostForm)
	if view.None() {
		made, err := p.uses.ProposeCorrection(r.Context(), uses.Proposal{
			Plan: view.Form.Plan.ID, Subject: view.Row.Subject, Unit: view.Form.Submission.Unit, Period: view.Form.Round.Period,
			After: after, Reason: view.Reason, Basis: view.Basis, Paper: paper,
		})
		if err == nil {
			web.Flash(w, r, page.Success, "submissions.correction.sent")
			return web.Redirect(w, r, correctionURL(made.ID, ""))
		}
		e, mendable := errorsOf(v, err)
		if !mendable {
			return err
		}
		view.Errors = e
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, proposePage(view))
}

// read is what the form says is to stand in the row; what cannot be read is an error of its field.
func (p *proposal) read(v page.View, form url.Values) reporting.Observation {
	after := p.Before
	p.Typed = map[string]string{}
	for name := range form {
		p.Typed[name] = form.Get(name)
	}
	for _, f := range p.figureFields() {
		d, found := p.Row.Read(f, form.Get(string(f)))
		for _, problem := range found {
			p.Add(string(f), v.T("submissions.two", problem.What(), problem.Do()))
		}
		after.SetFigure(f, d)
	}
	if p.hasViews() {
		after.Given = reporting.Basis(form.Get("given"))
	}
	if p.Row.Asks(reporting.FieldSaid) {
		after.Said = reporting.Said(form.Get("said"))
	}
	after.Nodes, after.Obstacles = p.nodes(v, form), p.obstacles(v, form)
	after.Note, after.Reason = strings.TrimSpace(form.Get("note")), strings.TrimSpace(form.Get("deviation"))
	p.Reason, p.Basis = strings.TrimSpace(form.Get("reason")), strings.TrimSpace(form.Get("basis"))
	return after
}

// inputs are the row's figures as fields of the form.
func (p proposal) inputs(v page.View) []page.Field {
	var fields []page.Field
	for _, f := range p.figureFields() {
		stands := ""
		if d := p.Before.Figure(f); d.Known() {
			stands = p.Row.Show(f, d)
		}
		fields = append(fields, page.Field{
			Name: string(f), Label: p.label(v, f), Help: v.T("submissions.stands", orNone(v, p.Row.figure(v, f, p.Before.Figure(f)))),
			Value: p.typed(string(f), stands), Errors: p.At(string(f)), Max: 40,
		})
	}
	return fields
}

func orNone(v page.View, text string) string {
	if text == "" {
		return v.T("submissions.nothing")
	}
	return text
}

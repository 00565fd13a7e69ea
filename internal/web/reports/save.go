package reports

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"luoshi/internal/service"
	uses "luoshi/internal/service/reporting"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Steps that a unit takes with its own form here; heads and offices take theirs among all that wait for them.
const (
	submitStep   = "submit"
	withdrawStep = "withdraw"
)

var ownSteps = []string{submitStep, withdrawStep}

// savedRow is what the page is told of a row that it sent: how it stands now, and what is to be said of it.
type savedRow struct {
	Revision int64             `json:"revision"`
	Values   map[string]string `json:"values,omitempty"`
	Findings string            `json:"findings"`
	Override bool              `json:"override"` // a reason is asked for
	Held     bool              `json:"held"`     // it could not be taken
}

// savedRows are the answer to rows that were sent by gridsave.js.
type savedRows struct {
	Saved  string                         `json:"saved"` // when
	Filled string                         `json:"filled"`
	Rows   map[reporting.Subject]savedRow `json:"rows"`
}

// save takes rows: those that gridsave.js sends, or the whole form, with what is to be done then.
func (p *Pages) save(w http.ResponseWriter, r *http.Request) error {
	script := strings.Contains(r.Header.Get("Accept"), "application/json")
	read := p.form
	if script {
		read = p.sentRows
	}
	form, names, err := read(r)
	if err != nil {
		return err
	}
	g := p.view(r, form, names)
	came := readerOf(r, names).rows(g.lines())
	after, bads, err := p.keep(r, came)
	if err != nil {
		return err
	}
	if script {
		return p.answer(w, r, came, after, bads, names)
	}
	return p.proceed(w, r, came, after, bads)
}

func readerOf(r *http.Request, names forms.Names) reader {
	units := map[string]ledger.UnitID{}
	for _, o := range names.Options("") {
		units[names.Unit(ledger.UnitID(o.Value))] = ledger.UnitID(o.Value)
	}
	return reader{v: page.Of(r.Context()), form: r.PostForm, units: units}
}

// keep saves the rows that can be read and say something else than what stands there.
func (p *Pages) keep(r *http.Request, came []filledIn) (uses.Saved, map[reporting.Subject][]bad, error) {
	round, unit := asked(r)
	bads := map[reporting.Subject][]bad{}
	filling := uses.Filling{Round: round, Unit: unit}
	for _, f := range came {
		switch {
		case len(f.Bad) > 0:
			bads[f.Said.Subject] = badOf(f)
		case f.Touched && !sameAs(f.Said, f.line.Said):
			filling.Rows = append(filling.Rows, uses.Filled{Observation: f.origin(), Seen: f.Revision})
		}
	}
	if len(filling.Rows) == 0 {
		return uses.Saved{}, bads, nil
	}
	saved, err := p.uses.Save(r.Context(), filling)
	return saved, bads, err
}

// badOf are the fields of a row that cannot be read, in the order of the row.
func badOf(f filledIn) []bad {
	var all []bad
	for _, field := range f.line.fields() {
		if text := f.Bad[field.name]; text != "" {
			all = append(all, bad{field.name, text})
		}
	}
	return all
}

// origin is what was said, marked as filled in beforehand where nobody changed it.
func (f filledIn) origin() reporting.Observation {
	o := f.Said
	if f.line.Offered && sameAs(o, f.line.Now) {
		o.Origin, o.Source = f.line.Now.Origin, f.line.Now.Source
	}
	return o
}

// sameAs tells whether two observations say the same, wherever they came from.
func sameAs(a, b reporting.Observation) bool {
	a.Origin, a.Source, b.Origin, b.Source = "", "", "", ""
	a.Subject = b.Subject
	if a.IsEmpty() && b.IsEmpty() {
		return true
	}
	return slices.Equal(marshal(a), marshal(b))
}

func marshal(value any) []byte {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // observations and texts can be written as JSON
	}
	return text
}

// answer tells gridsave.js what became of the rows.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request, came []filledIn, after uses.Saved, bads map[reporting.Subject][]bad, names forms.Names) error {
	fresh, _, err := p.sentRows(r)
	if err != nil {
		return err
	}
	g := p.view(r, fresh, names)
	g.Bad = bads
	g.Clashes = p.clashes(r, came, after)
	now := g.bySubject()
	said := savedRows{Saved: p.core.Store().Now().In(service.Zone()).Format(time.TimeOnly), Filled: filledText(r.Context(), g.Filled, g.Rows), Rows: map[reporting.Subject]savedRow{}}
	for _, f := range came {
		l, ok := now[f.Said.Subject]
		if !ok {
			continue
		}
		row := savedRow{Held: g.isClash(l) || len(bads[f.Said.Subject]) > 0, Override: l.needsOverride()}
		if !row.Held {
			row.Revision, row.Values = l.Revision, l.values()
			if l.Now.Given == "" {
				delete(row.Values, given)
			}
		}
		var html strings.Builder
		if err := findings(g, l).Render(r.Context(), &html); err != nil {
			return fmt.Errorf("writing what is said of a row: %w", err)
		}
		row.Findings = html.String()
		said.Rows[f.Said.Subject] = row
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(marshal(said)) // a browser that has gone away is not our concern
	return nil
}

func (g gridView) bySubject() map[reporting.Subject]line {
	lines := map[reporting.Subject]line{}
	for _, l := range g.lines() {
		lines[l.Row.Subject] = l
	}
	return lines
}

// clashes are the rows that somebody else changed meanwhile, as the page shows them.
func (p *Pages) clashes(r *http.Request, came []filledIn, after uses.Saved) map[reporting.Subject]clash {
	v := page.Of(r.Context())
	all := map[reporting.Subject]clash{}
	for _, c := range after.Conflicts {
		i := slices.IndexFunc(came, func(f filledIn) bool { return f.Said.Subject == c.Subject })
		if i < 0 {
			continue
		}
		l := came[i].line
		theirs, mine := l.saying(v, c.Theirs), l.saying(v, c.Mine)
		shown := clash{Revision: c.Revision, Values: string(marshal(theirs.values()))}
		shown.Who, shown.When = p.person(r.Context(), c.By), v.Time(c.At)
		mineValues := mine.values()
		for _, f := range theirs.fields() {
			if f.value != mineValues[f.name] {
				shown.Fields = append(shown.Fields, page.Difference{Field: l.label(r.Context(), f.name), Theirs: theirs.show(v, f), Mine: mine.show(v, fieldValue{f.name, mineValues[f.name]})})
			}
		}
		all[c.Subject] = shown
	}
	return all
}

// saying is the line as it stands where something else is said in it.
func (l line) saying(v page.View, o reporting.Observation) line {
	e := l.entry
	e.Now, e.Findings = o, nil
	e.Point = reporting.Point{}
	if o.Given == reporting.OfPeriod {
		e.Point.OfPeriod = o.Value
	} else {
		e.Point.Cumulative = o.Value
	}
	columns := make([]column, len(l.Cells))
	for i, c := range l.Cells {
		columns[i] = c.column
	}
	said := line{entry: e, ID: l.ID, units: l.units}
	for _, c := range columns {
		said.Cells = append(said.Cells, said.cell(v, c))
	}
	return said
}

// show is the value of a field as people read it.
func (l line) show(_ page.View, f fieldValue) string {
	for _, c := range l.Cells {
		if c.Field == f.name && len(c.Options) > 0 {
			c.Value = f.value
			return c.read()
		}
	}
	return f.value
}

// proceed goes on after the whole form came: to what was asked for, or to the form again with what keeps it from that.
func (p *Pages) proceed(w http.ResponseWriter, r *http.Request, came []filledIn, after uses.Saved, bads map[reporting.Subject][]bad) error {
	round, unit := asked(r)
	if len(bads) > 0 || len(after.Conflicts) > 0 {
		return p.again(w, r, came, after, bads, nil)
	}
	what, of, _ := strings.Cut(r.PostFormValue("then"), ":")
	switch {
	case what == "evidence":
		return web.Redirect(w, r, gridURL(round, unit, "/evidence/"+of))
	case what == "step" && of == submitStep:
		return p.submit(w, r, came)
	default:
		web.Flash(w, r, page.Success, "reports.saved")
		return web.Redirect(w, r, gridURL(round, unit, ""))
	}
}

// submit sends the form in.
func (p *Pages) submit(w http.ResponseWriter, r *http.Request, came []filledIn) error {
	round, unit := asked(r)
	form, err := p.uses.Rows(r.Context(), round, unit)
	if err != nil {
		return err
	}
	_, err = p.uses.Submit(r.Context(), form.Submission.ID, form.Submission.Revision)
	if err == nil {
		web.Flash(w, r, page.Success, "reports.submitted")
		return web.Redirect(w, r, gridURL(round, unit, ""))
	}
	if _, mendable := page.Of(r.Context()).ErrorsOf(err); !mendable {
		return err
	}
	return p.again(w, r, came, uses.Saved{}, nil, err)
}

// again shows the form with what was typed and what is wrong with it.
func (p *Pages) again(w http.ResponseWriter, r *http.Request, came []filledIn, after uses.Saved, bads map[reporting.Subject][]bad, cause error) error {
	fresh, names, err := p.form(r)
	if err != nil {
		return err
	}
	v := page.Of(r.Context())
	g := p.view(r, fresh, names)
	g.Bad, g.Clashes = bads, p.clashes(r, came, after)
	for _, f := range came {
		c, clashes := g.Clashes[f.Said.Subject]
		if clashes || len(bads[f.Said.Subject]) > 0 {
			g.retype(readerOf(r, names), f.Said.Subject, c.Revision)
		}
	}
	status := http.StatusUnprocessableEntity
	switch {
	case cause != nil:
		g.Errors, _ = v.ErrorsOf(cause)
		g.stopped(cause)
	case len(after.Conflicts) > 0:
		status = http.StatusConflict
		g.Add("", v.T("reports.held.clash", len(after.Conflicts)))
	}
	if len(bads) > 0 {
		g.Add("", v.T("reports.held.bad", len(bads)))
	}
	return web.ShowStatus(w, r, status, gridPage(g))
}

// stopped shows in the rows what keeps the form from being sent in, beside what their checks say anyway.
func (g gridView) stopped(cause error) {
	var found reporting.Findings
	if !errors.As(cause, &found) {
		return
	}
	for s := range g.Sections {
		for i := range g.Sections[s].Lines {
			l := &g.Sections[s].Lines[i]
			for _, f := range found {
				if f.Subject == l.Row.Subject && !slices.ContainsFunc(l.Findings, func(known reporting.Finding) bool { return known.Code == f.Code && known.Field == f.Field }) {
					l.Findings = append(l.Findings, f)
				}
			}
			for c := range l.Cells {
				l.Cells[c].Worst, l.Cells[c].Says = l.said(l.Cells[c].Field)
			}
		}
	}
}

// retype sets the fields of a row to what was typed in them, and its revision to the one that is overwritten.
func (g gridView) retype(r reader, subject reporting.Subject, revision int64) {
	for s := range g.Sections {
		for i := range g.Sections[s].Lines {
			l := &g.Sections[s].Lines[i]
			if l.Row.Subject != subject {
				continue
			}
			for c := range l.Cells {
				if cell := &l.Cells[c]; cell.Field != "" {
					cell.Value = r.value(*l, cell.Field)
				}
			}
			said := r.row(*l).Said
			l.Now.Nodes, l.Now.Obstacles, l.Now.Override = said.Nodes, said.Obstacles, said.Override
			l.Retyped = true
			if revision > 0 {
				l.Revision = revision
			}
		}
	}
}

// step takes a step that brings no rows with it: taking a form back that was sent in.
func (p *Pages) step(w http.ResponseWriter, r *http.Request) error {
	round, unit := asked(r)
	form, err := p.uses.Rows(r.Context(), round, unit)
	if err != nil {
		return err
	}
	switch step := r.PostFormValue("step"); step {
	case submitStep:
		return p.submit(w, r, nil)
	case withdrawStep:
		for _, outcome := range p.uses.Take(r.Context(), step, []reporting.SubmissionID{form.Submission.ID}, "") {
			if outcome.Err != nil {
				return outcome.Err
			}
		}
		web.Flash(w, r, page.Success, "reports.withdrawn")
		return web.Redirect(w, r, gridURL(round, unit, ""))
	default:
		return fmt.Errorf("%w: step %q", web.ErrForm, step)
	}
}

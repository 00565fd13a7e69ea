package assessment

import (
	"fmt"
	"net/http"
	"strings"

	uses "luoshi/internal/service/assessment"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	rules "luoshi/ledger/assessment"
)

// tourView is a round: its projects, the caller's sheets, and the ranking.
type tourView struct {
	page.Errors
	uses.TourView
	Units         forms.Names
	People        map[ledger.AccountID]string
	Own           map[ledger.ProjectID]bool // projects from which the caller has to step back
	Marking       ledger.ProjectID          // whose sheet was refused
	Typed         []string
	Remark        string
	Tried, Reason string
}

// sheet is what the caller gave a project, as its form shows it.
func (t tourView) sheet(project ledger.ProjectID) (marks []string, remark string) {
	marks = make([]string, len(t.Criteria))
	if t.Marking == project {
		copy(marks, t.Typed)
		return marks, t.Remark
	}
	mine := t.Mine[project]
	for i, m := range mine.Marks {
		if i < len(marks) {
			marks[i] = m.Plain()
		}
	}
	return marks, mine.Remark
}

func (p *Pages) tourView(r *http.Request) (tourView, error) {
	ctx := r.Context()
	t := tourView{Own: map[ledger.ProjectID]bool{}}
	var err error
	if t.TourView, err = p.uses.Tour(ctx, uses.TourID(r.PathValue("id"))); err != nil {
		return t, err
	}
	for _, shown := range t.Projects {
		t.Own[shown.Project] = p.uses.MustStepBack(ctx, shown)
	}
	if t.Units, err = forms.NamesOf(ctx, p.core); err != nil {
		return t, err
	}
	t.People, err = p.people(ctx, append(stepsOf(t.Case), t.Judges...)...)
	return t, err
}

func (p *Pages) tour(w http.ResponseWriter, r *http.Request) error {
	t, err := p.tourView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, tourPage(t))
}

// takeTour takes a step of a round.
func (p *Pages) takeTour(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	id := uses.TourID(r.PathValue("id"))
	step := uses.Step{Action: r.PostForm.Get("step"), Reason: strings.TrimSpace(r.PostForm.Get("reason"))}
	err := p.uses.TakeTour(r.Context(), id, step, forms.Seen(r))
	if err == nil {
		web.Flash(w, r, page.Success, "tour.step.done")
		return web.Redirect(w, r, tourURL(id, ""))
	}
	if store.IsConflict(err) {
		web.Flash(w, r, page.Warning, "assessment.moved")
		return web.Redirect(w, r, tourURL(id, ""))
	}
	return failed(r, err, func(e page.Errors) error {
		t, err := p.tourView(r)
		if err != nil {
			return err
		}
		t.Errors, t.Tried, t.Reason = e, step.Action, step.Reason
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, tourPage(t))
	})
}

// mark hands in the caller's sheet for a project.
func (p *Pages) mark(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	id, project := uses.TourID(r.PathValue("id")), ledger.ProjectID(r.PathValue("project"))
	sheet := rules.Sheet{Project: project, Remark: r.PostForm.Get("remark"), Recused: r.PostForm.Get("recused") != ""}
	if !sheet.Recused {
		for _, text := range r.PostForm["mark"] {
			sheet.Marks = append(sheet.Marks, figure(text))
		}
	}
	err := p.uses.Mark(r.Context(), id, sheet)
	if err == nil {
		web.Flash(w, r, page.Success, "tour.marked")
		return web.Redirect(w, r, tourURL(id, "#p-"+string(project)))
	}
	return failed(r, err, func(e page.Errors) error {
		t, err := p.tourView(r)
		if err != nil {
			return err
		}
		t.Errors, t.Marking, t.Typed, t.Remark = e, project, r.PostForm["mark"], sheet.Remark
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, tourPage(t))
	})
}

func (t tourView) marksOf(shown rules.Shown) []string {
	marks, _ := t.sheet(shown.Project)
	return marks
}

func (t tourView) remarkOf(shown rules.Shown) string {
	_, remark := t.sheet(shown.Project)
	return remark
}

// judges are the names of the judges.
func (t tourView) judges(v page.View) string {
	names := make([]string, len(t.Judges))
	for i, judge := range t.Judges {
		names[i] = t.People[judge]
	}
	return joined(v, names)
}

// rankText is a place, or that there is none.
func rankText(v page.View, rank int) string {
	if rank == 0 {
		return v.T("assessment.idle")
	}
	return fmt.Sprint(rank)
}

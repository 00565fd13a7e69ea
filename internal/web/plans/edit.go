package plans

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// editView is a form of a commitment's terms.
type editView struct {
	page.Errors
	names
	terms
	Plan   ledger.Plan
	Record store.Record[ledger.Commitment]
	Clash  *page.Clash
	// Of a new one: where its words stand.
	Document, Words string
	From, Until     string // in code points; empty where the words are looked for
}

func (p *Pages) editView(r *http.Request) (editView, error) {
	ctx := r.Context()
	record, err := p.planning.Commitment(ctx, commitmentID(r))
	if err != nil {
		return editView{}, err
	}
	plan, err := p.planning.Plan(ctx, record.Value.Plan)
	if err != nil {
		return editView{}, err
	}
	n, err := p.names(ctx)
	return editView{names: n, Plan: plan.Value, Record: record, terms: termsOf(record.Value)}, err
}

func (p *Pages) editCommitment(w http.ResponseWriter, r *http.Request) error {
	view, err := p.editView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, editPage(view))
}

func (p *Pages) correct(w http.ResponseWriter, r *http.Request) error {
	view, err := p.editView(r)
	if err != nil {
		return err
	}
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	view.terms = typedTerms(r)
	correction, err := view.correction(view.Record.Value)
	if err == nil {
		_, err = p.planning.Correct(r.Context(), view.Record.Value.ID, correction, seen(r))
	}
	if err == nil {
		web.Flash(w, r, page.Success, "plans.saved")
		return web.Redirect(w, r, page.CommitmentURL(view.Record.Value.ID, ""))
	}
	v := page.Of(r.Context())
	if store.IsConflict(err) {
		view.Clash = p.clash(r, err, view.differences(v, view.terms, view.Record.Value))
		return web.ShowStatus(w, r, http.StatusConflict, editPage(view))
	}
	if !mendable(err) {
		return err
	}
	view.Errors = errorsOf(v, err)
	view.Record.Revision = seen(r)
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, editPage(view))
}

// clash says who changed a commitment meanwhile, as the log knows it.
func (p *Pages) clash(r *http.Request, err error, fields []page.Difference) *page.Clash {
	var conflict *store.Conflict[ledger.Commitment]
	clash := &page.Clash{Fields: fields}
	if !errors.As(err, &conflict) {
		return clash
	}
	id := ledger.CommitmentID(conflict.ID)
	clash.URL, clash.When = page.CommitmentURL(id, ""), page.Of(r.Context()).Time(conflict.Current.Updated)
	entries, failed := p.planning.Entries(r.Context(), id)
	if failed != nil || len(entries) == 0 {
		return clash
	}
	account := ledger.AccountID(entries[len(entries)-1].Actor.ID)
	if named, failed := p.people(r.Context(), account); failed == nil {
		clash.Who = named[account]
	}
	return clash
}

// newView is the form of a commitment that is added by hand.
func (p *Pages) newView(r *http.Request, plan ledger.PlanID, parent ledger.CommitmentID) (editView, error) {
	ctx := r.Context()
	record, err := p.planning.Plan(ctx, plan)
	if err != nil {
		return editView{}, err
	}
	n, err := p.names(ctx)
	if err != nil {
		return editView{}, err
	}
	view := editView{names: n, Plan: record.Value, terms: terms{Kind: string(ledger.KindTask), Firm: "1", Parent: string(parent)}}
	if parent == "" {
		return view, nil
	}
	if view.Record, err = p.planning.Commitment(ctx, parent); err != nil {
		return view, err
	}
	whole := termsOf(view.Record.Value)
	view.Kind, view.Section, view.By, view.Firm = whole.Kind, whole.Section, whole.By, whole.Firm
	for _, row := range whole.Targets {
		row.Number, row.Value, row.Upper = "", "", ""
		view.Targets = append(view.Targets, row)
	}
	return view, nil
}

func (p *Pages) newCommitment(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	view, err := p.newView(r, ledger.PlanID(q.Get("plan")), ledger.CommitmentID(q.Get("parent")))
	if err != nil {
		return err
	}
	view.Document, view.From, view.Until = q.Get("document"), q.Get("at"), q.Get("end")
	return web.Show(w, r, newPage(view))
}

func (p *Pages) addCommitment(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	view, err := p.newView(r, ledger.PlanID(r.PostFormValue("plan")), ledger.CommitmentID(r.PostFormValue("parent")))
	if err != nil {
		return err
	}
	view.terms = typedTerms(r)
	view.Document, view.Words = r.PostFormValue("document"), strings.TrimSpace(r.PostFormValue("words"))
	view.From, view.Until = r.PostFormValue("at"), r.PostFormValue("end")
	made, err := p.added(r, view)
	if err == nil {
		web.Flash(w, r, page.Success, "plans.added")
		return web.Redirect(w, r, page.CommitmentURL(made.Value.ID, ""))
	}
	if !mendable(err) {
		return err
	}
	view.Errors = errorsOf(page.Of(r.Context()), err)
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, newPage(view))
}

// added adds what was typed as a commitment.
func (p *Pages) added(r *http.Request, view editView) (store.Record[ledger.Commitment], error) {
	var none store.Record[ledger.Commitment]
	asked := planning.NewCommitment{
		Plan: view.Plan.ID, Parent: ledger.CommitmentID(view.Parent), Document: ledger.Digest(view.Document), At: atoi(view.From), End: atoi(view.Until),
	}
	if view.Parent != "" {
		asked.Document = ""
	} else if asked.End == 0 {
		passage, err := p.catalogue.Quote(r.Context(), asked.Document, view.Words)
		if err != nil {
			return none, err
		}
		asked.At, asked.End = passage.At(), passage.End()
	}
	correction, err := view.correction(ledger.Commitment{})
	if err != nil {
		return none, err
	}
	if *correction.Title == "" {
		correction.Title = nil
	}
	asked.Correction = correction
	return p.planning.AddCommitment(r.Context(), asked)
}

// splitView is the form on which a commitment is cut.
type splitView struct {
	page.Errors
	Plan   ledger.Plan
	Record store.Record[ledger.Commitment]
	Typed  string
}

func (p *Pages) splitView(r *http.Request) (splitView, error) {
	record, err := p.planning.Commitment(r.Context(), commitmentID(r))
	if err != nil {
		return splitView{}, err
	}
	plan, err := p.planning.Plan(r.Context(), record.Value.Plan)
	return splitView{Plan: plan.Value, Record: record, Typed: record.Value.Wording()}, err
}

func (p *Pages) splitForm(w http.ResponseWriter, r *http.Request) error {
	view, err := p.splitView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, splitPage(view))
}

func (p *Pages) split(w http.ResponseWriter, r *http.Request) error {
	view, err := p.splitView(r)
	if err != nil {
		return err
	}
	view.Typed = r.PostFormValue("words")
	cuts, err := cutsOf(view.Record.Value, view.Typed)
	if err == nil {
		var made []store.Record[ledger.Commitment]
		made, err = p.planning.Split(r.Context(), view.Record.Value.ID, cuts, seen(r))
		if err == nil {
			web.Flash(w, r, page.Success, "plans.split.done", len(made))
			return web.Redirect(w, r, page.CommitmentURL(view.Record.Value.ID, ""))
		}
	}
	v := page.Of(r.Context())
	switch {
	case store.IsConflict(err):
		view.Add("", v.T("plans.changed.meanwhile"))
		return web.ShowStatus(w, r, http.StatusConflict, splitPage(view))
	case mendable(err):
		view.Errors = errorsOf(v, err)
		view.Record.Revision = seen(r)
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, splitPage(view))
	}
	return err
}

// cutsOf are the code points of the document at which the words of a commitment were cut, by line breaks put into them.
// The words themselves may not be changed.
func cutsOf(c ledger.Commitment, typed string) ([]int, error) {
	typed = strings.ReplaceAll(typed, "\r\n", "\n")
	source := c.Source()
	if len(source) == 0 || strings.ReplaceAll(typed, "\n", "") != strings.ReplaceAll(c.Wording(), "\n", "") {
		return nil, unreadable("words", "plans.split.changed", c.Title)
	}
	var cuts []int
	passed, whole := 0, []rune(c.Wording())
	for _, char := range typed {
		if passed < len(whole) && whole[passed] == char {
			passed++
			continue
		}
		if char == '\n' && passed > 0 && passed < len(whole) {
			cuts = append(cuts, placeOf(source, passed))
		}
	}
	return cuts, nil
}

// placeOf is where in the document a place of the wording is. Passages that do not adjoin are set apart in the wording by
// an ellipsis of two characters.
func placeOf(source []ledger.Passage, place int) int {
	for i, passage := range source {
		if i > 0 && (passage.Document() != source[i-1].Document() || passage.At() != source[i-1].End()) {
			place -= 2
		}
		length := utf8.RuneCountInString(passage.Wording())
		if place < length || i == len(source)-1 {
			return passage.At() + max(place, 0)
		}
		place -= length
	}
	return place
}

// milestoneRow is a milestone as a form has it.
type milestoneRow struct{ Number, Title, By, Weight string }

// milestoneView is the form of a commitment's milestones.
type milestoneView struct {
	page.Errors
	Plan   ledger.Plan
	Record store.Record[ledger.Commitment]
	Rows   []milestoneRow
}

func (p *Pages) milestoneView(r *http.Request) (milestoneView, error) {
	record, err := p.planning.Commitment(r.Context(), commitmentID(r))
	if err != nil {
		return milestoneView{}, err
	}
	plan, err := p.planning.Plan(r.Context(), record.Value.Plan)
	return milestoneView{Plan: plan.Value, Record: record}, err
}

func (p *Pages) milestones(w http.ResponseWriter, r *http.Request) error {
	view, err := p.milestoneView(r)
	if err != nil {
		return err
	}
	for _, m := range view.Record.Value.Milestones {
		view.Rows = append(view.Rows, milestoneRow{itoa(m.Number), m.Title, m.By.String(), m.Weight.Plain()})
	}
	return web.Show(w, r, milestonesPage(view))
}

func (p *Pages) setMilestones(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	view, err := p.milestoneView(r)
	if err != nil {
		return err
	}
	milestones, err := view.typed(r)
	if err == nil {
		_, err = p.planning.SetMilestones(r.Context(), view.Record.Value.ID, milestones, seen(r))
	}
	v := page.Of(r.Context())
	switch {
	case err == nil:
		web.Flash(w, r, page.Success, "plans.saved")
		return web.Redirect(w, r, page.CommitmentURL(view.Record.Value.ID, ""))
	case store.IsConflict(err):
		view.Add("", v.T("plans.changed.meanwhile"))
		return web.ShowStatus(w, r, http.StatusConflict, milestonesPage(view))
	case mendable(err):
		view.Errors = errorsOf(v, err)
		view.Record.Revision = seen(r)
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, milestonesPage(view))
	}
	return err
}

// typed are the milestones that somebody typed; a row without a title is none.
func (view *milestoneView) typed(r *http.Request) ([]ledger.Milestone, error) {
	var milestones []ledger.Milestone
	var wrong error
	form := r.PostForm
	for i, title := range form["milestone.title"] {
		at := func(name string) string {
			if values := form["milestone."+name]; i < len(values) {
				return strings.TrimSpace(values[i])
			}
			return ""
		}
		row := milestoneRow{at("number"), strings.TrimSpace(title), at("by"), at("weight")}
		if row.Title == "" {
			continue
		}
		view.Rows = append(view.Rows, row)
		by, err := date(row.By, "milestones/"+itoa(len(milestones)))
		wrong = errors.Join(wrong, err)
		weight, err := figure(row.Weight, "milestones/"+itoa(len(milestones)))
		wrong = errors.Join(wrong, err)
		milestones = append(milestones, ledger.Milestone{Number: atoi(row.Number), Title: row.Title, By: by, Weight: weight})
	}
	return milestones, wrong
}

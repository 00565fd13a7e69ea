package public

import (
	"net/http"
	"slices"
	"strings"

	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// settingsView is what of a plan is public, for the office.
type settingsView struct {
	page.Errors
	publication.View
	typed    publication.Settings
	items    []livelihood.Item // that have pictures
	conflict bool
}

func planOf(r *http.Request) ledger.PlanID { return ledger.PlanID(r.PathValue("id")) }

func (p *Pages) settings(w http.ResponseWriter, r *http.Request) error {
	view, err := p.settingsView(r)
	if err != nil {
		return err
	}
	view.typed = view.Settings.Value
	return web.Show(w, r, settingsPage(view))
}

func (p *Pages) settingsView(r *http.Request) (settingsView, error) {
	found, err := p.uses.Settings(r.Context(), planOf(r))
	if err != nil {
		return settingsView{}, err
	}
	items, err := p.uses.Pictured(r.Context(), found.Plan)
	return settingsView{View: found, items: items}, err
}

// marked tells whether a picture may be seen.
func (s settingsView) marked(id livelihood.PictureID) bool {
	return slices.Contains(s.typed.Pictures, id)
}

// typedSettings are those that somebody typed.
func typedSettings(r *http.Request) publication.Settings {
	s := publication.Settings{
		Open: r.PostFormValue("open") != "", Address: r.PostFormValue("address"), Introduction: r.PostFormValue("introduction"), Contact: r.PostFormValue("contact"),
		Withheld: strings.FieldsFunc(r.PostFormValue("withheld"), func(c rune) bool { return strings.ContainsRune(" \t\r\n,;\uff0c\uff1b\u3001", c) }),
	}
	for _, part := range r.PostForm["shows"] {
		s.Shows = append(s.Shows, disclosed.Part(part))
	}
	for _, id := range r.PostForm["pictures"] {
		s.Pictures = append(s.Pictures, livelihood.PictureID(id))
	}
	for _, digest := range r.PostForm["documents"] {
		s.Documents = append(s.Documents, ledger.Digest(digest))
	}
	return s
}

func (p *Pages) saveSettings(w http.ResponseWriter, r *http.Request) error {
	typed := typedSettings(r)
	saved, err := p.uses.Save(r.Context(), planOf(r), typed, forms.Seen(r))
	if err == nil {
		key := "public.saved.closed"
		if saved.Settings.Value.Open {
			key = "public.saved.open"
		}
		web.Flash(w, r, page.Success, key)
		return web.Redirect(w, r, page.PlanURL(planOf(r), "/public"))
	}
	found, mendable := page.Of(r.Context()).ErrorsOf(err)
	if !mendable && !store.IsConflict(err) {
		return err
	}
	view, err := p.settingsView(r)
	if err != nil {
		return err
	}
	view.Errors, view.typed, view.conflict = found, typed, !mendable
	status := http.StatusUnprocessableEntity
	if view.conflict {
		status = http.StatusConflict
	}
	return web.ShowStatus(w, r, status, settingsPage(view))
}

// partOptions are the parts that can be shown.
func partOptions(v page.View) []page.Option {
	var options []page.Option
	for _, part := range disclosed.Parts() {
		options = append(options, page.Option{Value: string(part), Label: v.T("public.part." + string(part))})
	}
	return options
}

func partValues(parts []disclosed.Part) []string {
	values := make([]string, len(parts))
	for i, part := range parts {
		values[i] = string(part)
	}
	return values
}

// sourceOptions are the documents that a plan was read from.
func sourceOptions(plan ledger.Plan) []page.Option {
	var options []page.Option
	for _, source := range plan.Sources {
		options = append(options, page.Option{Value: string(source.Document), Label: source.Title + " \uff08" + source.Name + "\uff09"})
	}
	return options
}

func digestValues(digests []ledger.Digest) []string {
	values := make([]string, len(digests))
	for i, digest := range digests {
		values[i] = string(digest)
	}
	return values
}

func withheldText(numbers []string) string { return strings.Join(numbers, "\n") }

// feedbackView is what citizens said.
type feedbackView struct {
	page.Errors
	publication.FeedbackListing
	state  publication.FeedbackState
	people map[ledger.AccountID]string
	plans  []publication.View
	tried  string // the feedback that somebody tried to decide on
	typed  string // the answer that he typed
}

// typedOf is what was typed as the answer to feedback.
func (f feedbackView) typedOf(id string) string {
	if f.tried == id {
		return f.typed
	}
	return ""
}

// tabs are the states of feedback.
func (f feedbackView) tabs(v page.View) []page.Tab {
	var tabs []page.Tab
	for _, state := range []publication.FeedbackState{publication.Waiting, publication.Accepted, publication.Rejected} {
		tabs = append(tabs, page.Tab{
			Title: v.T("public.feedback.tab." + string(state)), URL: "/feedback?state=" + string(state), Active: f.state == state, Count: f.Counts[state],
		})
	}
	return tabs
}

// stateOf is the tab that an address asks for.
func stateOf(r *http.Request) publication.FeedbackState {
	state := publication.FeedbackState(r.URL.Query().Get("state"))
	if slices.Contains([]publication.FeedbackState{publication.Accepted, publication.Rejected}, state) {
		return state
	}
	return publication.Waiting
}

func (p *Pages) feedbackView(r *http.Request) (feedbackView, error) {
	ctx := r.Context()
	view := feedbackView{state: stateOf(r)}
	var err error
	if view.FeedbackListing, err = p.uses.Feedback(ctx, view.state, store.Page{After: r.URL.Query().Get("after")}); err != nil {
		return view, err
	}
	var accounts []ledger.AccountID
	for _, one := range view.Feedback {
		if one.Decider != "" {
			accounts = append(accounts, one.Decider)
		}
	}
	if p.persons != nil && len(accounts) > 0 {
		if view.people, err = p.persons(ctx, accounts...); err != nil {
			return view, err
		}
	}
	view.plans, err = p.uses.Choices(ctx)
	return view, err
}

func (p *Pages) feedback(w http.ResponseWriter, r *http.Request) error {
	view, err := p.feedbackView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, feedbackPage(view))
}

func (p *Pages) accept(w http.ResponseWriter, r *http.Request) error {
	decided, err := p.uses.Accept(r.Context(), r.PathValue("id"), r.PostFormValue("answer"), forms.Seen(r))
	if err != nil {
		return p.undecided(w, r, err)
	}
	web.Flash(w, r, page.Success, "public.feedback.accepted.done")
	if decided.Order == "" {
		return web.Redirect(w, r, "/feedback")
	}
	return web.Redirect(w, r, "/orders/"+string(decided.Order))
}

func (p *Pages) reject(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.uses.Reject(r.Context(), r.PathValue("id"), r.PostFormValue("answer"), forms.Seen(r)); err != nil {
		return p.undecided(w, r, err)
	}
	web.Flash(w, r, page.Success, "public.feedback.rejected.done")
	return web.Redirect(w, r, "/feedback")
}

// undecided shows what citizens said again, with what stands against a decision.
func (p *Pages) undecided(w http.ResponseWriter, r *http.Request, err error) error {
	found, mendable := page.Of(r.Context()).ErrorsOf(err)
	if !mendable {
		return err
	}
	view, failed := p.feedbackView(r)
	if failed != nil {
		return failed
	}
	view.Errors, view.tried, view.typed = found, r.PathValue("id"), r.PostFormValue("answer")
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, feedbackPage(view))
}

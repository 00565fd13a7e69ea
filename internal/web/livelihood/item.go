package livelihood

import (
	"net/http"

	"luoshi/calendar"
	uses "luoshi/internal/service/livelihood"
	"luoshi/internal/service/progress"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	rules "luoshi/ledger/livelihood"
)

// itemView is one item.
type itemView struct {
	page.Errors
	uses.ItemView
	Light  *progress.Shown // nil where the reader may not see it, or there is none
	Names  forms.Names
	People map[ledger.AccountID]string
	Today  calendar.Date
	Tried  string // the form that was refused: a step, “picture”, “survey”, or what was to be withdrawn
	Reason string
	Shot   shotText
	Asked  surveyText
}

// shotText and surveyText are forms as they were typed.
type (
	shotText   struct{ Stage, On, Caption string }
	surveyText struct {
		Scale, On, Asked, Note string
		Counts                 map[string]string
	}
)

func (p *Pages) itemView(r *http.Request) (itemView, error) {
	ctx := r.Context()
	found, err := p.uses.Item(ctx, itemID(r))
	if err != nil {
		return itemView{}, err
	}
	today := p.core.Today()
	view := itemView{ItemView: found, Today: today}
	view.Shot = shotText{Stage: string(rules.During), On: today.String()}
	view.Asked = surveyText{Scale: string(rules.Citizens), On: today.String(), Counts: map[string]string{}}
	if view.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return view, err
	}
	if view.Light, err = p.lightOf(r, found); err != nil {
		return view, err
	}
	accounts := doers(found.Case)
	for _, picture := range append(found.Pictures, found.Hidden...) {
		accounts = append(accounts, picture.Account)
	}
	view.People, err = p.people(ctx, accounts...)
	return view, err
}

// lightOf is the light of an item, if it has one that the reader may see.
func (p *Pages) lightOf(r *http.Request, v uses.ItemView) (*progress.Shown, error) {
	if p.progress == nil || v.Plan.State != ledger.Published {
		return nil, nil
	}
	found, err := p.progress.ItemLights(r.Context(), v.Plan, v.Commitment)
	if shown, there := found[v.Commitment.ID]; there {
		return &shown, err
	}
	return nil, err
}

func (p *Pages) item(w http.ResponseWriter, r *http.Request) error {
	view, err := p.itemView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, itemPage(view))
}

// itemAgain shows an item with what stands against something that was tried with it.
func (p *Pages) itemAgain(w http.ResponseWriter, r *http.Request, err error, change func(*itemView)) error {
	found, status := mendable(r, err)
	if status == 0 {
		return err
	}
	view, failed := p.itemView(r)
	if failed != nil {
		return failed
	}
	view.Errors = found
	change(&view)
	return web.ShowStatus(w, r, status, itemPage(view))
}

func (p *Pages) stepItem(w http.ResponseWriter, r *http.Request) error {
	step, reason := r.PostFormValue("step"), r.PostFormValue("reason")
	if err := p.uses.StepItem(r.Context(), itemID(r), step, reason, forms.Seen(r)); err != nil {
		return p.itemAgain(w, r, err, func(v *itemView) { v.Tried, v.Reason = step, reason })
	}
	web.Flash(w, r, page.Success, "livelihood.done")
	return web.Redirect(w, r, itemURL(itemID(r), ""))
}

func (p *Pages) addPicture(w http.ResponseWriter, r *http.Request) error {
	f := forms.ValuesOf(r)
	typed := shotText{f.Text("stage"), f.Text("on"), f.Text("caption")}
	shot := uses.Shot{Stage: rules.Stage(typed.Stage), On: f.Date("on"), Caption: typed.Caption}
	file, done, err := upload(r, "file")
	defer done()
	if err != nil {
		return err
	}
	if _, err = p.uses.AddPicture(r.Context(), itemID(r), shot, file); err != nil {
		return p.itemAgain(w, r, err, func(v *itemView) { v.Tried, v.Shot = "picture", typed })
	}
	web.Flash(w, r, page.Success, "livelihood.picture.added")
	return web.Redirect(w, r, itemURL(itemID(r), "#pictures"))
}

func (p *Pages) addSurvey(w http.ResponseWriter, r *http.Request) error {
	f := forms.ValuesOf(r)
	typed := surveyText{Scale: f.Text("scale"), On: f.Text("on"), Asked: f.Text("asked"), Note: f.Text("note"), Counts: map[string]string{}}
	asked := rules.Survey{Scale: rules.Scale(typed.Scale), On: f.Date("on"), Asked: f.Int("asked"), Note: typed.Note, Counts: map[string]int{}}
	for _, g := range asked.Scale.Grades() {
		name := "count." + typed.Scale + "." + g.Key
		typed.Counts[typed.Scale+"."+g.Key] = f.Text(name)
		if n := f.Int(name); n != 0 {
			asked.Counts[g.Key] = n
		}
	}
	file, done, err := upload(r, "file")
	defer done()
	if err != nil {
		return err
	}
	again := func(v *itemView) { v.Tried, v.Asked = "survey", typed }
	if !f.None() {
		return p.mistyped(w, r, f.Errors, again)
	}
	if _, err = p.uses.AddSurvey(r.Context(), itemID(r), asked, file); err != nil {
		return p.itemAgain(w, r, err, again)
	}
	web.Flash(w, r, page.Success, "livelihood.survey.added")
	return web.Redirect(w, r, itemURL(itemID(r), "#satisfaction"))
}

// mistyped shows an item with what cannot be read of a form.
func (p *Pages) mistyped(w http.ResponseWriter, r *http.Request, found page.Errors, change func(*itemView)) error {
	view, err := p.itemView(r)
	if err != nil {
		return err
	}
	view.Errors = found
	change(&view)
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, itemPage(view))
}

func (p *Pages) withdrawPicture(w http.ResponseWriter, r *http.Request) error {
	id, reason := uses.PictureID(r.PathValue("picture")), r.PostFormValue("reason")
	if err := p.uses.WithdrawPicture(r.Context(), id, reason); err != nil {
		return p.itemAgain(w, r, err, func(v *itemView) { v.Tried, v.Reason = string(id), reason })
	}
	web.Flash(w, r, page.Success, "livelihood.withdrawn")
	return web.Redirect(w, r, itemURL(itemID(r), "#pictures"))
}

func (p *Pages) withdrawSurvey(w http.ResponseWriter, r *http.Request) error {
	id, reason := uses.SurveyID(r.PathValue("survey")), r.PostFormValue("reason")
	if err := p.uses.WithdrawSurvey(r.Context(), id, reason); err != nil {
		return p.itemAgain(w, r, err, func(v *itemView) { v.Tried, v.Reason = string(id), reason })
	}
	web.Flash(w, r, page.Success, "livelihood.withdrawn")
	return web.Redirect(w, r, itemURL(itemID(r), "#satisfaction"))
}

// reasonFor is what was typed for a step, or for what was to be withdrawn.
func (v itemView) reasonFor(tried string) string {
	if v.Tried == tried {
		return v.Reason
	}
	return ""
}

// stages are the choices of what a picture shows.
func stages(v page.View) []page.Option { return forms.Labels(v, "", rules.Stages()) }

// inStages are the pictures from before to done, of each stage the last day first.
func (v itemView) inStages() []uses.Picture {
	var all []uses.Picture
	for _, stage := range rules.Stages() {
		for _, p := range v.Pictures {
			if p.Stage == stage {
				all = append(all, p)
			}
		}
	}
	return all
}

package projects

import (
	"fmt"
	"net/http"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// projectForm is the form of a project's own fields.
type projectForm struct {
	page.Errors
	forms.Names
	Project ledger.Project
	Typed   map[string]string // what cannot be read as it was typed
	Seen    int64
	Plans   []ledger.Plan
	Clash   *page.Clash
}

// value is what a field shows: what was typed where it could not be read, the project's own otherwise.
func (f projectForm) value(name, own string) string {
	if typed, ok := f.Typed[name]; ok {
		return typed
	}
	return own
}

func (p *Pages) newForm(w http.ResponseWriter, r *http.Request) error {
	f, err := p.form(r)
	if err != nil {
		return err
	}
	f.Project.Plan = forms.Chosen(f.Plans, r.URL.Query().Get("plan")).ID
	f.Project.Stage, f.Project.Category = ledger.Reserve, ledger.Industry
	return web.Show(w, r, newPage(f))
}

func (p *Pages) form(r *http.Request) (projectForm, error) {
	names, err := forms.NamesOf(r.Context(), p.catalogue.Core)
	if err != nil {
		return projectForm{}, err
	}
	plans, err := p.catalogue.Plans(r.Context())
	return projectForm{Names: names, Plans: plans}, err
}

// read takes over what was typed into the form of a project.
func read(v *forms.Values, p ledger.Project) ledger.Project {
	p.Name, p.Number, p.Content = v.Text("name"), v.Text("number"), v.Text("content")
	p.Category, p.Lead = ledger.ProjectCategory(v.Text("category")), v.Unit("lead")
	p.Place = ledger.Place{
		Unit: v.Unit("street"), Address: v.Text("address"), Longitude: v.Figure("longitude"), Latitude: v.Figure("latitude"),
	}
	p.Start, p.Completion, p.Total = v.Date("start"), v.Date("completion"), v.Money("total")
	return p
}

// typed are the fields that cannot be read, as they were typed.
func typed(v *forms.Values) map[string]string {
	kept := map[string]string{}
	for _, name := range []string{"longitude", "latitude", "start", "completion", "total", "date"} {
		if len(v.At(name)) > 0 {
			kept[name] = v.Text(name)
		}
	}
	return kept
}

func (p *Pages) create(w http.ResponseWriter, r *http.Request) error {
	v := forms.ValuesOf(r)
	project := read(v, ledger.Project{Plan: ledger.PlanID(v.Text("plan")), Stage: ledger.Stage(v.Text("stage"))})
	var err error
	if v.None() {
		var id ledger.ProjectID
		if id, err = p.catalogue.AddProject(r.Context(), project); err == nil {
			web.Flash(w, r, page.Success, "projects.added", project.Name)
			return web.Redirect(w, r, page.ProjectURL(id, ""))
		}
	}
	said, ok := forms.Mendable(r, v, err)
	if !ok {
		return err
	}
	f, err := p.form(r)
	if err != nil {
		return err
	}
	f.Errors, f.Project, f.Typed = said, project, typed(v)
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, newPage(f))
}

func (p *Pages) editForm(w http.ResponseWriter, r *http.Request) error {
	s, err := p.offered(r, "project.edit")
	if err != nil {
		return err
	}
	return web.Show(w, r, editPage(projectForm{Names: s.Names, Project: s.Value, Seen: s.Revision}))
}

func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error {
	s, err := p.offered(r, "project.edit")
	if err != nil {
		return err
	}
	v := forms.ValuesOf(r)
	project := read(v, s.Value)
	if v.None() {
		err = p.catalogue.ReviseProject(r.Context(), project.ID, forms.Seen(r), func(now ledger.Project) (ledger.Project, error) {
			return read(v, now), nil
		})
		if err == nil {
			web.Flash(w, r, page.Success, "projects.saved")
			return web.Redirect(w, r, page.ProjectURL(project.ID, ""))
		}
	}
	f := projectForm{Names: s.Names, Project: project, Typed: typed(v), Seen: forms.Seen(r)}
	if now, stale := forms.Stale[ledger.Project](err); stale {
		f.Seen = now.Revision
		if f.Clash, err = forms.Clash(r, p.catalogue, p.persons, err, page.ProjectURL(project.ID, ""), differences(r, f.Names, project, now.Value)); err != nil {
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

// differences are what was typed beside what somebody else has made of the project meanwhile.
func differences(r *http.Request, names forms.Names, mine, now ledger.Project) []page.Difference {
	v := page.Of(r.Context())
	var fields []page.Difference
	for _, f := range []struct{ name, mine, theirs string }{
		{"projects.name", mine.Name, now.Name},
		{"projects.number", mine.Number, now.Number},
		{"projects.category", v.Wording(mine.Category.Label()), v.Wording(now.Category.Label())},
		{"projects.lead", names.Unit(mine.Lead), names.Unit(now.Lead)},
		{"projects.content", mine.Content, now.Content},
		{"projects.address", mine.Place.Address, now.Place.Address},
		{"projects.start", v.Date(mine.Start), v.Date(now.Start)},
		{"projects.completion", v.Date(mine.Completion), v.Date(now.Completion)},
		{"projects.total.wan", v.Decimal(forms.Wan(mine.Total)), v.Decimal(forms.Wan(now.Total))},
	} {
		fields = append(fields, page.Difference{Field: v.T(f.name), Mine: f.mine, Theirs: f.theirs})
	}
	return fields
}

// stageForm is the form of a step to another stage.
type stageForm struct {
	page.Errors
	projectPage
	To     ledger.Stage
	Reason string
	Date   string
	Seen   int64
}

func (p *Pages) stageForm(w http.ResponseWriter, r *http.Request) error {
	s, err := p.offered(r, "project.stage")
	if err != nil {
		return err
	}
	return web.Show(w, r, stagePage(stageForm{projectPage: s, Seen: s.Revision}))
}

func (p *Pages) move(w http.ResponseWriter, r *http.Request) error {
	s, err := p.offered(r, "project.stage")
	if err != nil {
		return err
	}
	v := forms.ValuesOf(r)
	step := catalogue.Stage{To: ledger.Stage(v.Text("to")), Reason: v.Text("reason"), Date: v.Date("date")}
	if v.None() {
		if err = p.catalogue.MoveProject(r.Context(), s.Value.ID, step, forms.Seen(r)); err == nil {
			web.Flash(w, r, page.Success, "projects.moved", step.To.Label())
			return web.Redirect(w, r, page.ProjectURL(s.Value.ID, ""))
		}
	}
	said, ok := forms.Mendable(r, v, err)
	if !ok {
		return err
	}
	f := stageForm{Errors: said, projectPage: s, To: step.To, Reason: step.Reason, Date: v.Text("date"), Seen: forms.Seen(r)}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, stagePage(f))
}

// at names a field of a row of a form: planned-2.
func at(name string, row int) string { return fmt.Sprintf("%s-%d", name, row) }

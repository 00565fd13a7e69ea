package bulletins

import (
	"net/http"
	"slices"

	uses "luoshi/internal/service/bulletin"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/bulletin"
)

// editView is the form in which the office writes.
type editView struct {
	page.Errors
	uses.View
	Typed uses.Edit // what stands in the form
	Seen  int64
	Names forms.Names
	Clash *page.Clash
}

func (p *Pages) editView(r *http.Request) (editView, error) {
	found, err := p.uses.Bulletin(r.Context(), idOf(r))
	if err != nil {
		return editView{}, err
	}
	view := editView{View: found, Seen: found.Revision, Typed: uses.Edit{
		Title: found.Title, Blocks: found.Blocks, Omitted: found.Omitted, Recipients: found.Bulletin.Recipients, Public: found.Public,
	}}
	view.Names, err = forms.NamesOf(r.Context(), p.core)
	return view, err
}

func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error {
	view, err := p.editView(r)
	if err != nil {
		return err
	}
	if !view.MayEdit {
		web.Flash(w, r, page.Info, "bulletins.draft-only")
		return web.Redirect(w, r, bulletinURL(view.ID, ""))
	}
	return web.Show(w, r, editPage(view))
}

// typed is what a form says.
func typed(r *http.Request, places []bulletin.Kind) uses.Edit {
	f := forms.ValuesOf(r)
	e := uses.Edit{Title: f.Text("title"), Public: f.Ticked("public"), Blocks: bulletin.Blocks{}}
	for _, place := range places {
		e.Blocks[place] = r.PostForm.Get("block." + string(place))
		if place != bulletin.Opening && place != bulletin.Corrected && !f.Ticked("section."+string(place)) {
			e.Omitted = append(e.Omitted, place)
		}
	}
	for _, unit := range r.PostForm["recipient"] {
		e.Recipients = append(e.Recipients, ledger.UnitID(unit))
	}
	return e
}

func (p *Pages) save(w http.ResponseWriter, r *http.Request) error {
	view, err := p.editView(r)
	if err != nil {
		return err
	}
	view.Typed = typed(r, view.Content.Places())
	_, err = p.uses.Change(r.Context(), view.ID, view.Typed, forms.Seen(r))
	if err == nil {
		web.Flash(w, r, page.Success, "bulletins.saved")
		return web.Redirect(w, r, bulletinURL(view.ID, ""))
	}
	v := page.Of(r.Context())
	if now, stale := forms.Stale[uses.Bulletin](err); stale {
		view.Seen = now.Revision
		view.Clash, err = forms.Clash(r, p.catalogue, p.persons, err, bulletinURL(view.ID, ""), differences(v, view.Typed, now.Value))
		if err != nil {
			return err
		}
		return web.ShowStatus(w, r, http.StatusConflict, editPage(view))
	}
	found, mendable := v.ErrorsOf(err)
	if !mendable {
		return err
	}
	view.Errors = found
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, editPage(view))
}

// differences are what two people wrote at once.
func differences(v page.View, mine uses.Edit, theirs uses.Bulletin) []page.Difference {
	var all []page.Difference
	add := func(name, a, b string) {
		if a != b {
			all = append(all, page.Difference{Field: name, Mine: a, Theirs: b})
		}
	}
	add(v.T("bulletins.name"), mine.Title, theirs.Title)
	for _, place := range theirs.Content.Places() {
		add(placeName(v, place), mine.Blocks[place], theirs.Blocks[place])
	}
	return all
}

// included tells whether a section is to be in the bulletin.
func (e editView) included(k bulletin.Kind) bool { return !slices.Contains(e.Typed.Omitted, k) }

// chosen are the units that are ticked.
func (e editView) chosen() []string {
	var ids []string
	for _, unit := range e.Typed.Recipients {
		ids = append(ids, string(unit))
	}
	return ids
}

// settingsView is the form of settings.
type settingsView struct {
	page.Errors
	Plans []ledger.Plan
	Plan  ledger.Plan
	Typed uses.Settings
	Lines string
	Seen  int64
	Clash *page.Clash
}

func (p *Pages) settingsView(r *http.Request) (settingsView, error) {
	var view settingsView
	var err error
	if view.Plans, err = p.catalogue.Plans(r.Context()); err != nil {
		return view, err
	}
	view.Plan = forms.Chosen(view.Plans, r.FormValue("plan"))
	if view.Plan.ID == "" {
		return view, nil
	}
	settings, err := p.uses.Settings(r.Context(), view.Plan.Government)
	view.Typed, view.Seen, view.Lines = settings.Value, settings.Revision, page.View{Lang: page.English}.Number(int64(settings.Value.Lines))
	return view, err
}

func (p *Pages) settings(w http.ResponseWriter, r *http.Request) error {
	view, err := p.settingsView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, settingsPage(view))
}

func (p *Pages) saveSettings(w http.ResponseWriter, r *http.Request) error {
	view, err := p.settingsView(r)
	if err != nil {
		return err
	}
	f := forms.ValuesOf(r)
	view.Typed = uses.Settings{Sign: f.Text("sign"), Series: f.Text("series"), Office: f.Text("office"), Copies: f.Text("copies"), Lines: f.Int("lines")}
	view.Lines = f.Text("lines")
	if view.Errors = f.Errors; view.None() {
		_, err = p.uses.SaveSettings(r.Context(), view.Plan.Government, view.Typed, forms.Seen(r))
		if err == nil {
			web.Flash(w, r, page.Success, "bulletins.settings.saved")
			return web.Redirect(w, r, "/bulletins")
		}
		if now, stale := forms.Stale[uses.Settings](err); stale {
			return p.settingsClash(w, r, view, err, now)
		}
		found, mendable := page.Of(r.Context()).ErrorsOf(err)
		if !mendable {
			return err
		}
		view.Errors = found
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, settingsPage(view))
}

// settingsClash shows what two people set at once.
func (p *Pages) settingsClash(w http.ResponseWriter, r *http.Request, view settingsView, err error, now store.Record[uses.Settings]) error {
	v := page.Of(r.Context())
	var all []page.Difference
	for _, d := range []page.Difference{
		{Field: v.T("bulletins.sign"), Mine: view.Typed.Sign, Theirs: now.Value.Sign},
		{Field: v.T("bulletins.series"), Mine: view.Typed.Series, Theirs: now.Value.Series},
		{Field: v.T("bulletins.office"), Mine: view.Typed.Office, Theirs: now.Value.Office},
		{Field: v.T("bulletins.copies"), Mine: view.Typed.Copies, Theirs: now.Value.Copies},
		{Field: v.T("bulletins.lines"), Mine: v.Number(int64(view.Typed.Lines)), Theirs: v.Number(int64(now.Value.Lines))},
	} {
		if d.Mine != d.Theirs {
			all = append(all, d)
		}
	}
	view.Seen = now.Revision
	if view.Clash, err = forms.Clash(r, p.catalogue, p.persons, err, "/bulletins/settings?plan="+string(view.Plan.ID), all); err != nil {
		return err
	}
	return web.ShowStatus(w, r, http.StatusConflict, settingsPage(view))
}

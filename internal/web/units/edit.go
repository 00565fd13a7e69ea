package units

import (
	"net/http"
	"strings"

	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// unitForm is the form of a unit as it was founded.
type unitForm struct {
	page.Errors
	forms.Names
	Unit  ledger.Unit
	Since string
	Seen  int64
	Clash *page.Clash
}

// aliases are other names of a unit as a field holds them.
func aliases(names []string) string { return strings.Join(names, "\u3001") }

// separators part the names that a field holds.
const separators = "\u3001,\uff0c;\uff1b \u3000\n"

func readUnit(v *forms.Values, u ledger.Unit) ledger.Unit {
	u.Name, u.Kind, u.Parent = v.Text("name"), ledger.UnitKind(v.Text("kind")), v.Unit("parent")
	u.Since, u.Order = v.Date("since"), v.Int("order")
	u.Aliases = strings.FieldsFunc(v.Text("aliases"), func(r rune) bool { return strings.ContainsRune(separators, r) })
	return u
}

func (p *Pages) newForm(w http.ResponseWriter, r *http.Request) error {
	names, err := forms.NamesOf(r.Context(), p.catalogue.Core)
	if err != nil {
		return err
	}
	unit := ledger.Unit{Kind: ledger.Department, Parent: ledger.UnitID(r.URL.Query().Get("parent"))}
	return web.Show(w, r, newPage(unitForm{Names: names, Unit: unit}))
}

func (p *Pages) found(w http.ResponseWriter, r *http.Request) error {
	v := forms.ValuesOf(r)
	unit := readUnit(v, ledger.Unit{})
	var err error
	if v.None() {
		var id ledger.UnitID
		if id, err = p.catalogue.FoundUnit(r.Context(), unit); err == nil {
			web.Flash(w, r, page.Success, "units.founded", unit.Name)
			return web.Redirect(w, r, page.UnitURL(id, ""))
		}
	}
	said, ok := forms.Mendable(r, v, err)
	if !ok {
		return err
	}
	names, err := forms.NamesOf(r.Context(), p.catalogue.Core)
	if err != nil {
		return err
	}
	f := unitForm{Errors: said, Names: names, Unit: unit, Since: v.Text("since")}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, newPage(f))
}

// editable is a unit for a form that changes it: whoever may not is refused before he types anything.
func (p *Pages) editable(r *http.Request) (unitPage, error) {
	if err := p.catalogue.Check(r.Context(), "unit.edit", service.Owned{Lead: unitID(r)}); err != nil {
		return unitPage{}, err
	}
	return p.load(r.Context(), unitID(r))
}

func (p *Pages) editForm(w http.ResponseWriter, r *http.Request) error {
	u, err := p.editable(r)
	if err != nil {
		return err
	}
	f := unitForm{Names: u.Names, Unit: u.Value, Since: u.Value.Since.String(), Seen: u.Revision}
	return web.Show(w, r, editPage(f))
}

func (p *Pages) correct(w http.ResponseWriter, r *http.Request) error {
	u, err := p.editable(r)
	if err != nil {
		return err
	}
	v := forms.ValuesOf(r)
	unit := readUnit(v, u.Value)
	if v.None() {
		if err = p.catalogue.CorrectUnit(r.Context(), unit, forms.Seen(r)); err == nil {
			web.Flash(w, r, page.Success, "units.saved")
			return web.Redirect(w, r, page.UnitURL(unit.ID, ""))
		}
	}
	f := unitForm{Names: u.Names, Unit: unit, Since: v.Text("since"), Seen: forms.Seen(r)}
	if now, stale := forms.Stale[ledger.Unit](err); stale {
		f.Seen = now.Revision
		if f.Clash, err = forms.Clash(r, p.catalogue, p.persons, err, page.UnitURL(unit.ID, ""), differences(r, u.Names, unit, now.Value)); err != nil {
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

// differences are what was typed beside what somebody else has made of the unit meanwhile.
func differences(r *http.Request, names forms.Names, mine, now ledger.Unit) []page.Difference {
	v := page.Of(r.Context())
	return []page.Difference{
		{Field: v.T("units.name"), Mine: mine.Name, Theirs: now.Name},
		{Field: v.T("units.aliases"), Mine: aliases(mine.Aliases), Theirs: aliases(now.Aliases)},
		{Field: v.T("units.kind"), Mine: v.Wording(mine.Kind.Label()), Theirs: v.Wording(now.Kind.Label())},
		{Field: v.T("units.above"), Mine: names.Unit(mine.Parent), Theirs: names.Unit(now.Parent)},
		{Field: v.T("units.since"), Mine: v.Date(mine.Since), Theirs: v.Date(now.Since)},
	}
}

// changeForm is the form of a dated change. Once it is filled in its effect is shown, and asked about.
type changeForm struct {
	page.Errors
	unitPage
	Change ledger.UnitChange
	On     string
	Effect *catalogue.Effect
	Seen   int64
}

func (p *Pages) changeForm(w http.ResponseWriter, r *http.Request) error {
	u, err := p.editable(r)
	if err != nil {
		return err
	}
	f := changeForm{unitPage: u, Seen: u.Revision, Change: ledger.UnitChange{Kind: ledger.UnitChangeKind(r.URL.Query().Get("kind"))}}
	return web.Show(w, r, changePage(f))
}

func readChange(r *http.Request, v *forms.Values) ledger.UnitChange {
	c := ledger.UnitChange{
		Unit: unitID(r), On: v.Date("on"), Kind: ledger.UnitChangeKind(v.Text("kind")), Basis: v.Text("basis"),
	}
	switch c.Kind {
	case ledger.Renamed:
		c.Name = v.Text("name")
		c.Aliases = strings.FieldsFunc(v.Text("aliases"), func(r rune) bool { return strings.ContainsRune(separators, r) })
	case ledger.Moved:
		c.Parent = v.Unit("parent")
	case ledger.Merged, ledger.Split:
		for _, id := range r.PostForm["into"] {
			if id != "" {
				c.Into = append(c.Into, ledger.UnitID(id))
			}
		}
	}
	return c
}

func (p *Pages) change(w http.ResponseWriter, r *http.Request) error {
	u, err := p.editable(r)
	if err != nil {
		return err
	}
	v := forms.ValuesOf(r)
	f := changeForm{unitPage: u, Change: readChange(r, v), On: v.Text("on"), Seen: forms.Seen(r)}
	if v.None() {
		if v.Ticked("confirmed") {
			err = p.catalogue.ChangeUnit(r.Context(), f.Change, f.Seen)
		} else {
			var effect catalogue.Effect
			if effect, err = p.catalogue.ForeseeChange(r.Context(), f.Change); err == nil {
				f.Effect = &effect
				return web.Show(w, r, changePage(f))
			}
		}
		if err == nil {
			web.Flash(w, r, page.Success, "units.changed", f.Change.Kind.Label())
			return web.Redirect(w, r, page.UnitURL(u.Value.ID, ""))
		}
	}
	if now, stale := forms.Stale[ledger.Unit](err); stale {
		f.Seen = now.Revision
		f.Add("", page.T(r.Context(), "units.stale"))
		return web.ShowStatus(w, r, http.StatusConflict, changePage(f))
	}
	ok := false
	if f.Errors, ok = forms.Mendable(r, v, err); !ok {
		return err
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, changePage(f))
}

package papers

import (
	"net/http"
	"slices"
	"strings"

	"luoshi/internal/account"
	uses "luoshi/internal/service/accounting"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/office/paper"
)

// editView is the form in which people work on the words of a report.
type editView struct {
	page.Errors
	uses.View
	Typed  uses.Edits // what stands in the form
	Public bool
	Seen   int64
	Clash  *page.Clash
	// Narrates tells that there is a model to word paragraphs anew.
	Narrates bool
}

func (p *Pages) editView(r *http.Request) (editView, error) {
	found, err := p.uses.Report(r.Context(), idOf(r))
	if err != nil {
		return editView{}, err
	}
	view := editView{View: found, Seen: found.Revision, Typed: found.Edits, Public: found.Public, Narrates: p.uses.Narrates()}
	made := found.Content.Paper
	for _, line := range []struct {
		typed     *string
		generated string
	}{
		{&view.Typed.Title, made.Title}, {&view.Typed.Subtitle, made.Subtitle}, {&view.Typed.Speaker, made.Speaker},
		{&view.Typed.Addressee, made.Addressee},
	} {
		if *line.typed == "" {
			*line.typed = line.generated
		}
	}
	return view, nil
}

func (p *Pages) edit(w http.ResponseWriter, r *http.Request) error {
	view, err := p.editView(r)
	if err != nil {
		return err
	}
	if !view.MayEdit {
		web.Flash(w, r, page.Info, "papers.draft-only")
		return web.Redirect(w, r, paperURL(view.ID, ""))
	}
	return web.Show(w, r, editPage(view))
}

// typed is what a form says.
func typed(r *http.Request, c account.Content) uses.Edits {
	f := forms.ValuesOf(r)
	e := uses.Edits{Title: f.Text("title"), Subtitle: f.Text("subtitle"), Speaker: f.Text("speaker"), Addressee: f.Text("addressee")}
	for _, b := range c.Paper.Body {
		e.Blocks = append(e.Blocks, account.Edit{
			Block: b.Key, Text: r.PostForm.Get("text." + b.Key), After: r.PostForm.Get("after." + b.Key), Removed: f.Ticked("removed." + b.Key),
		})
	}
	blocks, texts, from := r.PostForm["basis.block"], r.PostForm["basis.text"], r.PostForm["basis.from"]
	for i := range min(len(blocks), len(texts), len(from)) {
		e.Bases = append(e.Bases, account.Basis{Block: blocks[i], Text: texts[i], From: from[i]})
	}
	return e
}

func (p *Pages) save(w http.ResponseWriter, r *http.Request) error {
	view, err := p.editView(r)
	if err != nil {
		return err
	}
	view.Typed, view.Public = typed(r, view.Content), forms.ValuesOf(r).Ticked("public")
	saved, err := p.uses.Change(r.Context(), view.ID, view.Typed, view.Public, forms.Seen(r))
	if block := r.PostForm.Get("narrative"); err == nil && block != "" {
		return web.Redirect(w, r, narrativeURL(saved.ID, block))
	}
	if err == nil {
		return p.saved(w, r, saved)
	}
	if now, stale := forms.Stale[uses.Report](err); stale {
		return p.clash(w, r, view, err, now)
	}
	found, mendable := page.Of(r.Context()).ErrorsOf(err)
	if !mendable {
		return err
	}
	view.Errors = found
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, editPage(view))
}

// saved leads to the report, or back to the form where something was found.
func (p *Pages) saved(w http.ResponseWriter, r *http.Request, saved uses.View) error {
	if grave := saved.Grave(); len(grave) > 0 {
		web.Flash(w, r, page.Warning, "papers.saved.findings", len(grave))
		return web.Redirect(w, r, paperURL(saved.ID, "/edit"))
	}
	web.Flash(w, r, page.Success, "papers.saved")
	return web.Redirect(w, r, paperURL(saved.ID, ""))
}

// clash shows what two people wrote at once.
func (p *Pages) clash(w http.ResponseWriter, r *http.Request, view editView, err error, now store.Record[uses.Report]) error {
	view.Seen = now.Revision
	v := page.Of(r.Context())
	theirs := now.Value.Edits
	var all []page.Difference
	for _, block := range view.Content.Paper.Body {
		mine, other := editOf(view.Typed, block), editOf(theirs, block)
		if mine.Text != other.Text || mine.After != other.After {
			name, _, _ := strings.Cut(block.String(), "\u3002")
			all = append(all, page.Difference{Field: v.T("papers.pair", name, v.T("papers.block")), Mine: mine.Text + mine.After, Theirs: other.Text + other.After})
		}
	}
	if view.Clash, err = forms.Clash(r, p.catalogue, p.persons, err, paperURL(view.ID, ""), all); err != nil {
		return err
	}
	return web.ShowStatus(w, r, http.StatusConflict, editPage(view))
}

// editOf is what was made of a block; the block itself where nothing was.
func editOf(e uses.Edits, b paper.Block) account.Edit {
	made := e.Of(b.Key)
	if made.Text == "" {
		made.Text = account.Marked(b)
	}
	return made
}

// found are the findings of a block.
func (e editView) found(block string) []account.Finding {
	return slices.DeleteFunc(slices.Clone(e.Findings), func(f account.Finding) bool { return f.Block != block })
}

// bases are the numbers of a block that were typed, with what they rest on as far as somebody said.
func (e editView) bases(block string) []account.Basis {
	var all []account.Basis
	for _, b := range e.Typed.Bases {
		if b.Block == block {
			all = append(all, b)
		}
	}
	for _, f := range e.found(block) {
		known := slices.ContainsFunc(all, func(b account.Basis) bool { return b.Text == f.Is })
		if f.Kind == account.Unbound && !known {
			all = append(all, account.Basis{Block: block, Text: f.Is})
		}
	}
	return all
}

// settingsView is the form of settings.
type settingsView struct {
	page.Errors
	Owners []page.Option
	Owner  ledger.UnitID
	Typed  uses.Settings
	Seen   int64
	Clash  *page.Clash
}

func (p *Pages) settingsView(r *http.Request) (settingsView, error) {
	var view settingsView
	names, err := forms.NamesOf(r.Context(), p.core)
	if err != nil {
		return view, err
	}
	for _, o := range names.Options("") {
		if p.core.Can(r.Context(), "account.edit", owned(ledger.UnitID(o.Value))) {
			view.Owners = append(view.Owners, o)
		}
	}
	if len(view.Owners) == 0 {
		return view, nil
	}
	view.Owner = ledger.UnitID(view.Owners[0].Value)
	if asked := r.FormValue("owner"); slices.ContainsFunc(view.Owners, func(o page.Option) bool { return o.Value == asked }) {
		view.Owner = ledger.UnitID(asked)
	}
	settings, err := p.uses.Settings(r.Context(), view.Owner)
	view.Typed, view.Seen = settings.Value, settings.Revision
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
	view.Typed = uses.Settings{
		Sign: f.Text("sign"), Organ: f.Text("organ"), Signer: f.Text("signer"), Signature: f.Text("signature"), Copies: f.Text("copies"),
		Printer: f.Text("printer"),
	}
	_, err = p.uses.SaveSettings(r.Context(), view.Owner, view.Typed, forms.Seen(r))
	if err == nil {
		web.Flash(w, r, page.Success, "papers.settings.saved")
		return web.Redirect(w, r, "/papers")
	}
	if now, stale := forms.Stale[uses.Settings](err); stale {
		return p.settingsClash(w, r, view, err, now)
	}
	found, mendable := page.Of(r.Context()).ErrorsOf(err)
	if !mendable {
		return err
	}
	view.Errors = found
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, settingsPage(view))
}

// settingsClash shows what two people set at once.
func (p *Pages) settingsClash(w http.ResponseWriter, r *http.Request, view settingsView, err error, now store.Record[uses.Settings]) error {
	v := page.Of(r.Context())
	var all []page.Difference
	for _, d := range []page.Difference{
		{Field: v.T("papers.sign"), Mine: view.Typed.Sign, Theirs: now.Value.Sign},
		{Field: v.T("papers.organ"), Mine: view.Typed.Organ, Theirs: now.Value.Organ},
		{Field: v.T("papers.signer"), Mine: view.Typed.Signer, Theirs: now.Value.Signer},
		{Field: v.T("papers.signature"), Mine: view.Typed.Signature, Theirs: now.Value.Signature},
		{Field: v.T("papers.copies"), Mine: view.Typed.Copies, Theirs: now.Value.Copies},
		{Field: v.T("papers.printer"), Mine: view.Typed.Printer, Theirs: now.Value.Printer},
	} {
		if d.Mine != d.Theirs {
			all = append(all, d)
		}
	}
	view.Seen = now.Revision
	if view.Clash, err = forms.Clash(r, p.catalogue, p.persons, err, "/papers/settings?owner="+string(view.Owner), all); err != nil {
		return err
	}
	return web.ShowStatus(w, r, http.StatusConflict, settingsPage(view))
}

package papers

import (
	"net/http"
	"net/url"
	"slices"

	"luoshi/internal/account"
	uses "luoshi/internal/service/accounting"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/office/paper"
)

// narrativeView is a passage that a model words anew, and its wording once there is one.
type narrativeView struct {
	page.Errors
	uses.Narration
}

// narrativeURL is where a block is worded anew.
func narrativeURL(id uses.ID, block string) string {
	return paperURL(id, "/narrative?block="+url.QueryEscape(block))
}

// worded tells whether a block can be worded anew.
func worded(c account.Content, block string) bool {
	return slices.ContainsFunc(c.Paper.Body, func(b paper.Block) bool { return b.Key == block && len(uses.Worded(c, b)) > 0 })
}

// passage shows what a model would be given.
func (p *Pages) passage(w http.ResponseWriter, r *http.Request) error {
	found, err := p.uses.Passage(r.Context(), idOf(r), r.URL.Query().Get("block"))
	if err != nil {
		return err
	}
	return web.Show(w, r, narrativePage(narrativeView{Narration: uses.Narration{Passage: found}}))
}

// narrate asks the model, and shows what it answered beside what stands in the report.
func (p *Pages) narrate(w http.ResponseWriter, r *http.Request) error {
	made, err := p.uses.Narrate(r.Context(), idOf(r), r.PostFormValue("block"))
	view := narrativeView{Narration: made}
	if err == nil {
		return web.Show(w, r, narrativePage(view))
	}
	found, mendable := page.Of(r.Context()).ErrorsOf(err)
	if !mendable || made.ID == "" {
		return err
	}
	view.Errors = found
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, narrativePage(view))
}

// takeOver puts a wording into the report, as its reader has left it.
func (p *Pages) takeOver(w http.ResponseWriter, r *http.Request) error {
	saved, err := p.uses.TakeOver(r.Context(), idOf(r), r.PostFormValue("block"), r.PostFormValue("text"), forms.Seen(r))
	if err != nil {
		return err
	}
	return p.saved(w, r, saved)
}

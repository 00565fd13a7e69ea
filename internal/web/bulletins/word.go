package bulletins

import (
	"net/http"

	"luoshi/internal/web/page"
	"luoshi/internal/web/wordfile"
	"luoshi/office/docx"
)

// word hands a bulletin out as a Word file. One that is not published says on every page that it is a draft.
func (p *Pages) word(w http.ResponseWriter, r *http.Request) error {
	view, err := p.uses.Bulletin(r.Context(), idOf(r))
	if err != nil {
		return err
	}
	if err := p.catalogue.NotePaper(r.Context(), "bulletin.read", r.URL.Path); err != nil {
		return err
	}
	name, o := view.Title, docx.Options{}
	if view.Paper.Number.IsZero() {
		o.Mark = page.View{Lang: page.Chinese}.T("bulletins.word.draft")
	} else {
		name = view.Paper.Number.String() + " " + name
	}
	return wordfile.Serve(w, name, view.Paper.Document(), o)
}

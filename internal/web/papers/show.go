package papers

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/a-h/templ"

	"luoshi/checking"
	"luoshi/flow"
	"luoshi/internal/account"
	"luoshi/internal/audit"
	"luoshi/internal/service"
	uses "luoshi/internal/service/accounting"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	html "luoshi/office/page"
	"luoshi/office/paper"
)

// showView is one report.
type showView struct {
	page.Errors
	uses.View
	Plan        ledger.Plan
	Names       forms.Names
	People      map[ledger.AccountID]string
	Differences []account.Difference // that kept it from being offered
	Tried       string               // the step that was tried, and the reason that was typed for it
	Reason      string
}

func (p *Pages) showView(r *http.Request) (showView, error) {
	ctx := r.Context()
	found, err := p.uses.Report(ctx, idOf(r))
	if err != nil {
		return showView{}, err
	}
	view := showView{View: found}
	plan, err := p.core.Store().Plans().Get(ctx, string(found.Plan))
	if err != nil {
		return view, err
	}
	view.Plan = plan.Value
	if view.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return view, err
	}
	accounts := []ledger.AccountID{found.Author}
	for _, pass := range found.Shown.Passed {
		accounts = append(accounts, pass.Account)
	}
	for _, step := range found.Case.Steps {
		accounts = append(accounts, step.Account)
	}
	for _, change := range []*uses.Version{found.Undoes, found.Redoes} {
		if change != nil {
			accounts = append(accounts, change.By)
		}
	}
	view.People, err = p.people(ctx, accounts...)
	return view, err
}

// change says whose change is undone or done again, and when it was made.
func (s showView) change(v page.View, words string, c uses.Version) string {
	return v.T(words, s.People[c.By], v.Time(c.At))
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	view, err := p.showView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, showPage(view))
}

// again shows a report with what stands against something that was tried with it.
func (p *Pages) again(w http.ResponseWriter, r *http.Request, err error, step string) error {
	v := page.Of(r.Context())
	found, mendable := v.ErrorsOf(err)
	if !mendable && !store.IsConflict(err) {
		return err
	}
	view, failed := p.showView(r)
	if failed != nil {
		return failed
	}
	view.Errors, view.Tried, view.Reason, view.Differences = found, step, r.PostFormValue("reason"), uses.DifferencesOf(err)
	status := http.StatusUnprocessableEntity
	if !mendable {
		view.Add("", v.T("papers.conflict"))
		status = http.StatusConflict
	}
	return web.ShowStatus(w, r, status, showPage(view))
}

func (p *Pages) step(w http.ResponseWriter, r *http.Request) error {
	step := r.PostFormValue("step")
	taken, err := p.uses.Step(r.Context(), idOf(r), step, r.PostFormValue("reason"), forms.Seen(r))
	if err != nil {
		return p.again(w, r, err, step)
	}
	web.Flash(w, r, page.Success, "papers.taken", taken.State.Label())
	return web.Redirect(w, r, paperURL(taken.ID, ""))
}

func (p *Pages) refresh(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.uses.Refresh(r.Context(), idOf(r), forms.Seen(r)); err != nil {
		return p.again(w, r, err, "")
	}
	web.Flash(w, r, page.Success, "papers.refreshed")
	return web.Redirect(w, r, paperURL(idOf(r), ""))
}

func (p *Pages) undo(w http.ResponseWriter, r *http.Request) error {
	return p.walk(w, r, p.uses.Undo, "papers.undone")
}

func (p *Pages) redo(w http.ResponseWriter, r *http.Request) error {
	return p.walk(w, r, p.uses.Redo, "papers.redone")
}

// walk goes to another version of a draft, and says so.
func (p *Pages) walk(w http.ResponseWriter, r *http.Request, to func(context.Context, uses.ID, int64) (uses.View, error), done string) error {
	if _, err := to(r.Context(), idOf(r), forms.Seen(r)); err != nil {
		return p.again(w, r, err, "")
	}
	web.Flash(w, r, page.Success, done)
	return web.Redirect(w, r, paperURL(idOf(r), ""))
}

func (p *Pages) disclose(w http.ResponseWriter, r *http.Request) error {
	public := r.PostFormValue("public") != ""
	if _, err := p.uses.Disclose(r.Context(), idOf(r), public, forms.Seen(r)); err != nil {
		return p.again(w, r, err, "")
	}
	if public {
		web.Flash(w, r, page.Success, "papers.disclosed")
	} else {
		web.Flash(w, r, page.Success, "papers.withheld")
	}
	return web.Redirect(w, r, paperURL(idOf(r), ""))
}

// checkView is what reading a report back has shown.
type checkView struct {
	showView

	Found   account.Verification
	Formats []string // in which it can be taken away
}

func (p *Pages) check(w http.ResponseWriter, r *http.Request) error {
	view, err := p.checkView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, checkPage(view))
}

func (p *Pages) checkView(r *http.Request) (checkView, error) {
	view, err := p.showView(r)
	if err != nil {
		return checkView{}, err
	}
	found, err := p.uses.Verify(r.Context(), view.ID)
	return checkView{view, found, p.formats(view)}, err
}

// pass passes over a contradiction, or takes that back.
func (p *Pages) pass(w http.ResponseWriter, r *http.Request) error {
	id, mark, done := idOf(r), r.PostFormValue("mark"), "papers.pass.done"
	var err error
	if r.PostFormValue("withdraw") != "" {
		done = "papers.pass.withdrawn"
		_, err = p.uses.Withdraw(r.Context(), id, mark, forms.Seen(r))
	} else {
		_, err = p.uses.Pass(r.Context(), id, mark, r.PostFormValue("reason"), forms.Seen(r))
	}
	if err == nil {
		web.Flash(w, r, page.Success, done)
		return web.Redirect(w, r, paperURL(id, "/check"))
	}
	v := page.Of(r.Context())
	found, mendable := v.ErrorsOf(err)
	if !mendable && !store.IsConflict(err) {
		return err
	}
	view, failed := p.checkView(r)
	if failed != nil {
		return failed
	}
	view.Errors, view.Tried, view.Reason = found, mark, r.PostFormValue("reason")
	status := http.StatusUnprocessableEntity
	if !mendable {
		view.Add("", v.T("papers.conflict"))
		status = http.StatusConflict
	}
	return web.ShowStatus(w, r, status, checkPage(view))
}

// sortedKeys are the keys of some figures, in one order each time.
func sortedKeys(figures map[string]string) []string { return slices.Sorted(maps.Keys(figures)) }

// formats are those in which a report can be taken away.
func (p *Pages) formats(s showView) []string {
	if s.State != uses.Frozen {
		return p.uses.Formats()
	}
	var names []string
	for _, f := range s.Files {
		names = append(names, f.Format)
	}
	return names
}

// download sends a report as a file. A draft that differs from the ledger is not sent; the page says where it differs.
func (p *Pages) download(w http.ResponseWriter, r *http.Request) error {
	report, format, content, err := p.uses.Download(r.Context(), idOf(r), r.PathValue("format"))
	if err != nil {
		return p.again(w, r, err, "")
	}
	defer func() { _ = content.Close() }()
	h := w.Header()
	h.Set("Content-Type", format.MediaType)
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(fileName(report.Title())+"."+format.Name))
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'")
	if _, err := io.Copy(w, content); err != nil {
		return fmt.Errorf("sending a report: %w", err)
	}
	return nil
}

// fileName is a title as the name of a file.
func fileName(title string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`\/:*?"<>|`, r) || unicode.IsControl(r) {
			return '_'
		}
		return r
	}, title)
}

// official is a paper on a page. Its figures lead to href; to nowhere where that is nil.
func official(d paper.Document, href func(key string) string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		return html.Fragment(w, d, html.Options{Href: href, Top: 2})
	})
}

// links are where the figures of a report lead.
func (s showView) links() func(key string) string {
	return func(key string) string { return figureURL(s.ID, key) }
}

// stepTitle is what the button of a step says.
func stepTitle(v page.View, a *flow.Action) string {
	title := []rune(v.Wording(ledger.Wording{ZH: a.Title.Chinese, EN: a.Title.English}))
	if len(title) > 0 {
		title[0] = unicode.ToUpper(title[0])
	}
	return string(title)
}

// backwards are the steps that send a report back or end it.
var backwards = map[string]bool{"recall": true, "return": true, "drop": true}

// reasonFor is what was typed for a step.
func (s showView) reasonFor(step string) string {
	if s.Tried == step {
		return s.Reason
	}
	return ""
}

// proofURL is where the proof of a record's history is found.
func proofURL(o audit.Object) string {
	return "/proofs/" + url.PathEscape(o.Kind) + "/" + url.PathEscape(o.ID)
}

// warningText is what checking says of figures that people should look at.
func warningText(v page.View, f checking.Finding) string {
	text := v.Wording(ledger.Wording{ZH: f.Message.ZH, EN: f.Message.EN})
	if f.Computation == "" {
		return text
	}
	return v.T("papers.finding.shown", text, f.Computation)
}

// errorText is what checking says of figures that cannot all be right.
func errorText(v page.View, d account.Difference) string { return warningText(v, *d.Error) }

// owned is what a unit's reports are asked about with.
func owned(unit ledger.UnitID) service.Owned { return service.Owned{Lead: unit} }

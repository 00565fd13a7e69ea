package bulletins

import (
	"net/http"
	"net/url"
	"unicode"

	"luoshi/flow"
	"luoshi/internal/access"
	uses "luoshi/internal/service/bulletin"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/bulletin"
)

// showView is one bulletin.
type showView struct {
	page.Errors
	uses.View
	Plan   string // its title
	People map[ledger.AccountID]string
	Tried  string // the step that was tried, and the reason that was typed for it
	Reason string
}

func (p *Pages) showView(r *http.Request) (showView, error) {
	ctx := r.Context()
	found, err := p.uses.Bulletin(ctx, idOf(r))
	if err != nil {
		return showView{}, err
	}
	view := showView{View: found}
	plan, err := p.core.Store().Plans().Get(ctx, string(found.Plan))
	if err != nil {
		return view, err
	}
	view.Plan = plan.Value.Title
	accounts := []ledger.AccountID{found.Author}
	for _, step := range found.Case.Steps {
		accounts = append(accounts, step.Account)
	}
	for _, receipt := range append(found.Receipts, found.Mine...) {
		if receipt.Confirmed() {
			accounts = append(accounts, receipt.Account)
		}
	}
	view.People, err = p.people(ctx, accounts...)
	return view, err
}

func (p *Pages) show(w http.ResponseWriter, r *http.Request) error {
	view, err := p.showView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, showPage(view))
}

// again shows a bulletin with what stands against something that was tried with it.
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
	view.Errors, view.Tried, view.Reason = found, step, r.PostFormValue("reason")
	status := http.StatusUnprocessableEntity
	if !mendable {
		view.Add("", v.T("bulletins.conflict"))
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
	web.Flash(w, r, page.Success, "bulletins.taken", taken.State.Label())
	return web.Redirect(w, r, bulletinURL(taken.ID, ""))
}

func (p *Pages) refresh(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.uses.Refresh(r.Context(), idOf(r), forms.Seen(r)); err != nil {
		return p.again(w, r, err, "")
	}
	web.Flash(w, r, page.Success, "bulletins.refreshed")
	return web.Redirect(w, r, bulletinURL(idOf(r), ""))
}

func (p *Pages) receive(w http.ResponseWriter, r *http.Request) error {
	if err := p.uses.Receive(r.Context(), idOf(r), ledger.UnitID(r.PostFormValue("unit"))); err != nil {
		return p.again(w, r, err, "")
	}
	web.Flash(w, r, page.Success, "bulletins.received")
	return web.Redirect(w, r, bulletinURL(idOf(r), ""))
}

func (p *Pages) remind(w http.ResponseWriter, r *http.Request) error {
	n, err := p.uses.Remind(r.Context(), idOf(r))
	if err != nil {
		return p.again(w, r, err, "")
	}
	if n == 0 {
		web.Flash(w, r, page.Info, "bulletins.reminded.none")
	} else {
		web.Flash(w, r, page.Success, "bulletins.reminded", n)
	}
	return web.Redirect(w, r, bulletinURL(idOf(r), "#receipts"))
}

func (p *Pages) correct(w http.ResponseWriter, r *http.Request) error {
	made, err := p.uses.Correct(r.Context(), idOf(r), r.PostFormValue("reason"))
	if err != nil {
		return p.again(w, r, err, "correct")
	}
	web.Flash(w, r, page.Success, "bulletins.correcting")
	return web.Redirect(w, r, bulletinURL(made.ID, "/edit"))
}

// stepTitle is what the button of a step says.
func stepTitle(v page.View, a *flow.Action) string {
	return capital(v.Wording(ledger.Wording{ZH: a.Title.Chinese, EN: a.Title.English}))
}

// capital begins a text as a heading begins.
func capital(text string) string {
	letters := []rune(text)
	if len(letters) > 0 {
		letters[0] = unicode.ToUpper(letters[0])
	}
	return string(letters)
}

// backwards are the steps that send a bulletin back or end it.
var backwards = map[string]bool{"recall": true, "return": true, "drop": true}

// sourceRights are the rights that open what sources lead to.
var sourceRights = map[bulletin.SourceKind]access.Action{
	bulletin.FromLights: "light.read", bulletin.FromLight: "light.read", bulletin.FromRounds: "period.read", bulletin.FromOrders: "order.read",
	bulletin.FromOrder: "order.read", bulletin.FromItems: "livelihood.read", bulletin.FromItem: "livelihood.read", bulletin.FromPlan: "plan.read", bulletin.FromUnit: "unit.read", bulletin.FromEarlier: "bulletin.read",
}

// sourceURL is the page of a source; empty where it has none that the reader may open.
func sourceURL(v page.View, plan ledger.PlanID, s *bulletin.Source) string {
	if s == nil || sourceRights[s.Kind] == "" || !v.Can(sourceRights[s.Kind]) {
		return ""
	}
	single := s.Kind == bulletin.FromLight || s.Kind == bulletin.FromOrder
	if single && !v.CanOf(sourceRights[s.Kind], s.Unit) {
		return "" // a bulletin speaks to each unit of all others
	}
	switch s.Kind {
	case bulletin.FromLight:
		return "/lights/" + s.ID
	case bulletin.FromOrder:
		return "/orders/" + s.ID
	case bulletin.FromItem:
		return "/livelihood/items/" + s.ID
	case bulletin.FromPlan:
		return page.PlanURL(ledger.PlanID(s.ID), "")
	case bulletin.FromUnit:
		return page.UnitURL(ledger.UnitID(s.ID), "")
	case bulletin.FromEarlier:
		return bulletinURL(uses.ID(s.ID), "")
	}
	path := map[bulletin.SourceKind]string{bulletin.FromLights: "/lights", bulletin.FromRounds: "/rounds", bulletin.FromOrders: "/orders", bulletin.FromItems: "/livelihood"}[s.Kind]
	query := url.Values{"plan": {string(plan)}}
	for name, value := range map[string]string{"unit": string(s.Unit), "colour": string(s.Colour)} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if s.Overdue {
		query.Set("overdue", "1")
	}
	if s.Kind == bulletin.FromOrders && !s.Overdue {
		query.Set("tab", "all") // closed ones too
	}
	return path + "?" + query.Encode()
}

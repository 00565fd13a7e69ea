package intakes

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"luoshi/internal/service/intake"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	rules "luoshi/ledger/intake"
)

// errUnchanged says that a correction corrects nothing.
var errUnchanged = errors.New("intakes: the correction changes nothing")

// step takes the step that a form asks for.
func (p *Pages) step(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return web.ErrForm
	}
	plan, digest := named(r)
	before, err := p.intake.Desk(r.Context(), plan, digest)
	if err != nil {
		return err
	}
	event, typed, err := p.eventOf(r, before)
	var taken *intake.Desk
	switch {
	case errors.Is(err, errUnchanged):
		return p.answer(w, r, before, event)
	case err == nil:
		taken, err = p.intake.Take(r.Context(), plan, digest, event)
	}
	if err != nil {
		return p.refused(w, r, before, event, typed, err)
	}
	return p.answer(w, r, taken, event)
}

// eventOf is the step that a form asks for, with what was typed of a correction.
func (p *Pages) eventOf(r *http.Request, d *intake.Desk) (rules.Event, edit, error) {
	form := r.PostForm
	number, err := strconv.Atoi(form.Get("number"))
	if err != nil {
		return rules.Event{}, edit{}, web.ErrForm
	}
	e := rules.Event{Number: number}
	for _, op := range []rules.Op{rules.Accept, rules.Reject, rules.Reopen, rules.Merge, rules.Undo, rules.Redo} {
		if !form.Has(string(op)) {
			continue
		}
		e.Op = op
		if op != rules.Undo && op != rules.Redo {
			e.Items = addressed(form, string(op))
		}
		if op == rules.Reject {
			e.Reason = reasonOf(r)
		}
		return e, edit{}, nil
	}
	switch {
	case form.Has("accept-shown"):
		e.Op, e.Items = rules.Accept, pendingShown(form, d)
	case form.Has(string(rules.Split)):
		e.Op, e.Items = rules.Split, addressed(form, string(rules.Split))
		for _, cut := range form["cut"] {
			if at, err := strconv.Atoi(cut); err == nil {
				e.Cuts = append(e.Cuts, at)
			}
		}
		slices.Sort(e.Cuts)
	case form.Has(string(rules.Add)):
		e.Op = rules.Add
		added, err := p.intake.Select(r.Context(), d.Ref.Document, selectionOf(form))
		if err != nil {
			return e, edit{}, err
		}
		e.Added = &added
	case form.Has(string(rules.Correct)):
		e.Op, e.Items = rules.Correct, addressed(form, string(rules.Correct))
		return correctionOf(r, d, e)
	default:
		return e, edit{}, web.ErrForm
	}
	return e, edit{}, nil
}

// addressed are the items of a step: the one on whose card a button was pressed, or else those that are ticked.
func addressed(form url.Values, button string) []rules.ItemID {
	if id := form.Get(button); id != "" {
		return []rules.ItemID{rules.ItemID(id)}
	}
	var ids []rules.ItemID
	for _, id := range form["item"] {
		ids = append(ids, rules.ItemID(id))
	}
	return ids
}

// pendingShown are the items that wait to be decided among those that the filter shows.
func pendingShown(form url.Values, d *intake.Desk) []rules.ItemID {
	f := filterOf(form)
	var ids []rules.ItemID
	for _, i := range d.Review.Items() {
		if i.Status == rules.Pending && f.lets(i, d.Proposal.Outline) {
			ids = append(ids, i.ID)
		}
	}
	return ids
}

func selectionOf(form url.Values) intake.Selection {
	at, _ := strconv.Atoi(form.Get("at"))   // by the words where no place is given
	end, _ := strconv.Atoi(form.Get("end")) //
	return intake.Selection{At: at, End: end, Words: form.Get("words")}
}

// reasonOf is why something is rejected: one of the usual reasons, or one's own words.
func reasonOf(r *http.Request) string {
	if own := r.PostForm.Get("own-reason"); own != "" {
		return own
	}
	key := "intakes.reason." + r.PostForm.Get("reason")
	if !page.Has(key) {
		return ""
	}
	return page.View{Lang: page.Chinese}.T(key) // the review is kept in the language of the papers
}

// answer shows what a step has done: to htmx the cards that changed, to a browser the page.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request, taken *intake.Desk, event rules.Event) error {
	d, err := p.lay(r.Context(), taken, filterOf(r.PostForm))
	if err != nil {
		return err
	}
	focus := p.next(taken, event)
	d.Focus = focus
	if !page.Of(r.Context()).Fragment {
		return web.Redirect(w, r, d.url(plain, focus))
	}
	return web.Show(w, r, stepFragment(d, stepItems(taken, event)))
}

// next is the item to go on with: what a step made, or the next one that waits behind those it decided.
func (p *Pages) next(taken *intake.Desk, event rules.Event) rules.ItemID {
	items := taken.Review.Items()
	if taken.Reshaped && len(taken.Changed) > 0 {
		return taken.Changed[0]
	}
	if len(event.Items) == 0 {
		if len(taken.Changed) > 0 {
			return taken.Changed[0]
		}
		return ""
	}
	last := event.Items[len(event.Items)-1]
	at := slices.IndexFunc(items, func(i rules.Item) bool { return i.ID == last })
	if event.Op != rules.Accept && event.Op != rules.Reject {
		return last
	}
	for n := at + 1; n < len(items); n++ {
		if items[n].Status == rules.Pending {
			return items[n].ID
		}
	}
	return last
}

// stepItems are the items whose cards are shown anew.
func stepItems(taken *intake.Desk, event rules.Event) []item {
	var items []item
	for n, i := range taken.Review.Items() {
		if slices.Contains(taken.Changed, i.ID) || slices.Contains(event.Items, i.ID) {
			items = append(items, item{i, n + 1})
		}
	}
	return items
}

// refused shows why a step was not taken. Where somebody else was faster the desk is shown as it is now.
func (p *Pages) refused(w http.ResponseWriter, r *http.Request, before *intake.Desk, event rules.Event, typed edit, err error) error {
	var outOfTurn *store.OutOfTurn
	if errors.As(err, &outOfTurn) {
		return p.outOfTurn(w, r)
	}
	problems, mendable := page.Of(r.Context()).ErrorsOf(err)
	if !mendable || event.Op != rules.Correct {
		return err
	}
	d, layErr := p.lay(r.Context(), before, filterOf(r.PostForm))
	if layErr != nil {
		return layErr
	}
	id := event.Items[0]
	d.Mode, d.Chosen, d.Edit = editing, id, typed
	d.Edit.Errors = append(d.Edit.Errors, problems.All()...)
	if !page.Of(r.Context()).Fragment {
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, deskPage(d))
	}
	n := slices.IndexFunc(d.Items, func(i item) bool { return i.ID == id })
	if n < 0 {
		return err
	}
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, card(d, d.Items[n], true))
}

func (p *Pages) outOfTurn(w http.ResponseWriter, r *http.Request) error {
	plan, digest := named(r)
	now, err := p.intake.Desk(r.Context(), plan, digest)
	if err != nil {
		return err
	}
	d, err := p.lay(r.Context(), now, filterOf(r.PostForm))
	if err != nil {
		return err
	}
	d.Problems.Add("", page.T(r.Context(), "intakes.faster", d.LastBy, stepText(page.Of(r.Context()), now.Events)))
	if page.Of(r.Context()).Fragment {
		return web.ShowStatus(w, r, http.StatusConflict, wholeFragment(d))
	}
	return web.ShowStatus(w, r, http.StatusConflict, deskPage(d))
}

// stepText is what the last step was.
func stepText(v page.View, events []store.ReviewEvent) string {
	if len(events) == 0 {
		return ""
	}
	return v.T("intakes.op." + string(events[len(events)-1].Op))
}

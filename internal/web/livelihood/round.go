package livelihood

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"

	uses "luoshi/internal/service/livelihood"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	rules "luoshi/ledger/livelihood"
)

// roundView is one round.
type roundView struct {
	page.Errors
	uses.View
	Names  forms.Names
	People map[ledger.AccountID]string
	Plans  []page.Option // drafts that what was chosen can be put into
	Office bool          // the reader enters what was said to the office
	Tried  string        // the form that was refused
	Reason string
	Said   saidText
	Marked []string
	Sheet  map[string]string
}

// saidText is a suggestion as it was typed.
type saidText struct{ Title, Text, Place, Origin string }

func (p *Pages) roundView(r *http.Request) (roundView, error) {
	ctx := r.Context()
	found, err := p.uses.Round(ctx, roundID(r))
	if err != nil {
		return roundView{}, err
	}
	v := roundView{View: found, Office: found.MayScreen, Said: saidText{Origin: string(rules.FromDeputy)}, Sheet: map[string]string{}}
	if v.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return v, err
	}
	if v.MayEnter {
		plans, err := p.uses.Plans(ctx)
		if err != nil {
			return v, err
		}
		v.Plans = forms.PlanOptions(slices.DeleteFunc(plans, func(plan ledger.Plan) bool {
			return plan.State != ledger.Draft || plan.Year != v.Year || plan.Government != v.Government
		}))
	}
	accounts := doers(found.Case)
	for _, sheet := range found.Sheets {
		accounts = append(accounts, sheet.Account)
	}
	v.People, err = p.people(ctx, accounts...)
	return v, err
}

func (p *Pages) round(w http.ResponseWriter, r *http.Request) error {
	v, err := p.roundView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, roundPage(v))
}

// roundAgain shows a round with what stands against something that was tried with it.
func (p *Pages) roundAgain(w http.ResponseWriter, r *http.Request, found page.Errors, err error, change func(*roundView)) error {
	status := http.StatusUnprocessableEntity
	if err != nil {
		if found, status = mendable(r, err); status == 0 {
			return err
		}
	}
	v, failed := p.roundView(r)
	if failed != nil {
		return failed
	}
	v.Errors = found
	change(&v)
	return web.ShowStatus(w, r, status, roundPage(v))
}

func (p *Pages) stepRound(w http.ResponseWriter, r *http.Request) error {
	step, reason := r.PostFormValue("step"), r.PostFormValue("reason")
	taken, err := p.uses.StepRound(r.Context(), roundID(r), step, reason, forms.Seen(r))
	if err != nil {
		return p.roundAgain(w, r, page.Errors{}, err, func(v *roundView) { v.Tried, v.Reason = step, reason })
	}
	web.Flash(w, r, page.Success, "livelihood.taken.now", roundTitle(taken.State))
	return web.Redirect(w, r, roundURL(taken.ID, ""))
}

func (p *Pages) suggest(w http.ResponseWriter, r *http.Request) error {
	f := forms.ValuesOf(r)
	said := saidText{f.Text("title"), f.Text("text"), f.Text("place"), f.Text("origin")}
	made, err := p.uses.Suggest(r.Context(), roundID(r), uses.Proposal{Title: said.Title, Text: said.Text, Place: said.Place}, rules.Origin(said.Origin))
	if err != nil {
		return p.roundAgain(w, r, page.Errors{}, err, func(v *roundView) { v.Tried, v.Said = "suggest", said })
	}
	web.Flash(w, r, page.Success, "livelihood.suggested", made.Number)
	return web.Redirect(w, r, roundURL(made.Round, ""))
}

func (p *Pages) vote(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	var marked []rules.Candidate
	for _, id := range r.PostForm["mark"] {
		marked = append(marked, rules.Candidate(id))
	}
	if err := p.uses.Vote(r.Context(), roundID(r), marked); err != nil {
		return p.roundAgain(w, r, page.Errors{}, err, func(v *roundView) { v.Tried, v.Marked = "ballot", r.PostForm["mark"] })
	}
	web.Flash(w, r, page.Success, "livelihood.voted.now")
	return web.Redirect(w, r, roundURL(roundID(r), ""))
}

// votesField is the field of a counted sheet for the votes of a candidate.
func votesField(id rules.Candidate) string { return "votes." + string(id) }

func (p *Pages) enterSheet(w http.ResponseWriter, r *http.Request) error {
	before, err := p.uses.Round(r.Context(), roundID(r))
	if err != nil {
		return err
	}
	f := forms.ValuesOf(r)
	sheet := rules.Sheet{Issued: f.Int("issued"), Received: f.Int("received"), Valid: f.Int("valid"), Votes: map[rules.Candidate]int{}}
	typed := map[string]string{"issued": f.Text("issued"), "received": f.Text("received"), "valid": f.Text("valid")}
	turn, _ := before.Turn()
	for _, id := range turn.On {
		typed[votesField(id)] = f.Text(votesField(id))
		if n := f.Int(votesField(id)); n != 0 {
			sheet.Votes[id] = n
		}
	}
	again := func(v *roundView) { v.Tried, v.Sheet = "sheet", typed }
	if !f.None() {
		return p.roundAgain(w, r, f.Errors, nil, again)
	}
	file, done, err := upload(r, "file")
	defer done()
	if err != nil {
		return err
	}
	if _, err := p.uses.EnterSheet(r.Context(), roundID(r), sheet, file); err != nil {
		return p.roundAgain(w, r, page.Errors{}, err, again)
	}
	web.Flash(w, r, page.Success, "livelihood.sheet.entered")
	return web.Redirect(w, r, roundURL(roundID(r), "#sheets"))
}

func (p *Pages) withdrawSheet(w http.ResponseWriter, r *http.Request) error {
	id, reason := uses.SheetID(r.PathValue("sheet")), r.PostFormValue("reason")
	if err := p.uses.WithdrawSheet(r.Context(), roundID(r), id, reason); err != nil {
		return p.roundAgain(w, r, page.Errors{}, err, func(v *roundView) { v.Tried, v.Reason = string(id), reason })
	}
	web.Flash(w, r, page.Success, "livelihood.withdrawn")
	return web.Redirect(w, r, roundURL(roundID(r), "#sheets"))
}

func (p *Pages) enter(w http.ResponseWriter, r *http.Request) error {
	made, err := p.uses.Enter(r.Context(), roundID(r), ledger.PlanID(r.PostFormValue("plan")))
	if err != nil {
		return p.roundAgain(w, r, page.Errors{}, err, func(v *roundView) { v.Tried = "enter" })
	}
	web.Flash(w, r, page.Success, "livelihood.entered", len(made))
	return web.Redirect(w, r, roundURL(roundID(r), ""))
}

// reasonFor is what was typed for something that was refused.
func (v roundView) reasonFor(tried string) string {
	if v.Tried == tried {
		return v.Reason
	}
	return ""
}

// shown are the candidates of a list: those that stand for themselves, in the order of their states.
func (v roundView) shown() []uses.Candidate {
	var all []uses.Candidate
	for _, state := range rules.States() {
		for _, c := range v.Candidates {
			if c.State == state && c.State != rules.Merged {
				all = append(all, c)
			}
		}
	}
	return all
}

// votesIn are the votes of a candidate in a turn; empty where it did not stand.
func (v roundView) votesIn(turn int, id rules.Candidate) string {
	if turn >= len(v.Ballots) || !slices.Contains(v.Turns[turn].On, id) {
		return ""
	}
	return strconv.Itoa(v.Ballots[turn].Of(id))
}

// marks is how many candidates may be marked in the turn that goes on.
func (v roundView) marks() int {
	turn, _ := v.Turn()
	return min(v.Rule.Marks, len(turn.On))
}

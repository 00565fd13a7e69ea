package livelihood

import (
	"net/http"
	"strconv"

	uses "luoshi/internal/service/livelihood"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	rules "luoshi/ledger/livelihood"
)

// roundsView is the rounds that the reader may see.
type roundsView struct{ Rounds []uses.Round }

func (p *Pages) rounds(w http.ResponseWriter, r *http.Request) error {
	found, err := p.uses.Rounds(r.Context())
	if err != nil {
		return err
	}
	return web.Show(w, r, roundsPage(roundsView{found}))
}

// roundForm is what the office decides about a round, as it was typed.
type roundForm struct {
	page.Errors
	ID          uses.RoundID // empty for a new one
	Governments []page.Option
	Government  string
	Year        string
	Title, Call string
	From, Until string
	Numbers     map[string]string
	Base, Ties  string
	Seen        int64
}

// numbers are the fields of a rule that are typed, in their order.
var numbers = []string{"deputies", "seats", "marks", "spare", "quorum", "majority", "satisfied", "answers"}

func (f *roundForm) fill(t uses.Terms) {
	r := t.Rule
	f.Title, f.Call, f.From, f.Until, f.Base, f.Ties = t.Title, t.Call, t.From.String(), t.Until.String(), string(r.Base), string(r.Ties)
	f.Numbers = map[string]string{
		"deputies": strconv.Itoa(r.Deputies), "seats": strconv.Itoa(r.Seats), "marks": strconv.Itoa(r.Marks), "spare": strconv.Itoa(r.Spare),
		"quorum": r.Quorum.String(), "majority": r.Majority.String(), "satisfied": strconv.Itoa(r.Satisfied), "answers": strconv.Itoa(r.Answers),
	}
	if r.Deputies == 0 {
		f.Numbers["deputies"] = ""
	}
}

// typedRound is what a form says.
func typedRound(r *http.Request) (roundForm, uses.Terms) {
	v := forms.ValuesOf(r)
	f := roundForm{
		ID: roundID(r), Government: v.Text("government"), Year: v.Text("year"), Title: v.Text("title"), Call: v.Text("call"),
		From: v.Text("from"), Until: v.Text("until"), Base: v.Text("base"), Ties: v.Text("ties"), Numbers: map[string]string{}, Seen: forms.Seen(r),
	}
	for _, name := range numbers {
		f.Numbers[name] = v.Text(name)
	}
	rule := rules.Rule{
		Seats: v.Int("seats"), Marks: v.Int("marks"), Spare: v.Int("spare"), Deputies: v.Int("deputies"), Base: rules.Base(f.Base),
		Ties: rules.Ties(f.Ties), Satisfied: v.Int("satisfied"), Answers: v.Int("answers"),
	}
	// What is no share is the zero one, which the rules refuse.
	rule.Quorum, _ = rules.ParseShare(f.Numbers["quorum"])
	rule.Majority, _ = rules.ParseShare(f.Numbers["majority"])
	terms := uses.Terms{Title: f.Title, Call: f.Call, From: v.Date("from"), Until: v.Date("until"), Rule: rule}
	f.Errors = v.Errors
	return f, terms
}

// offered adds the governments that can be chosen.
func (p *Pages) offered(r *http.Request, f *roundForm) error {
	tree, err := p.core.Tree(r.Context())
	if err != nil {
		return err
	}
	for _, unit := range tree.Units() {
		if unit.Kind == ledger.Government && tree.Exists(unit.ID, p.core.Today()) {
			f.Governments = append(f.Governments, page.Option{Value: string(unit.ID), Label: tree.Name(unit.ID, p.core.Today())})
		}
	}
	return nil
}

func (p *Pages) newRound(w http.ResponseWriter, r *http.Request) error {
	rule, err := p.uses.UsualRule(r.Context())
	if err != nil {
		return err
	}
	today := p.core.Today()
	f := roundForm{Year: strconv.Itoa(int(today.Year) + 1)}
	f.fill(uses.Terms{From: today, Rule: rule})
	if err := p.offered(r, &f); err != nil {
		return err
	}
	return web.Show(w, r, roundFormPage(f))
}

func (p *Pages) createRound(w http.ResponseWriter, r *http.Request) error {
	f, terms := typedRound(r)
	var err error
	if f.None() {
		year, _ := strconv.Atoi(f.Year) // none is refused as no year
		var made uses.Round
		if made, err = p.uses.CreateRound(r.Context(), ledger.UnitID(f.Government), year, terms); err == nil {
			web.Flash(w, r, page.Success, "livelihood.saved")
			return web.Redirect(w, r, roundURL(made.ID, ""))
		}
	}
	return p.formAgain(w, r, f, err)
}

func (p *Pages) editRound(w http.ResponseWriter, r *http.Request) error {
	v, err := p.uses.Round(r.Context(), roundID(r))
	if err != nil {
		return err
	}
	if !v.MayEdit {
		web.Flash(w, r, page.Info, "livelihood.fixed")
		return web.Redirect(w, r, roundURL(v.ID, ""))
	}
	f := roundForm{ID: v.ID, Year: strconv.Itoa(v.Year), Seen: v.Revision}
	f.fill(v.Terms)
	return web.Show(w, r, roundFormPage(f))
}

func (p *Pages) saveRound(w http.ResponseWriter, r *http.Request) error {
	f, terms := typedRound(r)
	var err error
	if f.None() {
		if _, err = p.uses.SaveRound(r.Context(), f.ID, terms, f.Seen); err == nil {
			web.Flash(w, r, page.Success, "livelihood.saved")
			return web.Redirect(w, r, roundURL(f.ID, ""))
		}
	}
	if current, stale := forms.Stale[uses.Round](err); stale {
		f.Seen = current.Revision
	}
	return p.formAgain(w, r, f, err)
}

// formAgain shows the form of a round with what is wrong with it.
func (p *Pages) formAgain(w http.ResponseWriter, r *http.Request, f roundForm, err error) error {
	status := http.StatusUnprocessableEntity
	if err != nil {
		if f.Errors, status = mendable(r, err); status == 0 {
			return err
		}
	}
	if err := p.offered(r, &f); err != nil {
		return err
	}
	return web.ShowStatus(w, r, status, roundFormPage(f))
}

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

// candidateView is one candidate.
type candidateView struct {
	page.Errors
	uses.CandidateView
	Names  forms.Names
	Typed  candidateText
	Tried  string // a move that was refused, “edit” or “link”
	Reason string
	Into   string
	Items  []page.Option // commitments that may promise it
}

// candidateText is what the office makes of a candidate, as it was typed.
type candidateText struct {
	Title, Text, Place, Lead, By string
	Cooperating                  []string
}

func (p *Pages) candidateView(r *http.Request) (candidateView, error) {
	ctx := r.Context()
	found, err := p.uses.Candidate(ctx, candidateID(r))
	if err != nil {
		return candidateView{}, err
	}
	v := candidateView{CandidateView: found}
	c := found.Candidate
	v.Typed = candidateText{Title: c.Title, Text: c.Text, Place: c.Place, Lead: string(c.Lead), By: c.By.String()}
	for _, unit := range c.Cooperating {
		v.Typed.Cooperating = append(v.Typed.Cooperating, string(unit))
	}
	if v.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return v, err
	}
	if v.linkable() {
		v.Items, err = p.promises(r, found.Within.Round)
	}
	return v, err
}

// linkable tells whether the reader can say which commitment promises the candidate.
func (v candidateView) linkable() bool { return v.Within.MayLink && v.State == rules.Elected }

// promises are the livelihood items of the plans of a round's year.
func (p *Pages) promises(r *http.Request, round uses.Round) ([]page.Option, error) {
	plans, err := p.uses.Plans(r.Context())
	if err != nil {
		return nil, err
	}
	var options []page.Option
	for _, plan := range plans {
		if plan.Year != round.Year || plan.Government != round.Government {
			continue
		}
		items, err := p.uses.Standings(r.Context(), plan.ID)
		if err != nil {
			return nil, err
		}
		for _, i := range items {
			if !i.Voted {
				options = append(options, page.Option{Value: string(i.Commitment), Label: i.Title})
			}
		}
	}
	return options, nil
}

func (p *Pages) candidate(w http.ResponseWriter, r *http.Request) error {
	v, err := p.candidateView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, candidatePage(v))
}

func (p *Pages) candidateAgain(w http.ResponseWriter, r *http.Request, found page.Errors, err error, change func(*candidateView)) error {
	status := http.StatusUnprocessableEntity
	if err != nil {
		if found, status = mendable(r, err); status == 0 {
			return err
		}
	}
	v, failed := p.candidateView(r)
	if failed != nil {
		return failed
	}
	v.Errors = found
	change(&v)
	return web.ShowStatus(w, r, status, candidatePage(v))
}

func (p *Pages) editCandidate(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	f := forms.ValuesOf(r)
	typed := candidateText{f.Text("title"), f.Text("text"), f.Text("place"), f.Text("lead"), f.Text("by"), r.PostForm["cooperating"]}
	proposal := uses.Proposal{Title: typed.Title, Text: typed.Text, Place: typed.Place, Lead: ledger.UnitID(typed.Lead), By: f.Date("by")}
	for _, unit := range typed.Cooperating {
		proposal.Cooperating = append(proposal.Cooperating, ledger.UnitID(unit))
	}
	var err error
	if f.None() {
		if _, err = p.uses.EditCandidate(r.Context(), candidateID(r), proposal, forms.Seen(r)); err == nil {
			web.Flash(w, r, page.Success, "livelihood.saved")
			return web.Redirect(w, r, candidateURL(candidateID(r), ""))
		}
	}
	return p.candidateAgain(w, r, f.Errors, err, func(v *candidateView) { v.Tried, v.Typed = "edit", typed })
}

func (p *Pages) moveCandidate(w http.ResponseWriter, r *http.Request) error {
	move, reason, into := r.PostFormValue("move"), r.PostFormValue("reason"), r.PostFormValue("into")
	number, _ := strconv.Atoi(into) // none is the number of nothing
	moved, err := p.uses.MoveCandidate(r.Context(), candidateID(r), move, reason, number)
	if err != nil {
		return p.candidateAgain(w, r, page.Errors{}, err, func(v *candidateView) { v.Tried, v.Reason, v.Into = move, reason, into })
	}
	web.Flash(w, r, page.Success, "livelihood.moved", moved.State.Label())
	return web.Redirect(w, r, candidateURL(moved.ID, ""))
}

func (p *Pages) linkCandidate(w http.ResponseWriter, r *http.Request) error {
	if err := p.uses.Link(r.Context(), candidateID(r), ledger.CommitmentID(r.PostFormValue("commitment"))); err != nil {
		return p.candidateAgain(w, r, page.Errors{}, err, func(v *candidateView) { v.Tried = "link" })
	}
	web.Flash(w, r, page.Success, "livelihood.linked")
	return web.Redirect(w, r, candidateURL(candidateID(r), ""))
}

// others are the candidates that this one can become a part of.
func (v candidateView) others(view page.View) []page.Option {
	var options []page.Option
	for _, c := range v.Within.Candidates {
		if c.ID != v.ID && slices.Contains([]rules.State{rules.Shown, rules.Listed}, c.State) {
			options = append(options, page.Option{Value: strconv.Itoa(c.Number), Label: view.T("livelihood.numbered", c.Number, c.Title)})
		}
	}
	return options
}

// reasonFor is what was typed for a move.
func (v candidateView) reasonFor(move string) string {
	if v.Tried == move {
		return v.Reason
	}
	return ""
}

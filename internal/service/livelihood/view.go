package livelihood

import (
	"context"
	"slices"

	"luoshi/internal/service"
	"luoshi/internal/service/workflow"
	"luoshi/ledger/livelihood"
)

// View is a round as far as the caller may see it.
type View struct {
	Round
	Case   workflow.Case
	Offers []workflow.Offer
	// Candidates are those that the caller may see: everybody those that were looked at, the office all of them.
	Candidates []Candidate
	// Waiting is how many suggestions nobody has looked at yet, for the office.
	Waiting int
	// Result is how the vote went. Nobody sees it while the vote goes on; before it is confirmed, who looks after it does.
	Result  *livelihood.Result
	Ballots []livelihood.Ballots // of each turn, with the result
	// Present is how many deputies have taken part in the turn that goes on, for the office.
	Present int
	Sheets  []Sheet // for the office

	Suggests  bool // the caller may suggest something now
	MayEdit   bool // the call and its rules
	MayScreen bool
	MayVote   bool // now
	Voted     bool // in this turn
	MayCount  bool // enter ballots on paper, now
	MayEnter  bool // put what was chosen into a plan
	MayLink   bool // say which commitments promise what was chosen
	Tends     bool // the caller looks after rounds
}

// Round is a round that the caller may see. Before the call that is who prepares and approves it.
func (s *Service) Round(ctx context.Context, id RoundID) (View, error) {
	r, err := s.get(ctx, id)
	if err != nil {
		return View{}, err
	}
	if err := s.core.Check(ctx, read, r.owned()); err != nil {
		return View{}, err
	}
	v := View{Round: r}
	v.Tends = s.may(ctx, edit, r) || s.may(ctx, "livelihood.approve", r)
	if !r.disclosed() && !v.Tends {
		return View{}, s.core.Check(ctx, edit, r.owned())
	}
	if v.Case, err = s.caseOf(ctx, r); err != nil {
		return v, err
	}
	facts, err := s.guards(ctx, r)
	if err != nil {
		return v, err
	}
	if v.Offers, err = s.cases.Offers(ctx, v.Case, r.owned(), facts); err != nil {
		return v, err
	}
	if err := s.seen(ctx, &v); err != nil {
		return v, err
	}
	return v, s.voting(ctx, &v)
}

// seen are the candidates, and what the caller may do about them.
func (s *Service) seen(ctx context.Context, v *View) error {
	all, err := s.inRound(ctx, v.ID)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.State == livelihood.Received {
			v.Waiting++
		}
		if v.Tends || c.State.Public() {
			v.Candidates = append(v.Candidates, c)
		}
	}
	office := s.may(ctx, edit, v.Round)
	if !office {
		v.Waiting = 0
	}
	v.Suggests = s.may(ctx, suggest, v.Round) && s.takes(v.Round, office) == nil
	v.MayEdit = office && v.changeable()
	v.MayScreen = office && (v.State == Open || v.State == Screening)
	v.MayLink = office && v.State == Decided
	v.MayEnter = v.MayLink && slices.ContainsFunc(all, func(c Candidate) bool {
		return c.State == livelihood.Elected && len(c.Commitments) == 0
	})
	return nil
}

// voting is how the vote goes or went.
func (s *Service) voting(ctx context.Context, v *View) error {
	if len(v.Turns) == 0 {
		return nil
	}
	ballots, err := s.ballots(ctx, v.Round)
	if err != nil {
		return err
	}
	if v.MayVote = v.State == Voting && s.may(ctx, vote, v.Round); v.MayVote {
		voter := voterRow{Round: string(v.ID), Turn: len(v.Turns), Account: string(service.CallerOf(ctx).Account())}
		if v.Voted, err = s.voted(ctx, voter); err != nil {
			return err
		}
	}
	v.MayCount = v.State == Voting && s.may(ctx, count, v.Round)
	if s.may(ctx, count, v.Round) {
		v.Present = ballots[len(ballots)-1].Present()
		if v.Sheets, err = s.sheets(ctx, v.ID); err != nil {
			return err
		}
	}
	if v.State == Decided || v.State == Counted && v.Tends {
		result := v.Rule.Decide(v.Turns, ballots)
		v.Result, v.Ballots = &result, ballots
	}
	return nil
}

// Candidate is a candidate of this round.
func (v View) Candidate(id livelihood.Candidate) Candidate {
	i := slices.IndexFunc(v.Candidates, func(c Candidate) bool { return c.ID == id })
	if i < 0 {
		return Candidate{ID: id}
	}
	return v.Candidates[i]
}

// Parts are the candidates that became part of one.
func (v View) Parts(id livelihood.Candidate) []Candidate {
	var parts []Candidate
	for _, c := range v.Candidates {
		if c.Into == id && c.State == livelihood.Merged {
			parts = append(parts, c)
		}
	}
	return parts
}

// Elected are the candidates that were chosen, the one with the most votes first.
func (v View) Elected() []Candidate {
	var chosen []Candidate
	if v.Result == nil {
		return nil
	}
	for _, o := range v.Result.Outcomes {
		if c := v.Candidate(o.Candidate); o.Fate == livelihood.Chosen && c.Title != "" {
			chosen = append(chosen, c)
		}
	}
	return chosen
}

// CandidateView is one candidate with its round.
type CandidateView struct {
	Candidate
	Within View
}

// Candidate is a candidate that the caller may see.
func (s *Service) Candidate(ctx context.Context, id livelihood.Candidate) (CandidateView, error) {
	c, err := s.candidate(ctx, id)
	if err != nil {
		return CandidateView{}, err
	}
	v, err := s.Round(ctx, c.Round)
	if err != nil {
		return CandidateView{}, err
	}
	if !v.Tends && !c.State.Public() {
		return CandidateView{}, s.core.Check(ctx, edit, v.owned())
	}
	return CandidateView{c, v}, nil
}

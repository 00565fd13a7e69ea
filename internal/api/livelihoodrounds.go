package api

import (
	"context"

	"luoshi/calendar"
	uses "luoshi/internal/service/livelihood"
	"luoshi/ledger"
	"luoshi/ledger/livelihood"
)

// LivelihoodRule is by what items are chosen and closed.
type LivelihoodRule struct {
	Seats     int    `json:"seats" minimum:"0" maximum:"1000" doc:"How many items are chosen"`
	Marks     int    `json:"marks" minimum:"0" maximum:"1000" doc:"How many a deputy may mark at most"`
	Spare     int    `json:"spare" minimum:"0" maximum:"1000" doc:"How many more candidates than seats there are at least"`
	Deputies  int    `json:"deputies" minimum:"0" maximum:"100000" doc:"In all"`
	Quorum    string `json:"quorum" pattern:"^[0-9]{1,3}/[0-9]{1,3}$" doc:"Of the deputies, at least: 2/3"`
	Majority  string `json:"majority" pattern:"^[0-9]{1,3}/[0-9]{1,3}$" doc:"More than this: 1/2"`
	Base      string `json:"base" enum:"deputies,valid" doc:"Of what: all deputies, or the valid ballots"`
	Ties      string `json:"ties" enum:"again,all,none" doc:"What is done about equal votes at the last place"`
	Satisfied int    `json:"satisfied" minimum:"0" maximum:"100" doc:"Per cent that an item needs to be closed"`
	Answers   int    `json:"answers" minimum:"0" maximum:"1000000" doc:"How many must have answered"`
}

func livelihoodRuleOf(r livelihood.Rule) LivelihoodRule {
	return LivelihoodRule{
		Seats: r.Seats, Marks: r.Marks, Spare: r.Spare, Deputies: r.Deputies, Quorum: r.Quorum.String(), Majority: r.Majority.String(),
		Base: string(r.Base), Ties: string(r.Ties), Satisfied: r.Satisfied, Answers: r.Answers,
	}
}

// rule is the rule as the use cases know it. A share that is none stays empty, which they refuse.
func (r LivelihoodRule) rule() livelihood.Rule {
	quorum, _ := livelihood.ParseShare(r.Quorum)
	majority, _ := livelihood.ParseShare(r.Majority)
	return livelihood.Rule{
		Seats: r.Seats, Marks: r.Marks, Spare: r.Spare, Deputies: r.Deputies, Quorum: quorum, Majority: majority,
		Base: livelihood.Base(r.Base), Ties: livelihood.Ties(r.Ties), Satisfied: r.Satisfied, Answers: r.Answers,
	}
}

// LivelihoodTerms are what the office decides about a round.
type LivelihoodTerms struct {
	Title string          `json:"title" minLength:"1" maxLength:"100"`
	Call  string          `json:"call,omitempty" maxLength:"2000" doc:"What is asked for"`
	From  calendar.Date   `json:"from,omitzero" doc:"First day of the call"`
	Until calendar.Date   `json:"until,omitzero" doc:"Last day of the call"`
	Rule  *LivelihoodRule `json:"rule,omitempty" doc:"That of the last round where absent, or else the usual one"`
}

// terms are the terms as the use cases know them, with a rule where they have none of their own.
func (t LivelihoodTerms) terms(otherwise livelihood.Rule) uses.Terms {
	if t.Rule != nil {
		otherwise = t.Rule.rule()
	}
	return uses.Terms{Title: t.Title, Call: t.Call, From: t.From, Until: t.Until, Rule: otherwise}
}

// LivelihoodStep is a step that a round is to take.
type LivelihoodStep struct {
	Action string `json:"action" enum:"call,screen,call-again,propose,return,approve,count,vote-again,decide,drop"`
	Reason string `json:"reason,omitempty" maxLength:"2000"`
}

// LivelihoodPlan is the plan into which what was chosen is put.
type LivelihoodPlan struct {
	Plan ledger.PlanID `json:"plan" minLength:"1" maxLength:"100" doc:"A draft of the round's government and year"`
}

// callNow is a round as it is after a change.
func (a *API) callNow(ctx context.Context, id uses.RoundID) (uses.View, LivelihoodCall, error) {
	v, err := a.options.Livelihood.Round(ctx, id)
	if err != nil {
		return v, LivelihoodCall{}, err
	}
	return v, livelihoodCallOf(ctx, a.options.Livelihood, v), nil
}

// afterCall is the answer to a change of a round.
func (a *API) afterCall(ctx context.Context, id uses.RoundID, err error) (*one[LivelihoodCall], error) {
	if err != nil {
		return nil, err
	}
	v, body, err := a.callNow(ctx, id)
	if err != nil {
		return nil, err
	}
	return changed(v.Revision, body), nil
}

func (a *API) livelihoodRounds() {
	s := a.options.Livelihood
	register(a, "create-livelihood-round", func(ctx context.Context, in *Adding[struct {
		Government ledger.UnitID   `json:"government" minLength:"1" maxLength:"100"`
		Year       int             `json:"year" minimum:"2000" maximum:"2100" doc:"Of the items"`
		Terms      LivelihoodTerms `json:"terms"`
	}],
	) (*one[LivelihoodCall], error) {
		usual, err := s.UsualRule(ctx)
		if err != nil {
			return nil, err
		}
		r, err := s.CreateRound(ctx, in.Body.Government, in.Body.Year, in.Body.Terms.terms(usual))
		if err != nil {
			return nil, err
		}
		v, body, err := a.callNow(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		return made("/livelihood-rounds/"+string(r.ID), v.Revision, body), nil
	}, created)
	register(a, "save-livelihood-round", func(ctx context.Context, in *Writing[uses.RoundID, LivelihoodTerms]) (*one[LivelihoodCall], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		v, err := s.Round(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		_, err = s.SaveRound(ctx, in.ID, in.Body.terms(v.Rule), revision)
		return a.afterCall(ctx, in.ID, err)
	})
	register(a, "take-livelihood-step", func(ctx context.Context, in *Writing[uses.RoundID, LivelihoodStep]) (*one[LivelihoodCall], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		_, err = s.StepRound(ctx, in.ID, in.Body.Action, in.Body.Reason, revision)
		return a.afterCall(ctx, in.ID, err)
	})
	register(a, "enter-livelihood-result", func(ctx context.Context, in *Doing[uses.RoundID, LivelihoodPlan]) (*one[LivelihoodCall], error) {
		_, err := s.Enter(ctx, in.ID, in.Body.Plan)
		return a.afterCall(ctx, in.ID, err)
	}, unkept) // it takes a document in, whose bytes are kept beside the database
}

// LivelihoodWording is what a candidate says, and who would do it.
type LivelihoodWording struct {
	Title       string          `json:"title" minLength:"1" maxLength:"100"`
	Text        string          `json:"text,omitempty" maxLength:"1000"`
	Place       string          `json:"place,omitempty" maxLength:"60"`
	Lead        ledger.UnitID   `json:"lead,omitempty" maxLength:"100" doc:"Who would do it"`
	Cooperating []ledger.UnitID `json:"cooperating,omitempty" maxItems:"50"`
	By          calendar.Date   `json:"by,omitzero"`
}

// LivelihoodMove is how the office moves a candidate on.
type LivelihoodMove struct {
	Move   string `json:"move" enum:"show,reject,list,set-aside,unlist,merge,part"`
	Reason string `json:"reason,omitempty" maxLength:"2000"`
	Into   int    `json:"into,omitempty" minimum:"0" doc:"The number of the candidate of which it becomes a part"`
}

// LivelihoodPromise is the commitment that promises a candidate.
type LivelihoodPromise struct {
	Commitment ledger.CommitmentID `json:"commitment" minLength:"1" maxLength:"100"`
}

func (a *API) livelihoodCandidates() {
	s := a.options.Livelihood
	after := func(c uses.Candidate, err error) (*one[LivelihoodCandidate], error) {
		if err != nil {
			return nil, err
		}
		return changed(c.Revision, livelihoodCandidateOf(c)), nil
	}
	register(a, "get-livelihood-candidate", func(ctx context.Context, in *Reading[livelihood.Candidate]) (*one[LivelihoodCandidate], error) {
		v, err := s.Candidate(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, v.Revision, livelihoodCandidateOf(v.Candidate)), nil
	}, cached)
	register(a, "edit-livelihood-candidate", func(ctx context.Context, in *Writing[livelihood.Candidate, LivelihoodWording]) (*one[LivelihoodCandidate], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		b := in.Body
		return after(s.EditCandidate(ctx, in.ID, uses.Proposal{
			Title: b.Title, Text: b.Text, Place: b.Place, Lead: b.Lead, Cooperating: b.Cooperating, By: b.By,
		}, revision))
	})
	register(a, "move-livelihood-candidate", func(ctx context.Context, in *Doing[livelihood.Candidate, LivelihoodMove]) (*one[LivelihoodCandidate], error) {
		return after(s.MoveCandidate(ctx, in.ID, in.Body.Move, in.Body.Reason, in.Body.Into))
	})
	register(a, "link-livelihood-candidate", func(ctx context.Context, in *Doing[livelihood.Candidate, LivelihoodPromise]) (*one[LivelihoodCandidate], error) {
		if err := s.Link(ctx, in.ID, in.Body.Commitment); err != nil {
			return nil, err
		}
		v, err := s.Candidate(ctx, in.ID)
		return after(v.Candidate, err)
	})
}

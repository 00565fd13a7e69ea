package api

import (
	"context"

	"luoshi/calendar"
	uses "luoshi/internal/service/livelihood"
	"luoshi/ledger"
	"luoshi/ledger/livelihood"
)

// LivelihoodItem is a commitment of a plan that is a livelihood item.
type LivelihoodItem struct {
	Commitment   ledger.CommitmentID  `json:"commitment"`
	Title        string               `json:"title"`
	Lead         ledger.UnitID        `json:"lead,omitempty"`
	LeadName     string               `json:"lead_name,omitempty"`
	By           calendar.Date        `json:"by,omitzero"`
	State        string               `json:"state" doc:"Of the workflow “livelihood-item”"`
	StateTitle   string               `json:"state_title"`
	Candidate    livelihood.Candidate `json:"candidate,omitempty" doc:"By which it was chosen; absent where there was no vote"`
	Votes        int                  `json:"votes,omitempty"`
	Pictures     int                  `json:"pictures" doc:"How many are shown"`
	Satisfaction []LivelihoodScore    `json:"satisfaction" doc:"By how people were asked; empty where nobody was"`
	Proof        string               `json:"proof" doc:"Where the proof of the way to its closing is found"`
}

// LivelihoodScore is how satisfied people are with an item.
type LivelihoodScore struct {
	Scale     string         `json:"scale" enum:"citizens,deputies"`
	Asked     int            `json:"asked"`
	Answers   int            `json:"answers"`
	Satisfied int            `json:"satisfied"`
	Rate      ledger.Decimal `json:"rate" doc:"Per cent, to a tenth"`
	Passes    bool           `json:"passes" doc:"Enough answered and enough of them are satisfied"`
}

// LivelihoodRound is a round in which livelihood items are called for and voted on.
type LivelihoodRound struct {
	ID         uses.RoundID  `json:"id"`
	Revision   int64         `json:"revision" doc:"One more with each change"`
	Government ledger.UnitID `json:"government"`
	Year       int           `json:"year" doc:"Of the items"`
	Title      string        `json:"title"`
	State      string        `json:"state" doc:"Of the workflow “livelihood”"`
	StateTitle string        `json:"state_title"`
	From       calendar.Date `json:"from,omitzero" doc:"First day of the call"`
	Until      calendar.Date `json:"until,omitzero" doc:"Last day of the call"`
	Proof      string        `json:"proof" doc:"Where the proof of the record's history is found"`
}

// LivelihoodCall is a round with its candidates, and with the result once it is known.
type LivelihoodCall struct {
	LivelihoodRound
	Call       string                 `json:"call,omitempty" doc:"What is asked for"`
	Rule       LivelihoodRule         `json:"rule"`
	Ballot     []livelihood.Candidate `json:"ballot" doc:"On whom the vote is that goes on or was the last, in order"`
	Voted      bool                   `json:"voted" doc:"The caller has cast his ballot in it"`
	Sheets     []LivelihoodSheet      `json:"sheets" doc:"What was counted of ballots on paper, for the office"`
	Candidates []LivelihoodCandidate  `json:"candidates" doc:"That the caller may see"`
	Result     []LivelihoodOutcome    `json:"result" doc:"Those chosen first; empty until it is known"`
	Workflow   Workflow               `json:"workflow"`
	Steps      []Step                 `json:"steps" doc:"That the caller may take now"`
}

// LivelihoodCandidate is what somebody suggested.
type LivelihoodCandidate struct {
	ID          livelihood.Candidate  `json:"id"`
	Revision    int64                 `json:"revision" doc:"One more with each change"`
	Number      int                   `json:"number"`
	Title       string                `json:"title"`
	Text        string                `json:"text,omitempty"`
	Place       string                `json:"place,omitempty"`
	Lead        ledger.UnitID         `json:"lead,omitempty" doc:"Who would do it"`
	Cooperating []ledger.UnitID       `json:"cooperating"`
	By          calendar.Date         `json:"by,omitzero"`
	Origin      string                `json:"origin" enum:"public,deputy,unit,office"`
	State       string                `json:"state" enum:"received,shown,listed,rejected,set_aside,merged,chosen,lost"`
	Reason      string                `json:"reason,omitempty" doc:"Why it was left out"`
	Into        livelihood.Candidate  `json:"into,omitempty" doc:"Of which it became a part"`
	Commitments []ledger.CommitmentID `json:"commitments" doc:"That promise it"`
}

// LivelihoodOutcome is how a candidate did in the vote.
type LivelihoodOutcome struct {
	Candidate livelihood.Candidate `json:"candidate"`
	Votes     int                  `json:"votes"`
	Fate      string               `json:"fate" enum:"chosen,tied,lost"`
}

// LivelihoodWish is what somebody suggests.
type LivelihoodWish struct {
	Title string `json:"title" minLength:"1" maxLength:"100"`
	Text  string `json:"text" maxLength:"1000" doc:"What is to be done, for whom, and why"`
	Place string `json:"place,omitempty" maxLength:"60"`
}

func livelihoodItemsOf(ctx context.Context, s *uses.Service, all []uses.Item) []LivelihoodItem {
	items := make([]LivelihoodItem, len(all))
	for i, item := range all {
		c := item.Commitment
		items[i] = LivelihoodItem{
			Commitment: c.ID, Title: c.Title, Lead: c.Lead, LeadName: item.UnitName, By: c.By, State: item.State,
			StateTitle: exchangeOf(ctx).in(s.ItemTitle(item.State)), Candidate: item.Candidate.ID, Votes: item.Votes, Pictures: len(item.Pictures),
			Satisfaction: []LivelihoodScore{}, Proof: proofPath(uses.ItemKind, string(c.ID)),
		}
		for _, score := range item.Scores {
			items[i].Satisfaction = append(items[i].Satisfaction, LivelihoodScore{
				Scale: string(score.Scale), Asked: score.Asked, Answers: score.Answers, Satisfied: score.Satisfied, Rate: score.Rate, Passes: score.Passes,
			})
		}
	}
	return items
}

func livelihoodRoundOf(ctx context.Context, s *uses.Service, r uses.Round) LivelihoodRound {
	return LivelihoodRound{
		ID: r.ID, Revision: r.Revision, Government: r.Government, Year: r.Year, Title: r.Title, State: r.State,
		StateTitle: exchangeOf(ctx).in(s.RoundTitle(r.State)), From: r.From, Until: r.Until, Proof: proofPath(uses.RoundKind, string(r.ID)),
	}
}

func livelihoodCandidateOf(c uses.Candidate) LivelihoodCandidate {
	return LivelihoodCandidate{
		ID: c.ID, Revision: c.Revision, Number: c.Number, Title: c.Title, Text: c.Text, Place: c.Place, Lead: c.Lead,
		Cooperating: filled(c.Cooperating), By: c.By, Origin: string(c.Origin), State: string(c.State),
		Reason: c.Reason, Into: c.Into, Commitments: filled(c.Commitments),
	}
}

func livelihoodCallOf(ctx context.Context, s *uses.Service, v uses.View) LivelihoodCall {
	call := LivelihoodCall{
		LivelihoodRound: livelihoodRoundOf(ctx, s, v.Round), Call: v.Call, Rule: livelihoodRuleOf(v.Rule), Ballot: []livelihood.Candidate{},
		Voted: v.Voted, Sheets: livelihoodSheetsOf(v.Sheets), Candidates: []LivelihoodCandidate{}, Result: []LivelihoodOutcome{},
		Workflow: workflowOf(ctx, v.Case), Steps: stepsOf(exchangeOf(ctx), v.Offers),
	}
	if turn, begun := v.Turn(); begun {
		call.Ballot = filled(turn.On)
	}
	for _, c := range v.Candidates {
		call.Candidates = append(call.Candidates, livelihoodCandidateOf(c))
	}
	if v.Result != nil {
		for _, o := range v.Result.Outcomes {
			call.Result = append(call.Result, LivelihoodOutcome{Candidate: o.Candidate, Votes: o.Votes, Fate: string(o.Fate)})
		}
	}
	return call
}

func (a *API) livelihoodOperations() {
	s := a.options.Livelihood
	register(a, "list-livelihood-items", func(ctx context.Context, in *struct {
		ByID[ledger.PlanID]
		Paged
	},
	) (*many[LivelihoodItem], error) {
		part, err := s.List(ctx, in.ID, in.page())
		if err != nil {
			return nil, err
		}
		return listed(&in.Paged, part.Next, livelihoodItemsOf(ctx, s, part.Items)), nil
	})
	a.orders("list-livelihood-items")
	register(a, "list-livelihood-rounds", func(ctx context.Context, _ *struct{}) (*plain[List[LivelihoodRound]], error) {
		all, err := s.Rounds(ctx)
		if err != nil {
			return nil, err
		}
		items := make([]LivelihoodRound, len(all))
		for i, r := range all {
			items[i] = livelihoodRoundOf(ctx, s, r)
		}
		return &plain[List[LivelihoodRound]]{Body: List[LivelihoodRound]{Items: items}}, nil
	})
	register(a, "get-livelihood-round", func(ctx context.Context, in *Reading[uses.RoundID]) (*one[LivelihoodCall], error) {
		v, err := s.Round(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, v.Revision, livelihoodCallOf(ctx, s, v)), nil
	}, cached)
	register(a, "suggest-livelihood-item", func(ctx context.Context, in *Doing[uses.RoundID, LivelihoodWish]) (*plain[LivelihoodCandidate], error) {
		made, err := s.Suggest(ctx, in.ID, uses.Proposal{Title: in.Body.Title, Text: in.Body.Text, Place: in.Body.Place}, "")
		if err != nil {
			return nil, err
		}
		return &plain[LivelihoodCandidate]{Body: livelihoodCandidateOf(made)}, nil
	})
	a.livelihoodRounds()
	a.livelihoodCandidates()
	a.livelihoodVotes()
	a.livelihoodProofs()
}

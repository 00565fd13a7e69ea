package api

import (
	"context"

	"luoshi/calendar"
	"luoshi/ledger"
)

// Promise is a commitment as it was in a version of its plan.
type Promise struct {
	ledger.CommitmentTerms
	Source  []ledger.Passage `json:"source"`
	Wording string           `json:"wording"`
}

func promiseOf(c ledger.Commitment) Promise {
	return Promise{CommitmentTerms: c.CommitmentTerms, Source: filled(c.Source()), Wording: c.Wording()}
}

// Difference is one promise that is not the same in two versions.
type Difference struct {
	Kind    string          `json:"kind" enum:"changed,added,dropped"`
	Before  *Promise        `json:"before,omitempty"`
	After   *Promise        `json:"after,omitempty"`
	Aspects []ledger.Aspect `json:"aspects" doc:"What changed"`
	Changes []ledger.Change `json:"changes" doc:"Of the terms, before and after"`
}

func differencesOf(all []ledger.Difference) *plain[List[Difference]] {
	items := []Difference{}
	for _, d := range all {
		item := Difference{Kind: string(d.Kind), Aspects: filled(d.Aspects), Changes: filled(d.Changes)}
		if d.Before != nil {
			before := promiseOf(*d.Before)
			item.Before = &before
		}
		if d.After != nil {
			after := promiseOf(*d.After)
			item.After = &after
		}
		items = append(items, item)
	}
	return &plain[List[Difference]]{Body: List[Difference]{Items: items}}
}

// Held is what a field of a commitment held from a day on.
type Held struct {
	Content   ledger.Content     `json:"content"`
	From      calendar.Date      `json:"from"`
	Version   int                `json:"version" doc:"Of the plan that brought it"`
	Amendment ledger.AmendmentID `json:"amendment,omitempty" doc:"Absent for what stood in version 1"`
}

// Balance is how a target stands to those of the parts that take it up.
type Balance struct {
	Commitment ledger.CommitmentID `json:"commitment"`
	Target     int                 `json:"target"`
	Parts      []BalancePart       `json:"parts"`
	Balance    string              `json:"balance" enum:"holds,short,exceeds,undecided"`
	Working    string              `json:"working,omitempty" doc:"The arithmetic: 40 + 70 = 110 > 100 家"`
}

// BalancePart is the target of a part.
type BalancePart struct {
	Commitment ledger.CommitmentID `json:"commitment"`
	Target     int                 `json:"target"`
}

func (a *API) versionOperations() {
	p := a.options.Planning
	type version struct {
		ByID[ledger.PlanID]
		Number int `path:"number" minimum:"1"`
	}
	register(a, "get-version", func(ctx context.Context, in *version) (*plain[List[Promise]], error) {
		all, err := p.PlanAsOf(ctx, in.ID, in.Number)
		if err != nil {
			return nil, err
		}
		items := make([]Promise, len(all))
		for i, c := range all {
			items[i] = promiseOf(c)
		}
		return &plain[List[Promise]]{Body: List[Promise]{Items: items}}, nil
	})
	type between struct {
		ByID[ledger.PlanID]
		From int `query:"from" minimum:"1" required:"true"`
		To   int `query:"to" minimum:"1" required:"true"`
	}
	register(a, "compare-versions", func(ctx context.Context, in *between) (*plain[List[Difference]], error) {
		all, err := p.CompareVersions(ctx, in.ID, in.From, in.To)
		if err != nil {
			return nil, err
		}
		return differencesOf(all), nil
	})
	type past struct {
		ByID[ledger.CommitmentID]
		Field  string `query:"field" enum:"target,deadline,lead,cooperating,post,state" required:"true"`
		Target int    `query:"target" minimum:"1" doc:"The number of the target, for the field target"`
	}
	register(a, "get-history", func(ctx context.Context, in *past) (*plain[List[Held]], error) {
		all, err := p.History(ctx, in.ID, ledger.Field(in.Field), in.Target)
		if err != nil {
			return nil, err
		}
		items := make([]Held, len(all))
		for i, h := range all {
			items[i] = Held{Content: h.Content, From: h.From, Version: h.Version, Amendment: h.Amendment}
		}
		return &plain[List[Held]]{Body: List[Held]{Items: items}}, nil
	})
	register(a, "list-balances", func(ctx context.Context, in *ByID[ledger.PlanID]) (*plain[List[Balance]], error) {
		all, err := p.Balances(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[List[Balance]]{Body: List[Balance]{Items: balancesOf(all)}}, nil
	})
}

func balancesOf(all []ledger.Breakdown) []Balance {
	items := []Balance{}
	for _, b := range all {
		item := Balance{Commitment: b.Commitment, Target: b.Target, Parts: []BalancePart{}, Balance: string(b.Balance), Working: b.Working}
		for _, part := range b.Parts {
			item.Parts = append(item.Parts, BalancePart{Commitment: part.Commitment, Target: part.Target})
		}
		items = append(items, item)
	}
	return items
}

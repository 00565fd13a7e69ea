package api

import (
	"context"

	"luoshi/calendar"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Amendment is an amendment as the API shows it.
type Amendment struct {
	ledger.Amendment
	Kept
	Proof string `json:"proof" doc:"Where the proof of the record's history is found"`
}

func amendmentOf(r store.Record[ledger.Amendment]) Amendment {
	v := r.Value
	v.Changes = filled(v.Changes)
	return Amendment{Amendment: v, Kept: keptOf(r), Proof: proofPath("amendments", string(v.ID))}
}

// Wish is an amendment that somebody proposes. What is absent stays as it is.
type Wish struct {
	Commitment  Picked                  `json:"commitment"`
	Deadline    *calendar.Date          `json:"deadline,omitempty"`
	Lead        *ledger.UnitID          `json:"lead,omitempty" maxLength:"100"`
	Cooperating *[]ledger.UnitID        `json:"cooperating,omitempty" maxItems:"50"`
	Post        *ledger.PostID          `json:"post,omitempty" maxLength:"100"`
	State       *ledger.CommitmentState `json:"state,omitempty" enum:"in_force,withdrawn"`
	Targets     []TargetTerms           `json:"targets,omitempty" maxItems:"100" doc:"Each replaces the target of its number; without a number it is added"`
	Drop        []int                   `json:"drop,omitempty" maxItems:"100" doc:"Numbers of targets that are given up"`
	Milestones  []MovedMilestone        `json:"milestones,omitempty" maxItems:"100" doc:"Milestones that are to be reached on other days"`
	Reason      string                  `json:"reason" minLength:"1" maxLength:"2000"`
	Basis       ledger.Basis            `json:"basis" doc:"The paper that it rests on"`
	Effective   calendar.Date           `json:"effective" doc:"From this day the new content is to hold"`
}

// MovedMilestone is a milestone that is to be reached on another day.
type MovedMilestone struct {
	Number int           `json:"number" minimum:"1"`
	By     calendar.Date `json:"by"`
}

func (w Wish) wish() planning.Wish {
	wish := planning.Wish{
		Commitment: w.Commitment.ID, Seen: w.Commitment.Revision, Deadline: w.Deadline, Lead: w.Lead, Cooperating: w.Cooperating, Post: w.Post,
		State: w.State, Drop: w.Drop, Reason: w.Reason, Basis: w.Basis, Effective: w.Effective,
	}
	for _, m := range w.Milestones {
		if wish.Milestones == nil {
			wish.Milestones = map[int]calendar.Date{}
		}
		wish.Milestones[m.Number] = m.By
	}
	for _, t := range w.Targets {
		wish.Targets = append(wish.Targets, ledger.Target(t))
	}
	return wish
}

// AmendmentStep is a step that an amendment is to take.
type AmendmentStep struct {
	Action string        `json:"action" enum:"return,supplement,pass,delay,approve,refuse,withdraw"`
	Reason string        `json:"reason,omitempty" maxLength:"2000"`
	Days   int           `json:"days,omitempty" minimum:"1" maximum:"365" doc:"Working days by which the review is prolonged"`
	Basis  *ledger.Basis `json:"basis,omitempty" doc:"A better paper, for supplement"`
}

// Application puts approved amendments in force.
type Application struct {
	Amendments []ledger.AmendmentID `json:"amendments" minItems:"1" maxItems:"500"`
	On         calendar.Date        `json:"on,omitzero" doc:"From when the new version holds; from today where empty"`
	Basis      string               `json:"basis" minLength:"1" maxLength:"500" doc:"The paper that publishes it"`
}

func (a *API) amendmentOperations() {
	p := a.options.Planning
	type query struct {
		Paged
		Plan       ledger.PlanID       `query:"plan" maxLength:"100"`
		Commitment ledger.CommitmentID `query:"commitment" maxLength:"100"`
		State      string              `query:"state" enum:"proposed,agreed,applied,refused,taken_back"`
	}
	register(a, "list-amendments", func(ctx context.Context, in *query) (*many[Amendment], error) {
		page := in.page()
		asked := planning.AmendmentQuery{Plan: in.Plan, Commitment: in.Commitment, State: ledger.AmendmentState(in.State)}
		list, err := p.Amendments(ctx, asked, page)
		if err != nil {
			return nil, err
		}
		return listed(&in.Paged, list.Next, shown(list.Records, amendmentOf)), nil
	})
	a.orders("list-amendments", bothWays("effective")...)
	register(a, "get-amendment", func(ctx context.Context, in *Reading[ledger.AmendmentID]) (*one[Amendment], error) {
		view, err := p.Amendment(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, view.Revision, amendmentOf(view.Record)), nil
	}, cached)
	register(a, "get-amendment-workflow", func(ctx context.Context, in *ByID[ledger.AmendmentID]) (*plain[Workflow], error) {
		view, err := p.Amendment(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[Workflow]{Body: workflowOf(ctx, view.Case)}, nil
	})
	a.amendmentChanges()
}

func (a *API) amendmentChanges() {
	p := a.options.Planning
	register(a, "propose-amendment", func(ctx context.Context, in *Adding[Wish]) (*one[Amendment], error) {
		r, err := p.ProposeAmendment(ctx, in.Body.wish())
		if err != nil {
			return nil, err
		}
		return made("/amendments/"+string(r.Value.ID), r.Revision, amendmentOf(r)), nil
	}, created)
	register(a, "take-amendment-step", func(ctx context.Context, in *Writing[ledger.AmendmentID, AmendmentStep]) (*one[Amendment], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		b := in.Body
		r, err := p.TakeAmendmentStep(ctx, planning.AmendmentStep{
			Amendment: in.ID, Seen: revision, Action: b.Action, Reason: b.Reason, Days: b.Days, Basis: b.Basis,
		})
		if err != nil {
			return nil, err
		}
		return changed(r.Revision, amendmentOf(r)), nil
	})
	register(a, "apply-amendments", func(ctx context.Context, in *Writing[ledger.PlanID, Application]) (*one[Plan], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		r, err := p.ApplyAmendments(ctx, planning.Application{
			Plan: in.ID, Seen: revision, Amendments: in.Body.Amendments, On: in.Body.On, Basis: in.Body.Basis,
		})
		if err != nil {
			return nil, err
		}
		return changed(r.Revision, planOf(r)), nil
	})
}

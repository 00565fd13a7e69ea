package api

import (
	"context"
	"time"

	"luoshi/calendar"
	"luoshi/internal/service/planning"
	"luoshi/ledger"
)

// Assigning gives commitments of a draft to units and posts.
type Assigning struct {
	Commitments []Picked         `json:"commitments" minItems:"1" maxItems:"500"`
	Lead        *ledger.UnitID   `json:"lead,omitempty" maxLength:"100" doc:"Absent: stays as it is; empty: taken away"`
	Cooperating *[]ledger.UnitID `json:"cooperating,omitempty" maxItems:"50"`
	Post        *ledger.PostID   `json:"post,omitempty" maxLength:"100" doc:"The responsible leader's"`
}

// Assigned is what was assigned at once.
type Assigned struct {
	ID      string                 `json:"id"`
	At      time.Time              `json:"at"`
	Account ledger.AccountID       `json:"account"`
	Changes []planning.OwnerChange `json:"changes"`
}

func assignedOf(b planning.Bulk) *plain[Assigned] {
	return &plain[Assigned]{Body: Assigned{ID: b.ID, At: b.At, Account: b.Account, Changes: filled(b.Changes)}}
}

// Objection is why a unit does not take a commitment.
type Objection struct {
	Unit   ledger.UnitID `json:"unit" minLength:"1" maxLength:"100"`
	Reason string        `json:"reason" minLength:"1" maxLength:"2000"`
}

// Reply is what the supervising office says to an objection.
type Reply struct {
	Unit  ledger.UnitID `json:"unit" minLength:"1" maxLength:"100"`
	Reply string        `json:"reply" minLength:"1" maxLength:"2000"`
}

// Milestones are all milestones of a commitment.
type Milestones struct {
	Milestones []MilestoneTerms `json:"milestones" maxItems:"50" doc:"All of them; those without a number are new"`
}

// MilestoneTerms are a milestone as it is set.
type MilestoneTerms struct {
	Number int            `json:"number,omitempty" minimum:"0"`
	Title  string         `json:"title" minLength:"1" maxLength:"200"`
	By     calendar.Date  `json:"by"`
	Weight ledger.Decimal `json:"weight,omitzero"`
}

// Reached is that a milestone was reached.
type Reached struct {
	On   calendar.Date `json:"on" doc:"Empty takes it back"`
	Note string        `json:"note,omitempty" maxLength:"2000"`
}

// Standing is what was said and done about a commitment.
type Standing struct {
	Answers []planning.Answer `json:"answers" doc:"What units say to it"`
	Reached []planning.Mark   `json:"reached" doc:"Milestones that were reached"`
}

func (a *API) breakdownOperations() {
	p := a.options.Planning
	register(a, "assign-commitments", func(ctx context.Context, in *Doing[ledger.PlanID, Assigning]) (*plain[Assigned], error) {
		give := planning.Give{Lead: in.Body.Lead, Cooperating: in.Body.Cooperating, Post: in.Body.Post}
		bulk, err := p.Assign(ctx, in.ID, chosen(in.Body.Commitments), give)
		if err != nil {
			return nil, err
		}
		return assignedOf(bulk), nil
	})
	register(a, "undo-assignment", func(ctx context.Context, in *ByID[ledger.PlanID]) (*plain[Assigned], error) {
		bulk, err := p.UndoAssignment(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return assignedOf(bulk), nil
	})
	register(a, "accept-commitment", func(ctx context.Context, in *ByID[ledger.CommitmentID]) (*done, error) {
		return nil, p.Accept(ctx, in.ID)
	})
	register(a, "object-to-commitment", func(ctx context.Context, in *Doing[ledger.CommitmentID, Objection]) (*done, error) {
		return nil, p.Object(ctx, in.ID, in.Body.Unit, in.Body.Reason)
	})
	register(a, "reply-to-objection", func(ctx context.Context, in *Doing[ledger.CommitmentID, Reply]) (*done, error) {
		return nil, p.Reply(ctx, in.ID, in.Body.Unit, in.Body.Reply)
	})
	a.milestoneOperations()
}

func (a *API) milestoneOperations() {
	p := a.options.Planning
	register(a, "get-standing", func(ctx context.Context, in *ByID[ledger.CommitmentID]) (*plain[Standing], error) {
		view, err := p.View(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[Standing]{Body: Standing{Answers: filled(view.Answers), Reached: filled(view.Marks)}}, nil
	})
	register(a, "set-milestones", func(ctx context.Context, in *Writing[ledger.CommitmentID, Milestones]) (*one[Commitment], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		milestones := make([]ledger.Milestone, len(in.Body.Milestones))
		for i, m := range in.Body.Milestones {
			milestones[i] = ledger.Milestone(m)
		}
		r, err := p.SetMilestones(ctx, in.ID, milestones, revision)
		if err != nil {
			return nil, err
		}
		return changed(r.Revision, commitmentOf(r)), nil
	})
	type marking struct {
		Doing[ledger.CommitmentID, Reached]
		Number int `path:"number" minimum:"1"`
	}
	register(a, "reach-milestone", func(ctx context.Context, in *marking) (*done, error) {
		return nil, p.Reach(ctx, in.ID, in.Number, in.Body.On, in.Body.Note)
	})
}

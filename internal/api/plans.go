package api

import (
	"context"
	"time"

	"luoshi/calendar"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Plan is a plan as the API shows it.
type Plan struct {
	ledger.Plan
	Kept
	Proof string `json:"proof" doc:"Where the proof of the record's history is found"`
}

func planOf(r store.Record[ledger.Plan]) Plan {
	p := r.Value
	p.Sources, p.Outline = filled(p.Sources), filled(p.Outline)
	return Plan{Plan: p, Kept: keptOf(r), Proof: proofPath("plans", string(p.ID))}
}

// filled is a list that is written as [] where it is empty.
func filled[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// NewPlan is what a plan begins with.
type NewPlan struct {
	Government ledger.UnitID `json:"government" minLength:"1" maxLength:"100"`
	Year       int           `json:"year" minimum:"1949" maximum:"2999"`
	Title      string        `json:"title,omitempty" maxLength:"200" doc:"Named after government and year where empty"`
}

// Titled is another title.
type Titled struct {
	Title string `json:"title" minLength:"1" maxLength:"200"`
}

// PlanStep is a step that a plan is to take.
type PlanStep struct {
	Action string        `json:"action" minLength:"1" maxLength:"40" doc:"One of those that the workflow offers"`
	Reason string        `json:"reason,omitempty" maxLength:"2000"`
	Days   int           `json:"days,omitempty" minimum:"1" maximum:"365" doc:"Working days by which a term is extended"`
	On     calendar.Date `json:"on,omitzero" doc:"From when version 1 holds, for publish; from today where empty"`
	Basis  string        `json:"basis,omitempty" maxLength:"500" doc:"The paper that publishes it"`
}

// Workflow is how far something is in its workflow.
type Workflow struct {
	State string         `json:"state"`
	Title string         `json:"title" doc:"What the state is called"`
	Begun calendar.Date  `json:"begun"`
	Steps []WorkflowStep `json:"steps" doc:"The steps that were taken, the first one first"`
}

// WorkflowStep is a step that somebody took.
type WorkflowStep struct {
	Action  string           `json:"action"`
	Account ledger.AccountID `json:"account" doc:"Who took it"`
	At      time.Time        `json:"at"`
	Reason  string           `json:"reason,omitempty"`
}

// Gap is what a commitment lacks.
type Gap struct {
	Commitment ledger.CommitmentID `json:"commitment"`
	Title      string              `json:"title"`
	Code       string              `json:"code"`
	Message    string              `json:"message"`
	Advice     string              `json:"advice"`
	Blocks     bool                `json:"blocks" doc:"The plan cannot be published with it"`
}

func (a *API) planOperations() {
	type query struct {
		Paged
		Year  int    `query:"year" minimum:"1949" maximum:"2999"`
		State string `query:"state" enum:"draft,reviewed,approved,published,abandoned"`
		Text  string `query:"text" maxLength:"200" doc:"In the title"`
	}
	register(a, "list-plans", func(ctx context.Context, in *query) (*many[Plan], error) {
		page := in.page()
		asked := planning.PlanQuery{Year: in.Year, State: ledger.PlanState(in.State), Text: in.Text}
		list, err := a.options.Planning.Plans(ctx, asked, page)
		if err != nil {
			return nil, err
		}
		return listed(&in.Paged, list.Next, shown(list.Records, planOf)), nil
	})
	a.orders("list-plans", bothWays("year")...)
	register(a, "get-plan", func(ctx context.Context, in *Reading[ledger.PlanID]) (*one[Plan], error) {
		r, err := a.options.Planning.Plan(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, r.Revision, planOf(r)), nil
	}, cached)
	a.planChanges()
	a.planWorkflow()
}

func (a *API) planChanges() {
	register(a, "create-plan", func(ctx context.Context, in *Adding[NewPlan]) (*one[Plan], error) {
		r, err := a.options.Planning.CreatePlan(ctx, planning.NewPlan(in.Body))
		if err != nil {
			return nil, err
		}
		return made("/plans/"+string(r.Value.ID), r.Revision, planOf(r)), nil
	}, created)
	register(a, "retitle-plan", func(ctx context.Context, in *Writing[ledger.PlanID, Titled]) (*one[Plan], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		r, err := a.options.Planning.RetitlePlan(ctx, in.ID, in.Body.Title, revision)
		if err != nil {
			return nil, err
		}
		return changed(r.Revision, planOf(r)), nil
	})
}

func (a *API) planWorkflow() {
	register(a, "get-plan-workflow", func(ctx context.Context, in *ByID[ledger.PlanID]) (*plain[Workflow], error) {
		c, err := a.options.Planning.PlanCase(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[Workflow]{Body: workflowOf(ctx, c)}, nil
	})
	register(a, "take-plan-step", func(ctx context.Context, in *Writing[ledger.PlanID, PlanStep]) (*one[Plan], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		b := in.Body
		r, err := a.options.Planning.TakePlanStep(ctx, planning.PlanStep{
			Plan: in.ID, Seen: revision, Action: b.Action, Reason: b.Reason, Days: b.Days, On: b.On, Basis: b.Basis,
		})
		if err != nil {
			return nil, err
		}
		return changed(r.Revision, planOf(r)), nil
	})
	register(a, "list-gaps", func(ctx context.Context, in *struct {
		ByID[ledger.PlanID]
		Paged
	},
	) (*many[Gap], error) {
		part, err := a.options.Planning.Gaps(ctx, in.ID, in.page())
		if err != nil {
			return nil, err
		}
		return listed(&in.Paged, part.Next, gapsOf(ctx, part.Gaps)), nil
	})
	a.orders("list-gaps")
}

func workflowOf(ctx context.Context, c planning.Case) Workflow {
	w := Workflow{State: c.State, Title: exchangeOf(ctx).in(c.Title()), Begun: c.Begun, Steps: []WorkflowStep{}}
	for _, s := range c.Steps {
		w.Steps = append(w.Steps, WorkflowStep{Action: s.Action, Account: s.Account, At: s.At, Reason: s.Reason})
	}
	return w
}

func gapsOf(ctx context.Context, gaps []planning.Gap) []Gap {
	x, items := exchangeOf(ctx), []Gap{}
	for _, g := range gaps {
		items = append(items, Gap{
			Commitment: g.Commitment, Title: g.Of.Title, Code: g.Code,
			Message: x.in(g.What()), Advice: x.in(g.Do()), Blocks: g.Blocks(),
		})
	}
	return items
}

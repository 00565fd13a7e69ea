package api

import (
	"context"
	"time"

	"luoshi/internal/service/intake"
	"luoshi/internal/store"
	"luoshi/ledger"
	rules "luoshi/ledger/intake"
)

// Review is how far the review of a document for a plan is.
type Review struct {
	Plan        ledger.PlanID    `json:"plan"`
	Document    ledger.Digest    `json:"document"`
	Opened      time.Time        `json:"opened"`
	OpenedBy    ledger.AccountID `json:"opened_by,omitempty"`
	Next        int              `json:"next" doc:"The number that the next event must have"`
	Pending     int              `json:"pending"`
	Accepted    int              `json:"accepted"`
	Rejected    int              `json:"rejected"`
	Closed      bool             `json:"closed" doc:"Its items are in the plan"`
	Entered     time.Time        `json:"entered,omitzero"`
	Commitments int              `json:"commitments" doc:"That entered the plan"`
}

func reviewOf(r intake.ReviewRef) Review {
	return Review{
		Plan: r.Plan, Document: r.Document, Opened: r.Opened, OpenedBy: r.OpenedBy, Next: r.Steps + 1, Pending: r.Pending,
		Accepted: r.Accepted, Rejected: r.Rejected, Closed: !r.Entered.IsZero(), Entered: r.Entered, Commitments: r.Commitments,
	}
}

func deskOf(d *intake.Desk) *plain[Review] {
	r := reviewOf(d.Ref)
	r.Next, r.Closed = d.Next(), d.Closed()
	r.Pending, r.Accepted, r.Rejected = d.Review.Count(rules.Pending), d.Review.Count(rules.Accepted), d.Review.Count(rules.Rejected)
	return &plain[Review]{Body: r}
}

// Opening is for which plan a document is to be reviewed.
type Opening struct {
	Document ledger.Digest `json:"document" minLength:"1" maxLength:"100"`
	Plan     ledger.PlanID `json:"plan,omitempty" maxLength:"100" doc:"A draft; where absent a plan is made"`
	Title    string        `json:"title,omitempty" maxLength:"200" doc:"Of the plan that is made; the document's where absent"`
	Year     int           `json:"year,omitempty" minimum:"1949" maximum:"2999" doc:"Of the plan that is made; the document's where absent"`
}

// ReviewStep is an event with who took it.
type ReviewStep struct {
	Event   rules.Event      `json:"event"`
	Account ledger.AccountID `json:"account"`
	At      time.Time        `json:"at"`
}

// Selecting is words of a document that somebody selects.
type Selecting struct {
	At    int    `json:"at,omitempty" minimum:"0"`
	End   int    `json:"end,omitempty" minimum:"0"`
	Words string `json:"words,omitempty" maxLength:"10000" doc:"Where no place is known"`
}

// Entered is what came into a plan.
type Entered struct {
	Commitments int `json:"commitments"`
	Projects    int `json:"projects"`
	Indicators  int `json:"indicators"`
}

// OfReview is which review an operation is about.
type OfReview struct {
	Plan     ledger.PlanID `path:"plan" maxLength:"100"`
	Document ledger.Digest `path:"document" maxLength:"100"`
}

func (a *API) reviewOperations() {
	s := a.options.Intake
	type query struct {
		Document ledger.Digest `query:"document" maxLength:"100"`
	}
	register(a, "list-reviews", func(ctx context.Context, in *query) (*plain[List[Review]], error) {
		all, err := s.Reviews(ctx, in.Document)
		if err != nil {
			return nil, err
		}
		items := make([]Review, len(all))
		for i, r := range all {
			items[i] = reviewOf(r)
		}
		return &plain[List[Review]]{Body: List[Review]{Items: items}}, nil
	})
	register(a, "open-review", func(ctx context.Context, in *Adding[Opening]) (*plain[Review], error) {
		plan, err := s.OpenReview(ctx, intake.Opening(in.Body))
		if err != nil {
			return nil, err
		}
		desk, err := s.Desk(ctx, plan, in.Body.Document)
		if err != nil {
			return nil, err
		}
		return deskOf(desk), nil
	}, created)
	register(a, "get-review", func(ctx context.Context, in *OfReview) (*plain[Review], error) {
		desk, err := s.Desk(ctx, in.Plan, in.Document)
		if err != nil {
			return nil, err
		}
		return deskOf(desk), nil
	})
	register(a, "list-items", func(ctx context.Context, in *struct {
		OfReview
		Status string `query:"status" enum:"pending,accepted,rejected"`
	},
	) (*plain[List[rules.Item]], error) {
		desk, err := s.Desk(ctx, in.Plan, in.Document)
		if err != nil {
			return nil, err
		}
		items := []rules.Item{}
		for _, item := range desk.Review.Items() {
			if in.Status == "" || string(item.Status) == in.Status {
				items = append(items, item)
			}
		}
		return &plain[List[rules.Item]]{Body: List[rules.Item]{Items: items}}, nil
	})
	a.reviewSteps()
}

func (a *API) reviewSteps() {
	s := a.options.Intake
	register(a, "list-review-events", func(ctx context.Context, in *OfReview) (*plain[List[ReviewStep]], error) {
		desk, err := s.Desk(ctx, in.Plan, in.Document)
		if err != nil {
			return nil, err
		}
		return &plain[List[ReviewStep]]{Body: List[ReviewStep]{Items: reviewStepsOf(desk.Events)}}, nil
	})
	register(a, "take-review-step", func(ctx context.Context, in *struct {
		OfReview
		Body rules.Event
	},
	) (*plain[Review], error) {
		desk, err := s.Take(ctx, in.Plan, in.Document, in.Body)
		if err != nil {
			return nil, err
		}
		return deskOf(desk), nil
	})
	register(a, "select-words", func(ctx context.Context, in *Doing[ledger.Digest, Selecting]) (*plain[rules.Item], error) {
		item, err := s.Select(ctx, in.ID, intake.Selection(in.Body))
		if err != nil {
			return nil, err
		}
		return &plain[rules.Item]{Body: item}, nil
	})
	register(a, "enter-plan", func(ctx context.Context, in *OfReview) (*plain[Entered], error) {
		entered, err := s.Enter(ctx, in.Plan, in.Document)
		if err != nil {
			return nil, err
		}
		return &plain[Entered]{Body: Entered(entered)}, nil
	})
}

func reviewStepsOf(events []store.ReviewEvent) []ReviewStep {
	items := make([]ReviewStep, len(events))
	for i, e := range events {
		items[i] = ReviewStep{Event: e.Event, Account: e.Account, At: e.At}
	}
	return items
}

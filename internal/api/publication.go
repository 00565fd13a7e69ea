package api

import (
	"context"
	"time"

	"luoshi/internal/service/livelihood"
	uses "luoshi/internal/service/publication"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// Publication is what of a plan is public.
type Publication struct {
	Plan     ledger.PlanID `json:"plan"`
	Revision int64         `json:"revision" doc:"One more with each change; 0 where nobody has decided yet and what follows is only offered"`
	PublicationSettings
	Edition PublicEdition `json:"edition,omitzero" doc:"The last one; absent where there is none"`
	Waiting int64         `json:"waiting" doc:"Feedback that waits for the office"`
	Follows int64         `json:"follows" doc:"Confirmed wishes to be told of news by e-mail"`
	Proof   string        `json:"proof" doc:"Where the proof of the record's history is found"`
}

// PublicationSettings are what somebody decides about what is public.
type PublicationSettings struct {
	Open         bool                   `json:"open" doc:"False takes everything back"`
	Address      string                 `json:"address" minLength:"1" maxLength:"100" doc:"Behind /public/"`
	Shows        []disclosed.Part       `json:"shows" maxItems:"20" enum:"units,lights,figures,history,steps,reasons,pictures,satisfaction,data,follow,feedback"`
	Documents    []ledger.Digest        `json:"documents,omitempty" maxItems:"1000" doc:"Sources of the plan whose files can be downloaded"`
	Withheld     []string               `json:"withheld,omitempty" maxItems:"2000" doc:"The numbers of promises that are not public"`
	Pictures     []livelihood.PictureID `json:"pictures,omitempty" maxItems:"5000" doc:"Pictures of livelihood items that may be seen, where pictures are shown"`
	Introduction string                 `json:"introduction,omitempty" maxLength:"2000"`
	Contact      string                 `json:"contact,omitempty" maxLength:"300"`
}

// PublicEdition is an edition of what is public.
type PublicEdition struct {
	Number int64     `json:"number"`
	Made   time.Time `json:"made"`
}

func publicationOf(v uses.View) Publication {
	p := Publication{
		Plan: v.Plan.ID, Revision: v.Settings.Revision, PublicationSettings: PublicationSettings(v.Settings.Value), Waiting: v.Waiting,
		Follows: v.Follows, Proof: proofPath(uses.Kind, string(v.Plan.ID)),
	}
	p.Shows = filled(p.Shows)
	if v.Edition.Number > 0 {
		p.Edition = PublicEdition{Number: v.Edition.Number, Made: v.Edition.Made}
	}
	return p
}

// CitizenFeedback is what a citizen said of a promise. Who it was nobody knows.
type CitizenFeedback struct {
	ID         string              `json:"id"`
	Revision   int64               `json:"revision" doc:"For If-Match of the decision"`
	Plan       ledger.PlanID       `json:"plan"`
	Commitment ledger.CommitmentID `json:"commitment"`
	Title      string              `json:"title,omitempty" doc:"Of the promise; absent where it is no longer public"`
	Words      string              `json:"words"`
	State      uses.FeedbackState  `json:"state" enum:"waiting,accepted,rejected"`
	Sent       time.Time           `json:"sent"`
	Decided    time.Time           `json:"decided,omitzero"`
	Decider    ledger.AccountID    `json:"decider,omitempty"`
	Answer     string              `json:"answer,omitempty" doc:"What the citizen is told"`
	Order      supervision.OrderID `json:"order,omitempty" doc:"The supervision order that it led to"`
	Proof      string              `json:"proof" doc:"Where the proof of the record's history is found"`
}

func feedbackOf(f uses.Feedback) CitizenFeedback {
	return CitizenFeedback{
		ID: f.ID, Revision: f.Revision, Plan: f.Plan, Commitment: f.Promise, Title: f.Title, Words: f.Words, State: f.State, Sent: f.Sent,
		Decided: f.Decided, Decider: f.Decider, Answer: f.Answer, Order: f.Order, Proof: proofPath(uses.FeedbackKind, f.ID),
	}
}

// FeedbackAnswer is what a citizen is told.
type FeedbackAnswer struct {
	Answer string `json:"answer" minLength:"1" maxLength:"1000"`
}

func (a *API) publicationOperations() {
	s := a.options.Publication
	register(a, "get-publication", func(ctx context.Context, in *Reading[ledger.PlanID]) (*one[Publication], error) {
		v, err := s.Settings(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, v.Settings.Revision, publicationOf(v)), nil
	}, cached)
	register(a, "set-publication", func(ctx context.Context, in *Writing[ledger.PlanID, PublicationSettings]) (*one[Publication], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		v, err := s.Save(ctx, in.ID, uses.Settings(in.Body), revision)
		if err != nil {
			return nil, err
		}
		return changed(v.Settings.Revision, publicationOf(v)), nil
	})
	a.feedbackOperations()
}

func (a *API) feedbackOperations() {
	s := a.options.Publication
	register(a, "list-feedback", func(ctx context.Context, in *struct {
		Paged
		State uses.FeedbackState `query:"state" enum:"waiting,accepted,rejected" default:"waiting" doc:"What waits comes with the oldest first, everything else with the youngest"`
	},
	) (*many[CitizenFeedback], error) {
		found, err := s.Feedback(ctx, in.State, in.page())
		if err != nil {
			return nil, err
		}
		items := make([]CitizenFeedback, len(found.Feedback))
		for i, f := range found.Feedback {
			items[i] = feedbackOf(f)
		}
		return listed(&in.Paged, found.Next, items), nil
	})
	a.orders("list-feedback")
	for name, decide := range map[string]func(ctx context.Context, id, answer string, seen int64) (uses.Feedback, error){
		"accept-feedback": s.Accept, "reject-feedback": s.Reject,
	} {
		register(a, name, func(ctx context.Context, in *Writing[string, FeedbackAnswer]) (*one[CitizenFeedback], error) {
			revision, err := in.revision(ctx)
			if err != nil {
				return nil, err
			}
			f, err := decide(ctx, in.ID, in.Body.Answer, revision)
			if err != nil {
				return nil, err
			}
			return changed(f.Revision, feedbackOf(f)), nil
		})
	}
}

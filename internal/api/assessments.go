package api

import (
	"context"
	"time"

	"luoshi/calendar"
	uses "luoshi/internal/service/assessment"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
)

// AssessmentSummary is an assessment as lists show it.
type AssessmentSummary struct {
	ID         uses.ID       `json:"id"`
	Plan       ledger.PlanID `json:"plan"`
	Title      string        `json:"title"`
	State      string        `json:"state" doc:"Of the workflow “assessment”"`
	StateTitle string        `json:"state_title"`
	From       calendar.Date `json:"from"`
	To         calendar.Date `json:"to"`
	Computed   calendar.Date `json:"computed,omitzero" doc:"The day of its figures; absent before it was computed"`
	Revision   int64         `json:"revision" doc:"One more with each change; the ETag of the assessment"`
	Updated    time.Time     `json:"updated"`
	Proof      string        `json:"proof" doc:"Where the proof of the record's history is found"`
}

func (a *API) assessmentSummaryOf(ctx context.Context, v uses.Assessment) AssessmentSummary {
	return AssessmentSummary{
		ID: v.ID, Plan: v.Plan, Title: v.Scheme.Title, State: v.State, StateTitle: exchangeOf(ctx).in(a.options.Assessment.StateTitle(v.State)),
		From: v.Scheme.From, To: v.Scheme.To, Computed: v.Computed, Revision: v.Revision, Updated: v.Updated, Proof: proofPath(uses.Kind, string(v.ID)),
	}
}

// Assessment is an assessment as far as the caller may see it.
type Assessment struct {
	AssessmentSummary
	Scheme   assessment.Scheme  `json:"scheme"`
	Scores   []assessment.Score `json:"scores" doc:"Of the units whose points the caller may see; each line names what it is counted from"`
	Missing  int                `json:"missing" doc:"Judgements by hand that are still to be given, where the caller gives them"`
	Entries  []GivenPoints      `json:"entries" doc:"Points that people gave, where the caller may see them"`
	Appeals  []Appeal           `json:"appeals"`
	Until    calendar.Date      `json:"until,omitzero" doc:"The last day for appeals, while they can be made"`
	Workflow Workflow           `json:"workflow"`
	Steps    []Step             `json:"steps" doc:"That the caller may take now"`
}

// GivenPoints are points that somebody gave.
type GivenPoints struct {
	assessment.Entry
	At        time.Time `json:"at"`
	Withdrawn string    `json:"withdrawn,omitempty" doc:"Why it no longer counts"`
}

// Appeal is what a unit says against its points, and what it was answered.
type Appeal struct {
	uses.Appeal
	At       time.Time `json:"at"`
	Revision int64     `json:"revision"`
}

func (a *API) assessmentOf(ctx context.Context, v uses.View) Assessment {
	out := Assessment{
		AssessmentSummary: a.assessmentSummaryOf(ctx, v.Assessment), Scheme: schemeOf(v.Scheme), Scores: []assessment.Score{}, Missing: v.Missing,
		Entries: []GivenPoints{}, Appeals: []Appeal{}, Until: v.Until, Workflow: workflowOf(ctx, v.Case), Steps: stepsOf(exchangeOf(ctx), v.Offers),
	}
	for _, s := range v.Result.Scores {
		s.Lines = filled(s.Lines)
		out.Scores = append(out.Scores, s)
	}
	for _, e := range v.Entries {
		out.Entries = append(out.Entries, GivenPoints(e))
	}
	for _, p := range v.Appeals {
		out.Appeals = append(out.Appeals, Appeal{Appeal: p, At: p.At, Revision: p.Revision})
	}
	return out
}

// schemeOf is a scheme without lists that are null.
func schemeOf(s assessment.Scheme) assessment.Scheme {
	s.Groups, s.Measures = filled(s.Groups), filled(s.Measures)
	return s
}

// NewAssessment begins an assessment.
type NewAssessment struct {
	Plan   ledger.PlanID     `json:"plan" minLength:"1" maxLength:"100"`
	Scheme assessment.Scheme `json:"scheme" doc:"The usual one of a plan is a good beginning"`
}

// AssessmentStep is a step that an assessment is to take.
type AssessmentStep struct {
	Action string `json:"action" enum:"submit,return,adopt,revise,compute,announce,prolong,conclude,refer,confirm,publish,drop"`
	Reason string `json:"reason,omitempty" maxLength:"2000"`
	Days   int    `json:"days,omitempty" minimum:"0" maximum:"60" doc:"Working days by which the time for appeals is prolonged"`
}

// TriedWeights are what other weights would do. Nothing of it is kept.
type TriedWeights struct {
	Scores []assessment.Score `json:"scores"`
	Shifts []UnitShift        `json:"shifts" doc:"How units move"`
	Moved  int                `json:"moved" doc:"How many units change places"`
}

// UnitShift is how a unit moves.
type UnitShift struct {
	Unit   ledger.UnitID  `json:"unit"`
	Group  string         `json:"group"`
	Before ledger.Decimal `json:"before"`
	After  ledger.Decimal `json:"after"`
	Was    int            `json:"was" doc:"Its place"`
	Is     int            `json:"is"`
}

func shiftsOf(all []assessment.Shift) []UnitShift {
	shifts := make([]UnitShift, len(all))
	for i, s := range all {
		shifts[i] = UnitShift(s)
	}
	return shifts
}

func (a *API) assessmentOperations() {
	s := a.options.Assessment
	register(a, "list-assessments", func(ctx context.Context, _ *struct{}) (*plain[List[AssessmentSummary]], error) {
		all, err := s.Assessments(ctx)
		if err != nil {
			return nil, err
		}
		items := make([]AssessmentSummary, len(all))
		for i, v := range all {
			items[i] = a.assessmentSummaryOf(ctx, v)
		}
		return &plain[List[AssessmentSummary]]{Body: List[AssessmentSummary]{Items: items}}, nil
	})
	register(a, "get-assessment", func(ctx context.Context, in *Reading[uses.ID]) (*one[Assessment], error) {
		v, err := s.Assessment(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, v.Revision, a.assessmentOf(ctx, v)), nil
	}, cached)
	register(a, "get-usual-scheme", func(ctx context.Context, in *ByID[ledger.PlanID]) (*plain[assessment.Scheme], error) {
		scheme, err := s.Usual(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[assessment.Scheme]{Body: schemeOf(scheme)}, nil
	})
	a.assessmentChanges()
	a.pointOperations()
	a.appealOperations()
}

// assessmentNow is an assessment as it is after a change.
func (a *API) assessmentNow(ctx context.Context, id uses.ID, err error) (*one[Assessment], error) {
	if err != nil {
		return nil, err
	}
	v, err := a.options.Assessment.Assessment(ctx, id)
	if err != nil {
		return nil, err
	}
	return changed(v.Revision, a.assessmentOf(ctx, v)), nil
}

func (a *API) assessmentChanges() {
	s := a.options.Assessment
	register(a, "create-assessment", func(ctx context.Context, in *Adding[NewAssessment]) (*one[Assessment], error) {
		v, err := s.Create(ctx, in.Body.Plan, in.Body.Scheme)
		if err != nil {
			return nil, err
		}
		now, err := s.Assessment(ctx, v.ID)
		if err != nil {
			return nil, err
		}
		return made("/assessments/"+string(v.ID), now.Revision, a.assessmentOf(ctx, now)), nil
	}, created)
	register(a, "save-scheme", func(ctx context.Context, in *Writing[uses.ID, assessment.Scheme]) (*one[Assessment], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		_, err = s.SaveScheme(ctx, in.ID, in.Body, revision)
		return a.assessmentNow(ctx, in.ID, err)
	})
	register(a, "try-weights", func(ctx context.Context, in *Doing[uses.ID, struct {
		Weights map[string]ledger.Decimal `json:"weights" doc:"By the codes of measures; those that are absent stay as they are"`
	}],
	) (*plain[TriedWeights], error) {
		tried, err := s.Simulate(ctx, in.ID, in.Body.Weights)
		if err != nil {
			return nil, err
		}
		return &plain[TriedWeights]{Body: TriedWeights{
			Scores: filled(tried.Result.Scores), Shifts: shiftsOf(tried.Shifts), Moved: tried.Moved,
		}}, nil
	})
	register(a, "take-assessment-step", func(ctx context.Context, in *Writing[uses.ID, AssessmentStep]) (*one[Assessment], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		_, err = s.Take(ctx, in.ID, uses.Step{Action: in.Body.Action, Reason: in.Body.Reason, Days: in.Body.Days}, revision)
		return a.assessmentNow(ctx, in.ID, err)
	})
}

// Points are points for a unit.
type Points struct {
	Unit   ledger.UnitID  `json:"unit" minLength:"1" maxLength:"100"`
	Item   string         `json:"item" minLength:"1" maxLength:"100" doc:"The code of a measure by hand or of a rule"`
	Points ledger.Decimal `json:"points" doc:"Out of 100 for a measure; at most those of one case for a rule"`
	Why    string         `json:"why" minLength:"1" maxLength:"2000"`
	Basis  string         `json:"basis" minLength:"1" maxLength:"500" doc:"The paper that it rests on"`
}

func (a *API) pointOperations() {
	s := a.options.Assessment
	register(a, "give-points", func(ctx context.Context, in *Doing[uses.ID, Points]) (*one[Assessment], error) {
		b := in.Body
		err := s.Give(ctx, in.ID, assessment.Entry{Unit: b.Unit, Item: b.Item, Points: b.Points, Why: b.Why, Basis: b.Basis})
		return a.assessmentNow(ctx, in.ID, err)
	})
	register(a, "withdraw-points", func(ctx context.Context, in *struct {
		ByID[uses.ID]
		Entry string `path:"entry" maxLength:"100"`
		Body  struct {
			Reason string `json:"reason" minLength:"1" maxLength:"2000"`
		}
	},
	) (*one[Assessment], error) {
		return a.assessmentNow(ctx, in.ID, s.Withdraw(ctx, in.ID, in.Entry, in.Body.Reason))
	})
}

// NewAppeal says that an item of a unit's score is wrong.
type NewAppeal struct {
	Unit  ledger.UnitID `json:"unit" minLength:"1" maxLength:"100"`
	Item  string        `json:"item" minLength:"1" maxLength:"100"`
	Text  string        `json:"text" minLength:"1" maxLength:"2000"`
	Basis string        `json:"basis,omitempty" maxLength:"500"`
}

// AppealAnswer is the answer to an appeal.
type AppealAnswer struct {
	Revision int64          `json:"revision" minimum:"1" doc:"Of the appeal, as it was read"`
	Accept   bool           `json:"accept"`
	Answer   string         `json:"answer" minLength:"1" maxLength:"2000"`
	Part     ledger.Decimal `json:"part,omitzero" doc:"With whole: the figures as they ought to have been counted"`
	Whole    ledger.Decimal `json:"whole,omitzero"`
}

func (a *API) appealOperations() {
	s := a.options.Assessment
	register(a, "appeal", func(ctx context.Context, in *Doing[uses.ID, NewAppeal]) (*one[Assessment], error) {
		b := in.Body
		return a.assessmentNow(ctx, in.ID, s.Appeal(ctx, in.ID, uses.Appeal{Unit: b.Unit, Item: b.Item, Text: b.Text, Basis: b.Basis}))
	})
	register(a, "answer-appeal", func(ctx context.Context, in *struct {
		ByID[uses.ID]
		Appeal string `path:"appeal" maxLength:"100"`
		Body   AppealAnswer
	},
	) (*one[Assessment], error) {
		b := in.Body
		err := s.Decide(ctx, in.ID, in.Appeal, uses.Decision{Accept: b.Accept, Answer: b.Answer, Part: b.Part, Whole: b.Whole}, b.Revision)
		return a.assessmentNow(ctx, in.ID, err)
	})
}

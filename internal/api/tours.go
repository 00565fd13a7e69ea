package api

import (
	"context"
	"time"

	"luoshi/calendar"
	uses "luoshi/internal/service/assessment"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
)

// TourSummary is an observation round as lists show it.
type TourSummary struct {
	ID         uses.TourID     `json:"id"`
	Plan       ledger.PlanID   `json:"plan"`
	State      string          `json:"state" doc:"Of the workflow “tour”"`
	StateTitle string          `json:"state_title"`
	Terms      assessment.Tour `json:"terms"`
	Revision   int64           `json:"revision" doc:"One more with each change; the ETag of the round"`
	Updated    time.Time       `json:"updated"`
	Proof      string          `json:"proof" doc:"Where the proof of the record's history is found"`
}

func (a *API) tourSummaryOf(ctx context.Context, t uses.Tour) TourSummary {
	terms := t.Tour
	terms.Criteria, terms.Projects, terms.Judges = filled(terms.Criteria), filled(terms.Projects), filled(terms.Judges)
	return TourSummary{
		ID: t.ID, Plan: t.Plan, State: t.State, StateTitle: exchangeOf(ctx).in(a.options.Assessment.TourTitle(t.State)), Terms: terms,
		Revision: t.Revision, Updated: t.Updated, Proof: proofPath(uses.TourKind, string(t.ID)),
	}
}

// Tour is an observation round as far as the caller may see it.
type Tour struct {
	TourSummary
	Standings []TourStanding     `json:"standings" doc:"Once the round is closed; before, for who runs it"`
	Mine      []assessment.Sheet `json:"mine" doc:"The sheets that the caller has handed in"`
	Lacking   int                `json:"lacking" doc:"Sheets still to be handed in"`
	Workflow  Workflow           `json:"workflow"`
	Steps     []Step             `json:"steps" doc:"That the caller may take now"`
}

// TourStanding is how a project fares in a round.
type TourStanding struct {
	Project ledger.ProjectID `json:"project"`
	Name    string           `json:"name"`
	Unit    ledger.UnitID    `json:"unit,omitempty"`
	Points  ledger.Decimal   `json:"points,omitzero" doc:"Out of 100; absent where no sheet was handed in"`
	Rank    int              `json:"rank,omitempty"`
	Sheets  []CountedSheet   `json:"sheets"`
}

// CountedSheet is a sheet with whether it counts.
type CountedSheet struct {
	assessment.Sheet
	Total   ledger.Decimal `json:"total"`
	Dropped bool           `json:"dropped,omitempty" doc:"Among the highest or lowest, which do not count"`
}

func (a *API) tourOf(ctx context.Context, v uses.TourView) Tour {
	t := Tour{
		TourSummary: a.tourSummaryOf(ctx, v.Tour), Standings: []TourStanding{}, Mine: []assessment.Sheet{}, Lacking: v.Lacking,
		Workflow: workflowOf(ctx, v.Case), Steps: stepsOf(exchangeOf(ctx), v.Offers),
	}
	for _, s := range v.Standings {
		standing := TourStanding{Project: s.Project, Name: v.Names[s.Project], Unit: s.Unit, Points: s.Points, Rank: s.Rank, Sheets: []CountedSheet{}}
		for _, sheet := range s.Sheets {
			total := sheet.Total()
			sheet.Marks = filled(sheet.Marks)
			standing.Sheets = append(standing.Sheets, CountedSheet{Sheet: sheet.Sheet, Total: total, Dropped: sheet.Dropped})
		}
		t.Standings = append(t.Standings, standing)
	}
	for _, shown := range v.Projects {
		if sheet, handedIn := v.Mine[shown.Project]; handedIn {
			sheet.Marks = filled(sheet.Marks)
			t.Mine = append(t.Mine, sheet)
		}
	}
	return t
}

// TourTerms are the plan of a round.
type TourTerms struct {
	Title    string                 `json:"title" minLength:"1" maxLength:"100"`
	On       calendar.Date          `json:"on"`
	Criteria []assessment.Criterion `json:"criteria,omitempty" maxItems:"20" doc:"The usual ones where absent; together they come to 100 points"`
	Projects []ledger.ProjectID     `json:"projects" minItems:"1" maxItems:"200"`
	Judges   []ledger.AccountID     `json:"judges" minItems:"1" maxItems:"200"`
	Drop     int                    `json:"drop,omitempty" minimum:"0" maximum:"50" doc:"How many of the highest and of the lowest sheets of a project do not count"`
}

// terms are the plan of a round as the use cases know it.
func (a *API) terms(t TourTerms) assessment.Tour {
	tour := assessment.Tour{Title: t.Title, On: t.On, Criteria: t.Criteria, Judges: t.Judges, Drop: t.Drop}
	if len(tour.Criteria) == 0 {
		tour.Criteria = a.options.Assessment.UsualTour().Criteria
	}
	for _, p := range t.Projects {
		tour.Projects = append(tour.Projects, assessment.Shown{Project: p})
	}
	return tour
}

// TourSheet is what the caller gives to a project.
type TourSheet struct {
	Project ledger.ProjectID `json:"project" minLength:"1" maxLength:"100"`
	Marks   []ledger.Decimal `json:"marks,omitempty" maxItems:"20" doc:"Criterion by criterion"`
	Remark  string           `json:"remark,omitempty" maxLength:"2000"`
	Recused bool             `json:"recused,omitempty" doc:"The caller steps back from the project, and gives no marks"`
}

// TourStep is a step that a round is to take.
type TourStep struct {
	Action string `json:"action" enum:"open,close,reopen,publish,drop"`
	Reason string `json:"reason,omitempty" maxLength:"2000"`
}

func (a *API) tourOperations() {
	s := a.options.Assessment
	register(a, "list-tours", func(ctx context.Context, _ *struct{}) (*plain[List[TourSummary]], error) {
		all, err := s.Tours(ctx)
		if err != nil {
			return nil, err
		}
		items := make([]TourSummary, len(all))
		for i, t := range all {
			items[i] = a.tourSummaryOf(ctx, t)
		}
		return &plain[List[TourSummary]]{Body: List[TourSummary]{Items: items}}, nil
	})
	register(a, "get-tour", func(ctx context.Context, in *Reading[uses.TourID]) (*one[Tour], error) {
		v, err := s.Tour(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return answered(in.Known, v.Revision, a.tourOf(ctx, v)), nil
	}, cached)
	register(a, "create-tour", func(ctx context.Context, in *Adding[struct {
		Plan  ledger.PlanID `json:"plan" minLength:"1" maxLength:"100"`
		Terms TourTerms     `json:"terms"`
	}],
	) (*one[Tour], error) {
		t, err := s.CreateTour(ctx, in.Body.Plan, a.terms(in.Body.Terms))
		if err != nil {
			return nil, err
		}
		v, err := s.Tour(ctx, t.ID)
		if err != nil {
			return nil, err
		}
		return made("/tours/"+string(t.ID), v.Revision, a.tourOf(ctx, v)), nil
	}, created)
	a.tourChanges()
}

func (a *API) tourChanges() {
	s := a.options.Assessment
	after := func(ctx context.Context, id uses.TourID, err error) (*one[Tour], error) {
		if err != nil {
			return nil, err
		}
		v, err := s.Tour(ctx, id)
		if err != nil {
			return nil, err
		}
		return changed(v.Revision, a.tourOf(ctx, v)), nil
	}
	register(a, "save-tour", func(ctx context.Context, in *Writing[uses.TourID, TourTerms]) (*one[Tour], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		return after(ctx, in.ID, s.SaveTour(ctx, in.ID, a.terms(in.Body), revision))
	})
	register(a, "take-tour-step", func(ctx context.Context, in *Writing[uses.TourID, TourStep]) (*one[Tour], error) {
		revision, err := in.revision(ctx)
		if err != nil {
			return nil, err
		}
		return after(ctx, in.ID, s.TakeTour(ctx, in.ID, uses.Step{Action: in.Body.Action, Reason: in.Body.Reason}, revision))
	})
	register(a, "mark-project", func(ctx context.Context, in *Doing[uses.TourID, TourSheet]) (*one[Tour], error) {
		b := in.Body
		return after(ctx, in.ID, s.Mark(ctx, in.ID, assessment.Sheet{Project: b.Project, Marks: b.Marks, Remark: b.Remark, Recused: b.Recused}))
	})
}

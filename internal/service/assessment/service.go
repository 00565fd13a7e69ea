package assessment

import (
	"context"
	_ "embed" // which rights steps need
	"time"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/assessment/migrations"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/message"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
)

// Room is the tables of assessments and observation rounds. It stands behind those of reporting, progress
// and supervision, whose figures it reads.
func Room() store.Room { return store.Room{Name: "assessment", Files: migrations.Files} }

// The records that entries of the log are about.
const (
	Kind       = "assessments"
	EntryKind  = "assessment_entries"
	AppealKind = "assessment_appeals"
	TourKind   = "tours"
	SheetKind  = "tour_sheets"
)

const (
	readAssessment access.Action = "assessment.read"
	editScheme     access.Action = "assessment.edit"
	giveScore      access.Action = "assessment.score"
	appealScore    access.Action = "assessment.appeal"
	decideAppeal   access.Action = "assessment.decide"
	readTour       access.Action = "tour.read"
	editTour       access.Action = "tour.edit"
	markTour       access.Action = "tour.mark"
)

// ID is the identifier of an assessment.
type ID string

// Options are what New may be told.
type Options struct {
	// Workdays are those by which terms run; the ones that come with the program where nil.
	Workdays func() *calendar.Workdays
	// Livelihood tells how livelihood items stand; measures of them apply to nobody where it is nil.
	Livelihood Livelihood
	// Tell brings notices before people, in the transaction of the change that they are about, each key once. Nobody is
	// told where it is nil.
	Tell func(ctx context.Context, w *service.Work, notices ...message.Notice) error
}

// Livelihood tells how livelihood items stand.
type Livelihood interface {
	Counted(ctx context.Context, plan ledger.PlanID) ([]livelihood.Standing, error)
}

// Service is the use cases of assessments and observation rounds. It is safe for concurrent use.
type Service struct {
	core             *service.Core
	options          Options
	cases            *workflow.Keeper
	assessment, tour *flow.Definition
}

//go:embed steps.txt
var stepLines string

// New makes the use cases of a core.
func New(core *service.Core, options Options) *Service {
	return &Service{
		core: core, options: options, cases: workflow.New(core, options.Workdays, stepLines),
		assessment: workflow.Shipped("assessment"), tour: workflow.Shipped("tour"),
	}
}

// Assessment is an assessment of units.
type Assessment struct {
	ID         ID                `json:"id"`
	Plan       ledger.PlanID     `json:"plan"`
	Government ledger.UnitID     `json:"government"`
	State      string            `json:"state"` // of flow assessment
	Scheme     assessment.Scheme `json:"scheme"`
	Computed   calendar.Date     `json:"computed,omitzero"`
	Revision   int64             `json:"-"`
	Updated    time.Time         `json:"-"`
	begun      calendar.Date
}

// StateTitle is what pages call the state.
func (s *Service) StateTitle(state string) ledger.Wording { return titleOf(s.assessment, state) }

// TourTitle is what pages call the state of a round.
func (s *Service) TourTitle(state string) ledger.Wording { return titleOf(s.tour, state) }

func titleOf(of *flow.Definition, state string) ledger.Wording {
	if found := of.State(state); found != nil {
		return ledger.Wording{ZH: found.Title.Chinese, EN: found.Title.English}
	}
	return ledger.Wording{ZH: state, EN: state}
}

// published is the state in which everybody of the government may see the results.
const published = "published"

// owned is whose an assessment is: all of the government may see it once it is published.
func (a Assessment) owned() service.Owned {
	return service.Owned{Lead: a.Government, Published: a.State == published}
}

// ofUnit is whose the score of a unit is.
func (a Assessment) ofUnit(unit ledger.UnitID) service.Owned {
	return service.Owned{Lead: unit, Published: a.State == published}
}

// shown tells whether units may see their points.
func (a Assessment) shown() bool {
	switch a.State {
	case "appeals", "decision", "confirmed", published:
		return true
	}
	return false
}

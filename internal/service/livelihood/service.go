// Package livelihood is what people do about livelihood items (民生实事): the office calls for candidates, everybody may
// suggest some, the office screens them, a leader puts them to the vote, and the deputies choose. What was chosen becomes
// a commitment of the plan; its unit shows by pictures how it goes, those for whom it was done are asked whether they are
// satisfied, and only then it is closed.
package livelihood

import (
	"context"
	"database/sql"
	_ "embed" // which rights steps need, and faults
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/evidence"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/livelihood/migrations"
	"luoshi/internal/service/message"
	"luoshi/internal/service/planning"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/ledger"
	"luoshi/ledger/livelihood"
)

// Room is the tables of livelihood items. It stands behind that of workflows.
func Room() store.Room { return store.Room{Name: "livelihood", Files: migrations.Files, Blobs: blobs} }

// The records that entries of the log are about.
const (
	RoundKind     = "livelihood_rounds"
	CandidateKind = "livelihood_candidates"
	SheetKind     = "livelihood_sheets"
	ItemKind      = "livelihood_items"
	PictureKind   = "livelihood_pictures"
	SurveyKind    = "livelihood_surveys"
)

const (
	read    access.Action = "livelihood.read"
	suggest access.Action = "livelihood.suggest"
	edit    access.Action = "livelihood.edit"
	vote    access.Action = "livelihood.vote"
	count   access.Action = "livelihood.count"
	picture access.Action = "livelihood.picture"
	survey  access.Action = "livelihood.survey"
)

// Options are what New may be told.
type Options struct {
	// Workdays are the working days by which terms run; those that come with the program where it is nil.
	Workdays func() *calendar.Workdays
	// Scan looks at files that people bring; nobody does where it is nil.
	Scan evidence.Scan
	// Tell brings notices before people, in the transaction of the change that they are about, each key once. Nobody is
	// told where it is nil.
	Tell func(ctx context.Context, w *service.Work, notices ...message.Notice) error
}

// Documents takes in the paper in which a result is written, so that commitments can be made of its words.
type Documents interface {
	Upload(ctx context.Context, name string, content io.Reader) (intake.Uploaded, error)
}

// Service is the use cases of livelihood items. It is safe for concurrent use.
type Service struct {
	core      *service.Core
	planning  *planning.Service
	documents Documents
	files     evidence.Taker
	options   Options
	cases     *workflow.Keeper
	round     *flow.Definition
	item      *flow.Definition
}

//go:embed steps.txt
var stepLines string

//go:embed faults.txt
var faultLines string

var faults = service.ParseFaults(faultLines)

// New makes the use cases of a core. What is chosen is put into plans by planning, with the paper that documents takes in.
func New(core *service.Core, plans *planning.Service, documents Documents, blobs blob.Store, options Options) *Service {
	return &Service{
		core: core, planning: plans, documents: documents, options: options, files: evidence.Taker{Blobs: blobs, Scan: options.Scan},
		cases: workflow.New(core, options.Workdays, stepLines), round: workflow.Shipped("livelihood"), item: workflow.Shipped("livelihood-item"),
	}
}

// wrong is a problem of the rules as a fault; nil where there is none.
func wrong(p *livelihood.Problem) error {
	if p == nil {
		return nil
	}
	return faults.New(p.Code, p.Facts...)
}

func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }

// failed is what a query failed with: that there is no such record, or what kept it from being read.
func failed(kind, id string, err error) error {
	switch {
	case err == nil:
		return nil
	case noRows(err):
		return &store.NotFound{Kind: kind, ID: id}
	}
	return fmt.Errorf("livelihood: reading %s %s: %w", kind, id, err)
}

// written is a value as a column of text holds it.
func written(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // the program's own types
	}
	return string(text)
}

// parsed reads what written has written.
func parsed[T any](text string) (T, error) {
	var value T
	if text == "" {
		return value, nil
	}
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		return value, fmt.Errorf("livelihood: reading a %T: %w", value, err)
	}
	return value, nil
}

// titleOf is what pages call a state of a workflow.
func titleOf(of *flow.Definition, state string) ledger.Wording {
	if found := of.State(state); found != nil {
		return ledger.Wording{ZH: found.Title.Chinese, EN: found.Title.English}
	}
	return ledger.Wording{ZH: state, EN: state}
}

// RoundTitle is what pages call the state of a round.
func (s *Service) RoundTitle(state string) ledger.Wording { return titleOf(s.round, state) }

// ItemTitle is what pages call the state of an item.
func (s *Service) ItemTitle(state string) ledger.Wording { return titleOf(s.item, state) }

// Package accounting is what people do with reports (执行情况报告): one is made of a plan, a period and a template from
// what the ledger says; people work on its words, while its figures stay those of the ledger; it is reviewed, approved by
// a leader, numbered and frozen. Before a report leaves the house its file is opened and read again, and nothing goes out
// in which a figure differs from the ledger.
package accounting

import (
	"context"
	"database/sql"
	_ "embed" // which rights steps need, and faults
	"errors"
	"sync"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/access"
	"luoshi/internal/access/rate"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/accounting/migrations"
	"luoshi/internal/service/message"
	"luoshi/internal/service/narrative"
	"luoshi/internal/service/peers"
	"luoshi/internal/service/progress"
	figures "luoshi/internal/service/reporting"
	"luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
	"luoshi/office/font"
)

// Room is the tables of reports. It stands behind that of workflows.
func Room() store.Room {
	return store.Room{Name: "accounting", Files: migrations.Files, Blobs: store.BlobsIn("paper_files.digest")}
}

// Orders tell how supervision orders went.
type Orders interface {
	Statistics(ctx context.Context, plan ledger.PlanID, from, to calendar.Date) ([]supervision.UnitStatistics, error)
}

// Peers tell what other governments state of the indicators of a plan.
type Peers interface {
	In(ctx context.Context, plan ledger.PlanID, period reporting.Period) (map[ledger.IndicatorID][]peers.Peer, error)
}

// Options are what New may be told.
type Options struct {
	// Workdays are the working days by which terms run; those that come with the program where it is nil.
	Workdays func() *calendar.Workdays
	// Orders tell how supervision orders went; reports are silent about them where it is nil.
	Orders Orders
	// Peers tell what other governments state; no indicator is ranked among them where it is nil.
	Peers Peers
	// Sign signs the head of the log as it is now, so that a report can be frozen with it. A report is frozen with the
	// last head that there is where it is nil.
	Sign func(ctx context.Context) error
	// Open opens a signed head. Heads are not shown where it is nil.
	Open func(signed string) (signing.Head, error)
	// Fonts are those with which papers are printed; nil where there are none. No PDF is offered where it is nil.
	Fonts func() *font.Set
	// Tell brings notices before people, in the transaction of the change that they are about, each key once. Nobody is
	// told where it is nil.
	Tell func(ctx context.Context, w *service.Work, notices ...message.Notice) error
	// Narrator words passages anew where people ask for that; nobody can where it is nil.
	Narrator *narrative.Client
}

// Service is the use cases of reports. It is safe for concurrent use.
type Service struct {
	core      *service.Core
	blobs     blob.Store
	progress  *progress.Service
	reporting *figures.Service
	options   Options
	cases     *workflow.Keeper
	flow      *flow.Definition
	composed  sync.Map      // of what a report is made, the last that was composed of it
	verified  sync.Map      // by report, what reading back its last revision has shown
	asked     *rate.Limiter // of the model, by person
}

//go:embed steps.txt
var stepLines string

//go:embed faults.txt
var faultLines string

var faults = service.ParseFaults(faultLines)

// New makes the use cases of a core, on the lights of progress and the figures of reporting. Files go to blobs.
func New(core *service.Core, blobs blob.Store, lights *progress.Service, desk *figures.Service, options Options) *Service {
	return &Service{
		core: core, blobs: blobs, progress: lights, reporting: desk, options: options,
		cases: workflow.New(core, options.Workdays, stepLines), flow: workflow.Shipped("report"), asked: rate.New(core.Store().Now),
	}
}

// The records that entries of the log are about.
const (
	Kind         = "papers"
	SettingsKind = "paper_settings"
	TemplateKind = "paper_templates"
)

// The actions that are asked about here, by their names in the table of rights.
const (
	read    access.Action = "account.read"
	edit    access.Action = "account.edit"
	review  access.Action = "account.review"
	publish access.Action = "account.publish"
	prove   access.Action = "audit.prove"

	editTemplate access.Action = "account.template"
)

func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }

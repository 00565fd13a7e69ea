// Package bulletin is what people do with bulletins (通报): the office drafts one of what the ledger says, writes its own
// words between, and sends it for review; a leader approves it; publishing gives it its number, freezes it and brings it
// before the units, who confirm that they have read it. What was published is never changed: a later bulletin corrects it.
package bulletin

import (
	"context"
	"database/sql"
	_ "embed" // which rights steps need, and faults
	"errors"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/bulletin/migrations"
	"luoshi/internal/service/message"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
)

// Room is the tables of bulletins. It stands behind that of workflows.
func Room() store.Room { return store.Room{Name: "bulletin", Files: migrations.Files} }

// Options are what New may be told.
type Options struct {
	// Workdays are the working days by which terms run; those that come with the program where it is nil.
	Workdays func() *calendar.Workdays
	// Orders tell how supervision orders went; bulletins are silent about them where it is nil.
	Orders Orders
	// Livelihood tells how livelihood items stand; bulletins are silent about them where it is nil.
	Livelihood Livelihood
	// Tell brings notices before people, in the transaction of the change that they are about, each key once. Nobody is
	// told where it is nil.
	Tell func(ctx context.Context, w *service.Work, notices ...message.Notice) error
}

// Service is the use cases of bulletins. It is safe for concurrent use.
type Service struct {
	core      *service.Core
	progress  *progress.Service
	reporting *reporting.Service
	options   Options
	cases     *workflow.Keeper
	flow      *flow.Definition
	contents  contents
}

//go:embed steps.txt
var stepLines string

//go:embed faults.txt
var faultLines string

var faults = service.ParseFaults(faultLines)

// New makes the use cases of a core, on the lights of progress and the figures of reporting.
func New(core *service.Core, lights *progress.Service, figures *reporting.Service, options Options) *Service {
	return &Service{
		core: core, progress: lights, reporting: figures, options: options,
		cases: workflow.New(core, options.Workdays, stepLines), flow: workflow.Shipped("bulletin"),
	}
}

// The records that entries of the log are about.
const (
	Kind         = "bulletins"
	SettingsKind = "bulletin_settings"
)

// The actions that are asked about here, by their names in the table of rights.
const (
	read    access.Action = "bulletin.read"
	edit    access.Action = "bulletin.edit"
	review  access.Action = "bulletin.review"
	publish access.Action = "bulletin.publish"
	receive access.Action = "bulletin.receive"
)

func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }

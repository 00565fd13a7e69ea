package supervision

import (
	"context"
	_ "embed" // which rights steps need

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/evidence"
	"luoshi/internal/service/message"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/supervision/migrations"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/ledger"
)

// Room is the tables of supervision. It stands behind those of planning and of workflows.
func Room() store.Room {
	return store.Room{Name: "supervision", Files: migrations.Files, Blobs: store.BlobsIn("order_evidence.digest", "order_evidence.preview")}
}

// Options are what New may be told. The zero Options are good for a server without a virus scanner on which nobody is
// told anything.
type Options struct {
	// Workdays are the working days by which terms run; those that come with the program where it is nil.
	Workdays func() *calendar.Workdays
	// Scan looks at evidence; nobody does where it is nil.
	Scan evidence.Scan
	// MaxBytes bounds a file of evidence; evidence.MaxBytes where it is 0.
	MaxBytes int64
	// Lights are asked why a light is red; nobody is where it is nil, and nothing is drafted from lights.
	Lights Lights
	// Tell sends notices to people, in the transaction of the change that gives rise to them, each key once. Nobody is
	// told where it is nil; what is due is written down all the same.
	Tell func(ctx context.Context, w *service.Work, notices ...message.Notice) error
}

// Lights tell how commitments stand.
type Lights interface {
	Light(ctx context.Context, id ledger.CommitmentID) (progress.LightView, error)
}

// Service is the use cases of supervision. It is safe for concurrent use.
type Service struct {
	core    *service.Core
	files   evidence.Taker
	options Options
	cases   *workflow.Keeper
	order   *flow.Definition
}

//go:embed steps.txt
var stepLines string

// New makes the use cases of a core.
func New(core *service.Core, blobs blob.Store, options Options) *Service {
	if options.Workdays == nil {
		options.Workdays = calendar.ChineseWorkdays
	}
	return &Service{
		core: core, files: evidence.Taker{Blobs: blobs, Scan: options.Scan, MaxBytes: options.MaxBytes}, options: options,
		cases: workflow.New(core, options.Workdays, stepLines), order: workflow.Shipped("order"),
	}
}

// TickKind is the kind of task that urges by the date, see Service.Tick. The job that does it may do TickMay.
const TickKind = "supervision.tick"

// TickMay are the actions of the job.
var TickMay = []access.Action{urge}

// The actions that are asked about here, by their names in the table of rights.
const (
	readOrder  access.Action = "order.read"
	issueOrder access.Action = "order.issue"
	replyOrder access.Action = "order.reply"
	signOrder  access.Action = "order.sign"
	forward    access.Action = "order.forward"
	urge       access.Action = "order.urge"
	setRules   access.Action = "config.rules"
)

// The records that entries of the log are about.
const (
	OrderKind    = "orders"
	SettingsKind = "supervision_settings"
)

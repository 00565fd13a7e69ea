package reporting

import (
	"context"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/evidence"
	"luoshi/internal/service/message"
	"luoshi/internal/service/reporting/migrations"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
)

// Room is the tables of reporting. It stands behind those of planning and of workflows.
func Room() store.Room {
	return store.Room{
		Name: "reporting", Files: migrations.Files, Blobs: store.BlobsIn("evidence.digest", "evidence.preview", "corrections.document"),
	}
}

// Options are what New may be told. The zero Options are good for a server without a virus scanner.
type Options struct {
	// Workdays are the working days by which rounds and terms run; those that come with the program where it is nil.
	Workdays func() *calendar.Workdays
	// Scan looks at evidence; nobody does where it is nil.
	Scan evidence.Scan
	// MaxBytes bounds a file of evidence; evidence.MaxBytes where it is 0.
	MaxBytes int64
	// Tell brings reminders before the people of units, in the transaction of the reminder. Nobody is told where it is nil;
	// who was reminded is written down all the same.
	Tell func(ctx context.Context, w *service.Work, notices ...message.Notice) error
}

// Service is the use cases of reporting. It is safe for concurrent use.
type Service struct {
	core       *service.Core
	files      evidence.Taker
	options    Options
	cases      *workflow.Keeper
	submission *flow.Definition
	correction *flow.Definition
	known      cache
}

// New makes the use cases of a core.
func New(core *service.Core, blobs blob.Store, options Options) *Service {
	if options.Workdays == nil {
		options.Workdays = calendar.ChineseWorkdays
	}
	return &Service{
		core: core, files: evidence.Taker{Blobs: blobs, Scan: options.Scan, MaxBytes: options.MaxBytes}, options: options, cases: workflow.New(core, options.Workdays, stepLines),
		submission: workflow.Shipped("submission"), correction: workflow.Shipped("correction"),
	}
}

// TickKind is the kind of task that opens, reminds, closes and locks by the date, see Service.Tick. The job that does
// it may do TickMay.
const TickKind = "reporting.tick"

// TickMay are the actions of the job.
var TickMay = []access.Action{openRound, closeRound, remind, lockSubmission}

// The actions that are asked about here, by their names in the table of rights.
const (
	readRound         access.Action = "period.read"
	openRound         access.Action = "period.open"
	closeRound        access.Action = "period.close"
	remind            access.Action = "period.remind"
	setUp             access.Action = "period.edit"
	readObservation   access.Action = "observation.read"
	fillObservation   access.Action = "observation.fill"
	importObservation access.Action = "observation.import"
	attachEvidence    access.Action = "observation.attach"
	amendObservation  access.Action = "observation.amend"
	decideCorrection  access.Action = "observation.decide"
	readSubmission    access.Action = "submission.read"
	confirmSubmission access.Action = "submission.confirm"
	lockSubmission    access.Action = "submission.lock"
	grantDelivery     access.Action = "observation.grant"
)

// FillActions are what people do to forms that are not sent in: whatever they put there is no figure yet.
var FillActions = []string{string(fillObservation), string(importObservation), string(attachEvidence)}

// The records that entries of the log are about.
const (
	SettingsKind   = "report_settings"
	RoundKind      = "rounds"
	SubmissionKind = "submissions"
	CorrectionKind = "corrections"
	GrantKind      = "delivery_grants"
)

// Package publication decides what of a plan is public, and tells the public: nothing unless the office has said so, and
// then only what is locked. What is told is an edition, a set of records that never changes; when the ledger has moved
// on, another edition follows. The log keeps the root of each, so that anyone can check that he is told what everybody is
// told. Citizens may follow a promise by e-mail and say what they see of it.
package publication

import (
	"context"
	"crypto/rand"
	"database/sql"
	_ "embed" // faults
	"errors"
	"io"

	"luoshi/internal/access"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/message"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/service/publication/migrations"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/supervision"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/ledger"
	rules "luoshi/ledger/supervision"
)

// Room is the tables of what is public. It leans on no room but the ledger's own.
func Room() store.Room { return store.Room{Name: "publication", Files: migrations.Files} }

// Orders take up what citizens say.
type Orders interface {
	Draft(ctx context.Context, o rules.Order) (supervision.Drafted, error)
}

// Mail sends letters to people without an account.
type Mail interface {
	// Mails tells whether any letter can be sent.
	Mails() bool
	// Write sends a letter; the error says why it was not taken.
	Write(ctx context.Context, letter message.Mailing) error
}

// Options are what New may be told.
type Options struct {
	// Key checks the heads of the log.
	Key *signing.PublicKey
	// Sign signs a head of the log, so that a new edition is covered at once; it waits for the next head where it is nil.
	Sign func(ctx context.Context) error
	// Files are the documents that plans were read from; none can be downloaded where it is nil.
	Files blob.Store
	// Items are the livelihood items of plans; nothing is told of pictures and satisfaction where it is nil.
	Items Items
	// Orders take up what citizens say; it leads to no order where it is nil.
	Orders Orders
	// Mail sends letters; nobody can follow a promise where it is nil.
	Mail Mail
	// Tell brings notices before people; nobody is told of feedback where it is nil.
	Tell func(ctx context.Context, w *service.Work, notices ...message.Notice) error
	// Origin is the address of the server, with which links in letters begin.
	Origin string
	// Random is where secrets come from; crypto/rand where it is nil.
	Random io.Reader
}

// Service is the use cases of what is public. It is safe for concurrent use.
type Service struct {
	core      *service.Core
	progress  *progress.Service
	reporting *reporting.Service
	options   Options
}

// New makes the use cases of a core, on the lights of progress and the corrections of reporting. From then on, whatever
// changes what is public asks for another edition.
func New(core *service.Core, lights *progress.Service, figures *reporting.Service, options Options) *Service {
	if options.Random == nil {
		options.Random = rand.Reader
	}
	s := &Service{core: core, progress: lights, reporting: figures, options: options}
	core.Observe(s.observe)
	return s
}

// The records that entries of the log are about.
const (
	// Kind is what of a plan is public, under the plan's identifier.
	Kind = "publications"
	// EditionKind is an edition, under the plan's identifier and its number.
	EditionKind  = disclosed.EditionKind
	FollowKind   = "publication_follows"
	FeedbackKind = "publication_feedback"
)

// The actions that are asked about here, by their names in the table of rights.
const (
	readPlan access.Action = "plan.read"
	disclose access.Action = "plan.disclose"
	choose   access.Action = "commitment.public"
	follow   access.Action = "feedback.follow"
	send     access.Action = "feedback.send"
	moderate access.Action = "feedback.moderate"
)

// reader is the part of the program that reads what is made public.
var reader = service.Caller{System: "publication", May: []access.Action{
	readPlan, "commitment.read", "indicator.read", "project.read", "light.read", "observation.read", "amendment.read", "livelihood.read", disclose,
}}

//go:embed faults.txt
var faultLines string

var faults = service.ParseFaults(faultLines)

func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }

func ofPlan(p ledger.Plan, public bool) service.Owned {
	return service.Owned{Lead: p.Government, Published: public}
}

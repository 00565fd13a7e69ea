// Package notify tells other programs what happens in the ledger: whoever is subscribed to a kind of change gets a
// CloudEvent for each, signed in the way of Standard Webhooks, and again and again until it is taken.
//
// An event names what was done to which record and holds nothing of the record itself: who may read it asks the API
// for it. So a subscription, which the administrator makes, opens nothing that the administrator may not read.
package notify

import (
	"crypto/rand"
	"embed"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"

	"luoshi/internal/access"
	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/service/outward"
	"luoshi/internal/store"
)

// The rights that this package asks for.
const (
	edit access.Action = "webhook.edit"
	read access.Action = "webhook.read"
)

// Kind is what the log calls subscriptions.
const Kind = "webhooks"

// DeliverTask is the kind of work that Deliver does, TidyTask that of Tidy.
const (
	DeliverTask = "notify.deliver"
	TidyTask    = "notify.tidy"
)

// Options are what New may be told.
type Options struct {
	// Origin names this server in events: https://luoshi.wangxi.gov.cn. It begins their source.
	Origin string
	// Inside are the addresses within one's own network that may be sent to. Others there are refused, so that
	// nobody reaches with a subscription what only the server reaches.
	Inside []netip.Prefix
	// Random is where secrets come from; crypto/rand where it is nil.
	Random io.Reader
	// Logger hears of attempts that failed; slog.Default() where it is nil.
	Logger *slog.Logger
}

// Service is the use cases of webhooks.
type Service struct {
	*service.Core
	options Options
	client  *http.Client
}

// New makes the use cases of a core, and lets them hear of every change.
func New(core *service.Core, options Options) *Service {
	if options.Random == nil {
		options.Random = rand.Reader
	}
	if options.Logger == nil {
		options.Logger = slog.Default()
	}
	s := &Service{Core: core, options: options, client: outward.Client(options.Inside)}
	core.Observe(s.observe)
	return s
}

//go:embed migrations/*.sql
var migrations embed.FS

// Room is the tables of webhooks.
func Room() store.Room {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return store.Room{Name: "notify", Files: files}
}

// Caller is for whom the package's work in the background is done.
func Caller() service.Caller {
	return service.Caller{System: "job: notify", May: []access.Action{edit}}
}

// silent are the changes that are told to nobody: the ones of this package, which would tell of themselves.
func silent(c audit.Change) bool { return c.Object.Kind == Kind }

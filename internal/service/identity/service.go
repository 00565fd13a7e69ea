package identity

import (
	"crypto/rand"
	"embed"
	"io"
	"io/fs"
	"log/slog"
	"runtime"

	"luoshi/internal/access/credential"
	"luoshi/internal/service"
	"luoshi/internal/store"
)

//go:embed migrations/shared/*.sql
var migrations embed.FS

// Room is the tables of identity.
func Room() store.Room {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return store.Room{Name: "identity", Files: files}
}

// Options are what the service may be told. The zero Options are good for a server.
type Options struct {
	// Random is the source of secrets; that of the machine where it is nil.
	Random io.Reader
	// Cost is what a password's hash costs; credential.DefaultCost where it is zero.
	Cost credential.Cost
	// Terms say when sessions end; credential.DefaultSessionTerms where they are zero.
	Terms credential.SessionTerms
	// Issuer names the system in apps for one-time codes; 落实 where it is empty.
	Issuer string
	// OIDC is the identity provider of the district; nil where it has none.
	OIDC *OIDC
	// Logger hears of sign-ins and tokens that are refused; slog.Default() where it is nil.
	Logger *slog.Logger
}

func (o Options) filled() Options {
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Cost == (credential.Cost{}) {
		o.Cost = credential.DefaultCost
	}
	if o.Terms == (credential.SessionTerms{}) {
		o.Terms = credential.DefaultSessionTerms
	}
	if o.Issuer == "" {
		o.Issuer = "落实"
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return o
}

// Service is the use cases of identity. It is safe for concurrent use.
type Service struct {
	core     *service.Core
	options  Options
	hasher   *credential.Hasher
	standing standings
	failures budget
	provider provider
}

// New makes the service of a core whose store has the tables of Room.
func New(core *service.Core, options Options) *Service {
	options = options.filled()
	return &Service{
		core: core, options: options, hasher: credential.NewHasher(options.Cost, runtime.NumCPU()),
		standing: standings{known: map[accountID]known{}}, provider: newProvider(options.OIDC, core.Store().Now),
	}
}

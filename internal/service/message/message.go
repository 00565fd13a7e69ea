package message

import (
	"context"
	"crypto/rand"
	"embed"
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/outward"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// The rights that this package asks for.
const (
	own      access.Action = "self.messages"
	readSent access.Action = "message.read"
	channels access.Action = "message.channel"
)

// People are asked who holds posts, so that a notice to a unit finds somebody.
type People interface {
	// Holding are those who hold one of the posts today, or stand in for who does. A post without a role is any of
	// its unit.
	Holding(ctx context.Context, posts ...access.Post) ([]identity.Holder, error)
	// Working tells whether an account may still sign in.
	Working(ctx context.Context, account ledger.AccountID) (bool, error)
}

// Options are what New may be told. The zero Options are good for a server that sends no e-mail.
type Options struct {
	// Origin is the address of the server, which links in messages begin with: https://luoshi.wangxi.gov.cn.
	Origin string
	// Mail is the mail server; nobody gets e-mail where its address is empty.
	Mail MailServer
	// Inside are the addresses within one's own network that robots may be reached at.
	Inside []netip.Prefix
	// Workdays are the days on which digests go out; those that come with the program where it is nil.
	Workdays func() *calendar.Workdays
	// Random is where keys come from; crypto/rand where it is nil.
	Random io.Reader
	// Logger hears of attempts that failed; slog.Default() where it is nil.
	Logger *slog.Logger
}

func (o Options) filled() Options {
	if o.Workdays == nil {
		o.Workdays = calendar.ChineseWorkdays
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return o
}

// Service is the use cases of messages. It is safe for concurrent use.
type Service struct {
	core    *service.Core
	people  People
	options Options
	web     *http.Client
}

// New makes the use cases of a core whose store has the tables of Room.
func New(core *service.Core, people People, options Options) *Service {
	return &Service{core: core, people: people, options: options.filled(), web: outward.Client(options.Inside)}
}

//go:embed migrations/shared/*.sql
var migrations embed.FS

// Room is the tables of messages. It leans on no other room.
func Room() store.Room {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return store.Room{Name: "message", Files: files}
}

// account is for whom the context runs, who must have signed in.
func (s *Service) account(ctx context.Context) (ledger.AccountID, error) {
	if err := s.core.CheckOwn(ctx, own); err != nil {
		return "", err
	}
	return service.CallerOf(ctx).Account(), nil
}

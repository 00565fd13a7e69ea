package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/api"
	"luoshi/internal/audit"
	auditmigrations "luoshi/internal/audit/migrations"
	"luoshi/internal/audit/signing"
	"luoshi/internal/config"
	"luoshi/internal/job"
	"luoshi/internal/service"
	"luoshi/internal/service/accounting"
	"luoshi/internal/service/assessment"
	"luoshi/internal/service/atlas"
	"luoshi/internal/service/bulletin"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/message"
	"luoshi/internal/service/notify"
	"luoshi/internal/service/operations"
	"luoshi/internal/service/peers"
	"luoshi/internal/service/planning"
	lights "luoshi/internal/service/progress"
	"luoshi/internal/service/publication"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/supervision"
	"luoshi/internal/service/transfer"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/web/operations/watch"
	"luoshi/ledger"
)

// server is an open server: everything that its settings name, without anything running yet. The commands that
// keep a server work on the same.
type server struct {
	config  *config.Config
	logger  *slog.Logger
	store   *store.Store
	blobs   blob.Store
	key     *signing.Key
	queue   *job.Queue
	core    *service.Core
	metrics *watch.Metrics
	health  *watch.Health

	services
	closers []func() error
	now     func() time.Time // nil where the real time counts
}

// services are the use cases.
type services struct {
	identity   *identity.Service
	intake     *intake.Service
	catalogue  *catalogue.Service
	planning   *planning.Service
	reporting  *reporting.Service
	progress   *lights.Service
	orders     *supervision.Service
	assessment *assessment.Service
	bulletins  *bulletin.Service
	atlas      *atlas.Service
	peers      *peers.Service
	livelihood *livelihood.Service
	papers     *accounting.Service
	public     *publication.Service
	operations *operations.Service
	notify     *notify.Service
	message    *message.Service
	transfer   *transfer.Service
	programs   *api.API
}

// rooms are the tables of a server, in the order in which they may lean on each other.
func rooms() []store.Room {
	return []store.Room{
		{Name: "audit", Files: auditmigrations.Files},
		identity.Room(), intake.Room(), catalogue.Room(), planning.Room(), workflow.Room(), reporting.Room(), lights.Room(),
		supervision.Room(), assessment.Room(), atlas.Room(), peers.Room(), bulletin.Room(), livelihood.Room(), accounting.Room(), publication.Room(), operations.Room(), notify.Room(), message.Room(), api.Room(), job.Room(),
	}
}

// openServer opens the server of some settings. Whoever opens it closes it.
func openServer(ctx context.Context, cfg *config.Config, logger *slog.Logger) (*server, error) {
	return openServerBy(ctx, cfg, logger, nil)
}

// openServerBy opens a server whose ledger goes by a clock of its own.
func openServerBy(ctx context.Context, cfg *config.Config, logger *slog.Logger, now func() time.Time) (_ *server, err error) {
	s := &server{config: cfg, logger: logger, now: now}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if err := s.openStorage(ctx); err != nil {
		return nil, err
	}
	log, err := s.openLog(ctx)
	if err != nil {
		return nil, err
	}
	s.metrics = watch.New(func(err error) { logger.Error("metrics", "error", err) }, s.gauges)
	s.queue, err = job.Open(s.store, job.Options{
		Server: serverName(cfg), Workers: cfg.Jobs(), Log: logger, Observe: s.metrics.Job,
	})
	if err != nil {
		return nil, err
	}
	s.core = service.New(service.Parts{Store: s.store, Log: log, Queue: s.queue, Logger: logger})
	s.makeServices()
	if s.programs, err = s.makeAPI(); err != nil {
		return nil, err
	}
	s.health = watch.NewHealth(func(part string, err error) { logger.Error("not ready", "part", part, "error", err) },
		watch.Check{Name: "database", Look: s.store.Ping}, watch.Check{Name: "files", Look: s.lookAtFiles})
	return s, nil
}

// serverName tells servers apart that share a database, now and after they are started again.
func serverName(cfg *config.Config) string {
	host, err := os.Hostname()
	if err != nil {
		host = "server"
	}
	return host + " " + cfg.Listen()
}

// close closes what was opened, the last first.
func (s *server) close() error {
	var err error
	for i := len(s.closers) - 1; i >= 0; i-- {
		err = errors.Join(err, s.closers[i]())
	}
	s.closers = nil
	return err
}

// openStorage opens database and files.
func (s *server) openStorage(ctx context.Context) error {
	if err := os.MkdirAll(s.config.Data(), ownersOnly); err != nil {
		return fmt.Errorf("the data folder: %w", err)
	}
	var err error
	if s.store, err = openStore(ctx, s.config, s.logger, s.now); err != nil {
		return err
	}
	s.closers = append(s.closers, s.store.Close)
	return s.openFiles()
}

// ownersOnly is the mode of folders that hold what is not everybody's.
const ownersOnly = 0o700

func openStore(ctx context.Context, cfg *config.Config, logger *slog.Logger, now func() time.Time) (*store.Store, error) {
	return store.Open(ctx, cfg.Database(), store.Options{Rooms: rooms(), Log: logger, Now: now})
}

// openFiles opens the folder or the bucket of attachments. Their digest is that by which documents are known.
func (s *server) openFiles() error {
	if b, used := s.config.Bucket(); used {
		bucket, err := blob.NewBucket(blob.BucketOptions{
			URL: b.URL, Region: b.Region, Key: b.Key, Secret: b.Secret.Reveal(), Digest: sha256.New,
		})
		s.blobs = bucket
		return err
	}
	folder, err := blob.NewFolder(s.config.Blobs(), sha256.New)
	if err != nil {
		return err
	}
	s.closers = append(s.closers, folder.Close)
	s.blobs = folder
	return nil
}

// lookAtFiles asks for a file that is not there: whoever can say so can be reached.
func (s *server) lookAtFiles(ctx context.Context) error {
	_, err := s.blobs.Has(ctx, ledger.Digest(fmt.Sprintf("%064x", 0)))
	return err
}

// openLog opens the audit log with its key. The first start makes both; a database with a log whose key is gone is
// left alone, because a new key could not continue what the old one has signed.
func (s *server) openLog(ctx context.Context) (*audit.Log, error) {
	suite, err := signing.ParseSuite(s.config.Suite())
	if err != nil {
		return nil, err
	}
	if err := s.keyIsThere(ctx); err != nil {
		return nil, err
	}
	s.key, err = signing.LoadOrGenerate(s.config.KeyFile(), suite, s.config.Host()+"/audit")
	if err != nil {
		return nil, fmt.Errorf("the key of the audit log, %s: %w", s.config.KeyFile(), err)
	}
	if err := s.publishKey(); err != nil {
		return nil, err
	}
	if s.key.Public().Suite() != suite {
		return nil, commandError("server.other_suite", s.config.KeyFile(), s.key.Public().Suite(), suite)
	}
	var log *audit.Log
	err = s.store.Within(ctx, func(ctx context.Context, tx bun.Tx) (err error) {
		log, err = audit.Open(ctx, tx, s.key.Public().Origin(), suite, s.store.Now)
		return err
	})
	if err == nil {
		err = s.keyFits(ctx)
	}
	if errors.Is(err, audit.ErrOtherLog) {
		return nil, commandError("server.other_log", s.config.KeyFile())
	}
	return log, err
}

// keyFits makes sure that the last head was signed with the key.
func (s *server) keyFits(ctx context.Context) error {
	head, err := audit.LastHead(ctx, s.store.View(ctx))
	if errors.Is(err, audit.ErrNoHead) {
		return nil
	}
	if err == nil {
		if _, unsigned := s.keyring().Open(head); unsigned != nil {
			return audit.ErrOtherLog
		}
	}
	return err
}

func (s *server) keyIsThere(ctx context.Context) error {
	if _, err := os.Stat(s.config.KeyFile()); !errors.Is(err, fs.ErrNotExist) {
		return nil // whether it is any good its reader says
	}
	begun, err := s.store.View(ctx).NewSelect().Table("audit_log").Exists(ctx)
	if err != nil {
		return fmt.Errorf("looking for the audit log: %w", err)
	}
	if begun {
		return commandError("server.no_key", s.config.KeyFile())
	}
	return nil
}

// publishKey writes the public key beside the secret one, for whoever is to check the log elsewhere.
func (s *server) publishKey() error {
	path := s.config.PublicKeyFile()
	text := s.key.Public().String() + "\n"
	if old, err := os.ReadFile(path); err == nil && string(old) == text {
		return nil
	}
	if err := os.WriteFile(path, []byte(text), readableByAll); err != nil {
		return fmt.Errorf("the public key of the audit log: %w", err)
	}
	return nil
}

// keyring are the keys that heads of the log may be signed with.
func (s *server) keyring() signing.Keyring { return signing.Keyring{s.key.Public()} }

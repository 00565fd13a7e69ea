package operations

import (
	"embed"
	"io/fs"
	"sync"
	"time"

	"luoshi/internal/access"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/operations/archive"
	"luoshi/internal/store"
	"luoshi/ledger"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Room is the table of verifications.
func Room() store.Room {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic("operations: " + err.Error()) // the folder is in the program
	}
	return store.Room{Name: "operations", Files: files}
}

// Parts are what a Service works with beside the core.
type Parts struct {
	Jobs Jobs
	// Key signs the heads of the log.
	Key *signing.Key
	// Archive is the server as it is archived, into files in the folder Backups.
	Archive archive.Source
	Backups string
	// Keep is how many of the daily backups are kept.
	Keep int
	// Settings are the settings of the server, without secrets.
	Settings []Setting
	Program  string // its version
}

// Setting is a setting of the server, as it may be shown.
type Setting struct {
	Group, Words, Origin ledger.Wording
	Name, Value          string
}

// Service is the use cases of operation. It is safe for concurrent use.
type Service struct {
	core  *service.Core
	parts Parts
	jobs  Jobs
	// writing lets one backup at a time be written by this server.
	writing sync.Mutex
	actions actionsSeen // by whoever read the log here
}

// New makes a Service.
func New(core *service.Core, parts Parts) *Service {
	return &Service{core: core, parts: parts, jobs: parts.Jobs}
}

// keyring are the keys that heads of the log may be signed with.
func (s *Service) keyring() signing.Keyring { return signing.Keyring{s.parts.Key.Public()} }

// The kinds of work in the background.
const (
	VerifyKind = "audit.verify"
	BackupKind = "backup.run"
	DailyKind  = "backup.daily"
)

// VerifyMay and BackupMay are what that work may do.
var (
	VerifyMay = []access.Action{"audit.verify"}
	BackupMay = []access.Action{"backup.run"}
)

func stamp(t time.Time) string { return t.UTC().Format(store.TimeForm) }

func stamped(text string) time.Time {
	t, err := time.Parse(store.TimeForm, text)
	if err != nil {
		return time.Time{}
	}
	return t
}

package operations

import (
	"context"
	"maps"
	"slices"
	"time"

	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/store"
)

// Status is how the server is, for the administrator.
type Status struct {
	Program string
	Dialect store.Dialect
	Rooms   []RoomVersion
	// Entries is the size of the audit log; Head its last signed head, nil where none was signed.
	Entries int64
	Head    *SignedHead
	Jobs    map[JobState]int64
	// LastBackup is the newest backup; nil where there is none.
	LastBackup *Backup
	Now        time.Time
}

// RoomVersion is the version of a room's tables.
type RoomVersion struct {
	Name    string
	Version int64
}

// Status is how the server is.
func (s *Service) Status(ctx context.Context) (Status, error) {
	if err := s.core.Check(ctx, "config.read", service.Owned{}); err != nil {
		return Status{}, err
	}
	records := s.core.Store()
	status := Status{Program: s.parts.Program, Dialect: records.Dialect(), Now: records.Now()}
	rooms := records.Rooms()
	for _, name := range slices.Sorted(maps.Keys(rooms)) {
		status.Rooms = append(status.Rooms, RoomVersion{name, rooms[name]})
	}
	var err error
	if status.Entries, err = audit.Size(ctx, records.View(ctx)); err != nil {
		return Status{}, err
	}
	if status.Head, err = s.lastHead(ctx); err != nil {
		return Status{}, err
	}
	if status.Jobs, err = s.jobs.Counts(ctx); err != nil {
		return Status{}, err
	}
	backups, err := s.backups()
	if err != nil {
		return Status{}, err
	}
	if len(backups) > 0 {
		status.LastBackup = &backups[0]
	}
	return status, nil
}

// Settings are the settings of the server, as they may be shown.
func (s *Service) Settings(ctx context.Context) ([]Setting, error) {
	if err := s.core.Check(ctx, "config.read", service.Owned{}); err != nil {
		return nil, err
	}
	return s.parts.Settings, nil
}

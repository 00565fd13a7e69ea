package operations

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/operations/archive"
	"luoshi/internal/store"
)

// Backup is an archive in the folder of backups.
type Backup struct {
	Name  string
	Made  time.Time
	Size  int64
	Daily bool // made by itself
}

// Names of archives: luoshi-20260301-020000.zip, and luoshi-daily-… of those that are made by themselves.
var archiveName = regexp.MustCompile(`^luoshi-(daily-)?(\d{8}-\d{6})\.zip$`)

const (
	nameForm   = "20060102-150405"
	unfinished = ".part"
	ownersOnly = 0o700
)

// Backups are the archives in the folder of backups, the newest first.
func (s *Service) Backups(ctx context.Context) ([]Backup, error) {
	if err := s.core.Check(ctx, "backup.read", service.Owned{}); err != nil {
		return nil, err
	}
	return s.backups()
}

func (s *Service) backups() ([]Backup, error) {
	entries, err := os.ReadDir(s.parts.Backups)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("operations: list backups: %w", err)
	}
	var found []Backup
	for _, entry := range entries {
		parts := archiveName.FindStringSubmatch(entry.Name())
		info, err := entry.Info()
		if parts == nil || err != nil {
			continue
		}
		made, err := time.Parse(nameForm, parts[2])
		if err == nil {
			found = append(found, Backup{Name: entry.Name(), Made: made, Size: info.Size(), Daily: parts[1] != ""})
		}
	}
	slices.SortFunc(found, func(a, b Backup) int { return b.Made.Compare(a.Made) })
	return found, nil
}

// AskBackup lets a backup be made in the background.
func (s *Service) AskBackup(ctx context.Context) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.Allow("backup.run", access.Object{}); err != nil {
			return err
		}
		w.Record("backup.run", "backups", "asked", nil, nil, map[string]string{"asked": "yes"})
		return w.Enqueue(ctx, service.Task{Kind: BackupKind})
	})
}

// RunBackup makes a backup that was asked for. It is work for a job.
func (s *Service) RunBackup(ctx context.Context, _ json.RawMessage) error {
	return s.backUp(ctx, "")
}

// RunDaily makes the backup of the day and removes those that are more than are kept. It is work for a job.
func (s *Service) RunDaily(ctx context.Context, _ json.RawMessage) error {
	if err := s.backUp(ctx, "daily-"); err != nil {
		return err
	}
	all, err := s.backups()
	if err != nil {
		return err
	}
	daily := slices.DeleteFunc(all, func(b Backup) bool { return !b.Daily })
	for _, b := range daily[min(s.parts.Keep, len(daily)):] {
		if err := os.Remove(filepath.Join(s.parts.Backups, b.Name)); err != nil {
			return fmt.Errorf("operations: remove an old backup: %w", err)
		}
	}
	return nil
}

// backUp writes an archive into the folder of backups. It appears under its name when it was read back and found
// whole.
func (s *Service) backUp(ctx context.Context, mark string) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := os.MkdirAll(s.parts.Backups, ownersOnly); err != nil {
		return fmt.Errorf("operations: the folder of backups: %w", err)
	}
	if err := s.sweep(); err != nil {
		return err
	}
	name := "luoshi-" + mark + s.core.Store().Now().Format(nameForm) + ".zip"
	_, err := s.BackUpTo(ctx, filepath.Join(s.parts.Backups, name))
	return err
}

// sweep removes what an interrupted backup has left.
func (s *Service) sweep() error {
	left, err := filepath.Glob(filepath.Join(s.parts.Backups, "*"+unfinished))
	if err != nil {
		return err
	}
	for _, path := range left {
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("operations: remove an unfinished backup: %w", err)
		}
	}
	return nil
}

// BackUpTo makes a backup in a file that does not exist yet, and reads it back before it gets its name. The log keeps
// that it was made.
func (s *Service) BackUpTo(ctx context.Context, path string) (archive.Manifest, error) {
	if err := s.core.Check(ctx, "backup.run", service.Owned{}); err != nil {
		return archive.Manifest{}, err
	}
	if _, err := os.Lstat(path); err == nil {
		return archive.Manifest{}, &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
	}
	if err := s.SignHead(ctx); err != nil {
		return archive.Manifest{}, err
	}
	manifest, err := s.writeArchive(ctx, path)
	if err != nil {
		return archive.Manifest{}, err
	}
	return manifest, s.core.Change(ctx, func(_ context.Context, w *service.Work) error {
		if err := w.Allow("backup.run", access.Object{}); err != nil {
			return err
		}
		w.Record("backup.run", "backups", filepath.Base(path), nil, nil, map[string]int64{"entries": manifest.Entries, "files": int64(manifest.Files)})
		return nil
	})
}

func (s *Service) writeArchive(ctx context.Context, path string) (manifest archive.Manifest, err error) {
	draft := path + unfinished
	// The archive holds secrets: nobody but its owner may read it.
	file, err := os.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return manifest, fmt.Errorf("operations: begin a backup: %w", err)
	}
	manifest, err = archive.Write(ctx, file, s.parts.Archive)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err == nil {
		err = check(draft)
	}
	if err == nil {
		err = os.Rename(draft, path)
	}
	if err != nil {
		return manifest, errors.Join(err, os.Remove(draft))
	}
	return manifest, nil
}

// check reads an archive back.
func check(path string) error {
	a, err := archive.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(a.Check(), a.Close())
}

// Download hands out a backup without the key that signs the log. That somebody took it is in the log before the
// first byte goes out.
func (s *Service) Download(ctx context.Context, name string, w func() io.Writer) error {
	err := s.core.Change(ctx, func(_ context.Context, work *service.Work) error {
		if err := work.Allow("backup.download", access.Object{}); err != nil {
			return err
		}
		if err := s.known(name); err != nil {
			return err
		}
		work.Record("backup.download", "backups", name, nil, nil, map[string]string{"name": name})
		return nil
	})
	if err != nil {
		return err
	}
	a, err := archive.Open(filepath.Join(s.parts.Backups, name))
	if err != nil {
		return err
	}
	return errors.Join(a.WriteWithoutKey(ctx, w()), a.Close())
}

// known tells whether a backup of this name is in the folder: names come with requests.
func (s *Service) known(name string) error {
	if !archiveName.MatchString(name) || strings.ContainsAny(name, `/\`) {
		return &store.NotFound{Kind: "backups", ID: name}
	}
	if _, err := os.Stat(filepath.Join(s.parts.Backups, name)); err != nil {
		return &store.NotFound{Kind: "backups", ID: name}
	}
	return nil
}

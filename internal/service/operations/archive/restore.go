package archive

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
	"luoshi/internal/store"
	"luoshi/internal/store/backup"
	"luoshi/internal/store/blob"
	"luoshi/ledger"
)

// Target is what an archive is restored into: a database without rows, of either kind; files; and the place of the
// key.
type Target struct {
	Store   *store.Store
	Blobs   blob.Store
	KeyFile string
}

// Restore makes a server of an archive that was checked: first the files and the key, then the ledger, all of it or
// nothing. In the end the audit log is verified, and the report must say that it is the one that was archived.
func (a *Archive) Restore(ctx context.Context, into Target) (*audit.Report, error) {
	keys, err := a.Public()
	if err != nil {
		return nil, err
	}
	if err := a.restoreKey(into.KeyFile, keys); err != nil {
		return nil, err
	}
	for _, part := range a.Manifest.Parts {
		if digest, ok := strings.CutPrefix(part.Name, filesFolder); ok {
			if err := a.restoreFile(ctx, into.Blobs, part.Name, ledger.Digest(digest)); err != nil {
				return nil, err
			}
		}
	}
	rows, err := a.zip.Open(ledgerName)
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	defer rows.Close()
	if err := backup.Restore(ctx, into.Store, rows); err != nil {
		return nil, err
	}
	return a.verify(ctx, into.Store, keys)
}

// restoreKey puts the key in its place. One that is there already must be the same.
func (a *Archive) restoreKey(path string, keys signing.Keyring) error {
	present, err := signing.LoadKey(path)
	switch {
	case err == nil && present.Public().String() != keys[0].String():
		return fault(nil, "archive.other_key", path)
	case err == nil:
		return nil
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("archive: the key at %s: %w", path, err)
	case !a.Manifest.HasKey():
		return fault(nil, "archive.no_key", path)
	}
	text, err := a.text(keyName)
	if err != nil {
		return err
	}
	key, err := signing.ParseKey(strings.TrimSpace(text))
	if err != nil {
		return fmt.Errorf("archive: the key: %w", err)
	}
	return key.Save(path)
}

func (a *Archive) restoreFile(ctx context.Context, blobs blob.Store, name string, digest ledger.Digest) error {
	content, err := a.zip.Open(name)
	if err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	defer content.Close()
	if _, err := blobs.Put(ctx, content, digest); err != nil {
		return fmt.Errorf("archive: restore %s: %w", name, err)
	}
	return nil
}

// verify proves that the restored log is the one that was archived.
func (a *Archive) verify(ctx context.Context, s *store.Store, keys signing.Keyring) (report *audit.Report, err error) {
	var known []string
	if a.Manifest.Head != "" {
		known = append(known, a.Manifest.Head)
	}
	err = s.Snapshot(ctx, func(ctx context.Context, tx bun.Tx) error {
		report, err = audit.Verify(ctx, tx, keys, known...)
		return err
	})
	if err != nil {
		return nil, err
	}
	if report.Entries != a.Manifest.Entries {
		return report, fmt.Errorf("archive: the restored log has %d entries, the archived one had %d", report.Entries, a.Manifest.Entries)
	}
	return report, nil
}

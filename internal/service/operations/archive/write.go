package archive

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
	"luoshi/internal/store"
	"luoshi/internal/store/backup"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/parts"
	"luoshi/ledger"
)

// Source is the server that is archived.
type Source struct {
	Store   *store.Store
	Blobs   blob.Store
	KeyFile string
	// Settings are the settings of the server, without secrets, for whoever sets it up anew.
	Settings string
	Program  string // its version
}

// Write writes an archive. What it has written is worth nothing after an error.
func Write(ctx context.Context, w io.Writer, from Source) (Manifest, error) {
	key, err := signing.LoadKey(from.KeyFile)
	if err != nil {
		return Manifest{}, fmt.Errorf("archive: the key of the audit log: %w", err)
	}
	secret, err := readKey(from.KeyFile)
	if err != nil {
		return Manifest{}, err
	}
	made := from.Store.Now().Truncate(time.Second)
	out := &writer{parts: parts.NewWriter(w, made), manifest: Manifest{
		Format: Format, Version: Version, Program: from.Program, Made: made, Dialect: from.Store.Dialect(),
	}}
	digests, err := out.ledger(ctx, from.Store)
	if err != nil {
		return Manifest{}, err
	}
	for _, digest := range digests {
		if err := out.file(ctx, from.Blobs, ledger.Digest(digest)); err != nil {
			return Manifest{}, err
		}
	}
	for _, part := range []struct{ name, text string }{
		{keyName, secret}, {publicName, key.Public().String() + "\n"}, {settingsName, from.Settings},
	} {
		if err := out.text(part.name, part.text); err != nil {
			return Manifest{}, err
		}
	}
	err = out.close()
	return out.manifest, err
}

type writer struct {
	parts    *parts.Writer
	manifest Manifest
}

// part writes an entry.
func (w *writer) part(name string, method uint16, write func(io.Writer) error) error {
	if err := w.parts.Add(name, method, write); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	return nil
}

func (w *writer) text(name, text string) error {
	return w.part(name, zip.Deflate, func(out io.Writer) error {
		_, err := io.WriteString(out, text)
		return err
	})
}

// ledger writes the ledger of one moment and tells which files it knows.
func (w *writer) ledger(ctx context.Context, s *store.Store) (digests []string, err error) {
	err = s.Snapshot(ctx, func(ctx context.Context, tx bun.Tx) error {
		if err := w.part(ledgerName, zip.Deflate, func(out io.Writer) error { return backup.Write(ctx, s, out) }); err != nil {
			return err
		}
		if w.manifest.Entries, err = audit.Size(ctx, tx); err != nil {
			return err
		}
		if w.manifest.Head, err = audit.LastHead(ctx, tx); err != nil && !errors.Is(err, audit.ErrNoHead) {
			return err
		}
		digests, err = s.Blobs(ctx, tx)
		return err
	})
	return digests, err
}

// file copies a file, which is compared with its digest on the way.
func (w *writer) file(ctx context.Context, blobs blob.Store, digest ledger.Digest) error {
	content, err := blobs.Open(ctx, digest)
	switch {
	case errors.Is(err, blob.ErrAbsent):
		return fault(err, "archive.file_absent", string(digest))
	case err != nil:
		return fmt.Errorf("archive: file %s: %w", digest, err)
	}
	defer content.Close()
	err = w.part(filesFolder+string(digest), zip.Store, func(out io.Writer) error {
		_, err := io.Copy(out, content)
		return err
	})
	if errors.Is(err, blob.ErrDamaged) {
		return fault(err, "archive.file_damaged", string(digest))
	}
	w.manifest.Files++
	return err
}

// close writes the manifest and ends the file.
func (w *writer) close() error {
	w.manifest.Parts = w.parts.Parts()
	if err := w.parts.Close(manifestName, w.manifest); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	return nil
}

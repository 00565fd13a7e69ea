package archive

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
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
	out := &writer{zip: zip.NewWriter(w), manifest: Manifest{
		Format: Format, Version: Version, Program: from.Program, Made: from.Store.Now().Truncate(time.Second), Dialect: from.Store.Dialect(),
	}}
	digests, err := out.ledger(ctx, from.Store)
	if err != nil {
		return Manifest{}, err
	}
	for _, digest := range digests {
		if err := out.file(ctx, from.Blobs, digest); err != nil {
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
	return out.manifest, out.close()
}

type writer struct {
	zip      *zip.Writer
	manifest Manifest
}

// part writes an entry and notes its digest. What is compressed already is stored as it is.
func (w *writer) part(name string, method uint16, write func(io.Writer) error) error {
	entry, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: w.manifest.Made})
	if err != nil {
		return fmt.Errorf("archive: begin %s: %w", name, err)
	}
	sum := sha256.New()
	counted := &counter{w: io.MultiWriter(entry, sum)}
	if err := write(counted); err != nil {
		return fmt.Errorf("archive: write %s: %w", name, err)
	}
	w.manifest.Parts = append(w.manifest.Parts, Part{Name: name, Size: counted.n, SHA256: hex.EncodeToString(sum.Sum(nil))})
	return nil
}

type counter struct {
	w io.Writer
	n int64
}

// Write counts the bytes.
func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

func (w *writer) text(name, text string) error {
	return w.part(name, zip.Deflate, func(out io.Writer) error {
		_, err := io.WriteString(out, text)
		return err
	})
}

// ledger writes the ledger of one moment and tells which files it knows.
func (w *writer) ledger(ctx context.Context, s *store.Store) (digests []ledger.Digest, err error) {
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
		return tx.NewSelect().Table("documents").Column("id").Order("id").Scan(ctx, &digests)
	})
	return digests, err
}

// file copies a file, which is compared with its digest on the way.
func (w *writer) file(ctx context.Context, blobs blob.Store, digest ledger.Digest) error {
	content, err := blobs.Open(ctx, digest)
	switch {
	case errors.Is(err, blob.ErrAbsent):
		return fault("file.absent", err, "附件 "+string(digest)+" 不在附件文件夹或存储桶里\uff0c请先找回它再备份。",
			"The file "+string(digest)+" is not among the files; find it before backing up.")
	case err != nil:
		return fmt.Errorf("archive: file %s: %w", digest, err)
	}
	defer content.Close()
	err = w.part(filesFolder+string(digest), zip.Store, func(out io.Writer) error {
		_, err := io.Copy(out, content)
		return err
	})
	if errors.Is(err, blob.ErrDamaged) {
		return fault("file.damaged", err, "附件 "+string(digest)+" 已经损坏\uff0c请先用以前的备份恢复它。",
			"The file "+string(digest)+" is damaged; mend it from an earlier backup first.")
	}
	w.manifest.Files++
	return err
}

// close writes the manifest as the last entry: an archive that was cut off has none.
func (w *writer) close() error {
	text, err := json.MarshalIndent(w.manifest, "", "  ")
	if err != nil {
		return fmt.Errorf("archive: the manifest: %w", err)
	}
	entry, err := w.zip.CreateHeader(&zip.FileHeader{Name: manifestName, Method: zip.Deflate, Modified: w.manifest.Made})
	if err == nil {
		_, err = entry.Write(text)
	}
	if err = errors.Join(err, w.zip.Close()); err != nil {
		return fmt.Errorf("archive: the manifest: %w", err)
	}
	return nil
}

package transfer

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"luoshi/internal/store/blob"
	"luoshi/ledger"
)

// writer writes a parcel.
type writer struct {
	zip      *zip.Writer
	manifest Manifest
}

func recordsName(k kind, t table) string { return recordsFolder + k.name + "/" + t.name + ".jsonl" }

// part writes an entry and notes its digest.
func (w *writer) part(name string, method uint16, write func(io.Writer) error) error {
	entry, err := w.zip.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: w.manifest.Made})
	if err != nil {
		return fmt.Errorf("transfer: begin %s: %w", name, err)
	}
	sum, size := sha256.New(), counter(0)
	if err := write(io.MultiWriter(entry, sum, &size)); err != nil {
		return fmt.Errorf("transfer: write %s: %w", name, err)
	}
	w.manifest.Parts = append(w.manifest.Parts, Part{Name: name, Size: int64(size), SHA256: hex.EncodeToString(sum.Sum(nil))})
	return nil
}

// counter counts bytes.
type counter int64

// Write counts.
func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// records writes the rows, a file for each table, also where it has none.
func (w *writer) records(found contents, shapes map[string]shape) error {
	for i, k := range kinds {
		for j, t := range k.tables {
			err := w.part(recordsName(k, t), zip.Deflate, func(out io.Writer) error {
				for _, r := range found[i][j] {
					if _, err := out.Write(append(shapes[t.name].line(r), '\n')); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// file copies a document as it came, which is compared with its digest on the way.
func (w *writer) file(ctx context.Context, blobs blob.Store, digest string) error {
	content, err := blobs.Open(ctx, ledger.Digest(digest))
	if errors.Is(err, blob.ErrAbsent) {
		return fault(err, "transfer.file_absent", digest)
	}
	if err != nil {
		return fmt.Errorf("transfer: file %s: %w", digest, err)
	}
	// Documents are packed already, or small.
	err = w.part(filesFolder+digest, zip.Store, func(out io.Writer) error {
		_, err := io.Copy(out, content)
		return err
	})
	return errors.Join(err, content.Close())
}

// close writes the manifest as the last entry: a parcel that was cut off has none.
func (w *writer) close() error {
	text, err := json.MarshalIndent(w.manifest, "", "  ")
	if err != nil {
		return fmt.Errorf("transfer: the manifest: %w", err)
	}
	entry, err := w.zip.CreateHeader(&zip.FileHeader{Name: manifestName, Method: zip.Deflate, Modified: w.manifest.Made})
	if err == nil {
		_, err = entry.Write(append(text, '\n'))
	}
	if err = errors.Join(err, w.zip.Close()); err != nil {
		return fmt.Errorf("transfer: the manifest: %w", err)
	}
	return nil
}

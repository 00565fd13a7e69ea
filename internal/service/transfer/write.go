package transfer

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"

	"luoshi/internal/store/blob"
	"luoshi/internal/store/parts"
	"luoshi/ledger"
)

// writer writes a parcel.
type writer struct {
	parts    *parts.Writer
	manifest Manifest
}

func recordsName(k kind, t table) string { return recordsFolder + k.name + "/" + t.name + ".jsonl" }

// part writes an entry.
func (w *writer) part(name string, method uint16, write func(io.Writer) error) error {
	if err := w.parts.Add(name, method, write); err != nil {
		return fmt.Errorf("transfer: %w", err)
	}
	return nil
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

// close writes the manifest and ends the file.
func (w *writer) close() error {
	w.manifest.Parts = w.parts.Parts()
	if err := w.parts.Close(manifestName, w.manifest); err != nil {
		return fmt.Errorf("transfer: %w", err)
	}
	return nil
}

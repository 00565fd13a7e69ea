package store

import (
	"context"

	"github.com/uptrace/bun"

	"luoshi/ledger"
)

// Document is a file as it came. Its bytes are kept by package blob under the same digest.
type Document struct {
	Digest    ledger.Digest
	Name      string // of the file
	MediaType string
	Size      int64 // of the file, in bytes
	Title     string
	Text      string // canonical; places in it are counted in code points
}

// Documents are the documents by their digests.
type Documents struct {
	Records[Document, documentRow, *documentRow]
}

// Documents gives access to the documents.
func (s *Store) Documents() Documents {
	return Documents{Records[Document, documentRow, *documentRow]{s, &documentShape}}
}

type documentRow struct {
	bun.BaseModel `bun:"table:documents,alias:documents"`
	head
	Name      string `bun:"name"`
	MediaType string `bun:"media_type"`
	Size      int64  `bun:"size"`
	Title     string `bun:"title"`
	Body      string `bun:"body"`
}

var documentShape = shape[Document, documentRow]{
	table: "documents",
	row: func(d Document) documentRow {
		return documentRow{
			head: head{ID: string(d.Digest)}, Name: d.Name, MediaType: d.MediaType, Size: d.Size,
			Title: d.Title, Body: d.Text,
		}
	},
	values: func(_ context.Context, _ bun.IDB, rows []documentRow) ([]Document, error) {
		return mapped(rows, func(_ int, r documentRow) Document {
			return Document{
				Digest: ledger.Digest(r.ID), Name: r.Name, MediaType: r.MediaType, Size: r.Size,
				Title: r.Title, Text: r.Body,
			}
		}), nil
	},
	words: func(d Document) []string { return []string{d.Title, d.Name, d.Text} },
	orders: map[string]order[documentRow]{
		"name":    byColumn("name", func(r *documentRow) any { return r.Name }),
		"created": byColumn("created", func(r *documentRow) any { return r.Created.UTC().Format(TimeForm) }),
	},
}

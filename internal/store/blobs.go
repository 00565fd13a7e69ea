package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"
)

// Blobs tell which files the records of a room name, by their digests; an empty one names none.
type Blobs func(ctx context.Context, tx bun.Tx) ([]string, error)

// BlobsIn are the digests that stand in columns of tables, each as table.column.
func BlobsIn(columns ...string) Blobs {
	return func(ctx context.Context, tx bun.Tx) ([]string, error) {
		var all []string
		for _, place := range columns {
			table, column, _ := strings.Cut(place, ".")
			var some []string
			if err := tx.NewSelect().Distinct().Table(table).Column(column).Scan(ctx, &some); err != nil {
				return nil, fmt.Errorf("store: finding the files of %s: %w", place, err)
			}
			all = append(all, some...)
		}
		return all, nil
	}
}

// Blobs are the digests of all files that a record of any room names, each once and in order: what a copy of the server
// needs besides its database.
func (s *Store) Blobs(ctx context.Context, tx bun.Tx) ([]string, error) {
	var all []string
	for _, room := range s.rooms() {
		if room.Blobs == nil {
			continue
		}
		some, err := room.Blobs(ctx, tx)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	all = slices.DeleteFunc(all, func(digest string) bool { return digest == "" })
	slices.Sort(all)
	return slices.Compact(all), nil
}

// Package migrations holds the table of other governments' figures, in the form of goose. Both databases understand all of it.
package migrations

import "embed"

// Files are the migrations.
//
//go:embed shared/*.sql
var Files embed.FS

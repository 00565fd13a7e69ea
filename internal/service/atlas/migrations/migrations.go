// Package migrations holds the tables of maps, in the form of goose. Both databases understand all of it.
package migrations

import "embed"

// Files are the migrations.
//
//go:embed shared/*.sql
var Files embed.FS

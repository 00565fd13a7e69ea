// Package migrations holds the tables of reports, in the form of goose: what both databases understand in shared, and
// what only one of them does in a folder of its own.
package migrations

import "embed"

// Files are the migrations.
//
//go:embed shared/*.sql sqlite/*.sql postgres/*.sql
var Files embed.FS

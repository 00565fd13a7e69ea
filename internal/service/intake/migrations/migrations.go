// Package migrations holds the tables of intake, in the form of goose.
package migrations

import "embed"

// Files are the migrations, the same for both databases.
//
//go:embed shared/*.sql
var Files embed.FS

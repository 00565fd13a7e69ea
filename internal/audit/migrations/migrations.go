// Package migrations holds the tables of the log, in the form of goose, a folder for each database.
package migrations

import "embed"

// Files are the migrations, in the folders sqlite and postgres.
//
//go:embed sqlite/*.sql postgres/*.sql
var Files embed.FS

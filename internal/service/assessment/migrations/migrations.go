// Package migrations holds the tables of assessments and observation rounds, in the form of goose.
package migrations

import "embed"

// Files are the migrations.
//
//go:embed *.sql
var Files embed.FS

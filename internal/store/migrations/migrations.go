// Package migrations holds the statements that build the store's tables.
//
// Files in shared/ run on both databases; sqlite/ and postgres/ hold what only one of them understands.
// The three are numbered together: 00001 of sqlite/ and 00001 of postgres/ are one step, and a number in
// shared/ is in neither of the others. A file that has been released is never changed.
//
// The types plain_text, decimal_text, civil_date_text and time_text are domains in PostgreSQL, with one
// order of sorting and checks; SQLite takes any type whose name contains TEXT for text. References are
// DEFERRABLE, so that a backup can be read back in any order of its rows.
package migrations

import "embed"

// Files are the migrations.
//
//go:embed shared/*.sql sqlite/*.sql postgres/*.sql
var Files embed.FS

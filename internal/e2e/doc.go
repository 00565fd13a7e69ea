// Package e2e holds the tests of the program as its users have it: the binary, started as a demonstration on SQLite and
// on PostgreSQL, and people of every role at a real browser. It has no code of its own.
//
//	go test ./internal/e2e
//	LUOSHI_SCREENSHOTS=dir go test ./internal/e2e -timeout 60m   # and pictures of every page, to look at
package e2e

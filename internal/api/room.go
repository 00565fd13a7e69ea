package api

import (
	"embed"
	"io/fs"

	"luoshi/internal/store"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Room is the table in which answers are kept for those who ask again.
func Room() store.Room {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	return store.Room{Name: "api", Files: files}
}

package job

import (
	"fmt"
	"io/fs"
	"strings"
	"testing/fstest"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"luoshi/internal/store"
)

// Room is the tables of the queue. The steps are the library's own, handed to the store's migrations, so that
// servers that start at once wait for each other, and a backup knows which version it was made with.
func Room() store.Room {
	files := fstest.MapFS{}
	add(files, store.SQLite, riversqlite.New(nil).GetMigrationFS(riverdriver.MigrationLineMain))
	add(files, store.Postgres, riverdatabasesql.New(nil).GetMigrationFS(riverdriver.MigrationLineMain))
	return store.Room{Name: "job", Files: files}
}

// schemaPlace stands in the steps where the name of a schema could.
const schemaPlace = "/* TEMPLATE: schema */"

// add writes the steps of one database in the form of the store's migrations.
func add(files fstest.MapFS, dialect store.Dialect, steps fs.FS) {
	names, err := fs.Glob(steps, "migration/main/*.up.sql")
	if err != nil || len(names) == 0 {
		panic(fmt.Sprintf("job: the queue has no steps for %s: %v", dialect, err))
	}
	for i, name := range names {
		statements, err := fs.ReadFile(steps, name)
		if err != nil {
			panic("job: " + err.Error())
		}
		files[fmt.Sprintf("%s/%05d_queue.sql", dialect, i+1)] = &fstest.MapFile{
			Data: []byte("-- +goose Up\n-- +goose StatementBegin\n" +
				strings.ReplaceAll(string(statements), schemaPlace, "") + "\n-- +goose StatementEnd\n"),
		}
	}
}

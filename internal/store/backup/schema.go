package backup

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
)

// leftOut are the beginnings of the names of tables that are not the ledger's: SQLite's own, those that
// say how far migrations are, the words to search by, and jobs.
var leftOut = []string{"sqlite_", "schema_", "search_", "river_"}

// isState tells of tables that migrations fill themselves: counters, whose rows a backup replaces.
func isState(table string) bool { return strings.HasSuffix(table, "_state") }

// listing asks a database for its columns, in the order of tables and columns.
var listing = map[store.Dialect]string{
	store.SQLite: `SELECT t.name AS table_name, c.name AS name, c.type AS type FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
		WHERE t.type = 'table' ORDER BY t.name, c.cid`,
	store.Postgres: `SELECT c.table_name, c.column_name AS name, c.data_type AS type FROM information_schema.columns AS c
		JOIN information_schema.tables AS t USING (table_schema, table_name)
		WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
		ORDER BY c.table_name COLLATE "C", c.ordinal_position`,
}

// tables are the tables of the ledger, by name.
func tables(ctx context.Context, db bun.IDB, dialect store.Dialect) ([]Table, error) {
	var columns []struct{ TableName, Name, Type string }
	if err := db.NewRaw(listing[dialect]).Scan(ctx, &columns); err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	var found []Table
	for _, c := range columns {
		if isLeftOut(c.TableName) {
			continue
		}
		kind, known := kindOf(c.Type)
		if !known {
			return nil, fmt.Errorf("%s.%s is of type %s, which a backup cannot hold", c.TableName, c.Name, c.Type)
		}
		if len(found) == 0 || found[len(found)-1].Name != c.TableName {
			found = append(found, Table{Name: c.TableName})
		}
		last := &found[len(found)-1]
		last.Columns = append(last.Columns, Column{Name: c.Name, Kind: kind})
	}
	return found, nil
}

func isLeftOut(table string) bool {
	for _, beginning := range leftOut {
		if strings.HasPrefix(table, beginning) {
			return true
		}
	}
	return false
}

// kinds are the kinds of columns by a part of the names that the databases have for them.
var kinds = []struct {
	part string
	kind Kind
}{
	{"text", Text}, {"char", Text}, {"json", Text},
	{"bool", Boolean},
	{"int", Integer},
	{"blob", Bytes}, {"bytea", Bytes},
	{"time", Time},
}

func kindOf(columnType string) (Kind, bool) {
	for _, k := range kinds {
		if strings.Contains(strings.ToLower(columnType), k.part) {
			return k.kind, true
		}
	}
	return "", false
}

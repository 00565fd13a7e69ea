package transfer

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/store/backup"
)

// comparison holds a parcel against a database.
type comparison struct {
	report Report
	fresh  []map[string]bool // the records that are not there, by kind
}

// compare tells which records are not there, which are the same and which are others.
func compare(ctx context.Context, db bun.IDB, shapes map[string]shape, brought contents) (comparison, error) {
	c := comparison{fresh: make([]map[string]bool, len(kinds))}
	for i, k := range kinds {
		ids := brought.ids(i, shapes)
		there := make(rows, len(k.tables))
		for j, t := range k.tables {
			var err error
			if there[j], err = load(ctx, db, t, shapes[t.name], ids); err != nil {
				return c, err
			}
		}
		present := noContents()
		present[i] = there
		known := map[string]bool{}
		for _, id := range present.ids(i, shapes) {
			known[id] = true
		}
		c.fresh[i] = map[string]bool{}
		count := Count{Kind: k.words}
		for _, id := range ids {
			if !known[id] {
				c.fresh[i][id] = true
				count.New++
			}
		}
		differences := c.differences(k, shapes, brought[i], there, known)
		count.Same = len(ids) - count.New - len(differences)
		c.report.Counts = append(c.report.Counts, count)
		c.report.Differences = append(c.report.Differences, differences...)
	}
	return c, nil
}

// differences are the records that are there and are others, each with the first table in which it is.
func (c *comparison) differences(k kind, shapes map[string]shape, brought, there rows, known map[string]bool) []Difference {
	if k.how == derived {
		return nil
	}
	var found []Difference
	seen := map[string]bool{}
	for j, t := range k.tables {
		s := shapes[t.name]
		ours, theirs := byOwner(t, s, there[j]), byOwner(t, s, brought[j])
		for _, id := range sortedKeys(known) {
			if seen[id] || slices.EqualFunc(ours[id], theirs[id], func(a, b row) bool { return len(unlike(t, s, a, b)) == 0 }) {
				continue
			}
			seen[id] = true
			d := Difference{Kind: k.words, ID: id, Name: nameOf(k, shapes, brought, id), Table: t.name}
			if len(ours[id]) == 1 && len(theirs[id]) == 1 {
				d.Columns = unlike(t, s, ours[id][0], theirs[id][0])
			}
			found = append(found, d)
		}
	}
	return found
}

// byOwner are rows by the record that they belong to, in an order that columns which are not compared do not change.
func byOwner(t table, s shape, all []row) map[string][]row {
	found := map[string][]row{}
	for _, r := range all {
		id := t.ownerOf(s, r)
		found[id] = append(found[id], r)
	}
	for _, part := range found {
		slices.SortFunc(part, func(a, b row) int { return bytes.Compare(t.compared(s, a), t.compared(s, b)) })
	}
	return found
}

// compared is a row without the columns that are not compared.
func (t table) compared(s shape, r row) []byte {
	bare := slices.Clone(r)
	for i, c := range s {
		if t.ignored[c.Name] {
			bare[i] = nil
		}
	}
	return s.line(bare)
}

// unlike are the columns in which rows differ.
func unlike(t table, s shape, a, b row) []string {
	var columns []string
	for i, c := range s {
		if !t.ignored[c.Name] && a[i] != b[i] {
			columns = append(columns, c.Name)
		}
	}
	return columns
}

// nameOf is what people call a record.
func nameOf(k kind, shapes map[string]shape, brought rows, id string) string {
	t := k.tables[k.root()]
	s := shapes[t.name]
	for _, r := range brought[k.root()] {
		if t.ownerOf(s, r) != id {
			continue
		}
		for _, column := range []string{"title", "name", "reason"} {
			if at := s.column(column); at >= 0 {
				return fmt.Sprint(r[at])
			}
		}
	}
	return id
}

// insert writes the rows of records that are not there.
func insert(ctx context.Context, tx bun.Tx, shapes map[string]shape, brought contents, fresh []map[string]bool) error {
	for i, k := range kinds {
		for j, t := range k.tables {
			s := shapes[t.name]
			var new []row
			for _, r := range brought[i][j] {
				if fresh[i][t.ownerOf(s, r)] {
					new = append(new, r)
				}
			}
			if err := insertRows(ctx, tx, t.name, s, new); err != nil {
				return err
			}
		}
	}
	return nil
}

// perStatement is how many rows are written at once.
const perStatement = 50

func insertRows(ctx context.Context, tx bun.Tx, name string, s []backup.Column, all []row) error {
	columns := make([]string, len(s))
	for i, c := range s {
		columns[i] = `"` + c.Name + `"`
	}
	places := ", (?" + strings.Repeat(", ?", len(s)-1) + ")"
	for part := range slices.Chunk(all, perStatement) {
		statement := `INSERT INTO "` + name + `" (` + strings.Join(columns, ", ") + ") VALUES " + strings.Repeat(places, len(part))[2:]
		if _, err := tx.ExecContext(ctx, statement, slices.Concat(part...)...); err != nil {
			return fmt.Errorf("transfer: write %s: %w", name, err)
		}
	}
	return nil
}

package transfer

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"

	"github.com/uptrace/bun"
)

// identifier is what units, posts and documents are known by, wherever it stands: in a column, or in the JSON of one.
var identifier = regexp.MustCompile(`\b(?:[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b`)

// collecting gathers what makes a plan.
type collecting struct {
	db     bun.IDB
	shapes map[string]shape
	found  contents
	// open are the identifiers that could be named, and are not yet, by kind.
	open []map[string]bool
	// owners are the records of each kind.
	owners [][]string
}

// collect gathers all that makes a plan out of a database.
func collect(ctx context.Context, db bun.IDB, shapes map[string]shape, plan string) (contents, error) {
	c := &collecting{
		db: db, shapes: shapes, found: noContents(), open: make([]map[string]bool, len(kinds)), owners: make([][]string, len(kinds)),
	}
	for i, k := range kinds {
		var err error
		switch k.how {
		case itself:
			c.owners[i] = []string{plan}
		case ofPlan:
			c.owners[i], err = c.identifiers(ctx, k, "WHERE plan = ?", plan)
		case named:
			var all []string
			all, err = c.identifiers(ctx, k, "")
			c.open[i] = map[string]bool{}
			for _, id := range all {
				c.open[i][id] = true
			}
		case derived:
		}
		if err != nil {
			return nil, err
		}
	}
	return c.found, c.all(ctx)
}

func (c *collecting) identifiers(ctx context.Context, k kind, where string, args ...any) (ids []string, err error) {
	query := append([]any{bun.Ident(k.tables[k.root()].name)}, args...)
	if err := c.db.NewRaw("SELECT id FROM ? "+where+" ORDER BY id", query...).Scan(ctx, &ids); err != nil {
		return nil, fmt.Errorf("transfer: list %s: %w", k.name, err)
	}
	return ids, nil
}

// all reads what belongs to the plan, and then what that names, and what the named ones name, until there is no more.
func (c *collecting) all(ctx context.Context) error {
	wanted := c.owners
	for {
		var read []row
		for i, k := range kinds {
			if len(wanted[i]) == 0 {
				continue
			}
			for j, t := range k.tables {
				more, err := load(ctx, c.db, t, c.shapes[t.name], wanted[i])
				if err != nil {
					return err
				}
				c.found[i][j] = append(c.found[i][j], more...)
				read = append(read, more...)
			}
		}
		if len(read) == 0 {
			return nil
		}
		wanted = c.namedIn(read)
	}
}

// namedIn are the records that rows name, by kind, of those that were not named before.
func (c *collecting) namedIn(read []row) [][]string {
	wanted := make([][]string, len(kinds))
	name := func(id string) {
		for i, k := range kinds {
			if k.how == named && c.open[i][id] {
				delete(c.open[i], id)
				wanted[i] = append(wanted[i], id)
			}
		}
	}
	for _, r := range read {
		for _, value := range r {
			text, _ := value.(string)
			name(text)
			for _, id := range identifier.FindAllString(text, -1) {
				name(id)
			}
		}
	}
	for i, k := range kinds {
		if k.how == derived {
			wanted[i] = wanted[documents]
		}
		slices.Sort(wanted[i])
	}
	return wanted
}

// documents and plans are the numbers of their kinds.
var documents, plans = numberOf("documents"), numberOf("plans")

func numberOf(name string) int {
	return slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })
}

// ids are the records of a kind in contents, in order.
func (c contents) ids(number int, shapes map[string]shape) []string {
	k := kinds[number]
	t := k.tables[k.root()]
	set := map[string]bool{}
	for _, r := range c[number][k.root()] {
		set[t.ownerOf(shapes[t.name], r)] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// files are the digests of all files that go along with contents, in order: those of documents, and those that rows name.
func (c contents) files(shapes map[string]shape) []string {
	set := map[string]bool{}
	for _, id := range c.ids(documents, shapes) {
		set[id] = true
	}
	for i, k := range kinds {
		for j, t := range k.tables {
			for _, column := range t.files {
				at := shapes[t.name].column(column)
				for _, r := range c[i][j] {
					if digest, _ := r[at].(string); digest != "" {
						set[digest] = true
					}
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(set))
}

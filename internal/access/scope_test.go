package access_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/dialect/sqlitedialect"
	_ "modernc.org/sqlite"

	"luoshi/internal/access"
)

// district is a random tree of units and the objects that they own.
type district struct {
	above   map[access.Unit][]access.Unit
	units   []access.Unit
	objects []access.Object
}

func randomDistrict(r *rand.Rand) district {
	d := district{above: map[access.Unit][]access.Unit{}}
	for i := range 3 + r.IntN(12) {
		unit := access.Unit(fmt.Sprintf("unit%d", i))
		if i > 0 {
			over := d.units[r.IntN(len(d.units))]
			d.above[unit] = append(slices.Clone(d.above[over]), over)
		}
		d.units = append(d.units, unit)
	}
	for range 40 {
		o := access.Object{Published: r.IntN(4) == 0}
		if r.IntN(8) > 0 {
			o.Unit = d.any(r)
			o.Above = d.above[o.Unit]
		}
		for range r.IntN(3) {
			if unit := d.any(r); !slices.Contains(o.Cooperating, unit) {
				o.Cooperating = append(o.Cooperating, unit)
			}
		}
		d.objects = append(d.objects, o)
	}
	return d
}

func (d district) any(r *rand.Rand) access.Unit { return d.units[r.IntN(len(d.units))] }

func (d district) randomActor(r *rand.Rand, t *access.Table) access.Actor {
	var actor access.Actor
	roles, actions := t.Roles(), t.Actions()
	for range r.IntN(4) {
		actor.Account = "account"
		post := access.Post{Role: roles[r.IntN(len(roles))]}
		if r.IntN(10) > 0 {
			post.Unit = d.any(r)
		}
		if r.IntN(5) == 0 {
			post.Only = []access.Action{actions[r.IntN(len(actions))], actions[r.IntN(len(actions))]}
		}
		actor.Posts = append(actor.Posts, post)
	}
	if r.IntN(6) == 0 {
		actor.Limit = actions[:r.IntN(len(actions))]
	}
	return actor
}

// randomTable grants at random, so that combinations which rights.txt does not have today are tried too.
func randomTable(r *rand.Rand) *access.Table {
	text := "role a | 甲 | a\nrole b | 乙 | b\nrole public | 公众 | public\n[x | 某 | x]\n"
	relations := []string{"own", "subordinate", "cooperating", "published", "none"}
	for _, action := range []string{"x.do", "x.see", "x.end"} {
		text += action + " | 做 | do |"
		for _, role := range []string{"a", "b", "public"} {
			r.Shuffle(len(relations), func(i, j int) { relations[i], relations[j] = relations[j], relations[i] })
			grant := relations[0]
			for _, more := range relations[1 : 1+r.IntN(4)] {
				grant += "+" + more
			}
			if r.IntN(9) == 0 {
				grant = "any"
			}
			text += " " + role + ":" + grant
		}
		text += "\n"
	}
	t, err := access.ParseTable("random", text)
	if err != nil {
		panic(err)
	}
	return t
}

// A list shows exactly what a page does not refuse, in memory and in SQL.
func TestListsShowWhatPagesAllow(t *testing.T) {
	db := openSQLite(t)
	r := rand.New(rand.NewPCG(4, 2026))
	shown, kept := 0, 0
	for range 40 {
		d := randomDistrict(r)
		d.store(t, db)
		for n := range 60 {
			table := access.Rights()
			if n%2 == 0 {
				table = randomTable(r)
			}
			actor := d.randomActor(r, table)
			actions := table.Actions()
			action := actions[r.IntN(len(actions))]
			scope := table.Scope(actor, action)
			listed := listed(t, db, scope)
			for i, object := range d.objects {
				can := table.Can(actor, action, object).Allowed
				if scope.Covers(object) != can || listed[i] != can {
					t.Fatalf("%+v %s %+v: page %t, scope %t, list %t", actor, action, object, can, scope.Covers(object), listed[i])
				}
				if can {
					shown++
				} else {
					kept++
				}
			}
		}
	}
	if shown < 10_000 || kept < 10_000 {
		t.Errorf("%d shown and %d kept: too few of one kind to prove anything", shown, kept)
	}
}

func openSQLite(t *testing.T) *bun.DB {
	t.Helper()
	pool, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	pool.SetMaxOpenConns(1)
	db := bun.NewDB(pool, sqlitedialect.New())
	t.Cleanup(func() { _ = db.Close() })
	createTables(t, db)
	return db
}

func createTables(t *testing.T, db *bun.DB) {
	t.Helper()
	for _, create := range []string{
		"CREATE TABLE objects (id INTEGER PRIMARY KEY, unit_id TEXT, published BOOLEAN NOT NULL)",
		"CREATE TABLE unit_tree (above TEXT, below TEXT)",
		"CREATE TABLE cooperation (object_id INTEGER, unit_id TEXT)",
	} {
		if _, err := db.Exec(create); err != nil {
			t.Fatal(err)
		}
	}
}

func (d district) store(t *testing.T, db *bun.DB) {
	t.Helper()
	exec := func(query string, args ...any) {
		t.Helper()
		if _, err := db.Exec(query, args...); err != nil {
			t.Fatal(err)
		}
	}
	for _, table := range []string{"objects", "unit_tree", "cooperation"} {
		exec("DELETE FROM ?", bun.Ident(table))
	}
	for _, unit := range d.units {
		exec("INSERT INTO unit_tree VALUES (?, ?)", unit, unit)
		for _, above := range d.above[unit] {
			exec("INSERT INTO unit_tree VALUES (?, ?)", above, unit)
		}
	}
	for i, o := range d.objects {
		var unit any
		if o.Unit != "" {
			unit = o.Unit
		}
		exec("INSERT INTO objects VALUES (?, ?, ?)", i, unit, o.Published)
		for _, unit := range o.Cooperating {
			exec("INSERT INTO cooperation VALUES (?, ?)", i, unit)
		}
	}
}

func listed(t *testing.T, db *bun.DB, scope access.Scope) map[int]bool {
	t.Helper()
	columns := access.Columns{
		Unit:        "o.unit_id",
		Published:   "o.published",
		Tree:        access.Closure{Table: "unit_tree", Above: "above", Below: "below"},
		Cooperating: access.Link{Table: "cooperation", Object: "object_id", Unit: "unit_id", ID: "o.id"},
	}
	var ids []int
	q := db.NewSelect().TableExpr("objects AS o").Column("o.id").Where("o.id >= 0").ApplyQueryBuilder(scope.Where(columns))
	if err := q.Scan(context.Background(), &ids); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	rows := map[int]bool{}
	for _, id := range ids {
		rows[id] = true
	}
	return rows
}

func TestAnEmptyScopeListsNothing(t *testing.T) {
	db := openSQLite(t)
	d := randomDistrict(rand.New(rand.NewPCG(1, 1)))
	d.store(t, db)
	if rows := listed(t, db, access.Scope{}); len(rows) != 0 {
		t.Errorf("%d rows", len(rows))
	}
	if rows := listed(t, db, access.Scope{All: true}); len(rows) != len(d.objects) {
		t.Errorf("%d rows of %d", len(rows), len(d.objects))
	}
}

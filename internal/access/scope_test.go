package access_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// district is a random tree of units, some of them merged, split or moved, and the objects that they own.
type district struct {
	ids     []access.Unit
	units   *access.Units
	objects []written
}

// written is an object as the database holds it: with the units that it was once given to.
type written struct {
	Unit        access.Unit
	Cooperating []access.Unit
	Published   bool
}

func randomDistrict(r *rand.Rand) district {
	d := district{}
	var units []ledger.Unit
	for i := range 3 + r.IntN(12) {
		unit := ledger.Unit{ID: access.Unit(fmt.Sprintf("unit%d", i)), Order: i}
		if i > 0 {
			unit.Parent = units[r.IntN(i)].ID
		}
		units = append(units, unit)
		d.ids = append(d.ids, unit.ID)
	}
	today := calendar.Date{Year: 2026, Month: 6, Day: 1}
	var changes []ledger.UnitChange
	for range r.IntN(4) {
		change := ledger.UnitChange{Unit: d.any(r), On: today.AddDays(r.IntN(200) - 150)}
		switch r.IntN(3) {
		case 0:
			change.Kind, change.Into = ledger.Merged, []access.Unit{d.any(r)}
		case 1:
			change.Kind, change.Into = ledger.Split, []access.Unit{d.any(r), d.any(r)}
		case 2:
			change.Kind, change.Parent = ledger.Moved, d.any(r)
		}
		changes = append(changes, change)
	}
	tree, _ := ledger.NewTree(units, changes) // with its problems: even a circle must not show more
	d.units = access.UnitsOn(tree, today)
	for range 40 {
		o := written{Published: r.IntN(4) == 0}
		if r.IntN(8) > 0 {
			o.Unit = d.any(r)
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

func (d district) any(r *rand.Rand) access.Unit { return d.ids[r.IntN(len(d.ids))] }

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
func randomTable(t *testing.T, r *rand.Rand) *access.Table {
	t.Helper()
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
	table, err := access.ParseTable("random", text)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// The two ways in which tables hold the unit that leads: a column of their own, or rows of a role.
var (
	cooperation = access.Link{Table: "parts", Object: "object", Unit: "unit", Role: "cooperating", ID: "objects.id"}
	byColumn    = access.Columns{Unit: "objects.unit", Published: "objects.published", Cooperating: cooperation}
	byLink      = access.Columns{Lead: access.Link{Table: "parts", Object: "object", Unit: "unit", Role: "lead", ID: "objects.id"},
		Published: "objects.published", Cooperating: cooperation}
)

// A list shows exactly what a page does not refuse: in memory, and in SQL on both databases.
func TestListsShowWhatPagesAllow(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		createTables(t, s)
		r := rand.New(rand.NewPCG(4, 2026))
		shown, kept := 0, 0
		for range 30 {
			d := randomDistrict(r)
			d.keep(t, s)
			for n := range 50 {
				table := access.Rights()
				if n%2 == 0 {
					table = randomTable(t, r)
				}
				actor := d.randomActor(r, table)
				actions := table.Actions()
				action := actions[r.IntN(len(actions))]
				scope := table.Scope(actor, action)
				columned, linked := d.list(t, s, scope, byColumn), d.list(t, s, scope, byLink)
				for i, w := range d.objects {
					object := d.units.Object(w.Unit, w.Cooperating, w.Published)
					can := table.Can(actor, action, object).Allowed
					if scope.Covers(object) != can || columned[i] != can || linked[i] != can {
						t.Fatalf("%+v %s %+v: page %t, scope %t, list %t, by link %t", actor, action, object, can,
							scope.Covers(object), columned[i], linked[i])
					}
					if can {
						shown++
					} else {
						kept++
					}
				}
			}
		}
		if shown < 5_000 || kept < 5_000 {
			t.Errorf("%d shown and %d kept: too few of one kind to prove anything", shown, kept)
		}
	})
}

func createTables(t *testing.T, s *store.Store) {
	t.Helper()
	change(t, s, func(exec func(string, ...any)) {
		exec("CREATE TABLE objects (id BIGINT PRIMARY KEY, unit TEXT, published BOOLEAN NOT NULL)")
		exec("CREATE TABLE parts (object BIGINT NOT NULL, role TEXT NOT NULL, unit TEXT NOT NULL)")
	})
}

func change(t *testing.T, s *store.Store, do func(exec func(string, ...any))) {
	t.Helper()
	err := s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		do(func(query string, args ...any) {
			if _, err := tx.ExecContext(ctx, query, args...); err != nil {
				t.Fatalf("%s: %v", query, err)
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// keep writes the district's objects in place of those of the one before.
func (d district) keep(t *testing.T, s *store.Store) {
	t.Helper()
	change(t, s, func(exec func(string, ...any)) {
		exec("DELETE FROM objects")
		exec("DELETE FROM parts")
		for i, o := range d.objects {
			var unit any
			if o.Unit != "" {
				unit = string(o.Unit)
				exec("INSERT INTO parts VALUES (?, 'lead', ?)", i, unit)
			}
			exec("INSERT INTO objects VALUES (?, ?, ?)", i, unit, o.Published)
			for _, unit := range o.Cooperating {
				exec("INSERT INTO parts VALUES (?, 'cooperating', ?)", i, string(unit))
			}
		}
	})
}

func (d district) list(t *testing.T, s *store.Store, scope access.Scope, columns access.Columns) map[int]bool {
	t.Helper()
	var filter store.Filter = scope.Where(d.units, columns)
	var ids []int
	// Another condition stands beside the filter, which must not weaken it nor be weakened.
	q := filter(s.View(t.Context()).NewSelect().TableExpr("objects").Column("objects.id").Where("objects.id >= 0"))
	if err := q.Scan(t.Context(), &ids); err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	rows := map[int]bool{}
	for _, id := range ids {
		rows[id] = true
	}
	return rows
}

func TestAnEmptyScopeListsNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, s *store.Store) {
		createTables(t, s)
		d := randomDistrict(rand.New(rand.NewPCG(1, 1)))
		d.keep(t, s)
		if rows := d.list(t, s, access.Scope{}, byColumn); len(rows) != 0 {
			t.Errorf("%d rows", len(rows))
		}
		if rows := d.list(t, s, access.Scope{All: true}, byLink); len(rows) != len(d.objects) {
			t.Errorf("%d rows of %d", len(rows), len(d.objects))
		}
	})
}

// The heir of a merged unit sees what was the merged one's; those of a split unit wait for an assignment.
func TestHeirs(t *testing.T) {
	units := []ledger.Unit{{ID: "district"}, {ID: "trade", Parent: "district"}, {ID: "industry", Parent: "district"},
		{ID: "culture", Parent: "district"}, {ID: "museum", Parent: "district"}, {ID: "library", Parent: "district"}}
	merged, split := day(t, "2026-03-01"), day(t, "2026-04-01")
	tree, _ := ledger.NewTree(units, []ledger.UnitChange{
		{Unit: "trade", On: merged, Kind: ledger.Merged, Into: []access.Unit{"industry"}},
		{Unit: "culture", On: split, Kind: ledger.Split, Into: []access.Unit{"museum", "library"}},
	})
	cases := []struct {
		on         string
		lead, unit access.Unit
		want       bool
	}{
		{"2026-02-28", "trade", "trade", true},
		{"2026-02-28", "trade", "industry", false},
		{"2026-03-01", "trade", "trade", false},
		{"2026-03-01", "trade", "industry", true},
		{"2026-04-01", "culture", "museum", false},
		{"2026-04-01", "culture", "culture", true},
	}
	for _, c := range cases {
		object := access.UnitsOn(tree, day(t, c.on)).Object(c.lead, nil, false)
		if got := access.Rights().Can(as("reporter", c.unit), "observation.fill", object).Allowed; got != c.want {
			t.Errorf("on %s the reporter of %s fills in for %s: %t", c.on, c.unit, c.lead, got)
		}
	}
}

package access

import "github.com/uptrace/bun"

// Columns says where a query finds what a scope asks for. Names are SQL identifiers, qualified by their
// table: projects.lead_unit.
type Columns struct {
	// Unit holds the object's unit, NULL where it has none; empty where Lead is used.
	Unit string
	// Lead links objects with the unit that leads them, where no column holds it.
	Lead Link
	// Cooperating links objects with the units that take part; zero where there are none of this kind.
	Cooperating Link
	// Published is a boolean column; empty where objects of this kind are never made public.
	Published string
}

// Link is a table with a row for every object and unit that have to do with each other.
type Link struct {
	Table, Object, Unit string
	// Role limits the rows to those of a role, by the column “role”; empty where all count.
	Role string
	// ID is the object's own key in the query: commitments.id.
	ID string
}

// Where is a filter for a list of the objects that the scope covers, and of no other: what a page refuses
// is not in it.
func (s Scope) Where(units *Units, c Columns) func(*bun.SelectQuery) *bun.SelectQuery {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		if s.All {
			return q
		}
		return q.WhereGroup(" AND ", func(q *bun.SelectQuery) *bun.SelectQuery {
			return s.alternatives(q.Where("1 = 0"), units, c)
		})
	}
}

func (s Scope) alternatives(q *bun.SelectQuery, units *Units, c Columns) *bun.SelectQuery {
	owners, cooperating := units.reach(s)
	if s.Published && c.Published != "" {
		q = q.WhereOr("?", bun.Ident(c.Published))
	}
	if c.Unit == "" {
		q = c.Lead.linked(q, owners)
		if s.NoUnit {
			q = c.Lead.unlinked(q)
		}
	} else {
		if len(owners) > 0 {
			q = q.WhereOr("? IN (?)", bun.Ident(c.Unit), bun.List(owners))
		}
		if s.NoUnit {
			q = q.WhereOr("? IS NULL", bun.Ident(c.Unit))
		}
	}
	if c.Cooperating.Table != "" {
		q = c.Cooperating.linked(q, cooperating)
	}
	return q
}

// linked adds the objects that have to do with one of the units.
func (l Link) linked(q *bun.SelectQuery, units []Unit) *bun.SelectQuery {
	if len(units) == 0 {
		return q
	}
	return q.WhereOr("? IN (SELECT ? FROM ? WHERE ? IN (?) AND ?)", bun.Ident(l.ID), bun.Ident(l.Object), bun.Ident(l.Table),
		bun.Ident(l.Unit), bun.List(units), l.ofRole())
}

// unlinked adds the objects that have to do with no unit at all.
func (l Link) unlinked(q *bun.SelectQuery) *bun.SelectQuery {
	return q.WhereOr("NOT EXISTS (SELECT 1 FROM ? WHERE ? = ? AND ?)", bun.Ident(l.Table), bun.Ident(l.Table+"."+l.Object),
		bun.Ident(l.ID), l.ofRole())
}

func (l Link) ofRole() bun.Safe {
	if l.Role == "" {
		return "1 = 1"
	}
	return bun.Safe("role = '" + l.Role + "'") // a name of the program's own, never typed by anybody
}

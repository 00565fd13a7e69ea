package access

import "github.com/uptrace/bun"

// Columns says where a query finds what a scope asks for. Names are SQL identifiers, qualified where the
// query has more tables than one: c.unit_id.
type Columns struct {
	// Unit holds the object's unit, NULL where it has none.
	Unit string
	// Published is a boolean column; empty where objects of this kind are never made public.
	Published string
	// Tree holds the tree of units.
	Tree Closure
	// Cooperating links objects with the units that take part; zero where there are none of this kind.
	Cooperating Link
}

// Closure is a table with a row for every unit and each unit above it.
type Closure struct{ Table, Above, Below string }

// Link is a table with a row for every object and each unit that cooperates in it.
type Link struct {
	Table, Object, Unit string
	// ID is the object's own key in the query: c.id.
	ID string
}

// Where limits a query to the objects that the scope covers: q.ApplyQueryBuilder(scope.Where(columns)).
func (s Scope) Where(c Columns) func(bun.QueryBuilder) bun.QueryBuilder {
	return func(q bun.QueryBuilder) bun.QueryBuilder {
		if s.All {
			return q
		}
		return q.WhereGroup(" AND ", func(q bun.QueryBuilder) bun.QueryBuilder {
			return s.alternatives(q.Where("1 = 0"), c)
		})
	}
}

func (s Scope) alternatives(q bun.QueryBuilder, c Columns) bun.QueryBuilder {
	unit := bun.Ident(c.Unit)
	if s.NoUnit {
		q = q.WhereOr("? IS NULL", unit)
	}
	if s.Published && c.Published != "" {
		q = q.WhereOr("?", bun.Ident(c.Published))
	}
	if len(s.Own) > 0 {
		q = q.WhereOr("? IN (?)", unit, bun.List(s.Own))
	}
	if len(s.Above) > 0 {
		q = q.WhereOr("? IN (SELECT ? FROM ? WHERE ? IN (?) AND ? <> ?)", unit, bun.Ident(c.Tree.Below),
			bun.Ident(c.Tree.Table), bun.Ident(c.Tree.Above), bun.List(s.Above), bun.Ident(c.Tree.Below), bun.Ident(c.Tree.Above))
	}
	if l := c.Cooperating; len(s.Cooperating) > 0 && l.Table != "" {
		q = q.WhereOr("? IN (SELECT ? FROM ? WHERE ? IN (?))", bun.Ident(l.ID), bun.Ident(l.Object),
			bun.Ident(l.Table), bun.Ident(l.Unit), bun.List(s.Cooperating))
	}
	return q
}

package progress

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/uptrace/bun"

	"luoshi/ledger"
	"luoshi/ledger/light"
)

// keyGroup is a group of a wall chart with where its rows are found.
type keyGroup struct {
	WallGroup
	size   int
	within []string  // the sections or units whose commitments are its rows
	keys   []wallKey // of its rows, where they are projects
}

// wallGroups are the groups of a chart that have rows, in the order of the outline, of the units, or of the categories; what
// belongs to none comes last.
func (s *Service) wallGroups(ctx context.Context, plan ledger.Plan, query WallQuery) ([]keyGroup, error) {
	if query.GroupBy == ByCategory {
		return s.projectGroups(ctx, plan, query)
	}
	counts, err := s.wallCounts(ctx, plan, query)
	if err != nil {
		return nil, fmt.Errorf("progress: counting what stands on the wall chart of plan %s: %w", plan.ID, err)
	}
	order, of := areaGroups(plan, counts)
	if query.GroupBy == ByUnit {
		if order, err = s.unitGroups(ctx); err != nil {
			return nil, err
		}
		of = func(within string) string { return within }
	}
	return gathered(append(order, WallGroup{}), of, counts), nil
}

// wallCount is how many rows of a chart with a colour lie within a section or are led by a unit.
type wallCount struct {
	Within          string
	Colour          string
	Number, Overdue int
}

// within is the column that says to which group a commitment belongs, as text.
func (q WallQuery) within() bun.Safe {
	if q.GroupBy == ByUnit {
		return "coalesce(commitments.lead_unit, '')"
	}
	return "CAST(commitments.section AS text)"
}

// onWall are the commitments that a chart shows.
func (s *Service) onWall(ctx context.Context, plan ledger.Plan, query WallQuery) (*bun.SelectQuery, error) {
	filters, err := s.filters(ctx, plan, query.LightQuery)
	if err != nil {
		return nil, err
	}
	q := s.core.Store().View(ctx).NewSelect().Model((*weighed)(nil)).Join("JOIN lights AS l ON l.commitment = commitments.id").
		Where("commitments.state <> ?", string(ledger.Withdrawn))
	for _, filter := range filters {
		q = filter(q)
	}
	return q, nil
}

func (s *Service) wallCounts(ctx context.Context, plan ledger.Plan, query WallQuery) ([]wallCount, error) {
	q, err := s.onWall(ctx, plan, query)
	if err != nil {
		return nil, err
	}
	q = q.ColumnExpr("? AS within, l.colour, count(*) AS number", query.within()).
		ColumnExpr("sum(CASE WHEN l.calendar = ? AND l.colour <> ? THEN 1 ELSE 0 END) AS overdue", light.Overdue, light.Blue).
		GroupExpr("?, l.colour", query.within())
	return recall[wallCount](ctx, s, plan.ID, q)
}

// areaGroups are the highest sections that tell rows apart, and of which of them a section's rows are.
func areaGroups(plan ledger.Plan, counts []wallCount) ([]WallGroup, func(within string) string) {
	sections := make([]int, len(counts))
	for i, c := range counts {
		sections[i], _ = strconv.Atoi(c.Within) // the database made it of a number
	}
	tops := plan.Tops(sections)
	var order []WallGroup
	for _, section := range plan.Outline {
		title := section.Marker + section.Title
		order = append(order, WallGroup{Key: fmt.Sprint(section.Number), Title: ledger.Wording{ZH: title, EN: title}})
	}
	return order, func(within string) string {
		section, _ := strconv.Atoi(within)
		if top := tops[section]; top.Number > 0 {
			return fmt.Sprint(top.Number)
		}
		return ""
	}
}

func (s *Service) unitGroups(ctx context.Context) ([]WallGroup, error) {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	var order []WallGroup
	for _, u := range tree.Units() {
		name := tree.Name(u.ID, s.core.Today())
		order = append(order, WallGroup{Key: string(u.ID), Title: ledger.Wording{ZH: name, EN: name}})
	}
	return order, nil
}

// gathered are the groups that have rows.
func gathered(order []WallGroup, of func(within string) string, counts []wallCount) []keyGroup {
	byKey := map[string]*keyGroup{}
	for _, g := range order {
		byKey[g.Key] = &keyGroup{WallGroup: g}
	}
	for _, c := range counts {
		group, known := byKey[of(c.Within)]
		if !known {
			group = byKey[""]
		}
		group.size += c.Number
		group.add(tallyRow{Number: c.Number, Colour: c.Colour, Overdue: c.Overdue})
		if !slices.Contains(group.within, c.Within) {
			group.within = append(group.within, c.Within)
		}
	}
	var groups []keyGroup
	for _, g := range order {
		if group := byKey[g.Key]; group.size > 0 {
			groups = append(groups, *group)
		}
	}
	return groups
}

// onPage are the identifiers of the rows of each stretch of a page, in their order.
func (s *Service) onPage(ctx context.Context, plan ledger.Plan, query WallQuery, groups []keyGroup, page []stretch) ([][]string, error) {
	ids := make([][]string, len(page))
	var whole []string
	at := map[string]int{} // the stretch that has the rows within a section or a unit
	for i, part := range page {
		g := groups[part.group]
		switch {
		case query.GroupBy == ByCategory:
			for _, k := range g.keys[part.from:part.to] {
				ids[i] = append(ids[i], k.ID)
			}
		case part.from > 0 || part.to < g.size:
			found, err := s.placed(ctx, plan, query, g.within, part)
			if err != nil {
				return nil, err
			}
			for _, row := range found {
				ids[i] = append(ids[i], row.ID)
			}
		default:
			whole = append(whole, g.within...)
			for _, w := range g.within {
				at[w] = i
			}
		}
	}
	if len(whole) == 0 {
		return ids, nil
	}
	found, err := s.placed(ctx, plan, query, whole, stretch{})
	for _, row := range found {
		i := at[row.Within]
		ids[i] = append(ids[i], row.ID)
	}
	return ids, err
}

// place is a row of a chart with the section or the unit that it is found by.
type place struct{ ID, Within string }

// placed are the rows of some sections or units in the order of a chart; of a stretch of them where it is not empty.
func (s *Service) placed(ctx context.Context, plan ledger.Plan, query WallQuery, within []string, part stretch) ([]place, error) {
	q, err := s.onWall(ctx, plan, query)
	if err != nil {
		return nil, err
	}
	q = q.ColumnExpr("commitments.id, ? AS within", query.within())
	if query.GroupBy == ByUnit {
		q = q.Where("coalesce(commitments.lead_unit, '') IN (?)", bun.List(within))
	} else {
		sections := make([]int, len(within))
		for i, w := range within {
			sections[i], _ = strconv.Atoi(w)
		}
		q = q.Where("commitments.section IN (?)", bun.List(sections))
	}
	switch query.Order {
	case "by":
		q = q.OrderExpr("CASE WHEN commitments.by_day = '' THEN 1 ELSE 0 END, commitments.by_day, commitments.number, commitments.id")
	case Severity:
		q = q.OrderExpr(ranked() + ", l.gap DESC, commitments.number, commitments.id")
	default:
		q = q.OrderExpr("commitments.section, commitments.number, commitments.id")
	}
	if part.to > part.from {
		q = q.Offset(int64(part.from)).Limit(int64(part.to - part.from))
	}
	rows, err := recall[place](ctx, s, plan.ID, q)
	if err != nil {
		return nil, fmt.Errorf("progress: reading what stands on a page of the wall chart of plan %s: %w", plan.ID, err)
	}
	return rows, nil
}

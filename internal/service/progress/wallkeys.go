package progress

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// wallKey is what has to be known of all rows of a wall chart to group, order and count them; the rest is read of those
// that a page shows.
type wallKey struct {
	bun.BaseModel `bun:"table:commitments,alias:commitments"`
	ID            string `bun:"id"`
	Number        string `bun:"number"`
	Section       int    `bun:"section"`
	Unit          string `bun:"unit"`
	Category      string `bun:"category"`
	ByDay         string `bun:"by_day"`
	Colour        string `bun:"colour"`
	Calendar      string `bun:"calendar"`
	Gap           int64  `bun:"gap"`
}

func (k wallKey) tally() tallyRow {
	row := tallyRow{Number: 1, Section: k.Section, Colour: k.Colour}
	if k.Calendar == string(light.Overdue) && k.Colour != string(light.Blue) {
		row.Overdue = 1
	}
	return row
}

// keyGroup is a group with the keys of its rows.
type keyGroup struct {
	WallGroup
	keys []wallKey
}

// projectColumns is where lists of projects find whose they are.
var projectColumns = access.Columns{
	Unit: "projects.lead_unit", Cooperating: access.Link{Table: "catalogue_project_units", Object: "project", Unit: "unit", ID: "projects.id"},
}

// wallKeys are the keys of all rows that the caller may see and a query lets through, in their order.
func (s *Service) wallKeys(ctx context.Context, plan ledger.Plan, query WallQuery) ([]wallKey, error) {
	read := s.commitmentKeys
	if query.GroupBy == ByCategory {
		read = s.projectKeys
	}
	keys, err := read(ctx, plan, query)
	if err != nil {
		return nil, fmt.Errorf("progress: reading what stands on the wall chart of plan %s: %w", plan.ID, err)
	}
	slices.SortStableFunc(keys, func(a, b wallKey) int {
		switch query.Order {
		case "by":
			return cmp.Or(earlier(a.ByDay, b.ByDay), cmp.Compare(a.Number, b.Number))
		case Severity:
			return cmp.Or(cmp.Compare(severity(a.Colour), severity(b.Colour)), cmp.Compare(b.Gap, a.Gap), cmp.Compare(a.Number, b.Number))
		}
		return cmp.Or(cmp.Compare(a.Section, b.Section), cmp.Compare(a.Number, b.Number))
	})
	return keys, nil
}

// earlier compares days; what has none comes last.
func earlier(a, b string) int {
	if (a == "") != (b == "") {
		return strings.Compare(b, a)
	}
	return strings.Compare(a, b)
}

// severity is the place of a colour among all, the worst first.
func severity(colour string) int {
	if at := slices.Index(light.Colours(), light.Colour(colour)); at >= 0 {
		return at
	}
	return len(light.Colours())
}

func (s *Service) commitmentKeys(ctx context.Context, plan ledger.Plan, query WallQuery) ([]wallKey, error) {
	filters, err := s.filters(ctx, plan, query.LightQuery)
	if err != nil {
		return nil, err
	}
	q := s.core.Store().View(ctx).NewSelect().Model((*wallKey)(nil)).Join("JOIN lights AS l ON l.commitment = commitments.id").
		ColumnExpr("commitments.id, commitments.number, commitments.section, commitments.by_day, l.colour, l.calendar, l.gap").
		ColumnExpr("coalesce(commitments.lead_unit, '') AS unit").Where("commitments.state <> ?", string(ledger.Withdrawn)).OrderExpr("commitments.id")
	for _, filter := range filters {
		q = filter(q)
	}
	kept, err := recall[wallKey](ctx, s, plan.ID, q)
	return slices.Clone(kept), err
}

// projectKeys are the keys of projects. A project has the worst light of the commitments that it serves, and is left out
// where a query asks for lights and it has none of them.
func (s *Service) projectKeys(ctx context.Context, plan ledger.Plan, query WallQuery) ([]wallKey, error) {
	scope, err := s.core.Scope(ctx, "project.read", projectColumns)
	if err != nil {
		return nil, err
	}
	q := s.core.Store().View(ctx).NewSelect().Table("projects").
		ColumnExpr("projects.id, projects.number, projects.category, projects.completion AS by_day").
		ColumnExpr("coalesce(projects.lead_unit, '') AS unit").Where("projects.plan = ?", plan.ID).OrderExpr("projects.id")
	if query.Category != "" {
		q = q.Where("projects.category = ?", string(query.Category))
	}
	if words := strings.TrimSpace(query.Words); words != "" {
		q = q.Where(`(lower(projects.name) LIKE ? ESCAPE '\' OR lower(projects.number) LIKE ? ESCAPE '\')`, holding(words), holding(words))
	}
	if query.Unit != "" {
		units := []ledger.UnitID{query.Unit}
		if query.Below {
			if units, err = s.below(ctx, query.Unit); err != nil {
				return nil, err
			}
		}
		q = q.Where("projects.lead_unit IN (?)", bun.List(units))
	}
	var keys []wallKey
	if err := scope(q).Scan(ctx, &keys); err != nil {
		return nil, err
	}
	worst, err := s.worstLights(ctx, plan)
	if err != nil {
		return nil, err
	}
	for i := range keys {
		if l, there := worst[keys[i].ID]; there {
			keys[i].Colour, keys[i].Calendar, keys[i].Gap = l.Colour, l.Calendar, l.Gap
		}
	}
	asked := func(k wallKey) bool {
		return (len(query.Colours) == 0 || slices.Contains(query.Colours, light.Colour(k.Colour))) && (!query.Overdue || k.tally().Overdue > 0)
	}
	return slices.DeleteFunc(keys, func(k wallKey) bool { return !asked(k) }), nil
}

// worstLights are the worst lights of the commitments that each project of a plan serves, as far as the caller may see
// them.
func (s *Service) worstLights(ctx context.Context, plan ledger.Plan) (map[string]wallKey, error) {
	scope, err := s.core.Scope(ctx, readLight, commitmentColumns)
	if err != nil {
		return nil, err
	}
	q := s.core.Store().View(ctx).NewSelect().Table("commitments").Join("JOIN lights AS l ON l.commitment = commitments.id").
		ColumnExpr("commitments.project AS id, l.colour, l.calendar, l.gap").
		Where("commitments.plan = ? AND commitments.project IS NOT NULL AND l.colour <> ''", plan.ID)
	rows, err := recall[wallKey](ctx, s, plan.ID, scope(q))
	if err != nil {
		return nil, err
	}
	worst := map[string]wallKey{}
	for _, r := range rows {
		if before, there := worst[r.ID]; !there || severity(r.Colour) < severity(before.Colour) {
			worst[r.ID] = r
		}
	}
	return worst, nil
}

// wallGroups puts keys into groups, in the order of the outline, of the units, or of the categories; what belongs to none
// comes last.
func (s *Service) wallGroups(ctx context.Context, plan ledger.Plan, by Grouping, keys []wallKey) ([]keyGroup, error) {
	var order []WallGroup
	of := func(k wallKey) string { return k.Unit }
	switch by {
	case ByCategory:
		of = func(k wallKey) string { return k.Category }
		for _, c := range ledger.ProjectCategories() {
			order = append(order, WallGroup{Key: string(c), Title: c.Label()})
		}
	case ByUnit:
		tree, err := s.core.Tree(ctx)
		if err != nil {
			return nil, err
		}
		for _, u := range tree.Units() {
			name := tree.Name(u.ID, s.core.Today())
			order = append(order, WallGroup{Key: string(u.ID), Title: ledger.Wording{ZH: name, EN: name}})
		}
	default:
		order, of = areaGroups(plan, keys)
	}
	return gathered(append(order, WallGroup{}), of, keys), nil
}

// gathered are the groups that have keys.
func gathered(order []WallGroup, of func(wallKey) string, keys []wallKey) []keyGroup {
	byKey := map[string]*keyGroup{}
	for _, g := range order {
		byKey[g.Key] = &keyGroup{WallGroup: g}
	}
	for _, k := range keys {
		group, known := byKey[of(k)]
		if !known {
			group = byKey[""]
		}
		group.keys = append(group.keys, k)
		group.add(k.tally())
	}
	var groups []keyGroup
	for _, g := range order {
		if group := byKey[g.Key]; len(group.keys) > 0 {
			groups = append(groups, *group)
		}
	}
	return groups
}

// areaGroups are the highest sections that tell rows apart, and of which of them a row is.
func areaGroups(plan ledger.Plan, keys []wallKey) ([]WallGroup, func(wallKey) string) {
	sections := make([]int, len(keys))
	for i, k := range keys {
		sections[i] = k.Section
	}
	tops := plan.Tops(sections)
	var order []WallGroup
	for _, section := range plan.Outline {
		title := section.Marker + section.Title
		order = append(order, WallGroup{Key: fmt.Sprint(section.Number), Title: ledger.Wording{ZH: title, EN: title}})
	}
	return order, func(k wallKey) string {
		if top := tops[k.Section]; top.Number > 0 {
			return fmt.Sprint(top.Number)
		}
		return ""
	}
}

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

// wallKey is what has to be known of projects to group, order and count them; the rest is read of those that a page shows.
type wallKey struct {
	ID       string `bun:"id"`
	Number   string `bun:"number"`
	Unit     string `bun:"unit"`
	Category string `bun:"category"`
	ByDay    string `bun:"by_day"`
	Colour   string `bun:"colour"`
	Calendar string `bun:"calendar"`
	Gap      int64  `bun:"gap"`
}

func (k wallKey) tally() tallyRow {
	row := tallyRow{Number: 1, Colour: k.Colour}
	if k.Calendar == string(light.Overdue) && k.Colour != string(light.Blue) {
		row.Overdue = 1
	}
	return row
}

// projectColumns is where lists of projects find whose they are.
var projectColumns = access.Columns{
	Unit: "projects.lead_unit", Cooperating: access.Link{Table: "catalogue_project_units", Object: "project", Unit: "unit", ID: "projects.id"},
}

// projectGroups are projects by their categories, each group in its order.
func (s *Service) projectGroups(ctx context.Context, plan ledger.Plan, query WallQuery) ([]keyGroup, error) {
	keys, err := s.projectKeys(ctx, plan, query)
	if err != nil {
		return nil, fmt.Errorf("progress: reading which projects stand on the wall chart of plan %s: %w", plan.ID, err)
	}
	slices.SortStableFunc(keys, func(a, b wallKey) int {
		switch query.Order {
		case "by":
			return cmp.Or(earlier(a.ByDay, b.ByDay), cmp.Compare(a.Number, b.Number))
		case Severity:
			return cmp.Or(cmp.Compare(severity(a.Colour), severity(b.Colour)), cmp.Compare(b.Gap, a.Gap), cmp.Compare(a.Number, b.Number))
		}
		return cmp.Compare(a.Number, b.Number)
	})
	var groups []keyGroup
	for _, c := range append(ledger.ProjectCategories(), "") {
		g := keyGroup{WallGroup: WallGroup{Key: string(c)}}
		if c != "" {
			g.Title = c.Label()
		}
		for _, k := range keys {
			if k.Category == string(c) || c == "" && !slices.Contains(ledger.ProjectCategories(), ledger.ProjectCategory(k.Category)) {
				g.keys = append(g.keys, k)
				g.add(k.tally())
			}
		}
		if g.size = len(g.keys); g.size > 0 {
			groups = append(groups, g)
		}
	}
	return groups, nil
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

package progress

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"luoshi/internal/service"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Standing is where a project stands with its money.
type Standing struct {
	Project ledger.Project
	Planned ledger.Decimal   // for the plan's year
	Done    ledger.Decimal   // in it, up to the last locked figure; absent before the first
	Until   reporting.Period // of that figure
}

// standingsKey is of what standings are.
type standingsKey struct{ plan ledger.PlanID }

// Standings are where the projects of a plan stand that the caller may read, by their numbers. Only locked figures
// count. They are shared: callers change nothing in them.
func (s *Service) Standings(ctx context.Context, id ledger.PlanID) ([]Standing, error) {
	plan, err := s.plan(ctx, id)
	if err != nil {
		return nil, err
	}
	all, err := s.standings(ctx, plan)
	if err != nil {
		return nil, err
	}
	may := func(standing Standing) bool {
		return s.core.Can(ctx, "project.read", service.Owned{Lead: standing.Project.Lead})
	}
	hidden := slices.IndexFunc(all, func(standing Standing) bool { return !may(standing) })
	if hidden < 0 {
		return all, nil
	}
	readable := slices.Clone(all[:hidden])
	for _, standing := range all[hidden+1:] {
		if may(standing) {
			readable = append(readable, standing)
		}
	}
	return readable, nil
}

// standings are those of all projects, made anew where anything has changed since the last time.
func (s *Service) standings(ctx context.Context, plan ledger.Plan) ([]Standing, error) {
	return keep(ctx, s, standingsKey{plan.ID}, plan.ID, func(ctx context.Context) ([]Standing, error) {
		g, err := s.read(ctx, plan, narrow{kinds: []reporting.SubjectKind{reporting.OfProject}}, s.readTree, s.readProjects, s.readFigures)
		if err != nil {
			return nil, err
		}
		return g.standings(), nil
	})
}

func (g *ground) standings() []Standing {
	all := make([]Standing, 0, len(g.projects))
	for _, p := range g.projects {
		standing := Standing{Project: p}
		for _, year := range p.Years {
			if year.Year == g.plan.Year {
				standing.Planned = year.Planned
			}
		}
		m := measured{subject: reporting.ProjectSubject(p.ID)}
		for _, point := range g.points(&m, p.Lead) {
			if point.Cumulative.Known() {
				standing.Done, standing.Until = point.Cumulative, point.Period
			}
		}
		all = append(all, standing)
	}
	slices.SortFunc(all, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(a.Project.Number, b.Project.Number), cmp.Compare(a.Project.ID, b.Project.ID))
	})
	return all
}

// PartTallies are the lights of a plan that the caller may see, by the units that lead or cooperate: each light counts
// with every unit that has a part in it. The unit with the largest share of red comes first.
func (s *Service) PartTallies(ctx context.Context, id ledger.PlanID) ([]UnitTally, error) {
	if _, err := s.plan(ctx, id); err != nil {
		return nil, err
	}
	rows, err := s.tally(ctx, id)
	if err != nil {
		return nil, err
	}
	scope, err := s.core.Scope(ctx, readLight, commitmentColumns)
	if err != nil {
		return nil, err
	}
	query := s.core.Store().View(ctx).NewSelect().Table("commitments").Join("JOIN lights AS l ON l.commitment = commitments.id").
		Join("JOIN cooperating_units AS c ON c.commitment = commitments.id").ColumnExpr("c.unit, l.colour, count(*) AS number").
		ColumnExpr("sum(CASE WHEN l.calendar = ? AND l.colour <> ? THEN 1 ELSE 0 END) AS overdue", light.Overdue, light.Blue).
		Where("l.plan = ? AND l.colour <> '' AND c.unit <> coalesce(commitments.lead_unit, '')", id).GroupExpr("c.unit, l.colour")
	shared, err := recall[tallyRow](ctx, s, id, scope(query))
	if err != nil {
		return nil, fmt.Errorf("progress: counting the lights in which units of plan %s have a part: %w", id, err)
	}
	return s.unitTallies(ctx, slices.Concat(rows, shared))
}

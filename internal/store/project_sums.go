package store

import (
	"context"
	"fmt"

	"luoshi/ledger"
)

// ProjectSum is what the projects of one category and stage come to.
type ProjectSum struct {
	Category ledger.ProjectCategory
	Stage    ledger.Stage
	Number   int64
	Total    ledger.Decimal
	Planned  ledger.Decimal // of the year that was asked for
	Done     ledger.Decimal // the same
}

type projectSumRow struct {
	Category string
	Stage    string
	Number   int64
	Total    decimal
	Planned  decimal
	Done     decimal
}

// Sums adds up the projects that all filters let through, exactly, by category and stage; the money of a year is that
// of the year given.
func (p Projects) Sums(ctx context.Context, year int, filters ...Filter) ([]ProjectSum, error) {
	query := p.store.View(ctx).NewSelect().Model((*projectRow)(nil)).
		Join("LEFT JOIN project_years AS years ON years.project = projects.id AND years.year = ?", year).
		ColumnExpr("projects.category AS category, projects.stage AS stage, count(*) AS number").
		ColumnExpr("decimal_sum(projects.total) AS total, decimal_sum(years.planned) AS planned, decimal_sum(years.done) AS done").
		GroupExpr("projects.category, projects.stage").OrderExpr("projects.category, projects.stage")
	for _, filter := range filters {
		query = filter(query)
	}
	var rows []projectSumRow
	if err := query.Scan(ctx, &rows); err != nil {
		return nil, fmt.Errorf("store: add up projects: %w", err)
	}
	return mapped(rows, func(_ int, r projectSumRow) ProjectSum {
		return ProjectSum{
			Category: ledger.ProjectCategory(r.Category), Stage: ledger.Stage(r.Stage), Number: r.Number,
			Total: r.Total.Decimal, Planned: r.Planned.Decimal, Done: r.Done.Decimal,
		}
	}), nil
}

package store

import (
	"context"

	"github.com/uptrace/bun"

	"luoshi/ledger"
)

// Indicators are the indicators of plans with their series.
type Indicators struct {
	Records[ledger.Indicator, indicatorRow, *indicatorRow]
}

// Indicators gives access to the indicators.
func (s *Store) Indicators() Indicators {
	return Indicators{Records[ledger.Indicator, indicatorRow, *indicatorRow]{s, &indicatorShape}}
}

type indicatorRow struct {
	bun.BaseModel `bun:"table:indicators,alias:indicators"`
	head
	Plan        string  `bun:"plan"`
	Code        string  `bun:"code"`
	Name        string  `bun:"name"`
	Unit        string  `bun:"unit"`
	Direction   string  `bun:"direction"`
	Aggregation string  `bun:"aggregation"`
	Base        decimal `bun:"base"`
	BaseYear    int     `bun:"base_year"`
	Scope       string  `bun:"scope"`
	Numerator   string  `bun:"numerator"`
	Denominator string  `bun:"denominator"`
}

type indicatorYearRow struct {
	bun.BaseModel `bun:"table:indicator_years,alias:indicator_years"`
	Indicator     string                 `bun:"indicator,pk"`
	Year          int                    `bun:"year,pk"`
	Target        decimal                `bun:"target"`
	Actual        decimal                `bun:"actual"`
	Scope         string                 `bun:"scope"`
	Source        inJSON[ledger.Passage] `bun:"source"`
	AsOf          day                    `bun:"as_of"`
}

var indicatorShape = shape[ledger.Indicator, indicatorRow]{
	table: "indicators",
	row: func(i ledger.Indicator) indicatorRow {
		return indicatorRow{
			head: head{ID: string(i.ID)}, Plan: string(i.Plan), Code: i.Code, Name: i.Name, Unit: i.Unit,
			Direction: string(i.Direction), Aggregation: string(i.Aggregation), Base: decimal{i.Base},
			BaseYear: i.BaseYear, Scope: i.Scope, Numerator: i.Numerator, Denominator: i.Denominator,
		}
	},
	values: indicatorsOf,
	parts: func(ctx context.Context, tx bun.Tx, i ledger.Indicator) error {
		id := string(i.ID)
		return replace(ctx, tx, "indicator", id, "year", mapped(i.Series, func(_ int, y ledger.YearFigure) indicatorYearRow {
			return indicatorYearRow{
				Indicator: id, Year: y.Year, Target: decimal{y.Target}, Actual: decimal{y.Actual}, Scope: y.Scope,
				Source: inJSON[ledger.Passage]{y.Source}, AsOf: day{y.AsOf},
			}
		}))
	},
	orders: map[string]order[indicatorRow]{
		"name": byColumn("name", func(r *indicatorRow) any { return r.Name }),
		"code": byColumn("code", func(r *indicatorRow) any { return r.Code }),
	},
}

func indicatorsOf(ctx context.Context, db bun.IDB, rows []indicatorRow) ([]ledger.Indicator, error) {
	owners, at := ids[indicatorRow](rows)
	indicators := mapped(rows, func(_ int, r indicatorRow) ledger.Indicator {
		return ledger.Indicator{
			ID: ledger.IndicatorID(r.ID), Plan: ledger.PlanID(r.Plan), Code: r.Code, Name: r.Name, Unit: r.Unit,
			Direction: ledger.Direction(r.Direction), Aggregation: ledger.Aggregation(r.Aggregation),
			Base: r.Base.Decimal, BaseYear: r.BaseYear, Scope: r.Scope, Numerator: r.Numerator, Denominator: r.Denominator,
		}
	})
	return indicators, parts(ctx, db, "indicator", owners, "year", func(r *indicatorYearRow) {
		i := &indicators[at[r.Indicator]]
		i.Series = append(i.Series, ledger.YearFigure{
			Year: r.Year, Target: r.Target.Decimal, Actual: r.Actual.Decimal, Scope: r.Scope,
			Source: r.Source.Of, AsOf: r.AsOf.Date,
		})
	})
}

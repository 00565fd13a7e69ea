package catalogue

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/reading/numeral"
)

// SummaryRow is what the projects of a category come to. Money is in yuan.
type SummaryRow struct {
	Category ledger.ProjectCategory // empty in the row of them all
	Number   int64
	Stages   map[ledger.Stage]int64
	Total    ledger.Decimal
	Planned  ledger.Decimal // of the year
	Done     ledger.Decimal // of the year
}

// Rate is how much of the year's planned investment was done, in per cent; false where nothing was planned.
func (r SummaryRow) Rate() (*big.Rat, bool) {
	if r.Planned.Sign() <= 0 {
		return nil, false
	}
	rate := new(big.Rat).Quo(r.Done.Rat(), r.Planned.Rat())
	return rate.Mul(rate, big.NewRat(100, 1)), true
}

// ProjectSummary is the projects of a list by category, as a plan's table has them, with the row of them all last.
func (s *Service) ProjectSummary(ctx context.Context, q ProjectQuery, year int) ([]SummaryRow, error) {
	filters, err := s.projectFilters(ctx, q)
	if err != nil {
		return nil, err
	}
	sums, err := s.Store().Projects().Sums(ctx, year, filters...)
	if err != nil {
		return nil, err
	}
	var rows []SummaryRow
	all := SummaryRow{Stages: map[ledger.Stage]int64{}}
	for _, category := range ledger.ProjectCategories() {
		row := SummaryRow{Category: category, Stages: map[ledger.Stage]int64{}}
		for _, sum := range sums {
			if sum.Category == category {
				if err := errors.Join(row.add(sum), all.add(sum)); err != nil {
					return nil, fmt.Errorf("adding up projects: %w", err)
				}
			}
		}
		if row.Number > 0 {
			rows = append(rows, row)
		}
	}
	return append(rows, all), nil
}

func (r *SummaryRow) add(sum store.ProjectSum) (err error) {
	r.Number += sum.Number
	r.Stages[sum.Stage] += sum.Number
	for _, column := range []struct {
		to   *ledger.Decimal
		more ledger.Decimal
	}{{&r.Total, sum.Total}, {&r.Planned, sum.Planned}, {&r.Done, sum.Done}} {
		if *column.to, err = plus(*column.to, column.more); err != nil {
			return err
		}
	}
	return nil
}

// plus adds figures exactly; nothing and nothing is nothing.
func plus(a, b ledger.Decimal) (ledger.Decimal, error) {
	switch {
	case !a.Known():
		return b, nil
	case !b.Known():
		return a, nil
	}
	sum := new(big.Rat).Add(a.Rat(), b.Rat())
	digits, _ := sum.FloatPrec() // a sum of decimals ends
	number, err := numeral.Parse(sum.FloatString(digits))
	return ledger.Exactly(number), err
}

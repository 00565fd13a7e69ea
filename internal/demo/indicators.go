package demo

import (
	"fmt"
	"strings"

	"luoshi/indicator"
	"luoshi/ledger"
)

// own marks an indicator that is the plan's own: the dictionary does not know it.
const own = "-"

// indicators are the indicators of the data files, in a plan.
func indicators(plan ledger.PlanID, newID func() string) ([]ledger.Indicator, error) {
	all, err := rows("indicators", 10, 11)
	if err != nil {
		return nil, err
	}
	list := make([]ledger.Indicator, 0, len(all))
	for _, r := range all {
		i, err := indicatorOf(r)
		if err != nil {
			return nil, r.fault(err)
		}
		i.ID, i.Plan = ledger.IndicatorID(newID()), plan
		if err := i.Validate().Err(); err != nil {
			return nil, r.fault(err)
		}
		list = append(list, i)
	}
	return list, nil
}

func indicatorOf(r row) (ledger.Indicator, error) {
	i := ledger.Indicator{
		Name: r.columns[0], Unit: r.columns[2], Direction: ledger.Direction(r.columns[3]),
		Aggregation: ledger.Aggregation(r.columns[4]), Scope: r.columns[5],
	}
	if r.columns[1] != own {
		match, found := indicator.Lookup(i.Name)
		if !found {
			return i, fmt.Errorf("the dictionary has no %q", i.Name)
		}
		i.Code = match.Indicator.Code
	}
	if top, bottom, rate := strings.Cut(r.columns[10], " / "); rate {
		i.Numerator, i.Denominator = top, bottom
	}
	for n, text := range r.columns[6:10] {
		figure, err := ledger.ParseDecimal(text)
		if err != nil {
			return i, err
		}
		of := ledger.YearFigure{Year: year - 3 + n, Actual: figure}
		if of.Year == year {
			of.Target, of.Actual = figure, ledger.Decimal{}
		}
		i.Series = append(i.Series, of)
	}
	i.Base, i.BaseYear = i.Series[2].Actual, year-1
	return i, nil
}

package ledger

import (
	"slices"

	"luoshi/indicator"
)

// Directions are all directions in the order in which they are listed.
func Directions() []Direction { return []Direction{Neither, More, Less} }

// Aggregations are all aggregations in the order in which they are listed.
func Aggregations() []Aggregation {
	return []Aggregation{AsSum, AsLatest, AsAverage, AsGrowth}
}

// Own tells whether the indicator is one of the plan's own, which the dictionary does not know.
func (i Indicator) Own() bool { return i.Code == "" }

// Validate tells what is wrong with an indicator.
func (i Indicator) Validate() Problems {
	var found Problems
	found.add(wellFormed(i.ID), "id.malformed", "id", string(i.ID))
	found.add(wellFormed(i.Plan), "id.malformed", "plan", string(i.Plan))
	found.add(i.Own() || indicator.ByCode(i.Code) != nil, "target.code", "code", i.Code)
	found.add(!blank(i.Name), "indicator.name", "name")
	found.add(slices.Contains(Directions(), i.Direction), "indicator.direction", "direction", string(i.Direction))
	found.add(slices.Contains(Aggregations(), i.Aggregation), "indicator.aggregation", "aggregation", string(i.Aggregation))
	found.add(i.Base.Known() == (i.BaseYear != 0), "indicator.base_year", "base_year", i.Name)
	found.add(i.BaseYear == 0 || plausibleYear(i.BaseYear), "plan.year", "base_year")
	found.add(blank(i.Numerator) == blank(i.Denominator), "indicator.fraction", "denominator", i.Name)
	for n, figure := range i.Series {
		found.within(at("series", n), figure.Validate())
		ordered := n == 0 || i.Series[n-1].Year < figure.Year
		found.add(ordered, "indicator.series_order", at("series", n)+"/year")
	}
	return found
}

// Validate tells what is wrong with one year.
func (y YearFigure) Validate() Problems {
	var found Problems
	found.add(plausibleYear(y.Year), "plan.year", "year")
	found.add(y.Target.Known() || y.Actual.Known(), "indicator.year_empty", "")
	if !y.Source.IsZero() {
		found.within("source", y.Source.Validate())
	}
	return found
}

// In is the figures of a year.
func (i Indicator) In(year int) (YearFigure, bool) {
	for _, figure := range i.Series {
		if figure.Year == year {
			return figure, true
		}
	}
	return YearFigure{}, false
}

// Breaks are the years, from the second on, whose figures are of another scope than those of the year
// before: they may not be compared across.
func (i Indicator) Breaks() []int {
	var years []int
	for n := 1; n < len(i.Series); n++ {
		if i.scopeOf(n) != i.scopeOf(n-1) {
			years = append(years, i.Series[n].Year)
		}
	}
	return years
}

func (i Indicator) scopeOf(n int) string {
	if own := i.Series[n].Scope; own != "" {
		return own
	}
	return i.Scope
}

// ValidateIndicators tells what is wrong with the indicators of a plan. One of the dictionary may
// stand twice only with different scopes.
func ValidateIndicators(all []Indicator) Problems {
	var found Problems
	seen := map[[3]string]bool{}
	for n, i := range all {
		found.within(at("indicators", n), i.Validate())
		key := [3]string{i.Code, i.Scope, i.Unit}
		if i.Own() {
			key[0] = i.Name
		}
		found.add(!seen[key], "indicator.twice", at("indicators", n), i.Name)
		seen[key] = true
	}
	return found
}

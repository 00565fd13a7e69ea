package sdmx

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// frequencies are the codes of how long periods are.
var frequencies = map[reporting.Frequency]string{
	reporting.TenDays: "T", reporting.Monthly: "M", reporting.Quarterly: "Q", reporting.HalfYearly: "S", reporting.Yearly: "A",
}

var bases = map[reporting.Basis]string{reporting.OfPeriod: "P", reporting.Cumulative: "C"}

// TimeOf is a period in the notation of SDMX: 2026, 2026-S1, 2026-Q1, 2026-03, and the first day with the length of
// ten days (2026-03-21/P11D), for which it has no notation of its own.
func TimeOf(p reporting.Period) string {
	switch p.Frequency {
	case reporting.Monthly:
		return fmt.Sprintf("%04d-%02d", p.Year, p.Number)
	case reporting.Quarterly, reporting.HalfYearly:
		return fmt.Sprintf("%04d-%s%d", p.Year, frequencies[p.Frequency], p.Number)
	case reporting.Yearly:
		return fmt.Sprintf("%04d", p.Year)
	}
	span := p.Span()
	return fmt.Sprintf("%s/P%dD", span.From, int(span.To.Day-span.From.Day)+1)
}

// row is one line of the table: the values of all components by their names, nil where there is none.
type row map[string]any

// rows are the lines of the set in the order of their keys.
func (s Set) rows() []row {
	about := map[ledger.IndicatorID]Indicator{}
	for _, i := range s.Indicators {
		about[i.ID] = i
	}
	all := make([]row, 0, len(s.Figures))
	for _, f := range s.sorted() {
		all = append(all, f.row(about[f.Indicator]))
	}
	return all
}

// sorted are the figures by indicator and unit in the order of the set, then by basis and time.
func (s Set) sorted() []Figure {
	place := map[string]int{}
	for i, one := range s.Indicators {
		place["i"+string(one.ID)] = i
	}
	for i, one := range s.Units {
		place["u"+one.ID] = i
	}
	figures := slices.Clone(s.Figures)
	slices.SortStableFunc(figures, func(a, b Figure) int {
		return cmp.Or(
			cmp.Compare(place["i"+string(a.Indicator)], place["i"+string(b.Indicator)]), cmp.Compare(place["u"+string(a.Unit)], place["u"+string(b.Unit)]),
			cmp.Compare(a.Period.Frequency, b.Period.Frequency), cmp.Compare(bases[b.Basis], bases[a.Basis]), cmp.Compare(a.Period.Key(), b.Period.Key()),
		)
	})
	return figures
}

// periods are those that occur, in time; of those that end together the longer one is behind.
func (s Set) periods() []reporting.Period {
	seen := map[reporting.Period]bool{}
	var all []reporting.Period
	for _, f := range s.Figures {
		if !seen[f.Period] {
			seen[f.Period] = true
			all = append(all, f.Period)
		}
	}
	slices.SortFunc(all, func(a, b reporting.Period) int {
		return cmp.Or(cmp.Compare(a.Span().To.String(), b.Span().To.String()), cmp.Compare(b.Span().From.String(), a.Span().From.String()))
	})
	return all
}

func (f Figure) row(about Indicator) row {
	stated, corrected := "S", "N"
	if f.Derived {
		stated = "D"
	}
	if f.Corrected {
		corrected = "Y"
	}
	return row{
		"FREQ": frequencies[f.Period.Frequency], "INDICATOR": string(f.Indicator), "ORG_UNIT": string(f.Unit), "BASIS": bases[f.Basis],
		"TIME_PERIOD": TimeOf(f.Period), "OBS_VALUE": number(f.Value), "GROWTH": number(f.Growth),
		"NUMERATOR": number(f.Numerator), "DENOMINATOR": number(f.Denominator), "UNIT_MEASURE": text(about.Unit),
		"AGGREGATION": text(string(about.Aggregation)), "DIRECTION": text(string(about.Direction)), "SCOPE": text(about.Scope),
		"OBS_STATUS": "A", "STATED": stated, "CORRECTED": corrected, "OBS_REF": text(string(f.Source)),
	}
}

// number is a figure with its own digits; nil where there is none.
func number(d ledger.Decimal) any {
	if !d.Known() {
		return nil
	}
	return json.Number(d.Plain())
}

func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

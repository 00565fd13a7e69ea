package light

import (
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// The samples are of a fictional district, 望溪区, in 2026.

func day(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

func figure(text string) ledger.Decimal {
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}

func month(year, number int) reporting.Period {
	return reporting.Period{Frequency: reporting.Monthly, Year: year, Number: number}
}

// sums are the locked points of an amount, from its cumulative figures month by month; a gap is written -.
func sums(year int, cumulative string) []reporting.Point {
	return points(reporting.Terms{Aggregation: ledger.AsSum, Direction: ledger.More}, year, cumulative)
}

func points(terms reporting.Terms, year int, figures string) []reporting.Point {
	var said []reporting.Stated
	for i, f := range strings.Fields(figures) {
		if f == "-" {
			continue
		}
		s := reporting.Stated{Period: month(year, i+1), State: reporting.Locked}
		s.Given, s.Value = reporting.Cumulative, figure(f)
		said = append(said, s)
	}
	return reporting.Derive(terms, said)
}

// grown are locked points that state growth alone.
func grown(year int, growth string) []reporting.Point {
	var said []reporting.Stated
	for i, f := range strings.Fields(growth) {
		if f != "-" {
			s := reporting.Stated{Period: month(year, i+1), State: reporting.Locked}
			s.Given, s.Growth = reporting.Cumulative, figure(f)
			said = append(said, s)
		}
	}
	return reporting.Derive(reporting.Terms{Aggregation: ledger.AsSum}, said)
}

func target(subject string, cmp ledger.Comparator, value, unit string) ledger.Target {
	return ledger.Target{Number: 1, Subject: subject, Cmp: cmp, Value: figure(value), Unit: unit, Measure: ledger.Level, By: day("2026-12-31"), Firm: true}
}

// jobs are an amount that adds up: 12,000 new jobs in the year.
func jobs(cumulative string) Matter {
	return Matter{
		Kind: reporting.OfTarget, Target: target("城镇新增就业", ledger.Equal, "12000", "人"), Points: sums(2026, cumulative),
		Terms: reporting.Terms{Aggregation: ledger.AsSum, Direction: ledger.More, Unit: "人"}, Begin: day("2026-01-01"), By: day("2026-12-31"),
	}
}

// measured is a target with the terms of its indicator.
func measured(t ledger.Target, a ledger.Aggregation, d ledger.Direction, figures string) Matter {
	terms := reporting.Terms{Aggregation: a, Direction: d, Unit: t.Unit}
	return Matter{Kind: reporting.OfIndicator, Target: t, Terms: terms, Points: points(terms, 2026, figures), Begin: day("2026-01-01"), By: t.By}
}

// growth is a target for the growth of an amount.
func growth(cmp ledger.Comparator, value string, d ledger.Direction, stated string) Matter {
	t := target("规模以上工业增加值", cmp, value, "%")
	t.Measure = ledger.Growth
	return Matter{
		Kind: reporting.OfIndicator, Target: t, Terms: reporting.Terms{Aggregation: ledger.AsSum, Direction: d, Unit: "元"},
		Points: grown(2026, stated), Begin: day("2026-01-01"), By: t.By,
	}
}

func worded(words, stated string) Matter {
	m := growth(ledger.Equal, "0", ledger.More, stated)
	m.Target.Value, m.Target.Words, m.Target.Measure = ledger.Decimal{}, words, ledger.Level
	return m
}

func rule(t testing.TB, name string) Rule {
	t.Helper()
	r, ok := RuleByName(name)
	if !ok {
		t.Fatalf("there is no rule %s", name)
	}
	return r
}

// codes are the codes of a computation.
func codes(why []Step) string {
	var all []string
	for _, s := range why {
		all = append(all, s.Code)
	}
	return strings.Join(all, " ")
}

// zh is a computation in Chinese.
func zh(why []Step) string {
	var all strings.Builder
	for _, w := range Explain(why) {
		all.WriteString(w.ZH)
	}
	return all.String()
}

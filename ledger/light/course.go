package light

import (
	"math/big"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Mark is one period of a matter's course: what should be there at its end, and what is.
type Mark struct {
	Period   reporting.Period
	Expected ledger.Decimal // the bound itself, of what is judged as a level; absent where there is neither
	Actual   ledger.Decimal // as locked, in the view of the target: its growth where growth was promised
}

// Course is a matter through a year, for charts and their tables: the path of its target against what was locked. It has
// the periods of the frequency in which the matter is reported, monthly where nothing is.
func Course(m Matter, rule Rule, year int, on calendar.Date) []Mark {
	j := judging{m: &m, rule: &rule, on: on, points: locked(m.Points, on)}
	d, bounded := demand{view: levelView}, false
	switch m.Kind {
	case reporting.OfProject:
		d, bounded = m.investmentDemand(), m.Works.Planned.Sign() > 0
	case reporting.OfTask:
	default:
		d, bounded = j.demand()
	}
	var base *big.Rat
	if bounded {
		base = j.pathBase(&d)
	}
	var marks []Mark
	for _, p := range (reporting.Period{Frequency: reporting.Yearly, Year: year, Number: 1}).Through(j.frequency()) {
		mark := Mark{Period: p, Actual: j.actual(p, d.view)}
		switch {
		case base != nil:
			expected := new(big.Rat).Sub(d.aim(), base)
			expected.Mul(expected, m.Share(p.Span().To))
			mark.Expected = shown(expected.Add(expected, base))
		case bounded:
			mark.Expected = d.bound
		case m.Kind == reporting.OfTask:
			mark.Expected = percent(m.Share(p.Span().To))
		}
		marks = append(marks, mark)
	}
	return marks
}

// frequency is how often the matter was reported last.
func (j *judging) frequency() reporting.Frequency {
	if n := len(j.points); n > 0 {
		return j.points[n-1].Period.Frequency
	}
	return reporting.Monthly
}

// actual is the figure of a period; of a task the share that its unit states.
func (j *judging) actual(p reporting.Period, v view) ledger.Decimal {
	for at := range j.points {
		if j.points[at].Period != p {
			continue
		}
		if j.m.Kind == reporting.OfTask {
			return j.points[at].Percent
		}
		if figure := j.figure(at, v); figure != nil {
			return j.given(at, v, figure)
		}
	}
	return ledger.Decimal{}
}

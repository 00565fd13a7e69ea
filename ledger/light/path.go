package light

import (
	"math/big"

	"luoshi/calendar"
	"luoshi/ledger"
)

// PathKind is how a promise is to be kept over its time.
type PathKind string

const (
	Linear       PathKind = "linear"     // 序时进度: month by month the same; also of a Path without a kind
	ByQuarters   PathKind = "quarters"   // with a weight for each quarter
	ByMilestones PathKind = "milestones" // what its milestones weigh
	AtEnd        PathKind = "end"        // nothing before the deadline
)

// PathKinds are all kinds in the order in which they are listed.
func PathKinds() []PathKind { return []PathKind{Linear, ByQuarters, ByMilestones, AtEnd} }

// Label is what pages call the kind.
func (k PathKind) Label() ledger.Wording { return label("path", k) }

// Path is how much of a promise should be done at which date.
type Path struct {
	Kind    PathKind          `json:"kind,omitempty"`
	Weights [4]ledger.Decimal `json:"weights,omitzero"` // of the quarters: 20, 25, 25, 30
}

// Validate tells what is wrong with a path, as a code of whys.txt; it is "" where nothing is.
func (p Path) Validate() string {
	switch p.Kind {
	case Linear, ByMilestones, AtEnd, "":
		return ""
	case ByQuarters:
		for _, w := range p.Weights {
			if !w.Known() || w.Sign() < 0 {
				return "path.weight"
			}
		}
		if reach(p.Weights, 4).Sign() == 0 {
			return "path.weight"
		}
		return ""
	}
	return "path.kind"
}

// Share is how much of a matter should be done by the end of a day, from 0 to 1.
func (m *Matter) Share(on calendar.Date) *big.Rat {
	switch {
	case on.Before(m.Begin):
		return new(big.Rat)
	case !on.Before(m.By):
		return big.NewRat(1, 1)
	}
	switch m.Path.Kind {
	case ByMilestones:
		if total := weigh(m.Milestones, func(Milestone) bool { return true }); total.Sign() > 0 {
			due := weigh(m.Milestones, func(s Milestone) bool { return !on.Before(s.By) })
			return due.Quo(due, total)
		}
	case AtEnd:
		return new(big.Rat)
	case ByQuarters:
		if m.Path.Validate() == "" {
			return m.byQuarters(on)
		}
	}
	return m.elapsed(on)
}

// elapsed is the share of the time that is over at the end of a day. Every month counts the same, as 序时进度 is
// reckoned: the half-year is 50 %, not 181 days of 365.
func (m *Matter) elapsed(on calendar.Date) *big.Rat {
	whole := timeSpan(m.Begin, m.By)
	if whole.Sign() <= 0 || !on.Before(m.By) {
		return big.NewRat(1, 1)
	}
	if on.Before(m.Begin) {
		return new(big.Rat)
	}
	over := timeSpan(m.Begin, on)
	return over.Quo(over, whole)
}

// timeSpan is the time from the beginning of a day to the end of another one, in months.
func timeSpan(from, to calendar.Date) *big.Rat {
	months := int64(to.Year-from.Year)*12 + int64(to.Month-from.Month)
	span := big.NewRat(int64(to.Day), int64(calendar.DaysIn(int(to.Year), int(to.Month))))
	if from.Day > 1 {
		span.Sub(span, big.NewRat(int64(from.Day-1), int64(calendar.DaysIn(int(from.Year), int(from.Month)))))
	}
	return span.Add(span, new(big.Rat).SetInt64(months))
}

// byQuarters goes by the weights of the quarters, within a quarter evenly.
func (m *Matter) byQuarters(on calendar.Date) *big.Rat {
	before := m.quartersTo(m.Begin.AddDays(-1))
	whole := m.quartersTo(m.By)
	whole.Sub(whole, before)
	if whole.Sign() <= 0 {
		return m.elapsed(on)
	}
	over := m.quartersTo(on)
	over.Sub(over, before)
	return over.Quo(over, whole)
}

// quartersTo is the weight of the quarters from the beginning of the matter's first year to the end of a day.
func (m *Matter) quartersTo(on calendar.Date) *big.Rat {
	years := int64(on.Year - m.Begin.Year)
	quarter := (int(on.Month) - 1) / 3
	sum := reach(m.Path.Weights, 4)
	sum.Mul(sum, new(big.Rat).SetInt64(years)).Add(sum, reach(m.Path.Weights, quarter))
	begin := calendar.Date{Year: on.Year, Month: int8(quarter*3 + 1), Day: 1}
	within := timeSpan(begin, on)
	within.Mul(within, m.Path.Weights[quarter].Rat())
	return sum.Add(sum, within.Quo(within, big.NewRat(3, 1)))
}

// reach is the weight of the first quarters of a year.
func reach(weights [4]ledger.Decimal, quarters int) *big.Rat {
	sum := new(big.Rat)
	for _, w := range weights[:quarters] {
		sum.Add(sum, w.Rat())
	}
	return sum
}

// weigh is what the milestones together weigh of which something holds.
func weigh(all []Milestone, holds func(Milestone) bool) *big.Rat {
	same := false
	for _, s := range all {
		same = same || !s.Weight.Known() || s.Weight.Sign() <= 0
	}
	sum := new(big.Rat)
	for _, s := range all {
		switch {
		case !holds(s):
		case same:
			sum.Add(sum, big.NewRat(1, 1))
		default:
			sum.Add(sum, s.Weight.Rat())
		}
	}
	return sum
}

package light

import (
	"math/big"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
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
		if _, ok := p.scaled(); !ok {
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
	switch m.pathKind() {
	case ByMilestones:
		due := weigh(m.Milestones, func(s Milestone) bool { return !on.Before(s.By) })
		return due.Quo(due, weigh(m.Milestones, func(Milestone) bool { return true }))
	case AtEnd:
		return new(big.Rat)
	case ByQuarters:
		return m.byQuarters(on)
	}
	return m.elapsed(on)
}

// pathKind is the kind of the path that is gone by: evenly where the chosen one lacks what it needs, and by its
// milestones for a task that has some.
func (m *Matter) pathKind() PathKind {
	switch m.Path.Kind {
	case AtEnd:
		return AtEnd
	case ByQuarters:
		if _, ok := m.Path.scaled(); ok {
			return ByQuarters
		}
	case ByMilestones:
		if len(m.Milestones) > 0 {
			return ByMilestones
		}
	case "":
		if m.Kind == reporting.OfTask && len(m.Milestones) > 0 {
			return ByMilestones
		}
	}
	return Linear
}

// elapsed is the share of the time that is over at the end of a day. Every month counts the same, as 序时进度 is
// reckoned: the half-year is 50 %, not 181 days of 365.
func (m *Matter) elapsed(on calendar.Date) *big.Rat {
	whole := months(m.Begin, m.By)
	switch {
	case whole.count <= 0 || !on.Before(m.By):
		return big.NewRat(1, 1)
	case on.Before(m.Begin):
		return new(big.Rat)
	}
	over := months(m.Begin, on)
	return big.NewRat(over.count*whole.parts, over.parts*whole.count)
}

// span is a time in parts of a month.
type span struct{ count, parts int64 }

// months is the time from the beginning of a day to the end of another one.
func months(from, to calendar.Date) span {
	first := int64(calendar.DaysIn(int(from.Year), int(from.Month)))
	last := int64(calendar.DaysIn(int(to.Year), int(to.Month)))
	whole := int64(to.Year-from.Year)*12 + int64(to.Month-from.Month)
	return span{whole*first*last + int64(to.Day)*first - int64(from.Day-1)*last, first * last}
}

// byQuarters goes by the weights of the quarters, within a quarter evenly.
func (m *Matter) byQuarters(on calendar.Date) *big.Rat {
	weights, _ := m.Path.scaled()
	year := int(m.Begin.Year)
	before, over, whole := reach(weights, year, m.Begin.AddDays(-1)), reach(weights, year, on), reach(weights, year, m.By)
	done := over.count*before.parts - before.count*over.parts
	all := whole.count*before.parts - before.count*whole.parts
	if all <= 0 {
		return m.elapsed(on)
	}
	return big.NewRat(done*whole.parts, all*over.parts)
}

// reach is the weight of the quarters from the beginning of a year to the end of a day, in parts of a weight.
func reach(weights [4]int64, year int, on calendar.Date) span {
	total := weights[0] + weights[1] + weights[2] + weights[3]
	quarter := (int(on.Month) - 1) / 3
	sum := total * int64(int(on.Year)-year)
	for _, w := range weights[:quarter] {
		sum += w
	}
	within := months(calendar.Date{Year: on.Year, Month: int8(quarter*3 + 1), Day: 1}, on)
	return span{sum*3*within.parts + weights[quarter]*within.count, 3 * within.parts}
}

// heaviest is how large a weight may be, counted in hundredths.
const heaviest = 1_000_000

// scaled are the weights of the quarters in hundredths; it is false where they are no weights.
func (p Path) scaled() (weights [4]int64, ok bool) {
	sum := int64(0)
	for i, w := range p.Weights {
		hundredths, whole := inHundredths(w)
		if !whole || hundredths < 0 || hundredths > heaviest {
			return weights, false
		}
		weights[i] = hundredths
		sum += hundredths
	}
	return weights, sum > 0
}

// inHundredths counts a figure in hundredths; it is false where there is none, or where it is finer or far too large.
func inHundredths(d ledger.Decimal) (int64, bool) {
	n := d.Number()
	exp := int(n.Exp) + 2
	for ; exp < 0 && n.Coef%10 == 0 && n.Coef != 0; exp++ {
		n.Coef /= 10
	}
	for ; exp > 0 && n.Coef != 0 && n.Coef <= heaviest && n.Coef >= -heaviest; exp-- {
		n.Coef *= 10
	}
	return n.Coef, d.Known() && (exp == 0 || n.Coef == 0)
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

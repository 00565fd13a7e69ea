package reporting

import (
	"slices"
	"strings"

	"luoshi/ledger"
)

// Correction is a 更正 of a locked figure. What was said before stays beside what is said now.
type Correction struct {
	ID      CorrectionID  `json:"id"`
	Subject Subject       `json:"subject"`
	Unit    ledger.UnitID `json:"unit"`
	Period  Period        `json:"period"`
	Before  Observation   `json:"before"`
	After   Observation   `json:"after"`
	Reason  string        `json:"reason"`
	Basis   string        `json:"basis"` // the paper that it rests on
}

// Effective is what counts after corrections, which are applied in their order; all of them are of one row. A period
// for which nothing had been said gets what the correction says.
func Effective(said []Stated, corrections []Correction) []Stated {
	effective := slices.Clone(said)
	for _, c := range corrections {
		i := slices.IndexFunc(effective, func(s Stated) bool { return s.Period == c.Period })
		if i < 0 {
			i = len(effective)
			effective = append(effective, Stated{Period: c.Period, Unit: c.Unit, State: Locked})
		}
		s := &effective[i]
		s.Figures, s.Said, s.Reason, s.Corrected = c.After.Figures, c.After.Said, c.After.Reason, true
	}
	return effective
}

// Derived is a period whose figures changed because an earlier one was corrected.
type Derived struct {
	Period Period `json:"period"`
	Before Point  `json:"before"`
	After  Point  `json:"after"`
}

// Differences are the periods in which two series of a row differ in a figure, in order.
func Differences(before, after []Point) []Derived {
	var found []Derived
	old := map[Period]Point{}
	for _, p := range before {
		old[p.Period] = p
	}
	for _, p := range after {
		if was := old[p.Period]; !was.same(p) {
			found = append(found, Derived{p.Period, was, p})
		}
		delete(old, p.Period)
	}
	for _, p := range before {
		if _, gone := old[p.Period]; gone {
			found = append(found, Derived{p.Period, p, Point{Period: p.Period}})
		}
	}
	slices.SortStableFunc(found, func(a, b Derived) int { return comparePeriods(a.Period, b.Period) })
	return found
}

// same tells whether two points say the same, whatever the precision of their figures.
func (p Point) same(q Point) bool {
	mine, other := p.figures(), q.figures()
	for i := range mine {
		if !mine[i].Same(other[i]) {
			return false
		}
	}
	return p.Said == q.Said && p.Lacks == q.Lacks
}

func (p Point) figures() [11]ledger.Decimal {
	return [...]ledger.Decimal{
		p.OfPeriod, p.Cumulative, p.Numerator, p.Denominator, p.NumeratorOfPeriod, p.DenominatorOfPeriod,
		p.Growth, p.Base, p.Arrived, p.Paid, p.Percent,
	}
}

// Validate tells what is wrong with a correction.
func (c Correction) Validate() Findings {
	var found Findings
	if strings.TrimSpace(c.Reason) == "" {
		found.note("correction.reason", c.Subject, FieldReason)
	}
	if strings.TrimSpace(c.Basis) == "" {
		found.note("correction.basis", c.Subject, "")
	}
	if c.Before.sameAs(c.After) {
		found.note("correction.nothing", c.Subject, "")
	}
	return found
}

// sameAs tells whether two observations say the same in figures and words.
func (o Observation) sameAs(other Observation) bool {
	mine, theirs := o.Figures.all(), other.Figures.all()
	for f, d := range mine {
		if !d.Same(theirs[f]) {
			return false
		}
	}
	return o.Given == other.Given && o.Said == other.Said && o.Note == other.Note && o.Reason == other.Reason &&
		slices.Equal(o.Nodes, other.Nodes) && slices.Equal(o.Obstacles, other.Obstacles)
}

// all are the figures by their fields.
func (f Figures) all() map[Field]ledger.Decimal {
	return map[Field]ledger.Decimal{
		FieldValue: f.Value, FieldNumerator: f.Numerator, FieldDenominator: f.Denominator, FieldGrowth: f.Growth,
		FieldBase: f.Base, FieldArrived: f.Arrived, FieldPaid: f.Paid, FieldPercent: f.Percent,
	}
}

// place is where the figure of a field is kept; nil for a field that holds none.
func (f *Figures) place(field Field) *ledger.Decimal {
	switch field {
	case FieldValue:
		return &f.Value
	case FieldNumerator:
		return &f.Numerator
	case FieldDenominator:
		return &f.Denominator
	case FieldGrowth:
		return &f.Growth
	case FieldBase:
		return &f.Base
	case FieldArrived:
		return &f.Arrived
	case FieldPaid:
		return &f.Paid
	case FieldPercent:
		return &f.Percent
	}
	return nil
}

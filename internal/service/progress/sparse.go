package progress

import (
	"slices"
	"unique"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// sparse is a figure in little room. A district's year has hundreds of thousands of them, all at once in memory while its
// lights are judged, and of the many figures that a point may have most have two or three.
type sparse struct {
	same        unique.Handle[reporting.Point] // what many points share: period, unit, words; without any figure
	observation reporting.ObservationID
	reason      string
	known       uint16 // which figures it has, by their place in figuresOf
	figures     []ledger.Decimal
}

// figuresAPoint is how many figures a point may have.
const figuresAPoint = 11

// figuresOf are all figures of a point, each in its place.
func figuresOf(p *reporting.Point) [figuresAPoint]*ledger.Decimal {
	return [figuresAPoint]*ledger.Decimal{
		&p.OfPeriod, &p.Cumulative, &p.Numerator, &p.Denominator, &p.NumeratorOfPeriod, &p.DenominatorOfPeriod,
		&p.Growth, &p.Base, &p.Arrived, &p.Paid, &p.Percent,
	}
}

func sparsely(p reporting.Point) sparse {
	s := sparse{observation: p.Observation, reason: p.Reason}
	var figures [figuresAPoint]ledger.Decimal
	n := 0
	for i, figure := range figuresOf(&p) {
		if figure.Known() {
			s.known |= 1 << i
			figures[n] = *figure
			n++
		}
		*figure = ledger.Decimal{}
	}
	s.figures = slices.Clone(figures[:n])
	p.Observation, p.Reason = "", ""
	s.same = unique.Make(p)
	return s
}

func (s sparse) point() reporting.Point {
	p := s.same.Value()
	p.Observation, p.Reason = s.observation, s.reason
	next := 0
	for i, figure := range figuresOf(&p) {
		if s.known&(1<<i) != 0 {
			*figure = s.figures[next]
			next++
		}
	}
	return p
}

// locked are the locked figures of a plan by what they are about and who reported them, in order.
type locked map[reporting.Subject]map[ledger.UnitID][]sparse

// units are those that reported on something, in order.
func (l locked) units(of reporting.Subject) []ledger.UnitID { return sortedKeys(l[of]) }

// points are what a unit reported on something.
func (l locked) points(of reporting.Subject, unit ledger.UnitID) []reporting.Point {
	kept := l[of][unit]
	if len(kept) == 0 {
		return nil
	}
	points := make([]reporting.Point, len(kept))
	for i, s := range kept {
		points[i] = s.point()
	}
	return points
}

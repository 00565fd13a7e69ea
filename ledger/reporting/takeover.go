package reporting

import "slices"

// TakenOver is what counts as said by a unit that took over from others: from the first period in which it speaks for all
// of them, what it says itself; for earlier ones, what it and the others said together. Where only one of them had begun
// to report it is taken as it was said. Where several had, amounts are added and rates computed from their numerators
// and denominators; a period for which one of them is missing, and what cannot be added, is left out, so that nothing
// is taken for whole that is not. What is added is locked only if all of it is. Figures of a unit that was split belong
// to no heir alone and must not be given here.
func TakenOver(t Terms, from Period, own []Stated, before ...[]Stated) []Stated {
	var taken []Stated
	earlier := map[Period][]Stated{}
	points := map[Period][]Point{}
	series := slices.Concat([][]Stated{own}, before)
	for _, said := range series {
		said = sortedByPeriod(said)
		for i, p := range Derive(t, said) {
			if p.Period.Before(from) {
				earlier[p.Period] = append(earlier[p.Period], said[i])
				points[p.Period] = append(points[p.Period], p)
			}
		}
	}
	for _, s := range own {
		if !s.Period.Before(from) {
			taken = append(taken, s)
		}
	}
	for period, said := range earlier {
		switch begun := begunBy(period, series); {
		case len(said) < begun:
		case begun == 1:
			taken = append(taken, said[0])
		case t.Additive || t.Rate:
			taken = append(taken, t.joined(said, points[period]))
		}
	}
	return sortedByPeriod(taken)
}

// begunBy is how many units had reported in the year of a period by its end.
func begunBy(period Period, series [][]Stated) int {
	n := 0
	for _, said := range series {
		if slices.ContainsFunc(said, func(s Stated) bool {
			return s.Period.Frequency == period.Frequency && s.Period.Year == period.Year && !period.Before(s.Period)
		}) {
			n++
		}
	}
	return n
}

// joined is what several units said of one period as the words of one.
func (t Terms) joined(said []Stated, points []Point) Stated {
	parts := make([]Part, len(points))
	one := Stated{Period: points[0].Period, State: Locked, Said: said[0].Said, Reason: said[0].Reason}
	for i, p := range points {
		parts[i] = Part{Point: p}
		if p.State != Locked {
			one.State = p.State
		}
	}
	p := together(t, one.Period, parts)
	one.Corrected = p.Corrected
	one.Figures = Figures{
		Given: Cumulative, Value: p.Cumulative, Numerator: p.Numerator, Denominator: p.Denominator,
		Arrived: p.Arrived, Paid: p.Paid,
	}
	if p.Given == Cumulative {
		one.Base, one.Growth = p.Base, p.Growth
	}
	return one
}

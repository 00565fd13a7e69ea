package light

import (
	"math/big"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// year is one year of a measure in the view of a target.
type year struct {
	year    int
	last    reporting.Period              // with a figure
	figure  *big.Rat                      // of that period
	figures map[reporting.Period]*big.Rat // of all periods
	final   *big.Rat                      // at the end of the year; nil where it is not known
}

// yearOf is the year of the last point that has a figure; nil where none has one.
func yearOf(m *Matter, points []reporting.Point, v view) *year {
	j := judging{m: m, points: points}
	var y *year
	for at := len(points) - 1; at >= 0; at-- {
		p := points[at].Period
		if y != nil && p.Year != y.year {
			break
		}
		figure := j.figure(at, v)
		if v == levelView {
			figure = points[at].Exact(m.Terms)
		}
		if figure == nil {
			continue
		}
		if y == nil {
			y = &year{year: p.Year, last: p, figure: figure, figures: map[reporting.Period]*big.Rat{}}
		}
		y.figures[p] = figure
		if end := p.Span().To; end.Month == 12 && end.Day == 31 && y.final == nil {
			y.final = figure
		}
	}
	return y
}

// pastYears are the years before a year, in order, of which anything is known at their end.
func pastYears(m *Matter, before [][]reporting.Point, v view, than int) []*year {
	other := *m
	other.Base = ledger.Decimal{}
	var past []*year
	for _, points := range before {
		on := reporting.Period{Frequency: reporting.Yearly, Year: than, Number: 1}.Span().From
		y := yearOf(&other, locked(points, on), v)
		if y != nil && y.year < than && y.final != nil && (len(past) == 0 || past[len(past)-1].year < y.year) {
			past = append(past, y)
		}
	}
	return past
}

// upTo is the year as it was known at a period; nil where that period has no figure.
func (y *year) upTo(p reporting.Period) *year {
	p.Year = y.year
	figure := y.figures[p]
	if figure == nil {
		return nil
	}
	return &year{year: y.year, last: p, figure: figure, figures: y.figures}
}

// methodsOf are the methods that fit a measure: amounts add up through the year, everything else stands.
func methodsOf(m *Matter, v view) []Method {
	switch {
	case v == levelView && m.Terms.Aggregation == ledger.AsSum && !m.Terms.Rate && m.Target.Measure != ledger.Share:
		return []Method{Seasonal, CarriedGrowth, RunRate}
	case v == levelView && m.Terms.Aggregation == ledger.AsLatest && !m.Terms.Rate && !isPercent(m.Terms.Unit):
		return []Method{LastValue, CarriedGrowth}
	}
	return []Method{LastValue}
}

// trial is one method's estimate, with its errors on past years.
type trial struct {
	method     Method
	value      *big.Rat
	share      *big.Rat // that the estimate rests on: of the year, or of the year before
	years      int      // that the share was taken from
	tests      int
	mean, most *big.Rat
}

// choose is the method that erred least on past years; one that could be tried often enough goes before one that could
// not, and of those that could not be tried at all the first. It is nil where none can be used.
func choose(methods []Method, now *year, past []*year, points bool) *trial {
	if now.final != nil {
		return &trial{method: AsReported, value: now.final}
	}
	var best *trial
	for _, method := range methods {
		t := estimate(method, now, past)
		if t == nil {
			continue
		}
		t.try(now.last, past, points)
		if best == nil || t.better(best) {
			best = t
		}
	}
	return best
}

func (t *trial) better(than *trial) bool {
	if mine, other := min(t.tests, enough), min(than.tests, enough); mine != other {
		return mine > other
	}
	return t.tests > 0 && t.mean.Cmp(than.mean) < 0
}

// try uses the method on every past year with what was known at the same period of it.
func (t *trial) try(at reporting.Period, past []*year, points bool) {
	sum := new(big.Rat)
	t.most = new(big.Rat)
	for i, y := range past {
		then := y.upTo(at)
		if then == nil || !points && y.final.Sign() == 0 {
			continue
		}
		tried := estimate(t.method, then, past[:i])
		if tried == nil {
			continue
		}
		wrong := new(big.Rat).Sub(tried.value, y.final)
		wrong.Abs(wrong)
		if !points {
			wrong.Quo(wrong, new(big.Rat).Abs(y.final)).Mul(wrong, hundred)
		}
		t.tests++
		sum.Add(sum, wrong)
		if wrong.Cmp(t.most) > 0 {
			t.most = wrong
		}
	}
	if t.tests > 0 {
		t.mean = sum.Quo(sum, new(big.Rat).SetInt64(int64(t.tests)))
	}
}

// estimate is what a method makes of a year and of those before it; nil where it cannot be used.
func estimate(method Method, now *year, past []*year) *trial {
	switch method {
	case LastValue:
		return &trial{method: method, value: now.figure}
	case RunRate:
		share := over(now.last)
		return &trial{method: method, value: new(big.Rat).Quo(now.figure, share), share: share}
	case Seasonal:
		return seasonal(now, past)
	case CarriedGrowth:
		return carried(now, past)
	}
	return nil
}

// over is the share of the year that is over at the end of a period.
func over(p reporting.Period) *big.Rat {
	gone := months(first(p.Year), p.Span().To)
	return big.NewRat(gone.count, 12*gone.parts)
}

// seasonal divides by the mean share of the year that was done by the same period in the years before.
func seasonal(now *year, past []*year) *trial {
	sum, n := new(big.Rat), 0
	for _, y := range past {
		if then := y.upTo(now.last); then != nil && y.final.Sign() > 0 && then.figure.Sign() > 0 {
			sum.Add(sum, new(big.Rat).Quo(then.figure, y.final))
			n++
		}
	}
	if n == 0 {
		return nil
	}
	share := sum.Quo(sum, new(big.Rat).SetInt64(int64(n)))
	return &trial{method: Seasonal, value: new(big.Rat).Quo(now.figure, share), share: share, years: n}
}

// carried lets the year before grow as this year has grown so far.
func carried(now *year, past []*year) *trial {
	if len(past) == 0 || past[len(past)-1].year != now.year-1 {
		return nil
	}
	before := past[len(past)-1]
	then := before.upTo(now.last)
	if then == nil || then.figure.Sign() <= 0 || now.figure.Sign() < 0 {
		return nil
	}
	share := new(big.Rat).Quo(now.figure, then.figure)
	return &trial{method: CarriedGrowth, value: new(big.Rat).Mul(before.final, share), share: share, years: 1}
}

package light

import (
	"math/big"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// hundred makes shares per cent.
var hundred = big.NewRat(100, 1)

// figure is the figure of a point that a target speaks of; nil where the point does not have it.
func (j *judging) figure(at int, v view) *big.Rat {
	p := &j.points[at]
	switch v {
	case growthView:
		return j.growth(p)
	case fallView:
		return negative(j.growth(p))
	case changeView:
		return j.change(p)
	case dropView:
		return negative(j.change(p))
	}
	return j.level(at)
}

// level is the cumulative figure; of an amount that adds up over several years, with the years before.
func (j *judging) level(at int) *big.Rat {
	p := &j.points[at]
	sum := p.Exact(j.m.Terms)
	if sum == nil || j.m.Terms.Aggregation != ledger.AsSum || j.points[0].Period.Year == p.Period.Year {
		return sum
	}
	year := p.Period.Year
	for i := at - 1; i >= 0; i-- {
		q := &j.points[i]
		if q.Period.Year == year || q.Period.Year < int(j.m.Begin.Year) || !q.Cumulative.Known() {
			continue
		}
		year = q.Period.Year
		sum = new(big.Rat).Add(sum, q.Cumulative.Rat())
	}
	return sum
}

// growth is by how many per cent the figure grew since the beginning of the year, against the same time of the year
// before: as it was stated, or from the base. The growth of one period alone is not taken for that of the year.
func (j *judging) growth(p *reporting.Point) *big.Rat {
	if j.m.Terms.Aggregation == ledger.AsGrowth && p.Cumulative.Known() {
		return p.Cumulative.Rat()
	}
	if p.Growth.Known() && j.sinceNewYear(p) {
		return p.Growth.Rat()
	}
	base := j.base(p)
	value := p.Exact(j.m.Terms)
	if base == nil || value == nil || base.Sign() <= 0 {
		return nil
	}
	g := new(big.Rat).Quo(value, base)
	return g.Sub(g, big.NewRat(1, 1)).Mul(g, hundred)
}

// change is by how much the figure grew, in its own unit.
func (j *judging) change(p *reporting.Point) *big.Rat {
	base, value := j.base(p), p.Exact(j.m.Terms)
	if base == nil || value == nil {
		return nil
	}
	return new(big.Rat).Sub(value, base)
}

// base is what the cumulative figure is compared with: the same time of the year before as it was stated, at the end of
// the year all of that year.
func (j *judging) base(p *reporting.Point) *big.Rat {
	if p.Base.Known() && j.sinceNewYear(p) {
		return p.Base.Rat()
	}
	end := p.Period.Span().To
	if j.m.Base.Known() && end.Month == 12 && end.Day == 31 {
		return j.m.Base.Rat()
	}
	return nil
}

// sinceNewYear tells whether what was given speaks of the time since the beginning of the year.
func (j *judging) sinceNewYear(p *reporting.Point) bool {
	return p.Given != reporting.OfPeriod || p.Period.Number == 1 || j.m.Terms.Aggregation == ledger.AsLatest
}

func negative(r *big.Rat) *big.Rat {
	if r == nil {
		return nil
	}
	return new(big.Rat).Neg(r)
}

// percent is a share as it is shown: with one decimal.
func percent(share *big.Rat) ledger.Decimal {
	return reporting.Rounded(new(big.Rat).Mul(share, hundred), 1)
}

// exact is a figure with up to two decimals, for facts.
func exact(r *big.Rat) string { return reporting.Rounded(r, 2).Number().String() }

// shown is a computed figure with no more decimals than anybody prints.
func shown(r *big.Rat) ledger.Decimal {
	decimals := 2
	if new(big.Rat).Abs(r).Cmp(big.NewRat(10000, 1)) >= 0 {
		decimals = 0
	}
	return reporting.Rounded(r, decimals)
}

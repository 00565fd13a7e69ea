package light

import (
	"math"
	"math/big"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
	"luoshi/reading/numeral"
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

// percent is a share as it is shown and graded: with two decimals, so that nothing is behind by what nobody sees.
func percent(share *big.Rat) ledger.Decimal { return rounded(share, 100, 2) }

// exact is a figure with up to two decimals, for facts.
func exact(r *big.Rat) string { return plain(rounded(r, 1, 2)) }

// plenty is from where on decimals are no longer shown.
const plenty = 10000

// shown is a computed figure with no more decimals than anybody prints.
func shown(r *big.Rat) ledger.Decimal {
	if whole := rounded(r, 1, 0); whole.Cmp(ledger.Int(plenty)) >= 0 || whole.Cmp(ledger.Int(-plenty)) <= 0 || !whole.Known() {
		return whole
	}
	return rounded(r, 1, 2)
}

// powers of ten by which decimals are counted.
var powers = [...]int64{1, 10, 100}

// small is what can be multiplied by ten thousand and doubled without overflow.
const small = math.MaxInt64 / 40000

// rounded is a value times a factor with a number of decimals, halves away from 0. Nearly all values are quotients of
// small numbers, for which no big ones are needed.
func rounded(value *big.Rat, factor int64, decimals int) ledger.Decimal {
	num, den := value.Num(), value.Denom()
	if scale := factor * powers[decimals]; num.IsInt64() && den.IsInt64() {
		if n, d := num.Int64(), den.Int64(); scale <= 10000 && n < small && n > -small && d < small {
			n *= 2 * scale
			if n < 0 {
				n -= d
			} else {
				n += d
			}
			return ledger.Exactly(numeral.Decimal{Coef: n / (2 * d), Exp: int8(-decimals)})
		}
	}
	return reporting.Rounded(new(big.Rat).Mul(value, new(big.Rat).SetInt64(factor)), decimals)
}

// plain is a figure for facts.
func plain(d ledger.Decimal) string { return d.Number().String() }

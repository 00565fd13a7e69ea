package checking

import (
	"fmt"
	"math"
	"math/big"

	"luoshi/checking/interval"
	"luoshi/reading"
)

// The years over which a mean growth can be told.
const fewestYears, mostYears = 2, 10

// meanGrowth judges the mean yearly growth behind a change over several years: 由11.37亿元增加到15.20亿元,年均增长6%.
func (p *paper) meanGrowth(c change, g int32) (Finding, bool) {
	f, now, base := &p.facts[g], &p.facts[c.now], &p.facts[c.base]
	if f.Measure != reading.Growth || !f.percent() || !f.plain() || base.percent() || now.Subject != f.Subject {
		return Finding{}, false
	}
	if holds(f.Subject, "constant prices") || holds(f.phrase, "constant prices") || base.Value.Coef == 0 {
		return Finding{}, false
	}
	years := p.yearsOf(c)
	if years == 0 {
		return Finding{}, false
	}
	return p.judge(p.meanRelation(g, c, years), weak)
}

// yearsOf is how many years lie between the two figures of a change: by their dates, or by what the
// paragraph speaks of; 0 where neither tells.
func (p *paper) yearsOf(c change) int {
	now, base := &p.facts[c.now], &p.facts[c.base]
	if n := int(now.By.Year) - int(base.By.Year); base.By.Year > 0 && n >= fewestYears && n <= mostYears {
		return n
	}
	block := p.Document.Blocks[p.sentences[now.sentence].block]
	if holds(p.text[block.Start:now.Span.Start], "five years") {
		return 5
	}
	return 0
}

// meanRelation claims that base × (1 + rate)^years makes the figure.
func (p *paper) meanRelation(rate int32, c change, years int) *relation {
	r, now, base := &p.facts[rate], &p.facts[c.now], &p.facts[c.base]
	ratio, possible := now.span().Positive().Quo(base.span())
	grown := interval.Ordered(power(r.span().Lo, years), power(r.span().Hi, years))
	root := math.Pow(now.about/base.about, 1/float64(years)) - 1
	printed := fmt.Sprintf("%.*f", r.places(), 100*root)
	return &relation{
		facts: []int32{rate, c.now, c.base},
		exact: possible && printed == r.number(0),
		holds: !possible || ratio.Meets(grown),
		say:   growthSaying,
		shown: func() string {
			return fmt.Sprintf("(%s ÷ %s) 开 %d 次方 − 1 = %s%%", now.number(now.scale()), base.number(now.scale()), years, printed)
		},
		wanted: func(k int) (interval.Interval, bool) {
			switch k {
			case 0:
				low, high := rootOf(ratio.Lo, years), rootOf(ratio.Hi, years)
				return interval.Ordered(low, high), possible
			case 1:
				return base.span().Mul(grown), true
			}
			return now.span().Quo(grown)
		},
	}
}

// power is (1 + a rate in hundredths) to the number of years.
func power(rate *big.Rat, years int) *big.Rat {
	factor := new(big.Rat).Add(one, new(big.Rat).Quo(rate, hundred.Lo))
	v := big.NewRat(1, 1)
	for range years {
		v.Mul(v, factor)
	}
	return v
}

// rootOf is the rate in hundredths that makes the quotient over the years, near enough to look for a slip.
func rootOf(quotient *big.Rat, years int) *big.Rat {
	q, _ := quotient.Float64()
	v := new(big.Rat)
	v.SetFloat64(100 * (math.Pow(max(q, 0), 1/float64(years)) - 1))
	return v
}

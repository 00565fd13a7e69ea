package checking

import (
	"math/big"

	"luoshi/checking/interval"
	"luoshi/reading"
)

// indexLevels checks an index against the growth behind it: 居民消费价格指数为102.3%,上涨2.3%.
func (p *paper) indexLevels(first, last int32) []Finding {
	var found []Finding
	for level := first; level+1 < last; level++ {
		l, g := &p.facts[level], &p.facts[level+1]
		if !closes(l.Subject, "index") || l.Subject != g.Subject || l.Measure != reading.Level || !l.percent() || !g.percent() {
			continue
		}
		if !l.plain() || !g.plain() || !nearHundred.Holds(l.Value.Rat()) || g.Measure != reading.Growth && g.Measure != reading.Decline {
			continue
		}
		if f, ok := p.judge(p.indexRelation(level, level+1), likely); ok {
			found = append(found, f)
		}
	}
	return found
}

// nearHundred is where an index stands whose base is the same period of the year before.
var nearHundred = interval.Interval{Lo: big.NewRat(70, 1), Hi: big.NewRat(140, 1)}

// indexRelation claims that the growth is the index − 100, the decline 100 − the index.
func (p *paper) indexRelation(index, change int32) *relation {
	i, c := &p.facts[index], &p.facts[change]
	falls := c.Measure == reading.Decline
	difference := func(v interval.Interval) interval.Interval {
		if falls {
			return hundred.Sub(v)
		}
		return v.Sub(hundred)
	}
	value := difference(interval.Point(i.Value.Rat())).Lo
	within := difference(i.span())
	return &relation{
		facts: []int32{change, index},
		exact: value.Cmp(c.Value.Rat()) == 0,
		holds: within.Meets(c.span()),
		say:   growthSaying,
		shown: func() string {
			if falls {
				return "100 − " + i.number(0) + " = " + scaled(value, 0, i.places())
			}
			return i.number(0) + " − 100 = " + scaled(value, 0, i.places())
		},
		wanted: func(k int) (interval.Interval, bool) {
			if k == 0 {
				return within, true
			}
			if falls {
				return hundred.Sub(c.span()), true
			}
			return hundred.Add(c.span()), true
		},
	}
}

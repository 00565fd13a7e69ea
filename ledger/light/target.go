package light

import (
	"math/big"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// target judges a target: an amount that adds up against its path, everything else as a level.
func (j *judging) target() {
	d, ok := j.demand()
	if !ok {
		return
	}
	j.bounded(&d)
	n := j.within()
	if n < len(j.points) && j.late(&d) {
		return
	}
	last, figure := j.latest(d.view, n)
	if figure == nil {
		j.lacking()
		return
	}
	j.light.AsOf = j.points[last].Period
	end := j.end(last)
	j.light.Elapsed = percent(j.m.elapsed(end))
	j.light.Actual = j.given(last, d.view, figure)
	j.light.Final = !end.Before(j.m.By)
	if base := j.pathBase(&d); base != nil {
		j.alongPath(&d, base, last, figure)
		return
	}
	j.asLevel(&d, last, figure)
}

// within is how many points belong to the time of the matter: a level is judged by how it stood at the deadline.
func (j *judging) within() int {
	n := len(j.points)
	for n > 0 && j.m.By.Before(j.points[n-1].Period.Span().From) {
		n--
	}
	return n
}

// latest is the last of the first n points that has a figure.
func (j *judging) latest(v view, n int) (int, *big.Rat) {
	for at := n - 1; at >= 0; at-- {
		if figure := j.figure(at, v); figure != nil {
			return at, figure
		}
	}
	return 0, nil
}

// end is the last day of a point's period.
func (j *judging) end(at int) calendar.Date { return j.points[at].Period.Span().To }

// given is the figure as it was locked where it is the level itself, and as it was computed otherwise.
func (j *judging) given(at int, v view, figure *big.Rat) ledger.Decimal {
	p := &j.points[at]
	if v == levelView && p.Cumulative.Known() && p.Cumulative.Rat().Cmp(figure) == 0 {
		return p.Cumulative
	}
	return shown(figure)
}

// pathBase is where the path of a target begins: at nothing for an amount that adds up, at the end of the year before
// for a stock that has to move to reach its bound. It is nil for what is judged as a level.
func (j *judging) pathBase(d *demand) *big.Rat {
	base := new(big.Rat)
	switch {
	case d.view != levelView || j.m.Terms.Rate || j.m.Target.Measure == ledger.Share || d.floor != nil && d.ceiling != nil:
		return nil
	case j.m.Terms.Aggregation == ledger.AsLatest && j.m.Base.Known():
		base = j.m.Base.Rat()
		if d.meets(base) || isPercent(d.unit) {
			return nil
		}
	case j.m.Terms.Aggregation != ledger.AsSum || isPercent(d.unit) || d.aim().Sign() <= 0:
		return nil
	}
	return base
}

// alongPath judges a figure against what should be done by the end of its period.
func (j *judging) alongPath(d *demand, base *big.Rat, last int, figure *big.Rat) {
	c := course{d: d, base: base, span: new(big.Rat).Sub(d.aim(), base)}
	c.budget = d.floor == nil && c.span.Sign() > 0
	gap, progress, due := j.gap(&c, last, figure)
	j.light.Progress, j.light.Due = percent(progress), percent(due)
	j.light.Gap = rounded(gap, 1, 2)
	expected := new(big.Rat).Mul(c.span, due)
	j.light.Expected = shown(expected.Add(expected, base))
	j.say("actual", inPeriod(j.light.AsOf), amount(j.light.Actual, d.unit), plain(j.light.Progress))
	met := d.meets(figure)
	switch {
	case met && !c.budget && (j.m.Terms.Aggregation == ledger.AsSum || j.light.Final), met && j.light.Final:
		j.done("met")
		return
	case !met && c.budget:
		j.light.Colour = Red
		j.say("budget.passed", named("colour", Red))
		return
	case j.light.Final:
		j.missed()
		return
	}
	j.say("path", plain(j.light.Elapsed), named("path", j.m.pathKind()), plain(j.light.Due), amount(j.light.Expected, d.unit))
	j.sayGap(gap, c.budget)
	j.grade(gap, func(at int) bool {
		f := j.figure(at, d.view)
		if f == nil {
			return false
		}
		g, _, _ := j.gap(&c, at, f)
		return g.Sign() < 0
	}, last)
}

// course is the path of one demand.
type course struct {
	d          *demand
	base, span *big.Rat
	budget     bool // a ceiling that is used up in the course of the year: less is ahead
}

// gap is by how many points a figure is ahead of its path, with the shares that are done and that should be.
func (j *judging) gap(c *course, at int, figure *big.Rat) (gap, progress, due *big.Rat) {
	progress = figure
	if c.base.Sign() != 0 {
		progress = new(big.Rat).Sub(figure, c.base)
	}
	progress = new(big.Rat).Quo(progress, c.span)
	due = j.m.Share(j.end(at))
	gap = percent(new(big.Rat).Sub(progress, due)).Rat()
	if c.budget {
		gap.Neg(gap)
	}
	return gap, progress, due
}

// sayGap says by how many points a matter is ahead or behind.
func (j *judging) sayGap(gap *big.Rat, budget bool) {
	code := [...]string{"gap.behind", "gap.even", "gap.ahead"}[gap.Sign()+1]
	if budget && gap.Sign() != 0 {
		code += ".budget"
	}
	j.say(code, plain(j.light.Progress), plain(j.light.Due), exact(new(big.Rat).Abs(gap)))
}

// grade applies the rule's grades to a gap. Behind tells of each point whether the matter was behind then.
func (j *judging) grade(gap *big.Rat, behind func(at int) bool, last int) {
	switch j.rule.Measured {
	case ByPeriods:
		n := inARow(behind, last, j.rule.Grades)
		j.give(j.rule.Grades, pick(j.rule.Grades, new(big.Rat).SetInt64(int64(n))), "periods")
	case ByDate:
		j.give(j.rule.Grades, 0, "points")
	default:
		j.give(j.rule.Grades, pick(j.rule.Grades, gap.Neg(gap)), "points")
	}
	if j.rule.Recovers != "" && j.light.Colour == Green && last > 0 && behind(last-1) {
		j.light.Colour, j.light.Grade = j.rule.Recovers, ""
		j.say("recovers", inPeriod(j.points[last-1].Period), named("colour", j.rule.Recovers))
	}
}

// inARow is in how many periods up to the last one something held without a break. More than the last limit of the
// grades are not counted.
func inARow(holds func(at int) bool, last int, grades []Grade) int {
	most := 1
	if len(grades) > 1 {
		limit := grades[len(grades)-2].Limit.Rat()
		most = int(new(big.Int).Quo(limit.Num(), limit.Denom()).Int64()) + 1
	}
	n := 0
	for at := last; at >= 0 && n < most && holds(at); at-- {
		n++
	}
	return n
}

// asLevel judges a figure that does not add up through the year: it keeps its bound, or it does not.
func (j *judging) asLevel(d *demand, last int, figure *big.Rat) {
	j.sayLevel(d, figure)
	aim := d.aim()
	gap := new(big.Rat).Sub(figure, aim)
	if d.floor == nil {
		gap.Neg(gap)
	}
	points := isPercent(d.unit) || d.unit == ""
	if !points && aim.Sign() != 0 {
		gap.Quo(gap, new(big.Rat).Abs(aim)).Mul(gap, hundred)
	}
	j.light.Gap = reporting.Rounded(gap, 2)
	if d.floor != nil && aim.Sign() > 0 {
		j.light.Progress = percent(new(big.Rat).Quo(figure, aim))
	}
	miss := d.misses(figure)
	switch {
	case miss == nil && j.light.Final:
		j.done("met.level")
	case miss == nil:
		j.give(j.rule.Levels, 0, "level")
		j.recovered(d, last)
	case j.light.Final:
		j.missed()
	default:
		j.missingLevel(d, last, figure, miss)
	}
}

// turned is how a change is called that went the other way.
var turned = map[view]view{growthView: fallView, fallView: growthView, changeView: dropView, dropView: changeView}

// sayLevel says the figure: that it fell by 1 % and not that it grew by -1 %.
func (j *judging) sayLevel(d *demand, figure *big.Rat) {
	v, said := d.view, j.light.Actual
	if other := turned[v]; figure.Sign() < 0 && other != "" {
		v, said = other, shown(new(big.Rat).Neg(figure))
	}
	j.say("actual."+string(v), inPeriod(j.light.AsOf), amount(said, d.unit))
}

// missingLevel grades a level that misses its bound before the deadline. One on the other side of nothing, a fall where
// growth was promised, has the worst grade.
func (j *judging) missingLevel(d *demand, last int, figure, miss *big.Rat) {
	levels, aim := j.rule.Levels, d.aim()
	if j.rule.Measured == ByPeriods {
		n := inARow(func(at int) bool {
			f := j.figure(at, d.view)
			return f != nil && !d.meets(f)
		}, last, levels)
		j.say("level.missed", exact(miss))
		j.give(levels, pick(levels, new(big.Rat).SetInt64(int64(n))), "periods")
		return
	}
	if len(levels) > 1 && miss.Sign() > 0 && (aim.Sign() == 0 || aim.Sign() != figure.Sign() && figure.Sign() != 0) {
		j.say("level.opposite", exact(figure), exact(aim))
		j.light.Colour, j.light.Grade = levels[len(levels)-1].Colour, levels[len(levels)-1].Name
		j.say("colour", named("colour", j.light.Colour))
		return
	}
	share := new(big.Rat)
	if aim.Sign() != 0 {
		share.Quo(miss, new(big.Rat).Abs(aim)).Mul(share, hundred)
	}
	j.say("level.share", exact(miss), exact(share))
	j.give(levels, min(max(pick(levels, share), 1), len(levels)-1), "level")
}

// recovered colours a level that kept its bound again after a period in which it had not, where the rule says so.
func (j *judging) recovered(d *demand, last int) {
	if j.rule.Recovers == "" || last == 0 {
		return
	}
	if f := j.figure(last-1, d.view); f != nil && !d.meets(f) {
		j.light.Colour, j.light.Grade = j.rule.Recovers, ""
		j.say("recovers", inPeriod(j.points[last-1].Period), named("colour", j.rule.Recovers))
	}
}

// done makes the light blue.
func (j *judging) done(code string) {
	j.light.Colour = Blue
	j.say(code, named("colour", Blue))
}

// late tells whether an amount was reached after the deadline: it is done all the same. What was reached before is judged
// as ever.
func (j *judging) late(d *demand) bool {
	if j.m.Terms.Aggregation != ledger.AsSum || d.view != levelView || d.floor == nil {
		return false
	}
	if _, before := j.latest(d.view, j.within()); before != nil && d.meets(before) {
		return false
	}
	at, figure := j.latest(d.view, len(j.points))
	if figure == nil || !d.meets(figure) {
		return false
	}
	j.light.AsOf, j.light.Final = j.points[at].Period, true
	j.light.Actual = j.given(at, d.view, figure)
	j.light.Elapsed = percent(big.NewRat(1, 1))
	if d.aim().Sign() > 0 {
		j.light.Progress = percent(new(big.Rat).Quo(figure, d.aim()))
	}
	j.light.Colour = Blue
	j.say("met.late", j.m.By.String(), inPeriod(j.light.AsOf), amount(j.light.Actual, d.unit), named("colour", Blue))
	return true
}

// missed makes the light red: the deadline is over and the promise was not kept.
func (j *judging) missed() {
	j.light.Colour = Red
	j.say("missed", j.m.By.String(), named("colour", Red))
	if !j.m.Target.Firm {
		j.say("soft")
	}
}

package reporting

import (
	"cmp"
	"maps"
	"math/big"
	"slices"
	"strings"

	"luoshi/ledger"
)

// How far a figure may lie from what is known before it is doubted. They err on the side of silence: a check that cries
// too often is passed over without being read.
var (
	tenth         = big.NewRat(1, 10)          // percentage points by which growth may differ from level and base
	slipWidth     = big.NewRat(3, 1)           // a slip of 10^4 is a quotient from 1/3 of it to 3 times it
	shareWidth    = big.NewRat(3, 2)           // the same for a share entered as a fraction
	jumpDeviation = big.NewRat(6*14826, 10000) // times the median deviation: 6 standard deviations of normal figures
	jumpOfShare   = big.NewRat(5, 1)           // points that a share may always move
	farBehind     = big.NewRat(20, 1)          // points behind elapsed time from which on a reason is asked
	twice, half   = big.NewRat(2, 1), big.NewRat(1, 2)
)

// enoughHistory is how many earlier figures a jump is judged by at least.
const enoughHistory = 4

// reference is a figure that the entered one should be of the size of.
type reference struct {
	size   *big.Rat
	powers []int // the slips that are looked for against it
}

// slip looks for a figure that is off by a power of ten, as happens between 元, 万元 and 亿元. It is sure where two
// references or more agree and none speaks against it.
func (c *checker) slip() bool {
	value := c.said.Value
	if value.Sign() == 0 || c.row.Terms.Aggregation == ledger.AsGrowth {
		return false
	}
	width := slipWidth
	if c.row.Terms.isShare() {
		width = shareWidth
	}
	votes := map[int]int{}
	references := c.references()
	for _, r := range references {
		votes[slipped(value.Rat(), r, width)]++
	}
	delete(votes, 0)
	if len(votes) == 0 {
		return false
	}
	power := slices.MaxFunc(slices.Sorted(maps.Keys(votes)), func(a, b int) int { return cmp.Compare(votes[a], votes[b]) })
	code := "slip.likely"
	if votes[power] > 1 && votes[power] == len(references) {
		code = "slip.sure"
	}
	c.note(code, FieldValue, c.shown(value), powerText(power), c.shown(Scaled(value, power)))
	return true
}

// slipped is the power of ten by which a value is off a reference; 0 where it is not.
func slipped(value *big.Rat, r reference, width *big.Rat) int {
	q := new(big.Rat).Quo(new(big.Rat).Abs(value), r.size)
	for _, power := range r.powers {
		off := new(big.Rat).Quo(q, powerOfTen(max(power, -power)))
		if power < 0 {
			off = new(big.Rat).Mul(q, powerOfTen(-power))
		}
		if off.Cmp(width) <= 0 && off.Cmp(new(big.Rat).Inv(width)) >= 0 {
			return power
		}
	}
	return 0
}

// references are what the entered figure is compared with, in the view in which it was given: the course of the year,
// the same period of the year before, and the target. Against a target a figure may well be a thousandth in January.
func (c *checker) references() []reference {
	near, far := []int{3, -3, 4, -4, 8, -8}, []int{4, -4, 8, -8}
	if c.row.Terms.isShare() {
		near, far = []int{2, -2}, []int{2, -2}
	}
	var all []reference
	add := func(size *big.Rat, powers []int) {
		if size != nil && size.Sign() != 0 {
			all = append(all, reference{new(big.Rat).Abs(size), powers})
		}
	}
	add(c.course(), near)
	if p, ok := c.yearBefore(); ok && p.In(c.point.Given).Known() {
		add(p.In(c.point.Given).Rat(), near)
	}
	add(c.expected(), far)
	return all
}

// course is what the earlier periods of the year make one expect.
func (c *checker) course() *big.Rat {
	if c.flows() && c.point.Given == Cumulative {
		if c.before.Cumulative.Sign() == 0 {
			return nil
		}
		n := int64(c.known.Period.Number)
		return new(big.Rat).Mul(c.before.Cumulative.Rat(), big.NewRat(n, n-1))
	}
	var sizes []*big.Rat
	for _, p := range c.known.Year {
		if d := p.In(c.point.Given); p.Period.Frequency == c.known.Period.Frequency && d.Sign() != 0 {
			sizes = append(sizes, d.Rat())
		}
	}
	return median(sizes)
}

// expected is what the year's target, or a project's plan, makes one expect of the period.
func (c *checker) expected() *big.Rat {
	var year *big.Rat
	for _, t := range c.row.Targets {
		if c.bounds(t.Target) {
			year = t.Target.Value.Rat()
		}
	}
	if c.row.Planned.Known() {
		year = c.row.Planned.Rat()
	}
	if year == nil || !c.flows() {
		return year
	}
	n, per := int64(c.known.Period.Number), int64(perYear[c.known.Period.Frequency])
	if c.point.Given == OfPeriod {
		n = 1
	}
	return new(big.Rat).Mul(year, big.NewRat(n, per))
}

func (c *checker) flows() bool { return c.row.Terms.Aggregation == ledger.AsSum && !c.row.Terms.Rate }

// yearBefore is the same period of the year before.
func (c *checker) yearBefore() (Point, bool) {
	for _, p := range c.known.YearBefore {
		if p.Period == c.known.Period.YearBefore() {
			return p, true
		}
	}
	return Point{}, false
}

// falls looks for a cumulative figure that is lower than that of the period before.
func (c *checker) falls() {
	now, before := c.point.Cumulative, c.before.Cumulative
	if !c.flows() || c.point.Given != Cumulative || !now.Known() || !before.Known() || now.Cmp(before) >= 0 {
		return
	}
	code := "cumulative.falls"
	if holdsWord("may_fall", c.row.Title) {
		code = "cumulative.falls_net"
	}
	c.note(code, FieldValue, c.shown(now), c.shown(before))
}

// jump looks for a figure far from all earlier ones, measured by their median and median deviation, which a few odd
// figures do not move. What is usual for the season is no jump.
func (c *checker) jump() {
	if !c.point.OfPeriod.Known() || c.row.Terms.Aggregation == ledger.AsGrowth {
		return
	}
	value := c.point.OfPeriod.Rat()
	var history []*big.Rat
	for _, p := range slices.Concat(c.known.YearBefore, c.known.Year) {
		if p.OfPeriod.Known() && p.Period.Frequency == c.known.Period.Frequency && p.Period.Before(c.known.Period) {
			history = append(history, p.OfPeriod.Rat())
		}
	}
	if len(history) < enoughHistory || c.seasonal(value) {
		return
	}
	middle := median(history)
	deviations := make([]*big.Rat, len(history))
	for i, h := range history {
		deviations[i] = distance(h, middle)
	}
	allowed := new(big.Rat).Mul(median(deviations), jumpDeviation)
	least := new(big.Rat).Mul(new(big.Rat).Abs(middle), half)
	if c.row.Terms.isShare() {
		least = jumpOfShare
	}
	if off := distance(value, middle); off.Cmp(allowed) > 0 && off.Cmp(least) > 0 {
		c.note("jump", FieldValue, c.shown(c.point.OfPeriod), c.shown(Rounded(middle, 2+c.row.decimals())))
	}
}

// seasonal tells whether a figure is of the size that the same period of the year before had.
func (c *checker) seasonal(value *big.Rat) bool {
	p, ok := c.yearBefore()
	if !ok || p.OfPeriod.Sign() == 0 {
		return false
	}
	q := new(big.Rat).Quo(value, p.OfPeriod.Rat())
	return q.Cmp(half) >= 0 && q.Cmp(twice) <= 0
}

// decimals are those that figures in the row's unit have beyond its scale: rounding to the scale's hundredth.
func (r Row) decimals() int { return -r.Scale }

// behind asks for a reason where the figure is far behind the time that has gone by.
func (c *checker) behind() {
	done := c.point.Cumulative
	if !c.flows() || !done.Known() || strings.TrimSpace(c.said.Reason) != "" {
		return
	}
	target := c.row.Planned
	for _, t := range c.row.Targets {
		if c.bounds(t.Target) && t.Target.Cmp != ledger.AtMost && t.Target.Cmp != ledger.LessThan {
			target = t.Target.Value
		}
	}
	share := Share(done, target)
	gone, all := daysOf(c.known.Period)
	elapsed := big.NewRat(int64(gone)*100, int64(all))
	if share != nil && target.Sign() > 0 && new(big.Rat).Sub(elapsed, share).Cmp(farBehind) > 0 {
		c.note("reason.missing", FieldReason, Rounded(share, 1).Plain(), Rounded(elapsed, 1).Plain())
	}
}

// median is the middle of figures, nil of none.
func median(figures []*big.Rat) *big.Rat {
	if len(figures) == 0 {
		return nil
	}
	sorted := slices.SortedFunc(slices.Values(figures), (*big.Rat).Cmp)
	n := len(sorted)
	sum := new(big.Rat).Add(sorted[(n-1)/2], sorted[n/2])
	return sum.Mul(sum, half)
}

// distance is how far two values are apart.
func distance(a, b *big.Rat) *big.Rat {
	d := new(big.Rat).Sub(a, b)
	return d.Abs(d)
}

// lastPlace is half a step of the last digit that was given: what rounding may have taken.
func lastPlace(d ledger.Decimal) *big.Rat {
	exp := int(d.Number().Exp)
	step := powerOfTen(max(exp, -exp))
	if exp < 0 {
		step.Inv(step)
	}
	return step.Mul(step, half)
}

// powerText is a power of ten for people: 10000, and 1/10000.
func powerText(power int) string {
	text := powerOfTen(max(power, -power)).Num().String()
	if power < 0 {
		return "1/" + text
	}
	return text
}

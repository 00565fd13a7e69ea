package demo

import (
	"hash/fnv"
	"math/big"
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// gait is how fast a matter goes: in per mille of what time asks for, what is added to a rate of growth in tenths of a
// point, and in per mille of a bound what a level stands at that should be reached or kept.
type gait struct{ flow, growth, level int64 }

var (
	steady = gait{1010, 2, 1004}
	gaits  = map[string]gait{
		"ahead":   {1120, 11, 1020},
		"behind":  {845, -16, 970},
		"stalled": {560, -34, 930},
		"over":    {900, -12, 940}, // of what should be low: above its bound
	}
)

// season is how much of a year's amount is done at the end of each month, in per mille.
var season = [13]int64{0, 68, 138, 226, 311, 397, 503, 583, 663, 752, 836, 916, 1000}

// stated makes what a unit says of a row at the end of a month.
func (r *reports) stated(row reporting.Row, month int) reporting.Observation {
	p := r.paceOf(row.Title)
	o := reporting.Observation{Subject: row.Subject, Origin: reporting.Typed}
	wobble := wobbleOf(row.Title, month)
	switch row.Subject.Kind {
	case reporting.OfTask:
		r.task(&o, row, p, month)
	case reporting.OfProject:
		r.project(&o, row, p, month)
	default:
		measured(&o, row, p, month, wobble)
	}
	if p.gait.flow < steady.flow {
		o.Reason = p.reason
	}
	if p.gait.flow > steady.flow {
		o.Note = p.reason
	}
	for _, b := range r.blocks {
		for _, m := range b.months {
			if m == month && strings.HasPrefix(row.Title, b.title) && asks(row, reporting.FieldObstacles) {
				o.Obstacles = append(o.Obstacles, reporting.Obstacle{Text: b.text, Ask: b.ask})
				o.Said = reporting.InTrouble
			}
		}
	}
	return o
}

// wobbleOf is a little that chance adds, the same each time: from -4 to 4.
func wobbleOf(title string, month int) int64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(title + strconv.Itoa(month)))
	return int64(h.Sum32()%9) - 4
}

func asks(row reporting.Row, field reporting.Field) bool {
	for _, f := range row.Fields {
		if f == field {
			return true
		}
	}
	return false
}

// task is a matter without a figure: done by its deadline, or as far as its pace has brought it.
func (r *reports) task(o *reporting.Observation, row reporting.Row, p pace, month int) {
	last := 12
	if row.By.Year == year {
		last = int(row.By.Month)
	}
	done := min(100, int64(month)*p.gait.flow/int64(10*last))
	o.Percent, o.Said = ledger.Int(done), reporting.UnderWay
	if done == 100 {
		o.Said = reporting.Completed
	}
	if p.gait.flow < gaits["behind"].flow {
		o.Said = reporting.InTrouble
	}
	r.reach(o, row, p, month)
}

// reach says which nodes were reached in the month.
func (r *reports) reach(o *reporting.Observation, row reporting.Row, p pace, month int) {
	if p.gait.flow < steady.flow {
		return
	}
	for _, n := range row.Nodes {
		if n.By.Year == year && int(n.By.Month) == month {
			o.Nodes = append(o.Nodes, reporting.NodeReached{Number: n.Number, On: calendar.Date{Year: year, Month: int8(month), Day: min(n.By.Day, 18)}})
		}
	}
}

// project is the investment of a project's year, and what arrived and was paid for it, in whole ten thousands.
func (r *reports) project(o *reporting.Observation, row reporting.Row, p pace, month int) {
	o.Given, o.Said = reporting.Cumulative, reporting.UnderWay
	o.Value = share(row.Planned, season[month]*p.gait.flow/1000, 4)
	if asks(row, reporting.FieldArrived) {
		bound := row.Funds
		if row.Planned.Known() && row.Planned.Cmp(bound) < 0 {
			bound = row.Planned
		}
		o.Arrived = share(bound, season[month]*min(p.gait.flow, 950)/1000, 4)
		o.Paid = share(bound, season[month]*min(p.gait.flow, 950)*8/10000, 4)
	}
	if p.gait.flow < gaits["behind"].flow {
		o.Said = reporting.InTrouble
	}
	r.reach(o, row, p, month)
}

// share is so many per mille of a figure, with no more digits than whole units of a power of ten.
func share(of ledger.Decimal, perMille int64, power int) ledger.Decimal {
	if !of.Known() {
		return ledger.Int(0)
	}
	part := new(big.Rat).Mul(of.Rat(), big.NewRat(perMille, 1000))
	return rounded(part, power, 0)
}

// rounded is a number with so many places in units of a power of ten.
func rounded(r *big.Rat, power, places int) ledger.Decimal {
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(power)), nil))
	d, err := ledger.ParseDecimal(new(big.Rat).Quo(r, scale).FloatString(places))
	if err != nil {
		panic(err) // FloatString writes decimals
	}
	return reporting.Scaled(d, -power)
}

// measured is a row of figures: an amount that grows through the year, a level that is kept, or a rate of growth.
func measured(o *reporting.Observation, row reporting.Row, p pace, month int, wobble int64) {
	t := row.Targets[len(row.Targets)-1].Target
	o.Given = reporting.Cumulative
	growth := growthOf(t, row, p, wobble)
	if asks(row, reporting.FieldSaid) {
		o.Said = reporting.UnderWay
	}
	if asks(row, reporting.FieldValue) {
		o.Value = level(o, row, t, p, month, growth, wobble)
	}
	if asks(row, reporting.FieldNumerator) {
		bound := orElse(t.Value, 90)
		o.Denominator = ledger.Int(1980 + int64(month))
		part := new(big.Rat).Mul(bound.Rat(), big.NewRat(p.gait.level*(1980+int64(month)), 100_000))
		o.Numerator = rounded(new(big.Rat).SetInt(minimum(part, o.Denominator.Rat())), 0, 0)
	}
	if asks(row, reporting.FieldGrowth) {
		o.Growth = growth
	}
}

func minimum(a, b *big.Rat) *big.Int {
	least := a
	if b.Cmp(a) < 0 {
		least = b
	}
	return new(big.Int).Quo(least.Num(), least.Denom())
}

// growthOf is a rate of growth in per cent: about the target's, and about 5 where that is none of growth.
func growthOf(t ledger.Target, row reporting.Row, p pace, wobble int64) ledger.Decimal {
	bound := ledger.Int(5)
	for _, target := range row.Targets {
		if m := target.Target.Measure; (m == ledger.Growth || m == ledger.Decline) && target.Target.Value.Known() && target.Target.Unit == "%" {
			bound = target.Target.Value
			t = target.Target
		}
	}
	tenths := new(big.Rat).Add(bound.Rat(), big.NewRat(p.gait.growth+wobble/2, 10))
	if t.Measure == ledger.Decline {
		tenths.Neg(tenths)
	}
	return rounded(tenths, 0, 1)
}

// level is the figure of a row itself; with it the base that its growth is measured from, where that is asked.
func level(o *reporting.Observation, row reporting.Row, t ledger.Target, p pace, month int, growth ledger.Decimal, wobble int64) ledger.Decimal {
	places := 0
	if row.Scale > 0 || decimals(row.Base) > 0 {
		places = 2
	}
	if row.Terms.Aggregation != ledger.AsSum {
		return kept(row, t, p, wobble)
	}
	year, known := yearly(row, t)
	if !known {
		return ledger.Decimal{}
	}
	done := new(big.Rat).Mul(year, gone(t.By, month))
	if row.Base.Known() && row.BaseYear == 2025 && asks(row, reporting.FieldGrowth) {
		before := rounded(new(big.Rat).Mul(row.Base.Rat(), big.NewRat(season[month], 1000)), row.Scale, places)
		if asks(row, reporting.FieldBase) {
			o.Base = before
		}
		rise := new(big.Rat).Add(big.NewRat(1, 1), new(big.Rat).Quo(growth.Rat(), big.NewRat(100, 1)))
		return rounded(rise.Mul(rise, before.Rat()), row.Scale, places)
	}
	done.Mul(done, big.NewRat(p.gait.flow, 1000))
	if counted(row, t) {
		done.SetInt(minimum(done, done))
	}
	return rounded(done, row.Scale, places)
}

// counted tells whether a row counts things, of which there is no part.
func counted(row reporting.Row, t ledger.Target) bool {
	return row.Scale == 0 && row.Terms.Unit != "%" && t.Value.Known() && decimals(t.Value) == 0 && decimals(row.Base) == 0
}

// decimals is how many digits a figure has behind its point.
func decimals(d ledger.Decimal) int { return max(0, -int(d.Number().Exp)) }

// gone is how much of what is due by a day is due at the end of a month.
func gone(by calendar.Date, month int) *big.Rat {
	last := 12
	if by.Year == year {
		last = int(by.Month)
	}
	return big.NewRat(season[min(month, last)], season[last])
}

// yearly is what the year as a whole is to bring.
func yearly(row reporting.Row, t ledger.Target) (*big.Rat, bool) {
	switch {
	case t.Measure == ledger.Level && t.Value.Known():
		return t.Value.Rat(), true
	case row.Base.Known():
		return row.Base.Rat(), true
	}
	return nil, false
}

// kept is a level or a rate that is to stand at its bound.
func kept(row reporting.Row, t ledger.Target, p pace, wobble int64) ledger.Decimal {
	bound := orElse(t.Value, 60)
	if t.Measure != ledger.Level && row.Base.Known() {
		bound = row.Base
	}
	perMille := p.gait.level + wobble
	if row.Terms.Direction == ledger.Less {
		perMille = 2000 - perMille - 12
	}
	places := 1
	if row.Scale > 0 {
		places = 2
	}
	at := new(big.Rat).Mul(bound.Rat(), big.NewRat(perMille, 1000))
	if row.Terms.Unit == "%" && at.Cmp(big.NewRat(100, 1)) > 0 {
		at.SetInt64(100)
	}
	if counted(row, t) && t.Measure == ledger.Level {
		at.SetInt(minimum(at, at))
	}
	return rounded(at, row.Scale, places)
}

func orElse(d ledger.Decimal, other int64) ledger.Decimal {
	if d.Known() {
		return d
	}
	return ledger.Int(other)
}

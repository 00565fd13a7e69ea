package reporting

import (
	"cmp"
	"math/big"
	"slices"

	"luoshi/ledger"
)

// Stated is what a unit said of one subject for one period, and how far it has come.
type Stated struct {
	Period      Period        `json:"period"`
	Unit        ledger.UnitID `json:"unit,omitempty"`
	Observation ObservationID `json:"observation,omitempty"`
	Figures
	Said      Said   `json:"said,omitempty"`
	State     State  `json:"state,omitempty"`
	Corrected bool   `json:"corrected,omitempty"`
	Reason    string `json:"reason,omitempty"`
}

// Lack is why a view of a figure is absent.
type Lack string

const (
	LacksPrevious  Lack = "previous"  // the period before has no figure
	LacksNumerator Lack = "numerator" // a mean or a rate was given without numerator and denominator
	LacksGrowth    Lack = "growth"    // growth of one view does not give that of the other
	LacksPart      Lack = "part"      // of a total: a part has no such view
	LacksRoom      Lack = "too_long"  // the figure is too long
	LacksFigure    Lack = "nothing"   // none was given at all
)

// Point is one period of a row in both views: what was given and what follows from it.
type Point struct {
	Period              Period         `json:"period"`
	Unit                ledger.UnitID  `json:"unit,omitempty"`
	Observation         ObservationID  `json:"observation,omitempty"`
	Given               Basis          `json:"given,omitempty"`      // the view that was given; the other one is derived
	OfPeriod            ledger.Decimal `json:"of_period,omitzero"`   // 当期
	Cumulative          ledger.Decimal `json:"cumulative,omitzero"`  // 累计
	Numerator           ledger.Decimal `json:"numerator,omitzero"`   // cumulative
	Denominator         ledger.Decimal `json:"denominator,omitzero"` // cumulative
	NumeratorOfPeriod   ledger.Decimal `json:"numerator_of_period,omitzero"`
	DenominatorOfPeriod ledger.Decimal `json:"denominator_of_period,omitzero"`
	Growth              ledger.Decimal `json:"growth,omitzero"` // of the view that was given
	Base                ledger.Decimal `json:"base,omitzero"`   // of the view that was given
	Arrived             ledger.Decimal `json:"arrived,omitzero"`
	Paid                ledger.Decimal `json:"paid,omitzero"`
	Percent             ledger.Decimal `json:"percent,omitzero"`
	Said                Said           `json:"said,omitempty"`
	State               State          `json:"state,omitempty"`
	Corrected           bool           `json:"corrected,omitempty"`
	Reason              string         `json:"reason,omitempty"`
	Lacks               Lack           `json:"lacks,omitempty"` // why a view is absent
}

// In is the figure of one view.
func (p Point) In(b Basis) ledger.Decimal {
	if b == OfPeriod {
		return p.OfPeriod
	}
	return p.Cumulative
}

// Figure is the view that was given: what the unit itself said.
func (p Point) Figure() ledger.Decimal { return p.In(p.Given) }

// Exact is the cumulative figure for comparisons: of a rate the quotient itself and not its stored decimals; nil where
// it is absent.
func (p Point) Exact(t Terms) *big.Rat {
	if q := quotient(p.Numerator, p.Denominator, t.factor()); t.Rate && q != nil {
		return q
	}
	if !p.Cumulative.Known() {
		return nil
	}
	return p.Cumulative.Rat()
}

// Derive makes the points of a row out of what was said of it, in the order of the periods. What is derived of a period
// rests on the earlier periods of its year and frequency alone; the year begins anew with its first period.
func Derive(t Terms, said []Stated) []Point {
	said = sortedByPeriod(said)
	points := make([]Point, len(said))
	last := map[Frequency]int{}
	for i, s := range said {
		var before Point
		if at, there := last[s.Period.Frequency]; there && (s.Period.Number == 1 || points[at].Period == s.Period.Previous()) {
			before = points[at]
		}
		points[i] = t.derive(s, before)
		last[s.Period.Frequency] = i
	}
	return points
}

// sortedByPeriod is what was said in the order of the periods.
func sortedByPeriod(said []Stated) []Stated {
	inTime := func(a, b Stated) int { return comparePeriods(a.Period, b.Period) }
	if slices.IsSortedFunc(said, inTime) { // as nearly always
		return said
	}
	said = slices.Clone(said)
	slices.SortStableFunc(said, inTime)
	return said
}

// comparePeriods orders periods by their end; of those that end on one day the shorter comes first.
func comparePeriods(a, b Period) int {
	return cmp.Or(b.Span().To.DaysTo(a.Span().To), cmp.Compare(perYear[b.Frequency], perYear[a.Frequency]))
}

// derive makes one point; before is the period before it, zero where there is none.
func (t Terms) derive(s Stated, before Point) Point {
	p := Point{
		Period: s.Period, Unit: s.Unit, Observation: s.Observation, Given: cmp.Or(s.Given, Cumulative),
		Growth: s.Growth, Base: s.Base, Arrived: s.Arrived, Paid: s.Paid, Percent: s.Percent,
		Said: s.Said, State: s.State, Corrected: s.Corrected, Reason: s.Reason,
	}
	first := s.Period.Number == 1
	t.deriveQuotient(&p, s, before, first)
	if quotient(p.Numerator, p.Denominator, 1) != nil || quotient(p.NumeratorOfPeriod, p.DenominatorOfPeriod, 1) != nil {
		t.divide(&p, first)
		return p
	}
	t.deriveValue(&p, s, before, first)
	return p
}

// deriveValue puts the given figure into its view and finds the other one.
func (t Terms) deriveValue(p *Point, s Stated, before Point, first bool) {
	value := s.Value
	if t.Aggregation == ledger.AsGrowth {
		value = either(s.Value, s.Growth)
		p.Growth = value
	}
	p.set(p.Given, value)
	switch {
	case !value.Known():
		p.Lacks = LacksFigure
	case first || t.Aggregation == ledger.AsLatest:
		p.OfPeriod, p.Cumulative = value, value
	case t.Aggregation == ledger.AsGrowth:
		p.Lacks = LacksGrowth
	case t.Aggregation == ledger.AsAverage || t.Rate:
		p.Lacks = LacksNumerator
	default:
		p.Lacks = addUp(p.Given, &p.OfPeriod, &p.Cumulative, before.Cumulative)
	}
}

// deriveQuotient puts numerator and denominator into both of their views. Those of a stock stand as they are.
func (t Terms) deriveQuotient(p *Point, s Stated, before Point, first bool) {
	if !t.Rate && t.Aggregation != ledger.AsAverage {
		return
	}
	n, d := Point{}, Point{}
	n.set(p.Given, s.Numerator)
	d.set(p.Given, s.Denominator)
	if first || t.Aggregation == ledger.AsLatest {
		n.OfPeriod, n.Cumulative, d.OfPeriod, d.Cumulative = s.Numerator, s.Numerator, s.Denominator, s.Denominator
	} else {
		addUp(p.Given, &n.OfPeriod, &n.Cumulative, before.Numerator)
		addUp(p.Given, &d.OfPeriod, &d.Cumulative, before.Denominator)
	}
	p.NumeratorOfPeriod, p.Numerator = n.OfPeriod, n.Cumulative
	p.DenominatorOfPeriod, p.Denominator = d.OfPeriod, d.Cumulative
}

// divide computes both views of a rate from its numerators and denominators.
func (t Terms) divide(p *Point, first bool) {
	p.OfPeriod = Rounded(quotient(p.NumeratorOfPeriod, p.DenominatorOfPeriod, t.factor()), places)
	p.Cumulative = Rounded(quotient(p.Numerator, p.Denominator, t.factor()), places)
	if !first && (!p.OfPeriod.Known() || !p.Cumulative.Known()) {
		p.Lacks = LacksPrevious
	}
}

// addUp finds the view that was not given: the cumulative figure is the one before and that of the period, the figure of
// the period what the cumulative one has grown by.
func addUp(given Basis, ofPeriod, cumulative *ledger.Decimal, before ledger.Decimal) Lack {
	if !before.Known() {
		return LacksPrevious
	}
	derived := cumulative
	if given == OfPeriod {
		*cumulative = Sum(before, *ofPeriod)
	} else {
		*ofPeriod = Less(*cumulative, before)
		derived = ofPeriod
	}
	if !derived.Known() {
		return LacksRoom
	}
	return ""
}

// set puts a figure into one view.
func (p *Point) set(b Basis, value ledger.Decimal) {
	if b == OfPeriod {
		p.OfPeriod = value
	} else {
		p.Cumulative = value
	}
}

// either is the first figure that is there.
func either(figures ...ledger.Decimal) ledger.Decimal {
	for _, d := range figures {
		if d.Known() {
			return d
		}
	}
	return ledger.Decimal{}
}

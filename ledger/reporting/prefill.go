package reporting

import (
	"slices"

	"luoshi/ledger"
)

// Held is a figure that is already known, from another unit or another system: what need not be asked again.
type Held struct {
	Subject Subject       `json:"subject"`
	Period  Period        `json:"period"`
	Unit    ledger.UnitID `json:"unit,omitempty"` // who said it; empty for another system
	Figures
	Source string `json:"source"` // for people: the unit's name, the system
}

// HintKind is what a hint rests on.
type HintKind string

const (
	HintHeld       HintKind = "held"        // what others hold
	HintSum        HintKind = "sum"         // what the shorter periods within this one add up to
	HintLast       HintKind = "last"        // what was said for the period before
	HintYearBefore HintKind = "year_before" // what was said for the same period of the year before
)

// Hint is a figure to show beside a cell, and where it is from.
type Hint struct {
	Field  Field          `json:"field"`
	Kind   HintKind       `json:"kind"`
	Given  Basis          `json:"given,omitempty"` // the view of the figure, where it has one
	Value  ledger.Decimal `json:"value,omitzero"`
	Said   Said           `json:"said,omitempty"`
	Period Period         `json:"period"`           // for which it was said
	Source string         `json:"source,omitempty"` // of what others hold: who they are
	Filled bool           `json:"filled,omitempty"` // the observation that comes with it holds it already
}

// Prefill is a row as far as it can be filled without asking, and hints for the rest. A figure that others hold for the
// period comes first, then what the shorter periods within it make, then what stays as it was until somebody says
// otherwise: levels of stocks, funds, standing. Flows of the period before are only shown. Earlier are points of the
// row of any frequency, of this year and the one before.
func Prefill(row Row, period Period, earlier []Point, held []Held) (Observation, []Hint) {
	p := prefiller{row: row, period: period, said: Observation{Subject: row.Subject}}
	for _, h := range held {
		if h.Subject == row.Subject && h.Period == period {
			p.held(h)
		}
	}
	for _, point := range earlier {
		if point.Period != period && point.Period.Within(period) && point.Period.Span().To == period.Span().To {
			p.shorter(point)
		}
	}
	for _, point := range earlier {
		switch point.Period {
		case period.Previous():
			p.last(point)
		case period.YearBefore():
			p.yearBefore(point)
		}
	}
	if len(p.hints) > 0 && !p.said.IsEmpty() {
		p.said.Origin = Prefilled
	}
	return p.said, p.hints
}

// prefiller fills one row.
type prefiller struct {
	row    Row
	period Period
	said   Observation
	hints  []Hint
}

// offer shows a figure and fills it in where it may be and nothing stands there yet. Figures that have a view are
// filled in only if those that are there have the same one.
func (p *prefiller) offer(h Hint, fill bool) {
	if !p.row.Asks(h.Field) || !h.Value.Known() && h.Said == "" {
		return
	}
	place := p.said.place(h.Field)
	switch {
	case !fill || h.Given != "" && p.said.Given != "" && h.Given != p.said.Given:
	case h.Field == FieldSaid && p.said.Said == "":
		p.said.Said, h.Filled = h.Said, true
	case place != nil && !place.Known():
		*place, h.Filled = h.Value, true
	}
	if h.Filled && h.Given != "" {
		p.said.Given = h.Given
	}
	if h.Filled && h.Source != "" && p.said.Source == "" {
		p.said.Source = h.Source
	}
	p.hints = append(p.hints, h)
}

// held offers what others hold for the period.
func (p *prefiller) held(h Held) {
	for _, f := range p.row.Fields {
		given := h.Given
		if !hasView(f) {
			given = ""
		}
		p.offer(Hint{Field: f, Kind: HintHeld, Given: given, Value: h.Figure(f), Period: h.Period, Source: h.Source}, true)
	}
}

// shorter offers what a shorter period that ends with this one has come to.
func (p *prefiller) shorter(point Point) { p.offerAll(HintSum, point, true) }

// last offers what was said for the period before. What flows is only shown, the rest stays until it changes.
func (p *prefiller) last(point Point) {
	stays := p.row.Terms.Aggregation == ledger.AsLatest
	p.offerAll(HintLast, point, stays)
	for _, h := range []Hint{
		{Field: FieldArrived, Value: point.Arrived}, {Field: FieldPaid, Value: point.Paid}, {Field: FieldPercent, Value: point.Percent},
		{Field: FieldSaid, Said: point.Said},
	} {
		h.Kind, h.Period = HintLast, point.Period
		p.offer(h, p.period.Number > 1 || h.Field == FieldSaid || h.Field == FieldPercent)
	}
}

// yearBefore offers the same period of the year before as the base of growth.
func (p *prefiller) yearBefore(point Point) {
	p.offer(Hint{Field: FieldBase, Kind: HintYearBefore, Given: Cumulative, Value: point.Cumulative, Period: point.Period}, true)
	p.offer(Hint{Field: FieldValue, Kind: HintYearBefore, Given: Cumulative, Value: point.Cumulative, Period: point.Period}, false)
}

// offerAll offers the cumulative figures of a point.
func (p *prefiller) offerAll(kind HintKind, point Point, fill bool) {
	for _, h := range []Hint{
		{Field: FieldNumerator, Value: point.Numerator}, {Field: FieldDenominator, Value: point.Denominator},
		{Field: FieldValue, Value: point.Cumulative},
	} {
		h.Kind, h.Period, h.Given = kind, point.Period, Cumulative
		p.offer(h, fill)
	}
}

// hasView tells whether a field's figure is of the period or cumulative.
func hasView(f Field) bool {
	switch f {
	case FieldValue, FieldNumerator, FieldDenominator, FieldBase, FieldGrowth:
		return true
	}
	return false
}

// Burden is what one unit was asked on one form, counted in cells. Notes, reasons, nodes and obstacles are not counted: a
// unit fills them where it has something to say.
type Burden struct {
	Unit      ledger.UnitID `json:"unit"`
	Rows      int           `json:"rows"`
	Asked     int           `json:"asked"`
	New       int           `json:"new"`       // only the unit knows them
	Prefilled int           `json:"prefilled"` // the form came with them
	Twice     int           `json:"twice"`     // asked although somebody had already said them for the period
	Repeats   []Repeat      `json:"repeats,omitempty"`
}

// Repeat is a row that was asked although somebody had already said it for the period.
type Repeat struct {
	Subject Subject  `json:"subject"`
	Title   string   `json:"title"`
	Sources []string `json:"sources"` // who had said it, for people
}

// Count adds a row with the hints that it came with.
func (b *Burden) Count(row Row, hints []Hint) {
	b.Rows++
	for _, f := range row.Fields {
		if !counts(f) {
			continue
		}
		b.Asked++
		if slices.ContainsFunc(hints, func(h Hint) bool { return h.Field == f && h.Filled }) {
			b.Prefilled++
		} else {
			b.New++
		}
		if slices.ContainsFunc(hints, func(h Hint) bool { return h.Field == f && h.Kind == HintHeld }) {
			b.Twice++
		}
	}
	var sources []string
	for _, h := range hints {
		if h.Kind == HintHeld && h.Source != "" && !slices.Contains(sources, h.Source) {
			sources = append(sources, h.Source)
		}
	}
	if len(sources) > 0 {
		b.Repeats = append(b.Repeats, Repeat{Subject: row.Subject, Title: row.Title, Sources: sources})
	}
}

// counts tells whether a field is a cell that has to be filled.
func counts(f Field) bool {
	switch f {
	case FieldNote, FieldReason, FieldNodes, FieldObstacles, FieldOverride:
		return false
	}
	return true
}

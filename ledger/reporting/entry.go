package reporting

import (
	"strings"

	"luoshi/ledger"
	"luoshi/reading/numeral"
)

// Figure is the figure of a field; absent where it was not given.
func (f Figures) Figure(field Field) ledger.Decimal {
	if place := f.place(field); place != nil {
		return *place
	}
	return ledger.Decimal{}
}

// SetFigure gives a field its figure; it tells whether the field holds one.
func (f *Figures) SetFigure(field Field, value ledger.Decimal) bool {
	place := f.place(field)
	if place != nil {
		*place = value
	}
	return place != nil
}

// scaleFor is the power of ten in which a field's figures are entered and shown.
func (r Row) scaleFor(field Field) int {
	switch field {
	case FieldValue, FieldBase, FieldArrived, FieldPaid:
		return r.Scale
	}
	return 0
}

// unitFor is the unit of a field without magnitude; empty where any will do.
func (r Row) unitFor(field Field) string {
	switch field {
	case FieldGrowth, FieldPercent:
		return "%"
	case FieldNumerator, FieldDenominator:
		return ""
	}
	return r.Terms.Unit
}

// Read reads what somebody typed or pasted into a cell: a number in the row's unit, with separators or in full width, or
// with the unit written behind it. An empty cell and a dash are no figure. A figure in another unit is refused rather
// than guessed at.
func (r Row) Read(field Field, text string) (ledger.Decimal, Findings) {
	var found Findings
	text = strings.TrimSpace(text)
	if text == "" || isWord("none", text) {
		return ledger.Decimal{}, nil
	}
	body, negative := strings.CutPrefix(text, "-")
	if cut, wide := strings.CutPrefix(text, "\uff0d"); wide {
		body, negative = cut, true
	}
	n, ok := numeral.Scan(body, 0)
	if !ok || n.Spelled || n.More || n.End == 0 {
		found.note("figure.unread", r.Subject, field, text)
		return ledger.Decimal{}, found
	}
	value := n.Value
	if negative {
		value.Coef = -value.Coef
	}
	d := ledger.Exactly(value)
	rest := strings.TrimSpace(body[n.End:])
	switch {
	case rest == "" && !n.Scaled:
		d = Scaled(d, -r.scaleFor(field))
	case rest == "" || rest == r.unitFor(field) || r.unitFor(field) == "" || isWord("percent_sign", rest) && r.unitFor(field) == "%":
	default:
		found.note("figure.unit", r.Subject, field, text, magnitudes()[r.scaleFor(field)]+r.unitFor(field))
		return ledger.Decimal{}, found
	}
	if !d.Known() {
		found.note("figure.unread", r.Subject, field, text)
	}
	return d, found
}

// Show is a figure as the row's cells show it: in the row's unit, with the digits that were given.
func (r Row) Show(field Field, d ledger.Decimal) string {
	return Shown(d, r.scaleFor(field)).Plain()
}

// Aim is a target in the unit in which the row's figures are shown: 300万吨 and not 3000000吨.
func (r Row) Aim(t ledger.Target) ledger.Target {
	if t.Measure == ledger.Level && t.Unit == r.Terms.Unit && !t.IsWorded() {
		t.Value, t.Upper, t.Unit = Shown(t.Value, r.Scale), Shown(t.Upper, r.Scale), r.Measure()
	}
	return t
}

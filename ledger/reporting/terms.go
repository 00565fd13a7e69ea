package reporting

import "luoshi/ledger"

// Terms are what has to be known of a measure to compute with its figures.
type Terms struct {
	Aggregation ledger.Aggregation `json:"aggregation,omitempty"`
	Direction   ledger.Direction   `json:"direction,omitempty"`
	Rate        bool               `json:"rate,omitempty"` // a quotient whose numerator and denominator are asked
	Unit        string             `json:"unit,omitempty"` // of the level, without magnitude: 元
	Scope       string             `json:"scope,omitempty"`
	Additive    bool               `json:"additive,omitempty"` // the figures of units add up to that of all of them
}

// TermsOf are the terms of an indicator.
func TermsOf(i ledger.Indicator) Terms {
	t := Terms{
		Aggregation: i.Aggregation, Direction: i.Direction, Unit: i.Unit, Scope: i.Scope,
		Rate: i.Numerator != "" && i.Denominator != "",
	}
	t.Additive = t.addsUp(i.Name)
	return t
}

// addsUp tells whether figures of units are levels that can be counted together: rates, means and growth are not.
func (t Terms) addsUp(name string) bool {
	flowOrStock := t.Aggregation == ledger.AsSum || t.Aggregation == ledger.AsLatest
	return flowOrStock && !t.Rate && !isWord("rate_unit", t.Unit) && !holdsWord("rate_name", name)
}

// factor is by what a quotient is multiplied in the unit: a hundred in per cent.
func (t Terms) factor() int64 {
	switch t.Unit {
	case "%", "\uff05", "\u4e2a\u767e\u5206\u70b9", "\u767e\u5206\u70b9": // ％, 个百分点, 百分点
		return 100
	case "\u2030": // ‰
		return 1000
	}
	return 1
}

// isShare tells whether a level is a part of a whole in per cent or per mille.
func (t Terms) isShare() bool { return t.factor() > 1 && t.Aggregation != ledger.AsGrowth }

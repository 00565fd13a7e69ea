package account

import (
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// foresee tells of the end of the year what the figures so far make of it, and by which method. What merely stands still
// is no forecast, and neither is one of a year that is over.
func (c *composer) foresee(t *thing, i Indicator, from []Source) {
	f := i.Forecast
	if !f.Value.Known() || final(c.facts.Period) || f.Method == light.LastValue || f.Method == light.AsReported {
		return
	}
	switch value := f.Value; {
	case f.Measure == ledger.Growth || f.Measure == ledger.Decline:
		falls := f.Measure == ledger.Decline
		if value.Sign() < 0 {
			value, falls = reporting.Less(ledger.Int(0), value), !falls
		}
		t.word("foretold", map[bool]string{true: "fall", false: "growth"}[falls])
		c.figure(t, "forecast", printed{value: rounded(value, 1), measure: "%", unit: "%", exact: value}, from...)
	case f.Measure == ledger.Level:
		decimals := 0
		if i.Scale > 0 || i.Unit == "%" {
			decimals = 2
		}
		t.word("foretold", "level")
		c.figure(t, "forecast", printed{
			value: rounded(value.Shifted(-i.Scale), decimals), power: i.Scale, measure: i.Unit, unit: judging{Indicator: i}.base(), exact: value,
		}, from...)
	default:
		return
	}
	t.word("method", f.Method.Label().ZH)
	if f.Outlook == light.LikelyMet || f.Outlook == light.LikelyMissed {
		t.word("prospect", f.Outlook.Label().ZH)
	}
}

// rounded is an estimate with no more decimals than it is worth.
func rounded(d ledger.Decimal, decimals int) ledger.Decimal {
	return trimmed(reporting.Rounded(d.Rat(), decimals))
}

package light

import (
	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Method is how the end of the year is estimated.
type Method string

const (
	AsReported    Method = "reported"       // the year is over: no estimate
	RunRate       Method = "run_rate"       // as fast as so far
	Seasonal      Method = "seasonal"       // the share of the year that was done by this period in the years before
	LastValue     Method = "last_value"     // as it stands
	CarriedGrowth Method = "carried_growth" // the year before, grown as this year has grown so far
)

// Label is what pages call the method.
func (m Method) Label() ledger.Wording { return label("method", m) }

// Outlook is what a forecast says of the target.
type Outlook string

const (
	LikelyMet    Outlook = "likely_met"    // even the low end meets it
	LikelyMissed Outlook = "likely_missed" // even the high end misses it
	Open         Outlook = "open"          // the error is larger than the distance, or the error is not known
)

// Label is what pages call the outlook.
func (o Outlook) Label() ledger.Wording { return label("outlook", o) }

// Forecast is an estimate of the figure at the end of the year.
type Forecast struct {
	Value   ledger.Decimal   `json:"value,omitzero"`
	Low     ledger.Decimal   `json:"low,omitzero"` // by the largest error on past years
	High    ledger.Decimal   `json:"high,omitzero"`
	Unit    string           `json:"unit,omitempty"`
	Method  Method           `json:"method,omitempty"`
	Error   ledger.Decimal   `json:"error,omitzero"`   // mean error of the same method on past years
	Points  bool             `json:"points,omitempty"` // Error is in units of the measure; else in per cent of the figure
	Tests   int              `json:"tests"`            // past years on which the method was tried
	Enough  bool             `json:"enough"`           // tried on two years or more
	AsOf    reporting.Period `json:"as_of,omitzero"`
	Outlook Outlook          `json:"outlook,omitempty"`
	Why     []Step           `json:"why"`
}

// ForecastOf estimates the end of the year of a matter's target from its locked figures and those of the years before,
// each year's in order. Of the methods that fit the measure, the one is taken that erred least on past years.
func ForecastOf(m Matter, before [][]reporting.Point, on calendar.Date) Forecast {
	return Forecast{Why: []Step{step("nothing")}}
}

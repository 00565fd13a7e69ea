package light

import (
	"math/big"

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

// enough is on how many past years a method has to be tried before its error says something.
const enough = 2

// ForecastOf estimates the end of the year of a matter's target from its locked figures and those of the years before,
// each year's in order. Of the methods that fit the measure, the one is taken that erred least on past years: tried on
// each of them with nothing but what was known at the same time of that year.
func ForecastOf(m Matter, before [][]reporting.Point, on calendar.Date) Forecast {
	usual := Usual()
	j := judging{m: &m, rule: &usual, on: on, points: locked(m.Points, on)}
	d, ok := j.forecastDemand()
	if !ok {
		return Forecast{Outlook: Open, Why: j.light.Why}
	}
	f := Forecast{Unit: d.unit, Points: isPercent(d.unit), Outlook: Open}
	now := yearOf(&m, j.points, d.view)
	if now == nil {
		f.say("forecast.lacking")
		return f
	}
	f.AsOf = now.last
	past := pastYears(&m, before, d.view, now.year)
	best := choose(methodsOf(&m, d.view), now, past, f.Points)
	if best == nil {
		f.say("forecast.lacking")
		return f
	}
	f.tell(best, now)
	f.judge(best, &d, m.Begin.Year == m.By.Year && int(m.By.Year) == now.year && m.By == calendar.LastDay(now.year, 12))
	return f
}

// forecastDemand is what the forecast is held against.
func (j *judging) forecastDemand() (demand, bool) {
	switch j.m.Kind {
	case reporting.OfProject:
		return j.m.investmentDemand(), true
	case reporting.OfTask:
		return demand{}, j.person("forecast.lacking")
	}
	return j.demand()
}

func (f *Forecast) say(code string, facts ...string) { f.Why = append(f.Why, step(code, facts...)) }

// tell takes over the estimate and says how it was made and how far it may err.
func (f *Forecast) tell(best *trial, now *year) {
	f.Method, f.Value, f.Tests, f.Enough = best.method, shown(best.value), best.tests, best.tests >= enough
	given, value := amount(shown(now.figure), f.Unit), amount(f.Value, f.Unit)
	switch best.method {
	case AsReported:
		f.Enough = true
		f.say("forecast.reported", value)
		return
	case LastValue:
		f.say("forecast.last_value", inPeriod(f.AsOf), given)
	default:
		f.say("forecast."+string(best.method), inPeriod(f.AsOf), given, plain(percent(best.share)), value, number(best.years))
	}
	if best.tests == 0 {
		f.say("forecast.untried")
		return
	}
	f.Error = reporting.Rounded(best.mean, 2)
	code := "forecast.error"
	if f.Points {
		code += ".points"
	}
	f.say(code, number(best.tests), plain(f.Error), exact(best.most))
	if !f.Enough {
		f.say("forecast.few", number(best.tests))
	}
}

// judge says what the estimate, give or take the largest error, means for the target.
func (f *Forecast) judge(best *trial, d *demand, sameYear bool) {
	low, high := best.value, best.value
	if best.method != AsReported {
		if !f.Enough {
			return
		}
		width := new(big.Rat).Set(best.most)
		if !f.Points {
			width.Mul(width, new(big.Rat).Abs(best.value)).Quo(width, hundred)
		}
		low, high = new(big.Rat).Sub(low, width), new(big.Rat).Add(high, width)
		f.Low, f.High = shown(low), shown(high)
		f.say("forecast.range", amount(f.Low, f.Unit), amount(f.High, f.Unit))
	}
	switch lowMeets, highMeets := d.meets(low), d.meets(high); {
	case !sameYear:
	case lowMeets && highMeets:
		f.Outlook = LikelyMet
	case !lowMeets && !highMeets && !d.meets(best.value):
		f.Outlook = LikelyMissed
	}
}

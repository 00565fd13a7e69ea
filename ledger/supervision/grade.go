package supervision

import (
	"slices"
	"strconv"
	"strings"

	"luoshi/ledger"
	"luoshi/ledger/light"
)

// Standing is how a matter stands that may get a graded sheet.
type Standing struct {
	Light    light.Colour   // empty where the matter has none
	Gap      ledger.Decimal // points against its path as its light has them: negative is behind
	Behind   int            // months in a row in which it was behind, by what was reported
	Deadline bool           // it has an order that is not done, and its clock runs
	Late     int            // working days over that deadline; negative before it
	Returned int            // how often the reply was returned
	Missed   []Sheet        // sheets on the matter whose terms are over
}

// Grade is the sheet that follows, NoSheet where none does, and why.
type Grade struct {
	Sheet Sheet
	Why   []ledger.Wording
}

// Measure is what a condition of a rule looks at.
type Measure string

// The measures of rules.
const (
	ByLight    Measure = "light"
	ByGap      Measure = "gap"
	ByMonths   Measure = "behind"
	ByNearness Measure = "near"
	ByDelay    Measure = "overdue"
	ByReturns  Measure = "returned"
	BySheet    Measure = "after"
)

// Condition gives a sheet where a matter has reached a limit.
type Condition struct {
	Sheet   Sheet
	Measure Measure
	Limit   int
	Colour  light.Colour // instead of the limit, of a light
	After   Sheet        // instead of the limit, of an earlier sheet
}

// Grading is a local rule for graded sheets.
type Grading struct {
	Name       string
	Title      ledger.Wording
	Quote      string         // the rule as it was published
	Source     string         // where
	Own        ledger.Wording // what the program decides where the rule is silent
	Conditions []Condition
}

// Grade is the sheet that a matter gets: the most serious one of which a condition holds, with all that speaks for it.
func (g *Grading) Grade(s Standing) Grade {
	var best Grade
	for _, c := range g.Conditions {
		holds, reached := c.holds(s)
		if !holds || slices.Index(Sheets(), c.Sheet) < slices.Index(Sheets(), best.Sheet) {
			continue
		}
		if c.Sheet != best.Sheet {
			best = Grade{Sheet: c.Sheet}
		}
		best.Why = append(best.Why, c.why(reached))
	}
	return best
}

// holds tells whether a condition does, and what the matter has reached.
func (c *Condition) holds(s Standing) (bool, ledger.Wording) {
	count := func(n int) (bool, ledger.Wording) { return n >= c.Limit, both(strconv.Itoa(n)) }
	switch c.Measure {
	case ByLight:
		return s.Light == c.Colour || s.Light == light.Red && c.Colour == light.Yellow, s.Light.Label()
	case ByGap:
		return s.Gap.Known() && s.Gap.Cmp(ledger.Int(int64(-c.Limit))) <= 0, both(strings.TrimPrefix(s.Gap.Plain(), "-"))
	case ByMonths:
		return count(s.Behind)
	case ByNearness:
		return s.Deadline && s.Late <= 0 && -s.Late <= c.Limit, both(strconv.Itoa(-s.Late))
	case ByDelay:
		holds, reached := count(s.Late)
		return s.Deadline && holds, reached
	case ByReturns:
		return count(s.Returned)
	default:
		return slices.Contains(s.Missed, c.After), c.After.Label()
	}
}

func (c *Condition) why(reached ledger.Wording) ledger.Wording {
	w, limit := whys()[string(c.Measure)], strconv.Itoa(c.Limit)
	return ledger.Wording{
		ZH: strings.NewReplacer("{0}", reached.ZH, "{1}", limit).Replace(w.ZH),
		EN: strings.NewReplacer("{0}", reached.EN, "{1}", limit).Replace(w.EN),
	}
}

func both(text string) ledger.Wording { return ledger.Wording{ZH: text, EN: text} }

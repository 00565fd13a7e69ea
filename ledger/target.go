package ledger

import (
	"strings"

	"luoshi/calendar"
	"luoshi/reading"
)

// Comparator is how a figure bounds what is promised, by its name in the records of reading: eq, ge,
// gt, le, lt, approx, between. The name rather than reading's number is kept, because it is stored.
type Comparator string

const (
	Equal         Comparator = "eq"
	AtLeast       Comparator = "ge"
	MoreThan      Comparator = "gt"
	AtMost        Comparator = "le"
	LessThan      Comparator = "lt"
	Approximately Comparator = "approx"
	Between       Comparator = "between"
)

// Measure is what kind of figure a target is, by its name in the records of reading.
type Measure string

const (
	Level   Measure = "level"
	Growth  Measure = "growth"
	Decline Measure = "decline"
	Share   Measure = "share"
)

// Target is a bound that a commitment sets: a figure, or words that bound without one.
type Target struct {
	Number    int           `json:"number"`              // within its commitment, from 1; never given twice, so that an amendment can name it
	Subject   string        `json:"subject"`             // what is measured: 新增养老床位
	Code      string        `json:"code,omitempty"`      // of the dictionary of indicators; empty where it does not know the subject
	Indicator IndicatorID   `json:"indicator,omitempty"` // of the plan's own indicators; empty where the target follows none
	Cmp       Comparator    `json:"cmp"`
	Value     Decimal       `json:"value,omitzero"`  // absent where Words bound; the lower end of a range
	Upper     Decimal       `json:"upper,omitzero"`  // the upper end of a range
	Words     string        `json:"words,omitempty"` // 正增长, 完成市下达任务; empty where a figure bounds
	Unit      string        `json:"unit"`            // without magnitude: 张
	Measure   Measure       `json:"measure"`
	Basis     string        `json:"basis,omitempty"` // what the bound rests on: 市政府下达
	Scope     string        `json:"scope,omitempty"` // 口径: 不含农户
	By        calendar.Date `json:"by"`
	Firm      bool          `json:"firm"`            // false where the promise is softened: 力争
	Quoted    Passage       `json:"quoted,omitzero"` // the figure in the document; zero for a target that no document states
}

// IsWorded tells whether words bound and no figure does.
func (t Target) IsWorded() bool { return !t.Value.Known() && t.Words != "" }

// TargetOf is a quantity that was read, as the target with a number.
func TargetOf(q *reading.Quantity, number int) Target {
	t := Target{
		Number: number, Subject: q.Subject, Cmp: Comparator(q.Cmp.String()), Value: Exactly(q.Value),
		Unit: q.Unit, Measure: Measure(q.Measure.String()), By: q.By, Firm: q.Firm,
	}
	if q.Cmp == reading.Between {
		t.Upper = Exactly(q.Upper)
	}
	return t
}

// magnitudes are the powers of ten that units of offices begin with: 亿元, 万人.
var magnitudes = map[string]int{"\u4ebf": 8, "\u5343\u4e07": 7, "\u767e\u4e07": 6, "\u4e07": 4, "\u5343": 3}

// In is the target counted in a unit that is its own with a magnitude before it: 420e8 元 is 420 亿元. A target in any
// other unit stays as it is.
func (t Target) In(unit string) Target {
	prefix, whole := strings.CutSuffix(unit, t.Unit)
	power, known := magnitudes[prefix]
	if !whole || !known || t.Unit == "" || t.Measure != Level {
		return t
	}
	t.Value, t.Upper, t.Unit = t.Value.Shifted(-power), t.Upper.Shifted(-power), unit
	return t
}

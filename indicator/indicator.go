// Package indicator is the dictionary of the measures that plans and reports speak of: their names and
// aliases, what makes them better or worse, and how they add up over a year. It also says when two
// phrases name the same thing.
package indicator

// Direction tells which way an indicator should go.
type Direction uint8

const (
	Neither Direction = iota
	More              // more is better: 地区生产总值
	Less              // less is better: 城镇登记失业率
)

// Aggregation tells how the figures of shorter periods make the figure of a longer one.
type Aggregation uint8

const (
	Sum     Aggregation = iota // flows: 社会消费品零售总额
	Latest                     // stocks and rates as they stand: 森林覆盖率
	Average                    // means over the period: 空气优良天数比率
	Growth                     // rates of change against the same period of the year before
)

// Indicator is one measure of the dictionary.
type Indicator struct {
	Code        string   // "economy.gdp"; stable
	ZH, EN      string   // the standard names
	Aliases     []string // as they occur in documents; ZH is not repeated
	Dimension   string   // what its levels are counted in: money, people, share, count, area, energy …
	Direction   Direction
	Aggregation Aggregation
	Bound       string // the usual comparator of its targets, as reading writes it: ge, le, approx, eq
	Definition  string // Chinese, one sentence
	Source      string // the standard or document that defines it
}

// Match is what the dictionary finds in a phrase.
type Match struct {
	Indicator *Indicator // never nil
	Alias     string     // the name found, as the phrase has it
	Scope     []string   // scope words around it, in order: 全市, 规模以上, 不含农户
	Rest      string     // what is left of the phrase: qualifiers the dictionary does not know
}

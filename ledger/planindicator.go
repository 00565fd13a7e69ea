package ledger

import (
	"luoshi/calendar"
	"luoshi/indicator"
)

// Direction tells which way an indicator should go.
type Direction string

const (
	Neither Direction = "neither"
	More    Direction = "more" // more is better: 地区生产总值
	Less    Direction = "less" // less is better: 城镇登记失业率
)

// Aggregation tells how the figures of shorter periods make the figure of a longer one.
type Aggregation string

const (
	AsSum     Aggregation = "sum"     // flows: 社会消费品零售总额
	AsLatest  Aggregation = "latest"  // stocks and rates as they stand: 森林覆盖率
	AsAverage Aggregation = "average" // means over the period: 空气优良天数比率
	AsGrowth  Aggregation = "growth"  // rates of change against the same period of the year before
)

var (
	directions   = map[indicator.Direction]Direction{indicator.Neither: Neither, indicator.More: More, indicator.Less: Less}
	aggregations = map[indicator.Aggregation]Aggregation{
		indicator.Sum: AsSum, indicator.Latest: AsLatest, indicator.Average: AsAverage, indicator.Growth: AsGrowth,
	}
)

// IndicatorOf is an indicator of the dictionary, to be taken into a plan. The unit is that of the
// target that brings it in; the dictionary knows only what sort of unit it is.
func IndicatorOf(entry *indicator.Indicator, unit string) Indicator {
	return Indicator{
		Code: entry.Code, Name: entry.ZH, Unit: unit,
		Direction: directions[entry.Direction], Aggregation: aggregations[entry.Aggregation],
	}
}

// Indicator is a 指标 of a plan: one of the dictionary, or one of the plan's own.
type Indicator struct {
	ID          IndicatorID  `json:"id"`
	Plan        PlanID       `json:"plan"`
	Code        string       `json:"code,omitempty"` // of the dictionary; empty for one of the plan's own
	Name        string       `json:"name"`
	Unit        string       `json:"unit"` // in which its levels are counted
	Direction   Direction    `json:"direction"`
	Aggregation Aggregation  `json:"aggregation"`
	Base        Decimal      `json:"base,omitzero"`      // the level that growth is measured from
	BaseYear    int          `json:"base_year,omitzero"` // the year of Base
	Scope       string       `json:"scope,omitempty"`    // 口径: what the figure takes in and leaves out
	Numerator   string       `json:"numerator,omitempty"`
	Denominator string       `json:"denominator,omitempty"` // with Numerator, where the measure is a rate
	Series      []YearFigure `json:"series,omitempty"`      // by year
}

// YearFigure is one year of an indicator.
type YearFigure struct {
	Year   int           `json:"year"`
	Target Decimal       `json:"target,omitzero"`
	Actual Decimal       `json:"actual,omitzero"`
	Scope  string        `json:"scope,omitempty"` // where it differs from the indicator's own: the line breaks here
	Source Passage       `json:"source,omitzero"` // the document that states the actual figure
	AsOf   calendar.Date `json:"as_of,omitzero"`  // the day on which the actual figure was stated
}

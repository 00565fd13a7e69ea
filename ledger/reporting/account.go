package reporting

import (
	"strings"

	"luoshi/ledger"
)

// IndicatorAccount is one indicator with all that its line in the table says.
type IndicatorAccount struct {
	Indicator ledger.Indicator
	Targets   []ledger.Target // that follow it, the one of the plan's own government first
	Point     Point           // of the period; zero where nothing was reported
	Reason    string          // why it differs from the target, where the point does not say
}

// IndicatorLine is one line of 主要经济社会指标完成情况表: 指标名称, 单位, 预期目标, 完成数, 增长%, 备注.
type IndicatorLine struct {
	Indicator ledger.IndicatorID `json:"indicator"`
	Name      string             `json:"name"`
	Unit      string             `json:"unit"`            // with magnitude: 亿元
	Scale     int                `json:"scale,omitempty"` // the power of ten in Unit
	Expected  ledger.Wording     `json:"expected"`
	Done      ledger.Decimal     `json:"done,omitzero"` // in Unit, with the digits that were reported
	Growth    ledger.Decimal     `json:"growth,omitzero"`
	Before    ledger.Decimal     `json:"before,omitzero"` // of a share: that of the year before, to which it may be compared
	Remark    ledger.Wording     `json:"remark"`          // scope, reason, and whether the figure counts yet
	Reason    string             `json:"reason,omitempty"`
	State     State              `json:"state,omitempty"` // of the figure; empty where there is none
}

// IndicatorTable is the table of indicators, in the order given.
func IndicatorTable(accounts []IndicatorAccount) []IndicatorLine {
	lines := make([]IndicatorLine, len(accounts))
	for i, a := range accounts {
		lines[i] = a.line()
	}
	return lines
}

func (a IndicatorAccount) line() IndicatorLine {
	t, p := TermsOf(a.Indicator), a.Point
	sizes := append(levels(a.Indicator), p.Cumulative)
	targets := make([]ledger.Target, len(a.Targets))
	for i, target := range a.Targets {
		targets[i] = target.In(t.Unit)
		sizes = append(sizes, t.levelOf(targets[i])...)
	}
	line := IndicatorLine{
		Indicator: a.Indicator.ID, Name: a.Indicator.Name, Growth: shownGrowth(p),
		Scale: scaleOf(t, sizes...), Reason: firstText(p.Reason, a.Reason), State: p.State,
	}
	line.Unit = magnitudes()[line.Scale] + a.Indicator.Unit
	line.Expected = expectedOf(targets, t, line.Scale)
	if t.Aggregation != ledger.AsGrowth {
		line.Done = a.done(t, line.Scale)
		line.Before = a.before(t)
	}
	line.Remark = remark(a.Indicator.Scope, line.Reason, p)
	return line
}

// done is the cumulative figure in the unit of the line. Of a rate two decimals are printed.
func (a IndicatorAccount) done(t Terms, scale int) ledger.Decimal {
	if t.Rate && quotient(a.Point.Numerator, a.Point.Denominator, 1) != nil {
		return Rounded(a.Point.Exact(t), 2)
	}
	return Scaled(a.Point.Cumulative, scale)
}

// before is what a share was the year before. A share that says how matters stand, such as a rate of debts, is compared with
// the end of that year at any time; one of what went on during a year only when the year is over.
func (a IndicatorAccount) before(t Terms) ledger.Decimal {
	p := a.Point.Period
	if !t.isShare() || p.IsZero() {
		return ledger.Decimal{}
	}
	if end := p.Span().To; a.Indicator.Aggregation != ledger.AsLatest && (end.Month != 12 || end.Day != 31) {
		return ledger.Decimal{}
	}
	year, known := a.Indicator.In(p.Year - 1)
	switch {
	case known && year.Actual.Known() && (year.Scope == "" || year.Scope == a.Indicator.Scope):
		return year.Actual
	case a.Indicator.BaseYear == p.Year-1:
		return a.Indicator.Base
	}
	return ledger.Decimal{}
}

// shownGrowth is growth as it is printed: as it was stated, and where it was computed with one decimal.
func shownGrowth(p Point) ledger.Decimal {
	if p.Growth.Known() && int(p.Growth.Number().Exp) == -places {
		return Rounded(p.Growth.Rat(), 1)
	}
	return p.Growth
}

// remark says of which scope a figure is, why it differs from the target, and whether it counts.
func remark(scope, reason string, p Point) ledger.Wording {
	var parts []ledger.Wording
	for _, text := range []string{scope, reason} {
		if text != "" {
			parts = append(parts, ledger.Wording{ZH: text, EN: text})
		}
	}
	switch {
	case p.Period.IsZero():
		parts = append(parts, label("remark", "missing"))
	case p.State != Locked:
		parts = append(parts, label("remark", "unlocked"))
	case p.Corrected:
		parts = append(parts, label("remark", "corrected"))
	}
	return joined(parts)
}

// joined is wordings one after another.
func joined(parts []ledger.Wording) ledger.Wording {
	zh, en := make([]string, len(parts)), make([]string, len(parts))
	for i, part := range parts {
		zh[i], en[i] = part.ZH, part.EN
	}
	return ledger.Wording{ZH: strings.Join(zh, "\uff1b"), EN: strings.Join(en, "; ")}
}

// firstText is the first text that says something.
func firstText(texts ...string) string {
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			return t
		}
	}
	return ""
}

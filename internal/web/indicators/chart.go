package indicators

import (
	"luoshi/internal/present/chart"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/reading/numeral"
)

// drawn is the series of an indicator as a chart: targets as steps, results as a line, a cross where a target was missed.
// What it shows stands in the table beside it too.
func drawn(v page.View, i ledger.Indicator) string {
	said := func(text string) chart.Text { return chart.Text{ZH: text, EN: text} }
	c := chart.Chart{
		ID: "series", Title: said(v.T("indicators.chart", i.Name)), Desc: said(v.T("indicators.chart.desc")), Unit: said(i.Unit),
	}
	for _, y := range i.Series {
		c.Points = append(c.Points, chart.Point{Year: y.Year, Target: figure(y.Target), Result: figure(y.Actual), Missed: missed(i, y)})
	}
	return c.SVG()
}

func figure(d ledger.Decimal) *numeral.Decimal {
	if !d.Known() {
		return nil
	}
	n := d.Number()
	return &n
}

// missed tells whether the figure of a year is worse than its target, of an indicator that has a better and a worse.
func missed(i ledger.Indicator, y ledger.YearFigure) bool {
	if !y.Target.Known() || !y.Actual.Known() {
		return false
	}
	switch order := y.Actual.Cmp(y.Target); i.Direction {
	case ledger.More:
		return order < 0
	case ledger.Less:
		return order > 0
	}
	return false
}

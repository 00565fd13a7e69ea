package checking

import (
	"strconv"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/reading"
	"luoshi/reading/period"
)

// untimely finds clauses whose time contradicts the document's own: a promise due before the year that is
// planned, a result of a month that was still to come when the document was issued.
func (p *paper) untimely() []Finding {
	m := &p.Document.Meta
	var issued calendar.Date
	_ = issued.UnmarshalText([]byte(m.Date.Value)) // what is no date leaves it unknown
	begins := planBegins(m)
	var found []Finding
	for i := range p.Clauses {
		c := &p.Clauses[i]
		switch {
		case c.By.IsZero():
		case c.Kind == reading.Target && int(c.By.Year) < begins && statesDeadline(c, begins):
			found = append(found, beforePlan(c, begins))
		case c.Kind == reading.Result && p.afterIssue(c, issued) && reportsDone(c):
			found = append(found, tooLate(c, issued))
		}
	}
	return found
}

// planBegins is the first year that a document plans, 0 where it plans nothing. What it accounts for ends
// before a plan of several years begins.
func planBegins(m *document.Meta) int {
	if m.Kind != document.KindPlan && m.Kind != document.KindBoth {
		return 0
	}
	if accounted := int(m.ReportPeriod.To.Year); accounted > 0 && accounted < m.PlanYear {
		return accounted + 1
	}
	return m.PlanYear
}

// statesDeadline tells whether a clause says itself that it is due by its date (2020年底前), rather than
// naming a year that it looks back on.
func statesDeadline(c *reading.Clause, year int) bool {
	for at := range c.Text {
		m, ok := period.Match(c.Text, at)
		if ok && m.Deadline && m.Resolve(year).To.Year == c.By.Year && !holdsAny(c.Text[m.End:], boundsOf().lists["looks-back"]) {
			return true
		}
	}
	return false
}

// reportsDone tells whether a clause is worded as a result: by a deadline (9月底前) nothing has been done.
func reportsDone(c *reading.Clause) bool {
	return holdsAny(c.Text, boundsOf().lists["done"]) && !statesDeadline(c, int(c.By.Year))
}

// afterIssue tells whether a result's month lies behind that of the document's date. The end of a year or
// of the period accounted for is what reading assumes where nothing is said, so it proves nothing.
func (p *paper) afterIssue(c *reading.Clause, issued calendar.Date) bool {
	if issued.IsZero() || c.By == p.Document.Meta.ReportPeriod.To || c.By.Month == 12 && c.By.Day == 31 {
		return false
	}
	return calendar.LastDay(int(issued.Year), int(issued.Month)).Before(c.By)
}

func beforePlan(c *reading.Clause, begins int) Finding {
	return Finding{
		Severity: Warning,
		Message: Wording{
			"这项任务的时限是" + c.By.String() + "，早于计划期的第一天（" + strconv.Itoa(begins) + "年1月1日）。",
			"This promise is due on " + c.By.String() + ", before the plan begins (" + strconv.Itoa(begins) + "-01-01).",
		},
		Places:     []Place{clausePlace(c)},
		Suggestion: Wording{"请核对年份；如为已完成事项，请写明“已”。", "Check the year; if it is done already, say so."},
	}
}

func tooLate(c *reading.Clause, issued calendar.Date) Finding {
	return Finding{
		Severity: Warning,
		Message: Wording{
			"这项结果的时间是" + c.By.String() + "，晚于文件日期" + issued.String() + "。",
			"This result is dated " + c.By.String() + ", after the document itself (" + issued.String() + ").",
		},
		Places:     []Place{clausePlace(c)},
		Suggestion: Wording{"请核对日期；如为计划，请改用“将”“计划”。", "Check the date; if it is a plan, word it as one."},
	}
}

// clausePlace is a clause as a place.
func clausePlace(c *reading.Clause) Place {
	return Place{Quantity: -1, At: c.At, Span: c.Span, Surface: c.Text}
}

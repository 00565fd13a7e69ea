package document

import (
	"strings"

	"luoshi/calendar"
)

// fivePlan is a five-year plan that a document brings before an assembly, with the place that names it.
type fivePlan struct {
	number int // of the national plans: 7 for 1986 to 1990
	at     Span
}

// lastYear is the year in which the plan ends. The second one was followed by three years without any.
func (p fivePlan) lastYear() int {
	if p.number < 3 {
		return 1952 + 5*p.number
	}
	return 1955 + 5*p.number
}

func (p fivePlan) period() calendar.Period {
	return calendar.Period{From: calendar.Date{Year: int16(p.lastYear() - 4), Month: 1, Day: 1}, To: calendar.LastDay(p.lastYear(), 12)}
}

// fivePlan finds the plan in “关于…第七个五年计划的报告”, in the title or where the document introduces itself.
func (m *describer) fivePlan() (fivePlan, bool) {
	for _, span := range [...]Span{m.d.doc.Meta.Title.Span, m.opening()} {
		s := span.In(m.text)
		for at := 0; ; {
			i := strings.Index(s[at:], "第")
			if i < 0 {
				break
			}
			at += i
			if plan, end := fivePlanAt(s[at:]); end > 0 && isPresented(s[:at], s[at+end:]) {
				plan.at = Span{span.Start + at, span.Start + at + end}
				return plan, true
			}
			at += len("第")
		}
	}
	return fivePlan{}, false
}

// fivePlanAt reads “第七个五年计划”; end is 0 where there is none.
func fivePlanAt(s string) (plan fivePlan, end int) {
	open := len("第")
	number, size := hanNumber(s[open:])
	if size == 0 || number > (lastYear-1955)/5 {
		return fivePlan{}, 0
	}
	for _, form := range [...]string{"个五年计划", "个五年规划"} {
		if strings.HasPrefix(s[open+size:], form) {
			return fivePlan{number: number}, open + size + len(form)
		}
	}
	return fivePlan{}, 0
}

// isPresented tells “关于…的报告” around the name of a plan: what is reported is the plan and not how it was
// carried out.
func isPresented(before, behind string) bool {
	about := strings.LastIndex(before, "关于")
	if about < 0 || strings.ContainsAny(before[about:], "，,。；;：:\n") {
		return false
	}
	behind = clauseOf(behind, false)
	report := strings.Index(behind, "的报告")
	return report >= 0 && !containsAny(behind[:report], cues.ReportTitles)
}

// fromFivePlan sets the last year of a five-year plan as the year that is planned, and the five years of
// the plan before it as the period accounted for.
func (y *yearFinder) fromFivePlan() {
	plan, ok := y.m.fivePlan()
	if !ok {
		return
	}
	meta := &y.m.d.doc.Meta
	meta.PlanYear, meta.PlanYearAt = plan.lastYear(), plan.at
	if plan.number > 1 {
		meta.ReportPeriod, meta.ReportAt = fivePlan{number: plan.number - 1}.period(), Span{}
	}
}

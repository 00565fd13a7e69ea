package checking

import (
	"strings"

	"luoshi/reading"
	"luoshi/reading/numeral"
)

var wholePercent = numeral.Int(100)

// oddPercent finds a percentage that its measure does not allow.
func (p *paper) oddPercent(i int32) (Finding, bool) {
	q := &p.Quantities[i]
	if minus(p.Document.Text, q.Span.Start) && q.Measure == reading.Level && p.isPart(q) {
		return p.outOfRange(i, Warning, Wording{"不应为负数", "cannot be negative"}), true
	}
	if q.Value.Exp <= 0 && q.Value.Coef <= 100 || q.Value.Cmp(wholePercent) <= 0 {
		return Finding{}, false
	}
	switch q.Measure {
	case reading.Share:
		if p.mayPass(q) {
			return Finding{}, false
		}
		return p.outOfRange(i, p.surely(q), Wording{"是整体中的一部分，不可能超过100%", "is a part of a whole and cannot pass 100%"}), true
	case reading.Level:
		if p.isPart(q) && !p.mayPass(q) {
			return p.outOfRange(i, p.surely(q), Wording{"按定义不可能超过100%", "cannot pass 100% by definition"}), true
		}
	case reading.Decline:
		if !holdsAny(q.Subject, boundsOf().lists["signed"]) {
			return p.outOfRange(i, Warning, Wording{"下降幅度不应超过100%", "cannot fall by more than 100%"}), true
		}
	}
	return Finding{}, false
}

// isPart tells whether a subject names a rate that is a part of a whole.
func (p *paper) isPart(q *reading.Quantity) bool {
	v := boundsOf()
	id := endingOf(v.rates, q.Subject)
	return id >= 0 && id < v.parts
}

// mayPass tells whether what a share is taken of can be exceeded: 占年度计划的120%.
func (p *paper) mayPass(q *reading.Quantity) bool {
	passable := boundsOf().lists["passable"]
	if holdsAny(q.Subject, passable) {
		return true
	}
	if q.Clause < 0 {
		return false
	}
	c := &p.Clauses[q.Clause]
	return c.Span.Start < q.Span.Start && holdsAny(p.Document.Text[c.Span.Start:q.Span.Start], passable)
}

// surely grades what cannot be. A cell's header may say more than its row's name, and 达到120% need be no
// share, so that these only warn.
func (p *paper) surely(q *reading.Quantity) Severity {
	if q.Clause < 0 || q.Measure == reading.Share && !holdsAny(p.Clauses[q.Clause].Text, boundsOf().lists["part-words"]) {
		return Warning
	}
	return Error
}

func (p *paper) outOfRange(i int32, severity Severity, why Wording) Finding {
	q := &p.Quantities[i]
	return Finding{
		Severity:    severity,
		Message:     Wording{"“" + q.Subject + "”为" + q.Surface + "，" + why.ZH + "。", q.Surface + ": " + q.Subject + " " + why.EN + "."},
		Places:      []Place{place(p.Reading, i)},
		Computation: q.Value.String() + "% > 100%",
		Suggestion:  Wording{"请核对小数点和分母；如属完成计划的进度，请写明“完成年度计划的”。", "Check the decimal point and the base; for progress against a plan say so."},
	}
}

// minus tells whether a minus sign stands before a number: -3%, 负3%. A dash between numbers is none.
func minus(text string, at int) bool {
	before := text[:at]
	if strings.HasSuffix(before, "负") || strings.HasSuffix(before, "−") {
		return true
	}
	before, found := strings.CutSuffix(before, "-")
	if !found || before == "" {
		return false
	}
	last := before[len(before)-1]
	return last != '-' && last != '%' && last >= 0x80
}

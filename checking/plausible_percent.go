package checking

import (
	"strings"

	"luoshi/reading"
	"luoshi/reading/numeral"
)

var (
	wholePercent = numeral.Int(100)
	farBeyond    = numeral.Int(500) // what even progress against a plan hardly reaches
)

// oddPercent finds a percentage that its measure does not allow. Progress against a plan may pass 100%, though
// not by much.
func (p *paper) oddPercent(i int32) (Finding, bool) {
	q := &p.Quantities[i]
	if minus(p.Document.Text, q.Span.Start) && q.Measure == reading.Level && p.isPart(q) {
		return p.outOfRange(i, Warning, Wording{"不应为负数", "cannot be negative"}), true
	}
	if !above(q.Value, wholePercent) {
		return Finding{}, false
	}
	switch q.Measure {
	case reading.Share, reading.Level:
		if q.Measure == reading.Level && !p.isPart(q) {
			return Finding{}, false
		}
		if !p.mayPass(q) {
			return p.outOfRange(i, p.surely(q), Wording{"是整体中的一部分，不可能超过100%", "is a part of a whole and cannot pass 100%"}), true
		}
		if above(q.Value, farBeyond) {
			return p.outOfRange(i, Warning, Wording{"远超100%，疑漏小数点", "is far above 100%: a decimal point may be missing"}), true
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
	id, _ := v.rates.ending(withoutBrackets(q.Subject), 0)
	return id >= 0 && id < v.parts
}

// mayPass tells whether what a share is taken of can be exceeded: 占年度计划的120%.
func (p *paper) mayPass(q *reading.Quantity) bool {
	passable := boundsOf().lists["passable"]
	if holdsAny(q.Subject, passable) {
		return true
	}
	if q.Clause < 0 {
		return p.headedBy(q, passable)
	}
	c := &p.Clauses[q.Clause]
	return c.Span.Start < q.Span.Start && holdsAny(p.Document.Text[c.Span.Start:q.Span.Start], passable)
}

// headedBy tells whether the header over a table's cell has one of the words.
func (p *paper) headedBy(q *reading.Quantity, words []string) bool {
	if q.Table < 0 || q.Cell < 0 {
		return false
	}
	t := &p.Document.Tables[q.Table]
	col := t.Cells[q.Cell].Col
	for i := range t.Cells {
		c := &t.Cells[i]
		if c.Row < t.HeaderRows && c.Col <= col && col < c.Col+c.ColSpan && holdsAny(c.In(p.Document.Text), words) {
			return true
		}
	}
	return false
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

package intake

import (
	"strings"
	"unicode/utf8"

	"luoshi/checking/judge"
	"luoshi/document"
	"luoshi/indicator"
	"luoshi/ledger"
	"luoshi/reading"
)

// wordedTargets are the targets of a clause that bound an indicator of the dictionary in words: 进出口总额
// 保持正增长. Parts of the clause that state a figure are left to it. They are numbered behind those before.
func (p *proposer) wordedTargets(c *reading.Clause, before int) []ledger.Target {
	var found []ledger.Target
	for _, part := range parts(c.Span, p.Document.Text) {
		if p.statesFigure(c, part) {
			continue
		}
		t, ok := p.wordedTarget(part)
		if !ok {
			continue
		}
		t.Number, t.By, t.Firm = before+len(found)+1, c.By, c.Firm
		found = append(found, t)
	}
	return found
}

// wordedTarget is the target of a part that names an indicator and bounds it behind the name.
func (p *proposer) wordedTarget(part document.Span) (ledger.Target, bool) {
	words := part.In(p.Document.Text)
	for _, mention := range indicator.Find(words) {
		bound := document.Span{Start: part.Start + mention.Span.End, End: part.End}
		behind := bound.In(p.Document.Text)
		rule := judge.Bound(behind)
		if rule == "" {
			continue
		}
		quoted := p.passage(bound).Trim()
		return ledger.Target{
			Subject: mention.Span.In(words), Code: mention.Indicator.Code, Cmp: ledger.Equal,
			Words: strings.TrimSpace(behind), Measure: measureOf(rule), Quoted: quoted,
		}, true
	}
	return ledger.Target{}, false
}

// measureOf is what kind of figure decides a bound in words: how much a measure grew, how much it fell,
// or where it stands.
func measureOf(rule string) ledger.Measure {
	switch rule {
	case "rise", "nogrowth", "economy":
		return ledger.Growth
	case "fall":
		return ledger.Decline
	}
	return ledger.Level
}

// statesFigure tells whether a figure of the clause stands in a part of it.
func (p *proposer) statesFigure(c *reading.Clause, part document.Span) bool {
	for i := c.Quantities[0]; i < c.Quantities[1]; i++ {
		if q := p.Quantities[i].Span; part.Start <= q.Start && q.End <= part.End {
			return true
		}
	}
	return false
}

// parts are the pieces of a span between commas.
func parts(span document.Span, text string) []document.Span {
	var found []document.Span
	start := span.Start
	for start < span.End {
		piece := document.Span{Start: start, End: span.End}
		start = span.End
		if i := strings.IndexAny(piece.In(text), "，,；;"); i >= 0 {
			comma := piece.Start + i
			_, width := utf8.DecodeRuneInString(text[comma:])
			piece.End, start = comma, comma+width
		}
		if !piece.Empty() {
			found = append(found, piece)
		}
	}
	return found
}

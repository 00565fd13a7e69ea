package pairing

import (
	"strings"
	"unicode"

	"luoshi/checking/judge"
	"luoshi/reading"
)

// nearItem is how many bytes a figure may stand behind another whose subject it takes over.
const nearItem = 90

// complete works out the subject of an item as a reader understands it: a figure without a subject goes
// with the one before it, what was taken away is named so, and a share of the product is named with what
// it is a share of.
func (p *Paper) complete(it *Item) {
	it.Subject = withoutYears(it.Quantity.Subject)
	if bare(it.Subject) && it.Index > 0 {
		if before := &p.Items[it.Index-1]; it.Span.Start-before.Span.End < nearItem && before.row < 0 && it.row < 0 {
			it.Subject = before.Subject
		}
	}
	switch {
	case judge.TakenAway(it.Quantity) && !vocabulary.opens("reduce", it.Subject):
		it.Subject = vocabulary.of("reduce")[0] + it.Subject
	case it.Measure == reading.Share && it.row < 0:
		it.Subject += p.shareOf(it)
	}
}

// withoutYears is a subject without the words on time around it: 五年累计.
func withoutYears(subject string) string {
	for _, w := range vocabulary.of("years") {
		if rest, ok := strings.CutSuffix(subject, w); ok {
			subject = rest
		}
		if rest, ok := strings.CutPrefix(subject, w); ok {
			subject = rest
		}
	}
	return subject
}

// bare tells whether a subject names nothing: it is empty or only the unit of a figure before it.
func bare(subject string) bool {
	for _, w := range vocabulary.of("unit") {
		subject = strings.ReplaceAll(subject, w, "")
	}
	return strings.IndexFunc(subject, func(r rune) bool { return unicode.Is(unicode.Han, r) || unicode.IsLetter(r) }) < 0
}

// shareOf names what a share is a share of, where that is the product of the country or the region.
func (p *Paper) shareOf(it *Item) string {
	clause := p.ClauseText(it)
	for _, w := range vocabulary.of("shareof") {
		if strings.Contains(clause, w) && !strings.Contains(it.Subject, w) {
			return w + "的比重"
		}
	}
	return ""
}

// poor tells whether a topic says no more than who pays and that money is paid, or how things are done.
func poor(topic string) bool { return len(withoutPayers(topic)) <= len("的") }

// withoutPayers is a text without the words that say who pays, how much more, and where.
func withoutPayers(text string) string {
	for _, w := range vocabulary.of("payer") {
		text = strings.ReplaceAll(text, w, "")
	}
	return text
}

package pairing

import (
	"strings"
	"unicode"

	"luoshi/checking/judge"
	"luoshi/indicator"
	"luoshi/reading"
)

// nearItem is how many bytes a figure may stand behind another whose subject it takes over.
const nearItem = 90

// complete works out the subject of an item as a reader understands it: a figure without a subject goes
// with the one before it, what was taken away is told from what there is, and a share of the product is
// named with what it is a share of.
func (p *Paper) complete(it *Item) {
	it.Subject = trimmed(p.uncompared(it))
	if bare(it.Subject) && it.row < 0 {
		it.Subject = p.taken(it)
	}
	p.brought(it)
	p.spread(it)
	if it.Measure == reading.Share && it.row < 0 {
		it.Subject = p.ofProduct(it)
	}
	it.reduced = judge.TakenAway(it.Quantity)
	for _, w := range vocabulary.of("reduce") {
		if rest, ok := strings.CutPrefix(it.Subject, w); ok && it.Measure == reading.Level && !bare(rest) && !summed(it.Subject) {
			it.Subject, it.reduced = rest, true
		}
	}
}

// brought corrects a rate that fell to a figure rather than by it: 涨幅回落到2.6% is growth of 2.6%.
func (p *Paper) brought(it *Item) {
	if it.Measure != reading.Decline || it.row >= 0 || judge.Counted(it.Unit) {
		return
	}
	before := p.Document.Text[max(it.Span.Start-len("回落到"), 0):it.Span.Start]
	if !vocabulary.closes("fellto", before) {
		return
	}
	q := *it.Quantity
	q.Measure = reading.Level
	if vocabulary.holds("rateof", p.ClauseText(it)) {
		q.Measure = reading.Growth
	}
	it.Quantity = &q
}

// uncompared is the subject of an item without what the sentence compares with: 减轻企业负担 of 比改革前减轻
// 企业负担3亿元.
func (p *Paper) uncompared(it *Item) string {
	before, rest, found := strings.Cut(it.Quantity.Subject, "前")
	if found && rest != "" && it.row < 0 && strings.Contains(p.ClauseText(it), "比"+before+"前"+rest) {
		return rest
	}
	return it.Quantity.Subject
}

// taken is the subject that a figure without one takes over: the indicator named last in the sentence, even
// where the line is broken within it, or the subject of the figure before.
func (p *Paper) taken(it *Item) string {
	before := strings.Join(strings.Fields(p.Document.Text[max(it.Span.Start-lookBack, 0):it.Span.Start]), "")
	before = before[strings.LastIndex(before, "。")+1:]
	if mentions := indicator.Find(strings.ToValidUTF8(before, "")); len(mentions) > 0 {
		return mentions[len(mentions)-1].Span.In(strings.ToValidUTF8(before, ""))
	}
	if it.Index > 0 {
		if last := &p.Items[it.Index-1]; it.Span.Start-last.Span.End < nearItem && last.Sentence == it.Sentence && last.row < 0 {
			return last.Subject
		}
	}
	return it.Subject
}

// lookBack is how many bytes before a figure its subject is looked for.
const lookBack = 150

// trimmed is a subject without the words on time around it, 五年累计, and the words behind it that only
// say how it goes on: 继续.
func trimmed(subject string) string {
	for _, w := range vocabulary.of("years") {
		subject = strings.TrimSuffix(strings.TrimPrefix(subject, w), w)
	}
	for _, w := range vocabulary.of("trail") {
		if rest, ok := strings.CutSuffix(subject, w); ok && !bare(rest) {
			subject = rest
		}
	}
	return subject
}

// bare tells whether a subject names nothing: it is empty or only the unit of a figure before it.
func bare(subject string) bool {
	return strings.IndexFunc(without("unit", subject), func(r rune) bool { return unicode.Is(unicode.Han, r) || unicode.IsLetter(r) }) < 0
}

// ofProduct names what a share is a share of, where that is the product of the country or the region:
// 财政赤字占国内生产总值 is 财政赤字率.
func (p *Paper) ofProduct(it *Item) string {
	clause := p.ClauseText(it)
	for _, w := range vocabulary.of("shareof") {
		before, _, found := strings.Cut(clause, w)
		if !found || strings.Contains(it.Subject, w) {
			continue
		}
		if bare(it.Quantity.Subject) && !strings.Contains(before, it.Subject) {
			it.Subject = before
		}
		if rate := it.Subject + "率"; known(rate) {
			return rate
		}
		return it.Subject + w + "的比重"
	}
	return it.Subject
}

func known(name string) bool {
	_, ok := indicator.Lookup(name)
	return ok
}

// summed tells whether the dictionary knows a name as an amount that adds up, so that what was taken away is
// what it counts: 压减钢铁产能.
func summed(name string) bool {
	found, ok := indicator.Lookup(name)
	return ok && found.Indicator.Aggregation == indicator.Sum
}

// poor tells whether a topic says no more than who pays and that money is paid, or how things are done.
func poor(topic string) bool { return len(without("act", withoutPayers(topic))) <= len("的") }

// withoutPayers is a text without the words that say who pays, how much more, and where.
func withoutPayers(text string) string { return without("payer", text) }

// without drops the words of a list from a text.
func without(list, text string) string { return vocabulary()[list].without(text) }

package pairing

import (
	"slices"
	"strings"

	"luoshi/checking/judge"
	"luoshi/document"
	"luoshi/indicator"
	"luoshi/reading"
)

// spread works out a name of which the sentence states only a part beside the figure: what was built,
// what the members of a list are, who pays.
func (p *Paper) spread(it *Item) {
	if it.row >= 0 || it.Clause < 0 {
		return
	}
	for _, whole := range []func(*Item) string{p.acted, p.distributed, p.benefited, p.whole} {
		if name := whole(it); name != "" {
			it.Subject = name
			return
		}
	}
	it.Subject += p.listed(it)
}

// acted names what an act alone was done to: 新开工 behind 保障性住房基本建成470万套 is that of the homes. It is
// what the figure before it counts in the same unit, or the indicator named last in the sentence.
func (p *Paper) acted(it *Item) string {
	act := it.Quantity.Subject
	if act == "" || without("act", strings.TrimSuffix(act, "建设")) != "" {
		return ""
	}
	if it.Index > 0 {
		last := &p.Items[it.Index-1]
		if thing := without("act", last.Subject); last.Sentence == it.Sentence && last.Unit == it.Unit && thing != "" {
			return act + thing
		}
	}
	before := p.Document.Text[it.Sentence.Start:it.Span.Start]
	if named := indicator.Find(before); len(named) > 0 {
		return act + named[len(named)-1].Span.In(before)
	}
	return ""
}

// distributed gives the first of two members what only the second has beside it: 小麦、稻谷最低收购价分别提高….
func (p *Paper) distributed(it *Item) string {
	if int(it.Index)+1 >= len(p.Quantities) {
		return ""
	}
	first, next := it.Quantity.Subject, &p.Quantities[it.Index+1]
	second, clause := []rune(next.Subject), p.ClauseText(it)
	size := len([]rune(first))
	if next.Clause != it.Clause || size == 0 || size >= len(second) || !strings.Contains(clause, "分别") ||
		!strings.Contains(clause, first+"、"+next.Subject) {
		return ""
	}
	if whole := first + string(second[size:]); indicator.NameOf(whole, "").Indicator != nil {
		return whole
	}
	return ""
}

// benefited names what people gain by, where only they are named beside the figure: 饮水安全工程使6万人受益, where the dictionary knows it.
func (p *Paper) benefited(it *Item) string {
	if !vocabulary.closes("benefit", it.Quantity.Subject) {
		return ""
	}
	before, _, _ := strings.Cut(p.ClauseText(it), it.Surface)
	cause, _, _ := strings.Cut(before, "使")
	if whole := cause + "受益"; entire(whole) {
		return whole
	}
	return ""
}

// whole is all that stands before a figure in its clause, where the dictionary knows that and not the figure's
// own name: 中央财政“三农”累计支出, 规模以上工业实现总产值.
func (p *Paper) whole(it *Item) string {
	before, _, _ := strings.Cut(p.ClauseText(it), it.Surface)
	if name := without("inner", without("years", before)); name != before && strings.HasSuffix(before, it.Quantity.Subject) &&
		(poor(it.Subject) || !entire(it.Subject)) && entire(name) {
		return name
	}
	return ""
}

// entire tells whether the dictionary knows every word of a name.
func entire(name string) bool {
	found, ok := indicator.Lookup(name)
	return ok && found.Rest == ""
}

// listed is the noun behind a list of figures that all its members are: 淘汰钢铁3万吨、水泥5万吨等落后产能.
func (p *Paper) listed(it *Item) string {
	behind := p.Document.Text[it.Span.End:p.Clauses[it.Clause].Span.End]
	list, noun, found := strings.Cut(behind, "等")
	if !found || strings.ContainsAny(list, "，,;；") {
		return ""
	}
	if before := p.Document.Text[:it.Span.Start]; list == "" && !strings.HasSuffix(strings.TrimSuffix(before, it.Quantity.Subject), "、") {
		return ""
	}
	end := it.Span.End + len(list)
	if !slices.ContainsFunc(p.Quantities[it.Index:], func(q reading.Quantity) bool { return q.Span.End == end }) {
		return ""
	}
	noun, _, _ = strings.Cut(noun, "，")
	return noun
}

// refers tells whether the clause of an item names by 为此 or 此项 what its money is for.
func (p *Paper) refers(it *Item) bool {
	return it.row < 0 && it.Figure.Money() && vocabulary.holds("refer", p.Document.Text[p.passageStart(it):it.Span.Start])
}

// passageStart is where the words between commas or stops begin in which an item stands.
func (p *Paper) passageStart(it *Item) int {
	before := p.Document.Text[it.Sentence.Start:it.Span.Start]
	return it.Sentence.Start + max(strings.LastIndexAny(before, "，,：:")+1, 0)
}

// threshold tells whether a figure only bounds what the next one counts: 总投资10亿元以上项目2个.
func (p *Paper) threshold(it *Item) bool {
	if it.row >= 0 || it.Clause < 0 || it.Figure.Percent() || int(it.Index)+1 >= len(p.Quantities) {
		return false
	}
	next := &p.Quantities[it.Index+1]
	if next.Clause != it.Clause {
		return false
	}
	between := p.Document.Text[it.Span.End:next.Span.Start]
	return vocabulary.opens("bound", between) && !strings.ContainsAny(between, "，,、;；") &&
		(strings.Contains(next.Subject, it.Surface) || next.Subject != "" && strings.HasSuffix(between, next.Subject))
}

// added tells whether an item is in a list of what was added, though only the first of the list says so.
func (p *Paper) added(it *Item) bool {
	if it.row >= 0 || it.Clause < 0 || it.Index == 0 || it.Measure != reading.Level || !judge.Counted(it.Unit) {
		return false
	}
	last := &p.Items[it.Index-1]
	between := p.Document.Text[last.Span.End:it.Span.Start]
	return last.Clause == it.Clause && between == "、"+it.Quantity.Subject && (last.gained || vocabulary.opens("adds", last.Quantity.Subject))
}

// lifted tells whether an item counts people who are poor no longer, and its name leaves that open.
func (p *Paper) lifted(it *Item) bool {
	counts := it.Name.Indicator != nil && it.Name.Indicator.Aggregation == indicator.Sum
	return !counts && vocabulary.holds("lifted", it.Subject) && it.Measure == reading.Level && judge.Counted(it.Unit)
}

// Phrases are the words by which a report may speak of an item that it does not name as the plan does:
// what a list is of, the class that its subject is of, and for money what it is spent on.
func (p *Paper) Phrases(it *Item) []string {
	var phrases []string
	if it.Clause < 0 {
		return nil
	}
	if class := p.listed(it); class != "" {
		phrases = append(phrases, class)
	}
	for _, entry := range vocabulary.of("general") {
		member, class, _ := strings.Cut(entry, "=")
		if name := it.standard(); strings.Contains(name, member) {
			phrases = append(phrases, strings.Replace(name, member, class, 1))
		}
	}
	if it.poor {
		phrases = append(phrases, p.around(it)...)
	}
	return phrases
}

// standard is the dictionary's name of what an item measures, or else its own.
func (i *Item) standard() string {
	if i.Name.Indicator != nil {
		return i.Name.Indicator.ZH
	}
	return i.Subject
}

// around is the passages of an item's sentence: those behind the figure, which say what money is for, and
// then those before it, the nearest first.
func (p *Paper) around(it *Item) []string {
	var before, behind []string
	text := p.Document.Text
	for start := it.Sentence.Start; start < it.Sentence.End; {
		end, next := passageEnd(text, start, it.Sentence.End)
		passage := document.Span{Start: start, End: end}.In(text)
		switch {
		case strings.ContainsAny(passage, "0123456789０１２３４５６７８９"): // speaks of another figure
		case start > it.Span.Start:
			behind = append(behind, passage)
		default:
			before = append(before, passage)
		}
		start = next
	}
	slices.Reverse(before)
	return append(behind, before...)
}

package pairing

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
	"unicode/utf8"

	"luoshi/checking/judge"
	"luoshi/indicator"
	"luoshi/reading"
)

// Answer is a result that may answer a target.
type Answer struct {
	Result int32
	// Weight is 0 to 1000: how surely both speak of one thing. From indicator.Pairable on they may be
	// compared.
	Weight int
	// Comparable tells whether measure and unit allow the comparison.
	Comparable bool
	// OtherPeriod tells that one covers several years and the other one, or that each covers several,
	// which need not be the same in two documents, or that one covers only a part of the other's year.
	OtherPeriod bool
	// Begun tells that work on what was promised has begun, where the promise was to finish it.
	Begun bool
	// Ambiguous tells that another result answers as well and says something else.
	Ambiguous bool
}

// Confidence is the weight as a share.
func (a *Answer) Confidence() float64 { return float64(a.Weight) / 1000 }

// What adds to the likeness of names. Nothing lifts a pair over the threshold; it decides among those
// above it.
const (
	sameVerb     = 12
	sameUnit     = 8
	sameSentence = 30
	inHeadline   = 6
	plainFigure  = 4
	sameDay      = 10
	sameSection  = 10
)

const (
	// inList is the likeness of a list and one of its members.
	inList indicator.Likeness = 780
	// alikeClauses is the share of common words from which two clauses speak of one thing, and oneKnown
	// the same where the dictionary knows one of the two names.
	alikeClauses, oneKnown = 650, 800
	// bothKnown is the same where the dictionary knows both names as one indicator with unlike qualifiers.
	bothKnown = 500
	// ownWords is what it adds that a result's few own words are all in the target's clause.
	ownWords = 60
	// leastTheme is how many pairs of characters a clause must have for that.
	leastTheme = 4
	// pastLess is what a standard of the past that a plan names weighs less than a result.
	pastLess = 60
)

// A second result whose weight is so near the first makes the first ambiguous if it says otherwise.
const nearby = 5

// Answers are the results of a document that may answer a target, best first. The target may stand in
// the same document.
func (p *Paper) Answers(from *Paper, t *Item) []Answer {
	var found []Answer
	for _, list := range [][]int32{p.Results, p.past} {
		for _, i := range list {
			r := &p.Items[i]
			if r.Quantity == t.Quantity || !p.timely(t, r) || r.row >= 0 && r.column != "" || t.row >= 0 && t.column != "" {
				continue
			}
			if a, ok := p.weigh(from, t, r); ok {
				found = append(found, a)
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Answer) int {
		return cmp.Or(cmp.Compare(b.rank(), a.rank()), cmp.Compare(b.Weight, a.Weight))
	})
	p.markAmbiguous(found)
	return found
}

// rank puts what can be compared before what has only begun, that before what covers another period, and
// that before other measures.
func (a *Answer) rank() int {
	switch {
	case !a.Comparable:
		return 0
	case a.OtherPeriod:
		return 1
	case a.Begun:
		return 2
	}
	return 3
}

// timely tells whether a result can answer the target by the time it covers: the target's own year, or
// for a later deadline any year on the way.
func (p *Paper) timely(t, r *Item) bool {
	if t.By.IsZero() || r.By.IsZero() {
		return false
	}
	if t.By.Year == r.By.Year {
		return true
	}
	return t.By.Year > r.By.Year && t.By.Year > p.Latest().Year && r.Kind == reading.Result
}

// weigh is how surely a result answers a target; false where they name different things.
func (p *Paper) weigh(from *Paper, t, r *Item) (Answer, bool) {
	a := Answer{Result: r.Index}
	like := int(p.likeness(from, t, r))
	if like < int(indicator.Pairable) || p.aimed(r) || p.otherStage(from, t, r) || implausible(t, r) || p.claimed(from, t, r) || from.rivalled(t, r) {
		return a, false
	}
	a.OtherPeriod = t.years != r.years || t.years && from != p || from.partial(t, r)
	a.Comparable, a.Begun = judge.Comparable(t.Figure, r.Figure), p.begun(from, t, r)
	if r.Kind == reading.Context && (!a.Comparable || like < int(indicator.SameTopic)-pastLess) {
		return a, false
	}
	weight := like * 9 / 10
	if from.Verb(t) != "" && from.Verb(t) == p.Verb(r) {
		weight += sameVerb
	}
	if t.Unit == r.Unit {
		weight += sameUnit
	}
	if t.By == r.By {
		weight += sameDay
	}
	if r.Cmp == reading.Equal {
		weight += plainFigure
	}
	if r.row >= 0 || p.headline(r) {
		weight += inHeadline
	}
	if from == p && t.Sentence == r.Sentence {
		weight += sameSentence
	}
	if s := p.section(r); from == p && s >= 0 && s == p.section(t) {
		weight += sameSection
	}
	if r.Kind == reading.Context {
		weight -= pastLess
	}
	a.Weight = min(weight, 1000)
	return a, true
}

// rivalled tells whether another target of the same clause and unit is named more like a result: the whole
// of which a target is a part.
func (p *Paper) rivalled(t, r *Item) bool {
	if t.Clause < 0 || t.row >= 0 {
		return false
	}
	like := t.Name.Same(r.Name)
	if like >= indicator.SameTopic {
		return false
	}
	rival := func(i int) bool {
		u := &p.Items[i]
		return u != t && u.Kind == reading.Target && u.Unit == t.Unit && u.Measure == t.Measure && u.Name.Same(r.Name) > max(like, indicator.Pairable)
	}
	for i := int(t.Index) - 1; i >= 0 && p.Items[i].Clause == t.Clause; i-- {
		if rival(i) {
			return true
		}
	}
	for i := int(t.Index) + 1; i < len(p.Items) && p.Items[i].Clause == t.Clause; i++ {
		if rival(i) {
			return true
		}
	}
	return false
}

// partial tells whether an amount is promised for a part of the year and reported for more of it.
func (p *Paper) partial(t, r *Item) bool {
	return t.Terms.Aggregation == indicator.Sum && t.Figure.Measure == reading.Level && t.By.Before(r.By) && t.row < 0 &&
		vocabulary.holds("part", p.Document.Text[t.Sentence.Start:t.Span.Start])
}

// likeness is how surely two items name one thing. Where the names alone do not say so, clauses of the
// same words in two documents do.
func (p *Paper) likeness(from *Paper, t, r *Item) indicator.Likeness {
	if a, b := t.Name.Indicator, r.Name.Indicator; a != nil && b != nil && a != b && !t.poor && !r.poor {
		return indicator.Unlike
	}
	if t.reduced != r.reduced || otherCounter(t, r) {
		return indicator.Unlike
	}
	if !t.poor && !r.poor {
		like := t.Name.Same(r.Name)
		switch {
		case like >= indicator.Pairable:
			return like
		case memberOf(r.Subject, t.Subject):
			return inList
		case like == indicator.OtherScope || like == indicator.OtherKind:
			return like
		}
	} else if t.Name.ScopeConflict(r.Name) {
		return indicator.OtherScope
	}
	if from == p || t.row >= 0 || r.row >= 0 || !judge.Comparable(t.Figure, r.Figure) || r.Kind != reading.Result {
		return indicator.Unlike
	}
	return p.likeClauses(from, t, r)
}

// otherCounter tells whether two things of unlike names are counted with unlike counters: 10条全民健身路径,
// 2个农民健身工程点.
func otherCounter(t, r *Item) bool {
	return t.counted && r.counted && t.Unit != r.Unit && t.Subject != r.Subject
}

// likeClauses is the likeness of two items by the words of their clauses.
func (p *Paper) likeClauses(from *Paper, t, r *Item) indicator.Likeness {
	if !t.poor && !r.poor && !shares(newTheme(t.Subject), newTheme(r.Subject)) {
		return indicator.Unlike
	}
	promise, report := from.themeOf(t), p.themeOf(r)
	common := p.words().likeTheme(promise, report)
	least := alikeClauses
	switch a, b := t.Name.Indicator, r.Name.Indicator; {
	case (t.poor || r.poor) && (t.Figure.Money() || t.Measure == reading.Growth || t.Measure == reading.Decline):
		least = oneKnown // who pays, and that something grows, is said too often
	case t.poor || r.poor:
	case a != nil && a == b:
		least = bothKnown
	case a != nil || b != nil:
		least = oneKnown
	}
	if r.poor && containsAll(promise, newTheme(r.Quantity.Subject)) {
		common += ownWords
	}
	if common < least || min(len(promise), len(report)) < leastTheme {
		return indicator.Unlike
	}
	return indicator.Pairable + indicator.Likeness((common-least)/4)
}

// shares tells whether two themes have anything in common.
func shares(a, b theme) bool {
	return slices.ContainsFunc(a, func(g uint64) bool {
		_, found := slices.BinarySearch(b, g)
		return found
	})
}

// implausible tells whether the figure of another name is many times or a small part of what was promised
// for the same day: then it is a figure of something else.
func implausible(t, r *Item) bool {
	if t.Subject == r.Subject || t.By != r.By || t.years != r.years || t.Figure.Measure != reading.Level || t.Figure.Percent() || t.Unit != r.Unit {
		return false
	}
	want, got := t.Value.Rat(), r.Value.Rat()
	return got.Cmp(new(big.Rat).Mul(want, manyTimes)) > 0 || want.Cmp(new(big.Rat).Mul(got, manyTimes)) > 0
}

// manyTimes is from where on a figure is out of all proportion to its target.
var manyTimes = big.NewRat(4, 1)

// claimed tells whether the sentence of a result states the target that it answers, and that is another
// than the given one: 交通水利项目年度计划投资27.5亿元,完成21.45亿元.
func (p *Paper) claimed(from *Paper, t, r *Item) bool {
	if from == p || r.row >= 0 {
		return false
	}
	for _, i := range p.Targets {
		own := &p.Items[i]
		if own.Sentence == r.Sentence && own.Unit == r.Unit && own.Measure == r.Measure && own.Value.Cmp(t.Value) != 0 &&
			own.Name.Same(r.Name) >= indicator.Pairable {
			return true
		}
	}
	return false
}

// containsAll tells whether a theme has all of another that is not empty.
func containsAll(t, part theme) bool {
	for _, g := range part {
		if _, found := slices.BinarySearch(t, g); !found {
			return false
		}
	}
	return len(part) > 0
}

// otherStage tells whether one counts what was begun and the other what was finished.
func (p *Paper) otherStage(from *Paper, t, r *Item) bool {
	if t.row >= 0 || r.row >= 0 || t.Measure != reading.Level || t.Figure.Percent() {
		return false
	}
	promise, report := from.ClauseText(t), p.ClauseText(r)
	begun := vocabulary.holds("begin", promise) && !vocabulary.holds("finish", promise)
	finished := vocabulary.holds("finish", report) && !vocabulary.holds("begin", report)
	return begun && finished
}

// memberOf tells whether a subject is one member of a list: 二氧化硫排放量 of 二氧化硫、氮氧化物排放量.
func memberOf(member, list string) bool {
	if len(member) >= len(list) || len(member) < len("排放量") || !strings.ContainsAny(list, "、和及") {
		return false
	}
	rest := list
	for _, r := range member {
		at := strings.IndexRune(rest, r)
		if at < 0 {
			return false
		}
		rest = rest[at+len(string(r)):]
	}
	return rest == "" || strings.HasSuffix(list, lastRune(member))
}

func lastRune(s string) string {
	r, size := utf8.DecodeLastRuneInString(s)
	if size == 0 {
		return ""
	}
	return string(r)
}

// aimed tells whether a figure counts what is acted on: 围绕43项任务.
func (p *Paper) aimed(r *Item) bool {
	if r.Clause < 0 {
		return false
	}
	before, _, found := strings.Cut(p.Clauses[r.Clause].Text, r.Surface)
	return found && vocabulary.opens("aimed", before)
}

func (p *Paper) headline(r *Item) bool {
	for _, title := range p.SectionTitles(r) {
		if vocabulary.holds("headline", title) {
			return true
		}
	}
	return false
}

// markAmbiguous marks the best answer where another of nearly the same weight says something else.
func (p *Paper) markAmbiguous(found []Answer) {
	if len(found) == 0 {
		return
	}
	first := &p.Items[found[0].Result]
	for _, a := range found[1:] {
		if a.rank() < found[0].rank() || a.Weight < found[0].Weight-nearby {
			return
		}
		other := &p.Items[a.Result]
		if other.Value.Cmp(first.Value) != 0 && other.By == first.By {
			found[0].Ambiguous = true
		}
	}
}

// begun tells whether a result only says that work on what was promised has begun, where the promise
// was to finish it: 制定43项任务工作方案并启动实施.
func (p *Paper) begun(from *Paper, t, r *Item) bool {
	if r.Clause < 0 || r.row >= 0 {
		return false
	}
	report, promise := p.ClauseText(r), from.ClauseText(t)
	return vocabulary.holds("begun", report) && !vocabulary.holds("done", report) &&
		vocabulary.holds("done", promise) && !vocabulary.holds("begun", promise)
}

// Further tells whether a target comes on top of what was done: 再新增11家, 剩余7个.
func (p *Paper) Further(t *Item) bool {
	if t.Clause < 0 {
		return false
	}
	before, _, _ := strings.Cut(p.Clauses[t.Clause].Text, t.Surface)
	return vocabulary.holds("further", before)
}

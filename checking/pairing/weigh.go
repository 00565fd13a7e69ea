package pairing

import (
	"cmp"
	"slices"
	"strings"

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

// A second result whose weight is so near the first makes the first ambiguous if it says otherwise.
const nearby = 5

// Answers are the results of a document that may answer a target, best first. The target may stand in
// the same document.
func (p *Paper) Answers(from *Paper, t *Item) []Answer {
	var found []Answer
	for _, i := range p.Results {
		r := &p.Items[i]
		if r.Quantity == t.Quantity || !mayName(t, r) || !p.timely(t, r) {
			continue
		}
		if a, ok := p.weigh(from, t, r); ok {
			found = append(found, a)
		}
	}
	slices.SortStableFunc(found, func(a, b Answer) int {
		if a.Comparable != b.Comparable {
			if a.Comparable {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.Weight, a.Weight)
	})
	p.markAmbiguous(found)
	return found
}

// mayName is a quick test that lets pass whatever may name one thing.
func mayName(t, r *Item) bool {
	a, b := t.Name.Indicator, r.Name.Indicator
	if a != nil && b != nil {
		return a == b
	}
	return t.runes&r.runes != 0
}

// timely tells whether a result can answer the target by the time it covers: the target's own year, or
// for a later deadline any year on the way.
func (p *Paper) timely(t, r *Item) bool {
	if t.By.IsZero() || r.By.IsZero() {
		return false
	}
	if t.years != r.years {
		return false
	}
	if t.By.Year == r.By.Year {
		return true
	}
	return t.By.Year > r.By.Year && t.By.Year > p.Latest().Year
}

// weigh is how surely a result answers a target; false where they name different things.
func (p *Paper) weigh(from *Paper, t, r *Item) (Answer, bool) {
	if r.row >= 0 && r.column != "" || t.row >= 0 && t.column != "" || p.aimed(r) {
		return Answer{}, false
	}
	like := t.Name.Same(r.Name)
	if like < indicator.Pairable {
		return Answer{}, false
	}
	a := Answer{Result: r.Index, Comparable: judge.Comparable(t.Figure, r.Figure)}
	weight := int(like) * 9 / 10
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
	a.Weight = min(weight, 1000)
	return a, true
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
	if len(found) == 0 || !found[0].Comparable {
		return
	}
	first := &p.Items[found[0].Result]
	for _, a := range found[1:] {
		if !a.Comparable || a.Weight < found[0].Weight-nearby {
			return
		}
		other := &p.Items[a.Result]
		if other.Value.Cmp(first.Value) != 0 && other.By == first.By {
			found[0].Ambiguous = true
		}
	}
}

// Begun tells whether a result only says that work on what was promised has begun, where the promise
// was to finish it: 制定43项任务工作方案并启动实施.
func (p *Paper) Begun(from *Paper, t, r *Item) bool {
	if r.Clause < 0 || r.row >= 0 {
		return false
	}
	report, promise := p.ClauseText(r), from.ClauseText(t)
	return vocabulary.holds("begun", report) && !vocabulary.holds("done", report) && !vocabulary.holds("begun", promise)
}

// Further tells whether a target comes on top of what was done: 再新增11家, 剩余7个.
func (p *Paper) Further(t *Item) bool {
	if t.Clause < 0 {
		return false
	}
	before, _, _ := strings.Cut(p.Clauses[t.Clause].Text, t.Surface)
	return vocabulary.holds("further", before)
}

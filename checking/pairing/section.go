package pairing

import (
	"strconv"
	"strings"

	"luoshi/calendar"
	"luoshi/reading"
)

// course is what a section does.
type course uint8

const (
	untold  course = iota // its titles do not say
	reviews               // tells what was done
	plans                 // promises what is to be done
	mostly                // its titles do not say, but promises prevail
	both                  // reviews first and plans then
)

// plan tells whether a section promises rather than reviews.
func (c course) plan() bool { return c == plans || c == mostly }

// courseOf is what a title says that its section does.
func courseOf(title string) course {
	switch reviewing, planning := vocabulary.holds("reviews", title), vocabulary.holds("plans", title); {
	case reviewing && planning:
		return both
	case planning:
		return plans
	case reviewing:
		return reviews
	}
	return untold
}

// courses tell what each section of the outline does: its nearest title that says so decides; what follows a
// section that plans goes on planning; or else it plans where the highest section that holds it has more than
// twice as many promises as results.
func courses(r *reading.Reading) []course {
	outline := r.Document.Outline
	root, told := make([]int32, len(outline)), make([]course, len(outline))
	promises, results := make([]int, len(outline)), make([]int, len(outline))
	planning := false
	for i := range outline {
		root[i] = int32(i)
		told[i] = courseOf(outline[i].Title.In(r.Document.Text))
		if parent := outline[i].Parent; parent >= 0 {
			root[i] = root[parent]
			if told[i] == untold {
				told[i] = told[parent]
			}
		} else if told[i] == untold && planning {
			told[i] = plans
		}
		planning = told[root[i]] == plans
	}
	for i := range r.Clauses {
		c := &r.Clauses[i]
		if c.Section < 0 {
			continue
		}
		switch c.Kind {
		case reading.Target:
			promises[root[c.Section]]++
		case reading.Result:
			results[root[c.Section]]++
		}
	}
	for i := range outline {
		if told[i] == untold && promises[root[i]] > 2*results[root[i]] {
			told[i] = mostly
		}
	}
	return told
}

// misplaced tells whether what looks like a result stands in a plan, and its sentence does not say that
// it looks back.
func (p *Paper) misplaced(it *Item) bool {
	s := p.section(it)
	if s < 0 || !p.courses[s].plan() || it.row >= 0 || it.recalled {
		return false
	}
	sentence := it.Sentence.In(p.Document.Text)
	return !vocabulary.holds("back", sentence) && !strings.Contains(sentence, strconv.Itoa(int(it.By.Year))+"年")
}

// reclassify corrects what the place of a figure tells of it: in a plan, what is intended this year is a
// target, and so is what stands behind 年度目标; what opens with 过去一年 is a result of the year before, wherever it stands; and in a section on
// what was carried out, what nothing calls a target is a result.
func (p *Paper) reclassify(it *Item) {
	meta := &p.Document.Meta
	to := meta.ReportPeriod.To
	if it.row >= 0 || to.IsZero() {
		return
	}
	if it.Kind == reading.Result && int(to.Year)+1 == meta.PlanYear && to.Before(it.By) && p.inReview(it) {
		q := *it.Quantity
		q.By = to
		it.Quantity = &q
	}
	ended := it.By.Year == to.Year || int(it.By.Year) == meta.PlanYear && int(to.Year)+1 == meta.PlanYear
	if it.Kind == reading.Target && ended && p.reviewed(it) {
		q := *it.Quantity
		q.Kind, q.By = reading.Result, to
		it.Quantity = &q
		return
	}
	s := p.section(it)
	if (s < 0 || !p.courses[s].plan()) && vocabulary.closes("aim", p.Document.Text[it.Sentence.Start:it.Span.Start]) {
		q := *it.Quantity
		q.Kind, q.By, q.Firm = reading.Target, calendar.LastDay(int(to.Year), 12), true
		it.Quantity = &q
		return
	}
	if int(to.Year)+1 != meta.PlanYear {
		return
	}
	switch {
	case it.Kind == reading.Result && (intended(p.ClauseText(it)) || p.ordered(it)):
		q := *it.Quantity
		q.Kind, q.By, q.Firm = reading.Target, calendar.LastDay(meta.PlanYear, 12), true
		it.Quantity = &q
	case it.Kind == reading.Target && it.By.Year == to.Year+1 && p.looksBack(it):
		q := *it.Quantity
		q.Kind, q.By = reading.Result, to
		it.Quantity, it.recalled = &q, true
	}
}

// intended tells whether a clause says what is to be done this year: 今年拟发行….
func intended(clause string) bool {
	_, behind, found := strings.Cut(clause, "今年")
	return found && vocabulary.holds("intended", behind)
}

// ordered tells whether an item stands in a section that plans by its title, and its sentence names no year and
// says of nothing that it is there already: 完成造林3000亩.
func (p *Paper) ordered(it *Item) bool {
	s, sentence := p.section(it), it.Sentence.In(p.Document.Text)
	return s >= 0 && p.courses[s] == plans && it.By == p.Document.Meta.ReportPeriod.To && !strings.Contains(sentence, "年") &&
		!vocabulary.holds("already", sentence)
}

// retold tells whether a figure is a target of the past that the sentence tells again: 年初提出把涨幅控制在3%以内.
func (p *Paper) retold(it *Item) bool {
	return it.Kind != reading.Target && it.row < 0 && vocabulary.holds("retold", p.Document.Text[it.Sentence.Start:it.Span.Start])
}

// looksBack tells whether the sentence of an item, or the one before it, opens with 过去一年, and nothing
// of this year stands between.
func (p *Paper) looksBack(it *Item) bool {
	text := p.Document.Text
	start := it.Sentence.Start
	if start > p.Document.Blocks[it.block].Start {
		start = p.SentenceAt(start - 1).Start
	}
	before := text[start:it.Span.Start]
	at := strings.Index(before, "过去一年")
	return at >= 0 && !strings.Contains(before[at:], "今年")
}

// reviewed tells whether an item stands under a title that reviews and its sentence promises nothing.
func (p *Paper) reviewed(it *Item) bool {
	for s := p.section(it); s >= 0; s = p.Document.Outline[s].Parent {
		switch courseOf(p.Document.Outline[s].Title.In(p.Document.Text)) {
		case plans:
			return false
		case both:
			return it.Span.Start < p.turn(s) && !vocabulary.holds("promise", it.Sentence.In(p.Document.Text))
		case reviews:
			return !vocabulary.holds("promise", it.Sentence.In(p.Document.Text))
		}
	}
	return false
}

// inReview tells whether an item stands in a section that only reviews.
func (p *Paper) inReview(it *Item) bool {
	s := p.section(it)
	return s >= 0 && p.courses[s] == reviews
}

// turn is where a section that reviews and then plans first speaks of the year that it plans.
func (p *Paper) turn(section int32) int {
	text, from := p.Document.Text, p.Document.Outline[section].Title.End
	turn := len(text)
	for _, word := range []string{"今年", strconv.Itoa(p.Document.Meta.PlanYear) + "年"} {
		if at := strings.Index(text[from:], word); at >= 0 {
			turn = min(turn, from+at)
		}
	}
	return turn
}

package checking

import (
	"fmt"
	"strconv"
	"strings"

	"luoshi/checking/interval"
	"luoshi/checking/slip"
)

// strength is how sure it is, before any arithmetic, that figures stand in a relation.
type strength uint8

const (
	// weak: the figures stand as they would if they were related. They are believed to be only where
	// the arithmetic holds, or would but for one slip in a figure with digits enough to make chance
	// unlikely.
	weak strength = iota
	// medium: the wording says so, but allows for exceptions: 其中 may leave parts out. A slip in figures
	// of three digits or more is an error, anything else a doubt.
	medium
	// likely: the wording leaves little doubt. Any slip is an error, anything else a doubt.
	likely
	// strong: the relation is stated, or shown to hold for the other rows or columns.
	strong
)

// relation is a claim that figures fit together.
type relation struct {
	facts  []int32       // the stated result first, then what it is computed from
	exact  bool          // holds to the printed digit
	holds  bool          // holds for some values within the printed intervals
	shown  func() string // the computation
	wanted func(k int) (interval.Interval, bool)
	say    saying
}

// saying words a relation: what fits or does not fit what.
type saying struct{ holds, fails Wording }

// judge grades a relation. ok is false where there is nothing to say, or nothing that was asked for.
func (p *paper) judge(r *relation, s strength) (f Finding, ok bool) {
	switch {
	case r.exact:
		if !p.all {
			return Finding{}, false
		}
		return p.finding(r, OK, r.say.holds), true
	case r.holds:
		f = p.finding(r, Rounding, r.say.holds)
		f.Computation += roundingNote
		return f, true
	}
	repairs, telling := p.repairs(r)
	severity := Warning
	if s.convinces(len(repairs) > 0, telling, p.digits(r)) {
		severity = Error
	} else if s == weak {
		return Finding{}, false
	}
	f = p.finding(r, severity, r.say.fails)
	f.Suggestion = suggestion(repairs)
	return f, true
}

// finding says a relation.
func (p *paper) finding(r *relation, severity Severity, message Wording) Finding {
	f := Finding{Severity: severity, Message: message.about(p.facts[r.facts[0]].Subject), Computation: r.shown()}
	for _, i := range r.facts {
		f.Places = append(f.Places, p.facts[i].place())
	}
	return f
}

// convinces tells whether a relation that fails is an error: what counts is whether a slip would explain
// it, whether that slip is telling, and how many digits the longest figure has.
func (s strength) convinces(slip, telling bool, digits int) bool {
	switch s {
	case weak:
		return telling
	case medium:
		return slip && digits >= 3
	case likely:
		return slip
	}
	return true
}

const roundingNote = "：舍入之内"

// tellingDigits is how many digits a slip must leave as they are for chance to be unlikely.
const tellingDigits = 2

// repair is a figure that one slip would explain.
type repair struct {
	surface string
	meant   string
}

// repairs lists the figures in which one slip would explain why the relation fails; telling is true
// where one of them has digits enough to make chance unlikely.
func (p *paper) repairs(r *relation) (list []repair, telling bool) {
	for k, i := range r.facts {
		wanted, ok := r.wanted(k)
		if !ok {
			continue
		}
		f := &p.facts[i]
		fix, ok := slip.Find(f.printed(), f.counted(), wanted)
		if !ok {
			continue
		}
		telling = telling || fix.Digits >= tellingDigits || fix.Kind == slip.Wan
		list = append(list, repair{f.Surface, printedLike(f, fix.Meant)})
	}
	return list, telling
}

// mostRepairs is how many repairs are worth reading.
const mostRepairs = 4

// suggestion says which figures would mend the relation.
func suggestion(repairs []repair) Wording {
	if len(repairs) == 0 {
		return Wording{
			ZH: "请核对原始数据和口径，改正其中有误的数据。",
			EN: "Check the source data and their scope, and correct the figure that is wrong.",
		}
	}
	var zh, en []string
	for _, r := range repairs[:min(len(repairs), mostRepairs)] {
		zh = append(zh, fmt.Sprintf("“%s”是否应为“%s”", r.surface, r.meant))
		en = append(en, fmt.Sprintf("should “%s” be “%s”", r.surface, r.meant))
	}
	return Wording{
		ZH: "请核对：" + strings.Join(zh, "，或") + "？",
		EN: "Check: " + strings.Join(en, ", or ") + "?",
	}
}

// digits is the most significant digits of any figure of the relation.
func (p *paper) digits(r *relation) int {
	most := 0
	for _, i := range r.facts {
		most = max(most, len(strconv.FormatInt(p.facts[i].Value.Coef, 10)))
	}
	return most
}

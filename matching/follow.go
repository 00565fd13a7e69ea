package matching

import (
	"strings"

	"luoshi/checking/judge"
	"luoshi/checking/pairing"
)

// verdicts are what matching calls the outcomes of a judgement.
var verdicts = map[judge.Outcome]Verdict{
	judge.Open: NotComparable, judge.Missed: Missed, judge.Behind: Behind, judge.Ahead: Ahead,
	judge.Met: Kept, judge.Exceeded: Exceeded,
}

// follow finds what the report says of a promised figure.
func follow(plan, report *side, t *pairing.Item) Pair {
	p := Pair{Plan: placeOf(0, t), Clause: t.Clause, Subject: t.Subject}
	if t.Name.Indicator != nil {
		p.Indicator = t.Name.Indicator.Code
	}
	answers := report.Answers(plan.Paper, t)
	if len(answers) == 0 {
		return withoutAnswer(p, plan, report, t)
	}
	best := answers[0]
	r := &report.Items[best.Result]
	place := placeOf(1, r)
	p.Report, p.Confidence = &place, best.Confidence()
	if !best.Comparable {
		return throughBase(p, plan, report, t, answers)
	}
	if best.OtherPeriod {
		p.Verdict, p.Why = NotComparable, whyOtherPeriod(t, r)
		return p
	}
	if best.Begun {
		p.Verdict, p.Why = ReportedWithoutFigure, whyBegun(t, r)
		return p
	}
	elapsed, begun := judge.Elapsed(t.By, r.By)
	if !begun {
		return notDue(p, t, r)
	}
	terms := t.Terms
	terms.Elapsed = elapsed
	return decided(p, report, t, r, judge.Judge(t.Figure, r.Figure, terms))
}

// decided writes a judgement into a pair.
func decided(p Pair, report *side, t, r *pairing.Item, j judge.Judgement) Pair {
	j = pairing.Overrule(report.tellings, t, r, j)
	p.Verdict, p.Gap = verdicts[j.Outcome], j.Gap
	if j.Outcome == judge.Missed || j.Outcome == judge.Behind {
		p.Reason = report.tellings().Of(r).Reason
	}
	p.Why = whyDecided(t, r, j)
	return p
}

// notDue is a target of a later year: only reaching it early decides.
func notDue(p Pair, t, r *pairing.Item) Pair {
	p.Verdict, p.Why = NotComparable, whyNotDue(t, r)
	return p
}

// mentioned is the weight of a clause that names the indicator of a promise without its figure.
const mentioned = 700

// withoutAnswer looks for the words of a promise whose figure the report does not answer.
func withoutAnswer(p Pair, plan, report *side, t *pairing.Item) Pair {
	if t.By.Year > report.Latest().Year {
		p.Verdict, p.Why = NotComparable, whyLater(t, report.Latest())
		return p
	}
	if t.Clause < 0 {
		p.Why = whyDropped(t.Subject)
		return p
	}
	promise := &plan.Clauses[t.Clause]
	passage, weight := report.Speaks(promise.Verb, t.Subject)
	if passage == nil && !t.Figure.Money() {
		passage, weight = report.Speaks("", strings.Replace(promise.Text, promise.Verb, "", 1))
	}
	if passage == nil {
		passage, weight = report.mention(t.Name.Indicator), mentioned
	}
	if passage == nil {
		passage, weight = spokenOtherwise(plan, report, t)
	}
	return spokenOf(p, passage, weight)
}

// spokenOtherwise looks for what else a promise may be called.
func spokenOtherwise(plan, report *side, t *pairing.Item) (*pairing.Passage, int) {
	for _, phrase := range plan.Phrases(t) {
		if passage, weight := report.Tells("", phrase); passage != nil {
			return passage, weight
		}
	}
	return nil, 0
}

// spokenOf is the verdict on a promise of which the report speaks in a passage, or does not.
func spokenOf(p Pair, passage *pairing.Passage, weight int) Pair {
	if passage == nil {
		p.Why = whyDropped(p.Subject)
		return p
	}
	place := placeOfPassage(passage)
	p.Report, p.Confidence = &place, float64(weight)/1000
	p.Verdict, p.Why = ReportedWithoutFigure, whyWords(p.Subject)
	return p
}

// followWords finds what the report says of a promise without a number.
func followWords(plan, report *side, clause int32) Pair {
	c := &plan.Clauses[clause]
	p := Pair{Plan: placeOfClause(0, c), Clause: clause, Subject: c.Verb + c.Object}
	if p.Subject == "" {
		p.Subject = c.Text
	}
	if c.By.Year > report.Latest().Year {
		p.Verdict, p.Why = NotComparable, whyLaterClause(c)
		return p
	}
	passage, weight := report.Speaks(c.Verb, c.Object)
	return spokenOf(p, passage, weight)
}

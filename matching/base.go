package matching

import (
	_ "embed"
	"math/big"
	"strings"

	"luoshi/checking/judge"
	"luoshi/checking/pairing"
	"luoshi/indicator"
	"luoshi/reading"
	"luoshi/reading/numeral"
)

// adjusted.txt lists the measures whose growth is stated without the change of prices, so that two
// amounts of current money do not give it.
//
//go:embed adjusted.txt
var adjustedLines string

// throughBase judges a promised growth by a reported amount where one of the documents states the
// amount of the year before. Without it the figures are of unlike measures.
func throughBase(p Pair, plan, report *side, t *pairing.Item, answers []pairing.Answer) Pair {
	p.Verdict = NotComparable
	r := &report.Items[answers[0].Result]
	p.Why = whyUnlike(t, r)
	if t.Measure != reading.Growth || t.Unit != "%" || adjusted(t.Subject) {
		return p
	}
	for _, a := range answers {
		r := &report.Items[a.Result]
		if r.Measure != reading.Level || r.By != t.By || r.Several() {
			continue
		}
		base := baseOf(t, r, plan, report)
		if base == nil {
			continue
		}
		grown, shown := growth(base, r)
		if grown == nil {
			continue
		}
		place := placeOf(1, r)
		p.Report, p.Confidence = &place, a.Confidence()
		p = decided(p, report, t, r, judge.Judge(t.Figure, *grown, t.Terms))
		p.Why.ZH += "；由基数推算：" + shown
		p.Why.EN += "; growth derived from the stated base: " + shown
		return p
	}
	return p
}

// baseOf is the amount of the year before, in the plan or in the report.
func baseOf(t, r *pairing.Item, sides ...*side) *pairing.Item {
	for _, s := range sides {
		for i := range s.Items {
			b := &s.Items[i]
			if b.Kind != reading.Target && b.Measure == reading.Level && b.By.Year == t.By.Year-1 && b.By.Month == r.By.Month &&
				b.Unit == r.Unit && b.Name.Same(t.Name) >= indicator.SameTopic-50 && !b.Several() {
				return b
			}
		}
	}
	return nil
}

// growth is the change from a base to a result in percent, to two places, with its arithmetic.
func growth(base, r *pairing.Item) (*judge.Figure, string) {
	from := base.Value.Rat()
	if from.Sign() <= 0 {
		return nil, ""
	}
	change := new(big.Rat).Quo(r.Value.Rat(), from)
	change.Mul(change.Sub(change, big.NewRat(1, 1)), big.NewRat(100, 1))
	value, err := numeral.Parse(change.FloatString(2))
	if err != nil {
		return nil, ""
	}
	f := r.Figure
	f.Value, f.Measure, f.Unit, f.Cmp = value, reading.Growth, "%", reading.Equal
	return &f, r.Surface + " ÷ " + base.Surface + " - 1 = " + value.String() + "%"
}

func adjusted(subject string) bool {
	for word := range strings.FieldsSeq(adjustedLines) {
		if strings.Contains(subject, word) {
			return true
		}
	}
	return false
}

package ledger

import (
	"math/big"
	"strings"

	"luoshi/indicator"
)

// Balance tells how the targets of the parts stand to the target of the whole.
type Balance string

const (
	Holds     Balance = "holds"     // the parts make the whole
	Short     Balance = "short"     // the parts could all be kept and the whole missed
	Exceeds   Balance = "exceeds"   // 层层加码: the parts demand more than the whole
	Undecided Balance = "undecided" // the figures alone do not tell
)

// Breakdown is what became of one target of a commitment in its parts.
type Breakdown struct {
	Commitment CommitmentID
	Target     int
	Parts      []Part // in the order of the commitments; at least one
	Balance    Balance
	Additive   bool     // the parts add up; otherwise each of them is compared with the whole
	Gap        *big.Rat // sum less whole, exactly; nil where nothing was added up
	Sum        string   // what the parts add up to, and
	Whole      string   // the target: "100 家"; both empty where nothing was added up
	Side       int      // of the target on which the sum lies: below it (-1), at or within it (0), above it (1)
	Working    string   // the arithmetic: "40 + 70 = 110 > 100 家", and "110 > 100 家" of a single part
}

// Part is the target of a part that answers to a target of the whole.
type Part struct {
	Commitment CommitmentID
	Target     int
}

// Breakdowns compares each target of a commitment with those of its parts, in the order of the
// commitments. Targets that no part takes up are left out.
func Breakdowns(commitments []Commitment, indicators []Indicator) []Breakdown {
	parts := map[CommitmentID][]Commitment{}
	for _, c := range commitments {
		if c.Parent != "" && c.State != Withdrawn {
			parts[c.Parent] = append(parts[c.Parent], c)
		}
	}
	var found []Breakdown
	for _, whole := range commitments {
		for _, target := range whole.Targets {
			if b, ok := breakDown(whole.ID, target, parts[whole.ID], indicators); ok {
				found = append(found, b)
			}
		}
	}
	return found
}

// breakDown compares one target with the parts that take it up.
func breakDown(whole CommitmentID, target Target, parts []Commitment, indicators []Indicator) (Breakdown, bool) {
	b := Breakdown{Commitment: whole, Target: target.Number}
	var taken []Target
	for _, part := range parts {
		for _, t := range part.Targets {
			if t.answersTo(target) {
				b.Parts = append(b.Parts, Part{part.ID, t.Number})
				taken = append(taken, t)
			}
		}
	}
	if len(taken) == 0 {
		return Breakdown{}, false
	}
	terms := termsOf(target, indicators)
	b.Additive = target.Value.Known() && addsUp(target, terms.Aggregation)
	upward, agreed := upwardAll(target, taken, terms.Direction)
	switch {
	case !target.Value.Known() || !agreed || !commensurable(target, taken):
		b.Additive, b.Balance = false, Undecided
	case b.Additive:
		b.addUp(target, taken, upward)
	default:
		b.compareEach(target, taken, upward)
	}
	return b, true
}

// answersTo tells whether a target of a part is for the same thing as a target of the whole. A scope
// that only one of them states excludes nothing.
func (t Target) answersTo(whole Target) bool {
	if t.Measure != whole.Measure || t.Scope != whole.Scope && t.Scope != "" && whole.Scope != "" {
		return false
	}
	switch {
	case whole.Indicator != "" && t.Indicator != "":
		return t.Indicator == whole.Indicator
	case whole.Code != "" && t.Code != "":
		return t.Code == whole.Code
	}
	return t.Subject == whole.Subject
}

// terms are what the indicator of a target says of its figures.
type terms struct {
	Direction   Direction
	Aggregation Aggregation
}

// termsOf asks the plan's indicator first, then the dictionary. A target that follows none should be
// reached or surpassed and adds up unless its name or unit says otherwise.
func termsOf(t Target, indicators []Indicator) terms {
	for _, i := range indicators {
		if t.Indicator != "" && i.ID == t.Indicator {
			return terms{i.Direction, i.Aggregation}
		}
	}
	if entry := indicator.ByCode(t.Code); t.Code != "" && entry != nil {
		return terms{directions[entry.Direction], aggregations[entry.Aggregation]}
	}
	return terms{More, AsSum}
}

// addsUp tells whether the figures of units make the figure of all of them: counts and amounts do,
// rates and growth in per cent do not. Stocks add up over units, though not over time.
func addsUp(t Target, aggregation Aggregation) bool {
	if aggregation == AsAverage || aggregation == AsGrowth || t.Measure == Share {
		return false
	}
	return !isWord("rate_unit", t.Unit) && !strings.Contains(t.Unit, "/") && !holdsWord("rate_name", t.Subject)
}

// commensurable tells whether all targets have figures in one unit.
func commensurable(whole Target, parts []Target) bool {
	for _, t := range parts {
		if !t.Value.Known() || t.Unit != whole.Unit {
			return false
		}
	}
	return true
}

// upwardAll tells whether more is demanded by a higher figure, and whether whole and parts agree in it.
func upwardAll(whole Target, parts []Target, direction Direction) (upward, agreed bool) {
	upward = whole.upward(direction)
	for _, t := range parts {
		if t.upward(direction) != upward {
			return upward, false
		}
	}
	return upward, true
}

func (t Target) upward(direction Direction) bool {
	switch t.Cmp {
	case AtLeast, MoreThan:
		return true
	case AtMost, LessThan:
		return false
	}
	return direction != Less || t.Measure == Decline
}

// addUp compares the sum of the parts with the whole, exactly. Of a range of the whole, a sum anywhere
// within it will do.
func (b *Breakdown) addUp(whole Target, parts []Target, upward bool) {
	sum := new(big.Rat)
	terms := make([]string, len(parts))
	for i, t := range parts {
		sum.Add(sum, t.demand(upward).Rat())
		terms[i] = t.demand(upward).Plain()
	}
	sign := against(sum, whole)
	b.Balance = balanceOf(sign, upward)
	b.Gap = new(big.Rat).Sub(sum, whole.demand(upward).Rat())
	b.Sum, b.Whole, b.Side = text(sum), whole.show(), sign
	b.Working = b.Sum + relation(sign) + b.Whole
	if len(terms) > 1 {
		b.Working = strings.Join(terms, " + ") + " = " + b.Working
	}
}

// compareEach compares every part with the whole: a mean of the parts lies between them, so that it is
// decided where all stand on one side.
func (b *Breakdown) compareEach(whole Target, parts []Target, upward bool) {
	lower, higher := false, false
	shown := make([]string, len(parts))
	for i, t := range parts {
		sign := against(t.demand(upward).Rat(), whole)
		lower, higher = lower || sign < 0, higher || sign > 0
		shown[i] = t.demand(upward).Plain() + strings.TrimRight(relation(sign), " ")
	}
	switch {
	case lower && higher:
		b.Balance = Undecided
	case higher:
		b.Balance = balanceOf(1, upward)
	case lower:
		b.Balance = balanceOf(-1, upward)
	default:
		b.Balance = Holds
	}
	b.Working = strings.Join(shown, ", ") + " " + whole.show()
}

// demand is the figure that a target demands: of a range the end that is easier to reach.
func (t Target) demand(upward bool) Decimal {
	if t.Cmp == Between && !upward {
		return t.Upper
	}
	return t.Value
}

// against tells whether a figure lies below (-1), at or within (0), or above (1) a target.
func against(figure *big.Rat, whole Target) int {
	high := whole.Value
	if whole.Cmp == Between {
		high = whole.Upper
	}
	switch {
	case figure.Cmp(whole.Value.Rat()) < 0:
		return -1
	case figure.Cmp(high.Rat()) > 0:
		return 1
	}
	return 0
}

func balanceOf(sign int, upward bool) Balance {
	if !upward {
		sign = -sign
	}
	return map[int]Balance{-1: Short, 0: Holds, 1: Exceeds}[sign]
}

func relation(sign int) string { return [...]string{" < ", " = ", " > "}[sign+1] }

// show is a target's figure for people.
func (t Target) show() string {
	figure := t.Value.Plain()
	if t.Cmp == Between {
		figure += "–" + t.Upper.Plain()
	}
	return strings.TrimSpace(figure + " " + t.Unit)
}

package assessment

import (
	"cmp"
	"math/big"
	"slices"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Compute gives every unit of a scheme its points. It depends on what is in the material and not on its order.
func Compute(s Scheme, m Material) Result {
	var result Result
	desk := tableOf(s, m)
	for _, g := range s.Groups {
		scores := make([]Score, 0, len(g.Units))
		for _, unit := range g.Units {
			scores = append(scores, desk.score(g.Name, unit))
		}
		rank(scores)
		result.Scores = append(result.Scores, scores...)
	}
	return result
}

// rank puts the best first and gives the places.
func rank(scores []Score) {
	slices.SortFunc(scores, func(a, b Score) int {
		return cmp.Or(compareBool(a.idle(), b.idle()), b.Total.Cmp(a.Total), cmp.Compare(a.Unit, b.Unit))
	})
	for i := range scores {
		switch {
		case scores[i].idle():
		case i > 0 && scores[i].Total.Cmp(scores[i-1].Total) == 0:
			scores[i].Rank = scores[i-1].Rank
		default:
			scores[i].Rank = i + 1
		}
	}
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// idle tells that no measure applies to the unit, so that it has no place among the others.
func (s Score) idle() bool {
	return !slices.ContainsFunc(s.Lines, func(l Line) bool { return l.Kind == Measured && !l.Idle })
}

// table is the material, by units and items.
type table struct {
	scheme      Scheme
	facts       map[ledger.UnitID]map[FactName][]Fact
	entries     map[ledger.UnitID]map[string][]Entry
	corrections map[ledger.UnitID]map[string]Correction
}

func tableOf(s Scheme, m Material) table {
	t := table{s, map[ledger.UnitID]map[FactName][]Fact{}, map[ledger.UnitID]map[string][]Entry{}, map[ledger.UnitID]map[string]Correction{}}
	heir := func(u ledger.UnitID) ledger.UnitID { return cmp.Or(m.Heirs[u], u) }
	for _, f := range m.Facts {
		unit := heir(f.Unit)
		if t.facts[unit] == nil {
			t.facts[unit] = map[FactName][]Fact{}
		}
		t.facts[unit][f.Name] = append(t.facts[unit][f.Name], f)
	}
	for _, e := range m.Entries {
		unit := heir(e.Unit)
		if t.entries[unit] == nil {
			t.entries[unit] = map[string][]Entry{}
		}
		t.entries[unit][e.Item] = append(t.entries[unit][e.Item], e)
	}
	for _, c := range m.Corrections {
		if t.corrections[c.Unit] == nil {
			t.corrections[c.Unit] = map[string]Correction{}
		}
		if held, there := t.corrections[c.Unit][c.Item]; !there || held.Appeal < c.Appeal { // the later appeal
			t.corrections[c.Unit][c.Item] = c
		}
	}
	for _, facts := range t.facts {
		for _, some := range facts {
			slices.SortFunc(some, func(a, b Fact) int { return cmp.Or(cmp.Compare(a.Unit, b.Unit), a.Value.Cmp(b.Value)) })
		}
	}
	for _, entries := range t.entries {
		for _, some := range entries {
			slices.SortFunc(some, func(a, b Entry) int { return cmp.Compare(a.ID, b.ID) })
		}
	}
	return t
}

// score is what a unit comes to, not yet ranked.
func (t table) score(group string, unit ledger.UnitID) Score {
	score := Score{Unit: unit, Group: group, Total: zero()}
	for _, m := range t.scheme.Measures {
		score.Lines = append(score.Lines, t.measured(unit, m))
	}
	reweigh(score.Lines)
	for i := range score.Lines {
		score.Lines[i].earn()
	}
	for _, r := range t.scheme.Rules {
		score.Lines = append(score.Lines, t.ruled(unit, r))
	}
	for _, l := range score.Lines {
		score.Total = reporting.Sum(score.Total, l.Points)
	}
	return score
}

// zero is no points, with the decimals that points have.
func zero() ledger.Decimal { return reporting.Rounded(new(big.Rat), places) }

// measured is the line of a measure, with its figures and without points.
func (t table) measured(unit ledger.UnitID, m Measure) Line {
	line := Line{Item: m.Code, Title: m.Title, Kind: Measured, Formula: m.Formula, Nominal: m.Weight, Points: zero()}
	formula, _ := FormulaOf(m.Formula)
	if m.Formula == ByHand {
		line.Entries = t.entries[unit][m.Code]
		line.judge()
	} else {
		line.Part, line.Inputs = t.sum(unit, formula.Part, line.Inputs)
		line.Whole, line.Inputs = t.sum(unit, formula.Whole, line.Inputs)
	}
	if c, corrected := t.corrections[unit][m.Code]; corrected {
		line.Part, line.Whole, line.Corrected, line.Missing = c.Part, c.Whole, &c, false
	}
	line.Idle = !line.Missing && (!line.Whole.Known() || line.Whole.Sign() == 0)
	return line
}

// judge takes the figures of a measure by hand: the average of what people gave. Until somebody has, the points are
// missing, but the measure applies.
func (l *Line) judge() {
	if len(l.Entries) == 0 {
		l.Missing = true
		return
	}
	l.Part, l.Whole = zero(), ledger.Int(int64(Whole*len(l.Entries)))
	for _, e := range l.Entries {
		l.Part = reporting.Sum(l.Part, e.Points)
	}
}

// sum adds up a fact of a unit and of those that it has taken over from.
func (t table) sum(unit ledger.UnitID, name FactName, inputs []Fact) (ledger.Decimal, []Fact) {
	var values []ledger.Decimal
	for _, f := range t.facts[unit][name] {
		values, inputs = append(values, f.Value), append(inputs, f)
	}
	return reporting.Sum(values...), inputs
}

// earn gives the line its points.
func (l *Line) earn() {
	share := l.exactShare()
	l.Share = reporting.Rounded(new(big.Rat).Mul(share, big.NewRat(100, 1)), places)
	if l.Idle || l.Missing {
		l.Share = ledger.Decimal{}
		return
	}
	l.Points = reporting.Rounded(share.Mul(share, l.Weight.Rat()), places)
}

// exactShare is the share that the formula gives, from 0 to 1.
func (l *Line) exactShare() *big.Rat {
	share := new(big.Rat)
	if !l.Whole.Known() || l.Whole.Sign() == 0 {
		return share
	}
	share.Quo(l.Part.Rat(), l.Whole.Rat())
	if formula, _ := FormulaOf(l.Formula); formula.Rest {
		share.Sub(big.NewRat(1, 1), share)
	}
	if share.Sign() < 0 {
		return new(big.Rat)
	}
	if one := big.NewRat(1, 1); share.Cmp(one) > 0 {
		return one
	}
	return share
}

// reweigh shares the points of measures that do not apply out among those that do, by their weights. What rounding
// leaves goes to those that lost most by it, so that the weights always add up to the same.
func reweigh(lines []Line) {
	whole, applying := new(big.Rat), new(big.Rat)
	for _, l := range lines {
		whole.Add(whole, l.Nominal.Rat())
		if !l.Idle {
			applying.Add(applying, l.Nominal.Rat())
		}
	}
	if applying.Sign() == 0 {
		return
	}
	type rest struct {
		line int
		lost *big.Rat
	}
	var lost []rest
	step, given := big.NewRat(1, 100), new(big.Rat)
	for i := range lines {
		if lines[i].Idle {
			continue
		}
		exact := new(big.Rat).Mul(lines[i].Nominal.Rat(), new(big.Rat).Quo(whole, applying))
		steps := new(big.Rat).Quo(exact, step)
		down := new(big.Rat).Mul(new(big.Rat).SetInt(new(big.Int).Quo(steps.Num(), steps.Denom())), step)
		lines[i].Weight = reporting.Rounded(down, places)
		given.Add(given, down)
		lost = append(lost, rest{i, exact.Sub(exact, down)})
	}
	slices.SortStableFunc(lost, func(a, b rest) int { return b.lost.Cmp(a.lost) })
	for i := 0; given.Cmp(whole) < 0; i++ {
		line := &lines[lost[i%len(lost)].line]
		line.Weight = reporting.Rounded(new(big.Rat).Add(line.Weight.Rat(), step), places)
		given.Add(given, step)
	}
}

// ruled is the line of a bonus or deduction.
func (t table) ruled(unit ledger.UnitID, r Rule) Line {
	line := Line{Item: r.Code, Title: r.Title, Kind: LineKind(r.Kind), Entries: t.entries[unit][r.Code], Points: zero()}
	for _, e := range line.Entries {
		line.Points = reporting.Sum(line.Points, e.Points)
	}
	if line.Points.Cmp(r.Cap) > 0 {
		line.Points, line.Capped = reporting.Rounded(r.Cap.Rat(), places), true
	}
	if r.Kind == Deduction {
		line.Points = reporting.Less(zero(), line.Points)
	}
	return line
}

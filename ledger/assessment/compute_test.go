package assessment_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"luoshi/calendar"
	"luoshi/ledger"
	. "luoshi/ledger/assessment"
	"luoshi/ledger/reporting"
)

func figure(text string) ledger.Decimal {
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		panic(err)
	}
	return d
}

func sample() Scheme {
	return Scheme{
		Title: "2026年度考核", Basis: "望政办发〔2026〕3号",
		From: calendar.Date{Year: 2026, Month: 1, Day: 1}, To: calendar.Date{Year: 2026, Month: 12, Day: 31},
		Groups: []Group{{Name: "部门", Units: []ledger.UnitID{"a", "b", "c"}}, {Name: "街道", Units: []ledger.UnitID{"d"}}},
		Measures: []Measure{
			{Code: "m1", Title: "承诺办结率", Formula: "completion", Weight: figure("50")},
			{Code: "m2", Title: "按时报送率", Formula: "punctual", Weight: figure("30")},
			{Code: "m3", Title: "领导评价", Formula: ByHand, Weight: figure("20")},
		},
		Rules: []Rule{
			{Code: "r1", Title: "获市级以上表扬", Kind: Bonus, Each: figure("1"), Cap: figure("1.5")},
			{Code: "r2", Title: "被通报批评", Kind: Deduction, Each: figure("2"), Cap: figure("4")},
		},
	}
}

func fact(unit ledger.UnitID, name FactName, value int64) Fact {
	return Fact{Unit: unit, Name: name, Value: ledger.Int(value), Sources: []Source{{Kind: "commitments", ID: string(unit) + string(name)}}}
}

func TestPointsComeWithTheWayToThem(t *testing.T) {
	m := Material{
		Facts: []Fact{
			fact("a", "due", 3), fact("a", "done", 2), fact("a", "asked", 12), fact("a", "late", 3),
			fact("b", "asked", 10), fact("b", "late", 0), // promises nothing: m1 does not apply
			fact("old", "due", 1), fact("old", "done", 1), // merged into c
			fact("c", "due", 1), fact("c", "done", 0), fact("c", "asked", 4), fact("c", "late", 4),
		},
		Entries: []Entry{
			{ID: "1", Unit: "a", Item: "m3", Points: figure("90")}, {ID: "2", Unit: "a", Item: "m3", Points: figure("81.5")},
			{ID: "3", Unit: "b", Item: "m3", Points: figure("100")},
			{ID: "4", Unit: "a", Item: "r1", Points: figure("1")}, {ID: "5", Unit: "a", Item: "r1", Points: figure("1")},
			{ID: "6", Unit: "a", Item: "r2", Points: figure("2")},
		},
		Corrections: []Correction{{Appeal: "x", Unit: "c", Item: "m2", Part: figure("1"), Whole: figure("4"), Why: "系统故障"}},
		Heirs:       map[ledger.UnitID]ledger.UnitID{"old": "c"},
	}
	r := Compute(sample(), m)
	want := map[ledger.UnitID]struct {
		total  string
		rank   int
		points []string
	}{
		"a": {"72.48", 2, []string{"33.33", "22.50", "17.15", "1.50", "-2.00"}},
		"b": {"100.00", 1, []string{"0.00", "60.00", "40.00", "0.00", "0.00"}},
		"c": {"47.50", 3, []string{"25.00", "22.50", "0.00", "0.00", "0.00"}},
		"d": {"0.00", 1, []string{"0.00", "0.00", "0.00", "0.00", "0.00"}},
	}
	for unit, w := range want {
		score, _ := r.Of(unit)
		if score.Total.String() != w.total || score.Rank != w.rank {
			t.Errorf("%s has %s, place %d; want %s, place %d", unit, score.Total, score.Rank, w.total, w.rank)
		}
		for i, l := range score.Lines {
			if l.Points.String() != w.points[i] {
				t.Errorf("%s: line %s gives %s, want %s", unit, l.Item, l.Points, w.points[i])
			}
		}
	}
	b, _ := r.Of("b")
	if l, _ := b.Line("m1"); !l.Idle || b.Lines[1].Weight.String() != "60.00" {
		t.Errorf("what does not apply is shared out: %+v", b.Lines)
	}
	a, _ := r.Of("a")
	if l, _ := a.Line("r1"); !l.Capped || len(l.Entries) != 2 {
		t.Errorf("the bonus is capped: %+v", l)
	}
	c, _ := r.Of("c")
	if l, _ := c.Line("m1"); l.Share.String() != "50.00" || len(l.Inputs) != 4 || l.Inputs[1].Unit != "old" {
		t.Errorf("what was merged counts: %+v", l)
	}
	if l, _ := c.Line("m2"); l.Corrected == nil || l.Share.String() != "75.00" {
		t.Errorf("what an appeal has corrected counts: %+v", l)
	}
	if r.Missing() != 2 {
		t.Errorf("%d judgements are missing", r.Missing())
	}
}

// random is a scheme and material of any shape, from a seed.
func random(seed uint64) (Scheme, Material) {
	rnd := rand.New(rand.NewPCG(seed, 6))
	s := Scheme{Groups: []Group{{Name: "甲"}, {Name: "乙"}}}
	for i := range 12 {
		g := &s.Groups[rnd.IntN(2)]
		g.Units = append(g.Units, ledger.UnitID(fmt.Sprint("u", i)))
	}
	left := int64(10000)
	for i, f := range Formulas() {
		weight := 1 + rnd.Int64N(left/2)
		if i == len(Formulas())-1 {
			weight = left
		}
		left -= weight
		s.Measures = append(s.Measures, Measure{Code: fmt.Sprint("m", i), Formula: f.Name, Weight: ledger.Int(weight).Shifted(-2)})
	}
	s.Rules = []Rule{{Code: "r", Kind: Bonus, Each: figure("2"), Cap: figure("3")}, {Code: "q", Kind: Deduction, Each: figure("2"), Cap: figure("3")}}
	var m Material
	for _, unit := range s.Units() {
		for _, f := range Formulas() {
			if whole := rnd.Int64N(8); whole > 0 && f.Name != ByHand {
				m.Facts = append(m.Facts, fact(unit, f.Whole, whole), fact(unit, f.Part, rnd.Int64N(whole+1)))
			}
		}
		for i := range rnd.IntN(5) {
			item := []string{"r", "q", "m8"}[rnd.IntN(3)]
			m.Entries = append(m.Entries, Entry{ID: fmt.Sprint(unit, i), Unit: unit, Item: item, Points: ledger.Int(rnd.Int64N(200)).Shifted(-2)})
		}
	}
	return s, m
}

func TestTheSumOfTheTracesIsTheScore(t *testing.T) {
	for seed := range uint64(200) {
		s, m := random(seed)
		for _, score := range Compute(s, m).Scores {
			sum, weights := ledger.Int(0), ledger.Int(0)
			for _, l := range score.Lines {
				sum = reporting.Sum(sum, l.Points)
				if l.Kind == Measured && !l.Idle {
					weights = reporting.Sum(weights, l.Weight)
				}
				if l.Kind == Measured && (l.Points.Sign() < 0 || l.Points.Cmp(l.Weight) > 0 && !l.Idle) {
					t.Fatalf("seed %d: %s gives %s of %s", seed, l.Item, l.Points, l.Weight)
				}
			}
			if sum.Cmp(score.Total) != 0 || score.Rank > 0 && weights.Cmp(ledger.Int(Whole)) != 0 {
				t.Fatalf("seed %d: lines of %s come to %s of %s, the score is %s", seed, score.Unit, sum, weights, score.Total)
			}
		}
	}
}

func TestTheOrderOfUnitsDoesNotMatter(t *testing.T) {
	for seed := range uint64(50) {
		s, m := random(seed)
		first := Compute(s, m)
		rnd := rand.New(rand.NewPCG(seed, 7))
		for _, g := range s.Groups {
			rnd.Shuffle(len(g.Units), func(i, j int) { g.Units[i], g.Units[j] = g.Units[j], g.Units[i] })
		}
		rnd.Shuffle(len(m.Facts), func(i, j int) { m.Facts[i], m.Facts[j] = m.Facts[j], m.Facts[i] })
		rnd.Shuffle(len(m.Entries), func(i, j int) { m.Entries[i], m.Entries[j] = m.Entries[j], m.Entries[i] })
		if again := Compute(s, m); !reflect.DeepEqual(first, again) {
			t.Fatalf("seed %d: the scores differ", seed)
		}
	}
}

func TestUnitsWithTheSamePointsShareAPlace(t *testing.T) {
	s := sample()
	s.Measures, s.Rules = []Measure{{Code: "m", Formula: "completion", Weight: ledger.Int(100)}}, nil
	s.Groups = []Group{{Name: "部门", Units: []ledger.UnitID{"a", "b", "c", "d"}}}
	r := Compute(s, Material{Facts: []Fact{
		fact("a", "due", 2), fact("a", "done", 1), fact("b", "due", 4), fact("b", "done", 2), fact("c", "due", 1), fact("c", "done", 0),
	}})
	var got []string
	for _, score := range r.Scores {
		got = append(got, fmt.Sprint(score.Unit, score.Rank))
	}
	if want := []string{"a1", "b1", "c3", "d0"}; !reflect.DeepEqual(got, want) {
		t.Errorf("places are %v, want %v: with nothing to assess there is none", got, want)
	}
}

func TestOtherWeightsMoveUnits(t *testing.T) {
	m := Material{Facts: []Fact{
		fact("a", "due", 2), fact("a", "done", 2), fact("a", "asked", 2), fact("a", "late", 2),
		fact("b", "due", 2), fact("b", "done", 0), fact("b", "asked", 2), fact("b", "late", 0),
	}}
	s := sample()
	other := s.Reweighted(map[string]ledger.Decimal{"m1": figure("30"), "m2": figure("50")})
	for _, shift := range Compare(Compute(s, m), Compute(other, m)) {
		if shift.Unit == "a" && (shift.Was != 1 || shift.Is != 2 || shift.Before.String() != "50.00" || shift.After.String() != "30.00") {
			t.Errorf("a moves %+v", shift)
		}
	}
	if s.Measures[0].Weight.String() != "50" {
		t.Error("trying weights has changed the scheme")
	}
}

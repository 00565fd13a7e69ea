package reporting

import (
	"math/rand/v2"
	"slices"
	"testing"

	"luoshi/ledger"
)

// Units state figures in either view; the other one follows where it can be known, and says why where it cannot.
func TestOneViewIsDerivedFromTheOther(t *testing.T) {
	for _, c := range []struct {
		name  string
		terms Terms
		said  []Stated
		want  []string // of period | cumulative, and what is lacking
	}{
		{"flows add up", flow, []Stated{given(1, "当期 5"), given(2, "当期 7.5"), given(3, "当期 0")}, []string{"5 | 5", "7.5 | 12.5", "0 | 12.5"}},
		{"a cumulative flow gives what it has grown by", flow, []Stated{given(1, "累计 5"), given(2, "累计 12.50")}, []string{"5 | 5", "7.50 | 12.50"}},
		{"views may change from month to month", flow, []Stated{given(1, "累计 5"), given(2, "当期 2"), given(3, "累计 10")}, []string{"5 | 5", "2 | 7", "3 | 10"}},
		{"the order of saying does not matter", flow, []Stated{given(3, "累计 10"), given(1, "累计 5"), given(2, "当期 2")}, []string{"5 | 5", "2 | 7", "3 | 10"}},
		{"behind a gap nothing is guessed", flow, []Stated{given(1, "当期 5"), given(3, "当期 2"), given(4, "当期 2")}, []string{"5 | 5", "2 |  previous", "2 |  previous"}},
		{"a cumulative figure bridges a gap", flow, []Stated{given(2, "累计 9"), given(3, "累计 12"), given(4, "当期 1")}, []string{"| 9 previous", "3 | 12", "1 | 13"}},
		{"what was not said is not nought", flow, []Stated{given(1, "当期 5"), given(2, "累计 "), given(3, "当期 1")}, []string{"5 | 5", "|  nothing", "1 |  previous"}},
		{"a refund makes a negative month", flow, []Stated{given(1, "累计 5"), given(2, "累计 3")}, []string{"5 | 5", "-2 | 3"}},
		{"amounts keep their precision", flow, []Stated{given(1, "累计 1594e6"), given(2, "累计 1600e6")}, []string{"1594000000 | 1594000000", "6000000 | 1600000000"}},
		{"stocks stand in both views", stock, []Stated{given(1, "累计 120"), given(4, "当期 90")}, []string{"120 | 120", "90 | 90"}},
		{"rates are computed from what is counted", rate, []Stated{given(1, "当期 27/31"), given(2, "当期 28/28")}, []string{"87.096774 | 87.096774", "100.000000 | 93.220339"}},
		{"and counted in either view", rate, []Stated{given(1, "累计 27/31"), given(2, "累计 55/59")}, []string{"87.096774 | 87.096774", "100.000000 | 93.220339"}},
		{"a rate of stocks stands as it is", level, []Stated{given(1, "累计 322/10000"), given(2, "当期 3/100")}, []string{"3.220000 | 3.220000", "3.000000 | 3.000000"}},
		{"a rate alone cannot be turned over", rate, []Stated{given(1, "当期 90"), given(2, "当期 80")}, []string{"90 | 90", "80 |  numerator"}},
		{"nor can a mean", mean, []Stated{given(1, "累计 90"), given(2, "累计 85")}, []string{"90 | 90", "| 85 numerator"}},
		{"means are turned over by what is counted", mean, []Stated{given(1, "累计 27/31"), given(2, "累计 55/59")}, []string{"87.096774 | 87.096774", "100.000000 | 93.220339"}},
		{"growth stands as given", growing, []Stated{given(1, "累计 7.1"), given(2, "累计 6.5")}, []string{"7.1 | 7.1", "| 6.5 growth"}},
		{"a rate of nothing is none", rate, []Stated{given(1, "当期 0/0")}, []string{"|  nothing"}},
		{"a sum that is too long is none", flow, []Stated{given(1, "当期 9e18"), given(2, "当期 0.01")}, []string{"9000000000000000000 | 9000000000000000000", "0.01 |  too_long"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for i, p := range Derive(c.terms, c.said) {
				equal(t, p.Period.Key(), views(p), c.want[i])
			}
		})
	}
}

func TestTheYearBeginsAnew(t *testing.T) {
	december := Stated{Period: Period{Monthly, 2025, 12}}
	december.Given, december.Value = Cumulative, figure("90")
	points := Derive(flow, []Stated{given(1, "当期 4"), december})
	equal(t, "january", views(points[1]), "4 | 4")
}

func TestFrequenciesAreDerivedApart(t *testing.T) {
	quarter := Stated{Period: period("2026-Q1")}
	quarter.Given, quarter.Value = Cumulative, figure("30")
	points := Derive(flow, []Stated{given(1, "当期 4"), given(2, "当期 5"), given(3, "当期 6"), quarter, given(4, "当期 1")})
	equal(t, "april follows march", views(points[4]), "1 | 16")
	equal(t, "the quarter stands for itself", views(points[3]), "30 | 30")
}

func TestGrowthIsFoundInEitherField(t *testing.T) {
	s := given(2, "累计 ")
	s.Growth = figure("7.1")
	p := Derive(growing, []Stated{s})[0]
	equal(t, "value", p.Cumulative.Plain(), "7.1")
	equal(t, "growth", Derive(growing, []Stated{given(2, "累计 7.1")})[0].Growth.Plain(), "7.1")
}

func TestPointsComeBackFromJSON(t *testing.T) {
	for _, p := range Derive(rate, []Stated{given(1, "当期 27/31"), given(2, "当期 28/28")}) {
		equal(t, "point", roundTrip(t, p), p)
	}
}

// Stored quotients are rounded; what is compared is not.
func TestRatesAreComparedExactly(t *testing.T) {
	third := Derive(level, []Stated{given(1, "累计 1/3")})[0]
	equal(t, "stored", third.Figure().Plain(), "33.333333")
	equal(t, "exact", third.Exact(level).String(), "100/3")
	equal(t, "a level is exact as it stands", Derive(flow, []Stated{given(1, "累计 5.5")})[0].Exact(flow).String(), "11/2")
	equal(t, "nothing", Point{}.Exact(level) == nil, true)
	permille := level
	permille.Unit = "‰"
	equal(t, "per mille", Derive(permille, []Stated{given(1, "累计 1/4")})[0].Cumulative.Plain(), "250.000000")
	each := level
	each.Unit = "元"
	equal(t, "per head", Derive(each, []Stated{given(1, "累计 30000/4")})[0].Cumulative.Plain(), "7500.000000")
}

// randomRow is any sequence of observations in either view, with gaps, and corrections of them.
func randomRow(random *rand.Rand) (said []Stated, corrections []Correction) {
	value := func() Figures {
		f := Figures{Given: []Basis{OfPeriod, Cumulative}[random.IntN(2)]}
		f.Value = Rounded(bigRat(random.Int64N(2000)-200), random.IntN(3))
		f.Numerator, f.Denominator = ledger.Int(random.Int64N(50)), ledger.Int(random.Int64N(50)+50)
		return f
	}
	for n := 1; n <= 12; n++ {
		if random.IntN(5) > 0 {
			said = append(said, Stated{Period: month(n), State: Locked, Figures: value()})
		}
	}
	for range random.IntN(6) {
		corrections = append(corrections, Correction{Period: month(random.IntN(12) + 1), After: Observation{Figures: value()}})
	}
	return said, corrections
}

// In any sequence of observations and corrections both views agree wherever both are known: the cumulative figure is the
// one before and that of the period. The same holds of numerators and denominators, of which rates are quotients.
func TestViewsAlwaysAgree(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		said, corrections := randomRow(random)
		effective := Effective(said, corrections)
		for _, terms := range []Terms{flow, rate, mean, stock, level} {
			points := Derive(terms, effective)
			for i, p := range points {
				before := Point{Cumulative: ledger.Int(0), Numerator: ledger.Int(0), Denominator: ledger.Int(0)}
				if p.Period.Number > 1 {
					before = Point{}
				}
				if i > 0 && points[i-1].Period == p.Period.Previous() {
					before = points[i-1]
				}
				agree(t, terms, p, before)
			}
		}
		if t.Failed() {
			t.Fatalf("said %+v corrected by %+v", said, corrections)
		}
	}
}

func agree(t *testing.T, terms Terms, p, before Point) {
	t.Helper()
	if terms.Aggregation == ledger.AsLatest {
		equal(t, p.Period.Key()+" stands in both views", p.OfPeriod, p.Cumulative)
		return
	}
	step := func(name string, before, of, cumulative ledger.Decimal) {
		if before.Known() && of.Known() && cumulative.Known() && !Sum(before, of).Same(cumulative) {
			t.Errorf("%s %s: %s + %s is not %s", p.Period.Key(), name, before.Plain(), of.Plain(), cumulative.Plain())
		}
		if before.Known() && of.Known() != cumulative.Known() {
			t.Errorf("%s %s: only one view is known", p.Period.Key(), name)
		}
	}
	if terms == flow {
		step("value", before.Cumulative, p.OfPeriod, p.Cumulative)
		return
	}
	step("numerator", before.Numerator, p.NumeratorOfPeriod, p.Numerator)
	step("denominator", before.Denominator, p.DenominatorOfPeriod, p.Denominator)
	equal(t, p.Period.Key()+" cumulative", p.Cumulative, Rounded(quotient(p.Numerator, p.Denominator, 100), places))
	equal(t, p.Period.Key()+" of period", p.OfPeriod, Rounded(quotient(p.NumeratorOfPeriod, p.DenominatorOfPeriod, 100), places))
}

// What was corrected is what would have been, had it been said so at once, in whatever order it is told.
func TestCorrectionsEqualARecomputationFromScratch(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		said, corrections := randomRow(random)
		last := map[Period]Figures{}
		for _, s := range said {
			last[s.Period] = s.Figures
		}
		for _, c := range corrections {
			last[c.Period] = c.After.Figures
		}
		var scratch []Stated
		for p, f := range last {
			scratch = append(scratch, Stated{Period: p, State: Locked, Figures: f})
		}
		got, want := Derive(flow, Effective(said, corrections)), Derive(flow, scratch)
		if differ := Differences(got, want); len(differ) > 0 {
			t.Fatalf("they differ: %+v", differ)
		}
		if !slices.EqualFunc(got, want, func(a, b Point) bool { return a.Period == b.Period }) {
			t.Fatal("they are of different periods")
		}
	}
}

package reporting

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"luoshi/ledger"
)

func TestWhoTakesOverCarriesOnWhatWasSaid(t *testing.T) {
	submitted := given(2, "当期 4")
	submitted.State = Submitted
	for _, c := range []struct {
		name        string
		terms       Terms
		own, before []Stated
		want        []string
	}{
		{"a new unit goes on where the old one ended", flow, []Stated{given(3, "当期 7")}, []Stated{given(1, "当期 5"), given(2, "累计 11")}, []string{"5 | 5", "6 | 11", "7 | 18"}},
		{"amounts of both are added", flow, []Stated{given(1, "当期 1"), given(2, "当期 2"), given(3, "当期 7")}, []Stated{given(1, "当期 5"), given(2, "累计 11")},
			[]string{"6 | 6", "8 | 14", "7 | 21"}},
		{"so are the counts of rates", rate, []Stated{given(2, "累计 2/4"), given(3, "累计 6/9")}, []Stated{given(2, "累计 1/2")},
			[]string{"| 50.000000 previous", "100.000000 | 66.666667"}},
		{"a month of one alone is not whole", flow, []Stated{given(1, "当期 1"), given(2, "当期 2"), given(3, "当期 7")}, []Stated{given(1, "当期 5")},
			[]string{"6 | 6", "7 |  previous"}},
		{"means cannot be added", mean, []Stated{given(1, "累计 90"), given(3, "累计 92")}, []Stated{given(1, "累计 80")}, []string{"| 92 numerator"}},
		{"what is not locked stays so", flow, []Stated{submitted}, []Stated{given(2, "当期 3")}, []string{"|  nothing"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			points := Derive(c.terms, TakenOver(c.terms, month(3), c.own, c.before))
			var got []string
			for _, p := range points {
				got = append(got, views(p))
			}
			equal(t, "series", strings.Join(got, "; "), strings.Join(c.want, "; "))
		})
	}
	joined := TakenOver(flow, month(3), []Stated{given(1, "当期 1"), submitted}, []Stated{given(1, "当期 5"), given(2, "当期 3")})
	equal(t, "locked where all of it is", joined[0].State, Locked)
	equal(t, "not locked where one is not", joined[1].State, Submitted)
}

// Whatever units said until they were merged, and in whichever view: the total of their figures stays what it was, and
// goes on with what the heir says.
func TestAMergerLeavesTheTotalAsItWas(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for range 300 {
		last := random.IntN(10) + 1
		series := make([][]Stated, 3)
		for i := range series {
			cumulative := ledger.Int(0)
			for n := 1; n <= last; n++ {
				of := Rounded(bigRat(random.Int64N(900)), 1)
				cumulative = Sum(cumulative, of)
				text := "当期 " + of.Plain()
				if random.IntN(2) == 0 {
					text = "累计 " + cumulative.Plain()
				}
				series[i] = append(series[i], given(n, text))
			}
		}
		own := slices.Concat(series[0], []Stated{given(last+1, "当期 7.5")})
		points := Derive(flow, TakenOver(flow, month(last+1), own, series[1:]...))
		for n := 1; n <= last; n++ {
			var parts []Part
			for i := range series {
				parts = append(parts, Part{Unit: ledger.UnitID(fmt.Sprint(i)), Point: Derive(flow, series[i])[n-1]})
			}
			want := RollUp(flow, month(n), parts).Point
			if !want.Cumulative.Same(points[n-1].Cumulative) || !want.OfPeriod.Same(points[n-1].OfPeriod) {
				t.Fatalf("month %d: %s before, %s after", n, views(want), views(points[n-1]))
			}
		}
		equal(t, "it goes on", points[last].Cumulative.Plain(), Sum(points[last-1].Cumulative, figure("7.5")).Plain())
	}
}

// A unit that ended counts where its heir stands.
func TestSubtreesFollowTheHeir(t *testing.T) {
	government := ledger.UnitID(uuid(1))
	tree, problems := ledger.NewTree([]ledger.Unit{
		{ID: government, Kind: ledger.Government, Name: "望溪区人民政府"},
		{ID: finance, Parent: government, Kind: ledger.Department, Name: "望溪区财政局"},
		{ID: education, Parent: government, Kind: ledger.Department, Name: "望溪区教育局"},
		{ID: street, Parent: finance, Kind: ledger.Company, Name: "望溪城投公司"},
	}, []ledger.UnitChange{{Unit: street, On: day("2026-03-01"), Kind: ledger.Merged, Into: []ledger.UnitID{education}}})
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	parts := []Part{part(street, flow, "累计 13")}
	equal(t, "before, under finance", len(Subtree(tree, finance, day("2026-02-28"), parts)), 1)
	equal(t, "after, under education", len(Subtree(tree, education, day("2026-03-31"), parts)), 1)
	equal(t, "and no longer under finance", len(Subtree(tree, finance, day("2026-03-31"), parts)), 0)
}

package reporting

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"luoshi/calendar"
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

// Whoever took over alone goes on with what was said; of several heirs the one to which it was given.
func TestWhoGoesOnWithFigures(t *testing.T) {
	government, museum, library := ledger.UnitID(uuid(1)), ledger.UnitID(uuid(31)), ledger.UnitID(uuid(32))
	tree, problems := ledger.NewTree([]ledger.Unit{
		{ID: government, Kind: ledger.Government, Name: "望溪区人民政府"},
		{ID: finance, Parent: government, Kind: ledger.Department, Name: "望溪区财政局"},
		{ID: education, Parent: government, Kind: ledger.Department, Name: "望溪区教育局"},
		{ID: street, Parent: government, Kind: ledger.Department, Name: "望溪区文化局"},
		{ID: museum, Parent: government, Kind: ledger.Department, Name: "望溪区文物局", Since: day("2026-04-01")},
		{ID: library, Parent: government, Kind: ledger.Department, Name: "望溪区图书局", Since: day("2026-04-01")},
	}, []ledger.UnitChange{
		{Unit: education, On: day("2026-03-01"), Kind: ledger.Merged, Into: []ledger.UnitID{finance}},
		{Unit: street, On: day("2026-04-01"), Kind: ledger.Split, Into: []ledger.UnitID{museum, library}},
	})
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name       string
		unit, heir ledger.UnitID
		leads      []ledger.UnitID
		on, from   string
		begun      string
		goesOn     bool
	}{
		{"merged, the heir goes on", education, finance, nil, "2026-05-31", "2026-03-01", "2026-01-31", true},
		{"not before the day", education, finance, nil, "2026-02-28", "", "", false},
		{"split, nobody goes on while the old unit leads", street, museum, []ledger.UnitID{street, museum}, "2026-05-31", "", "", false},
		{"the heir that leads goes on", street, museum, []ledger.UnitID{museum, finance}, "2026-05-31", "2026-04-01", "", true},
		{"the other one does not", street, library, []ledger.UnitID{museum}, "2026-05-31", "", "", false},
		{"nor does either where both lead", street, museum, []ledger.UnitID{museum, library}, "2026-05-31", "", "", false},
		{"nor one that had begun by itself", street, museum, []ledger.UnitID{museum}, "2026-05-31", "", "2026-03-31", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := Succession{Tree: tree, Leads: c.leads, Year: 2026, On: day(c.on)}
			begun := calendar.Date{}
			if c.begun != "" {
				begun = day(c.begun)
			}
			before, from := s.Before(c.heir, begun, []ledger.UnitID{finance, education, street, museum, library})
			equal(t, "it goes on", slices.Contains(before, c.unit), c.goesOn)
			if c.goesOn {
				equal(t, "from", from, day(c.from))
				equal(t, "the heir", s.Heir(c.unit), c.heir)
			}
		})
	}
	equal(t, "the name of what was split", NameOf(tree, street, day("2026-03-31"), day("2026-05-31")), "望溪区文化局 → 望溪区文物局、望溪区图书局")
	equal(t, "of what was merged", NameOf(tree, education, day("2026-02-28"), day("2026-05-31")), "望溪区教育局")
}

package reporting

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"luoshi/ledger"
)

// part is what a unit says for March in either view: "当期 5".
func part(unit ledger.UnitID, t Terms, text string) Part {
	before := Point{Period: month(2), Cumulative: figure("10"), Numerator: figure("10"), Denominator: figure("20")}
	p := t.derive(given(3, text), before)
	p.Unit = unit
	return Part{Unit: unit, Point: p}
}

// told is a total as text: both views, how many count, and why others are left out.
func told(total Total) string {
	text := fmt.Sprintf("%s; %d", views(total.Point), len(total.Counted))
	for _, l := range total.Left {
		text += " " + string(l.Why)
	}
	return text
}

func TestTotalsAddOnlyWhatIsAlikeAndLocked(t *testing.T) {
	scoped := func(p Part, scope string) Part { p.Scope = scope; return p }
	in := func(p Part, s State) Part { p.Point.State = s; return p }
	of := func(p Part, period Period) Part { p.Point.Period = period; return p }
	rural := flow
	rural.Scope = "不含农户"
	for _, c := range []struct {
		name  string
		terms Terms
		parts []Part
		want  string
	}{
		{"flows of units are added in both views", flow, []Part{part(finance, flow, "当期 5"), part(street, flow, "累计 12.5")}, "7.5 | 27.5; 2"},
		{"so are stocks", stock, []Part{part(finance, stock, "累计 5"), part(street, stock, "累计 7")}, "12 | 12; 2"},
		{"rates are computed from what is counted", rate, []Part{part(finance, rate, "累计 20/40"), part(street, rate, "累计 40/40")}, "100.000000 | 75.000000; 2"},
		{"a rate alone is left out", rate, []Part{part(finance, rate, "累计 20/40"), part(street, rate, "累计 90")}, "50.000000 | 50.000000; 1 numerator"},
		{"means are not added", mean, []Part{part(finance, mean, "累计 90"), part(street, mean, "累计 80")}, "|  nothing; 0 not_additive not_additive"},
		{"nor is growth", growing, []Part{part(finance, growing, "累计 7"), part(street, growing, "累计 8")}, "|  nothing; 0 not_additive not_additive"},
		{"a single unit speaks for the whole", growing, []Part{part(finance, growing, "累计 7.1")}, "| 7.1 growth; 1"},
		{"but not for those that are awaited", mean, []Part{part(finance, mean, "累计 90"), in(part(street, mean, "累计 80"), Submitted)}, "|  nothing; 0 not_additive unlocked"},
		{"unlocked figures do not count", flow, []Part{part(finance, flow, "当期 5"), in(part(street, flow, "当期 7"), Reviewed)}, "5 | 15; 1 unlocked"},
		{"unlike scopes are not added", rural, []Part{part(finance, flow, "当期 5"), scoped(part(street, flow, "当期 7"), "含农户")}, "5 | 15; 1 scope"},
		{"a common scope is the total's", flow, []Part{scoped(part(finance, flow, "当期 5"), "含农户"), scoped(part(street, flow, "当期 7"), "含农户")}, "12 | 32; 2"},
		{"two scopes and no reference: none counts", flow, []Part{scoped(part(finance, flow, "当期 5"), "含农户"), scoped(part(street, flow, "当期 7"), "不含农户")}, "|  nothing; 0 scope scope"},
		{"other periods are left out", flow, []Part{part(finance, flow, "当期 5"), of(part(street, flow, "当期 7"), month(2))}, "5 | 15; 1 period"},
		{"a unit without a figure is told", flow, []Part{part(finance, flow, "当期 5"), part(street, flow, "累计 ")}, "5 | 15; 1 missing"},
		{"a view that a part lacks is lacking", flow, []Part{part(finance, flow, "当期 5"), {Unit: street, Point: flow.derive(given(3, "累计 7"), Point{})}}, "| 22 part; 2"},
		{"nobody, nothing", flow, nil, "|  nothing; 0"},
	} {
		t.Run(c.name, func(t *testing.T) { equal(t, "total", told(RollUp(c.terms, month(3), c.parts)), c.want) })
	}
}

// Growth of a total is computed from levels and bases, never added.
func TestGrowthOfATotalComesFromItsBases(t *testing.T) {
	with := func(p Part, base, growth string) Part {
		p.Point.Base, p.Point.Growth = figure(base), figure(growth)
		return p
	}
	a, b := with(part(finance, flow, "累计 110"), "100", "10"), with(part(street, flow, "累计 60"), "50", "20")
	total := RollUp(flow, month(3), []Part{a, b})
	equal(t, "base", total.Point.Base.Plain(), "150")
	equal(t, "growth", total.Point.Growth.Plain(), "13.333333")
	b.Point.Base = figure("")
	equal(t, "without a base", RollUp(flow, month(3), []Part{a, b}).Point.Growth.Known(), false)
}

// A total does not depend on the order of its parts, and parts of parts make the same total.
func TestTotalsDoNotDependOnOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		var parts []Part
		for i := range random.IntN(8) + 1 {
			view := []string{"当期", "累计"}[random.IntN(2)]
			p := part(ledger.UnitID(uuid(i)), flow, fmt.Sprintf("%s %d.%d", view, random.IntN(100)+10, random.IntN(10)))
			p.Point.State = []State{Locked, Locked, Locked, Submitted}[random.IntN(4)]
			p.Scope = []string{"", "", "", "含农户"}[random.IntN(4)]
			parts = append(parts, p)
		}
		want := RollUp(flow, month(3), parts)
		random.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		got := RollUp(flow, month(3), parts)
		equal(t, "total", told(got), told(want))
		equal(t, "counted", fmt.Sprint(got.Counted, got.Left), fmt.Sprint(want.Counted, want.Left))
	}
}

func TestSubtreesAndGaps(t *testing.T) {
	government := ledger.UnitID(uuid(1))
	tree, problems := ledger.NewTree([]ledger.Unit{
		{ID: government, Kind: ledger.Government, Name: "望溪区人民政府"},
		{ID: finance, Parent: government, Kind: ledger.Department, Name: "望溪区财政局"},
		{ID: street, Parent: finance, Kind: ledger.Company, Name: "望溪城投公司"},
		{ID: education, Parent: government, Kind: ledger.Department, Name: "望溪区教育局"},
	}, nil)
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	all := []Part{part(finance, flow, "累计 12"), part(street, flow, "累计 13"), part(education, flow, "累计 14")}
	under := RollUp(flow, month(3), Subtree(tree, finance, day("2026-03-31"), all))
	equal(t, "finance and what answers to it", under.Point.Cumulative.Plain(), "25")
	whole := Point{Cumulative: figure("24.5")}
	equal(t, "the parts exceed the whole", Gap(flow, whole, under).Plain(), "0.5")
	equal(t, "rates have no gap", Gap(rate, whole, under).Known(), false)
}

func TestOnlyLevelsAddUp(t *testing.T) {
	for _, c := range []struct {
		name, unit  string
		aggregation ledger.Aggregation
		want        bool
	}{
		{"社会消费品零售总额", "元", ledger.AsSum, true}, {"养老床位", "张", ledger.AsLatest, true}, {"森林覆盖率", "%", ledger.AsLatest, false},
		{"人均公园绿地面积", "平方米", ledger.AsLatest, false}, {"空气优良天数比率", "%", ledger.AsAverage, false}, {"投资增速", "%", ledger.AsGrowth, false},
	} {
		i := ledger.Indicator{Name: c.name, Unit: c.unit, Aggregation: c.aggregation}
		equal(t, c.name, TermsOf(i).Additive, c.want)
	}
	worded := ledger.Indicator{Name: "家庭医生签约履约", Unit: "%", Numerator: "履约人数", Denominator: "签约人数", Aggregation: ledger.AsSum}
	equal(t, "a rate by what it counts", TermsOf(worded).Rate, true)
	equal(t, "words", strings.Join(vocabulary()["money"][:2], " "), "元 美元")
}

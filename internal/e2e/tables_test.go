package e2e_test

import (
	"bytes"
	"math/big"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"luoshi/internal/web/webtest"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// tables: the two tables of the half-year as files of Excel have every column of a published report, and each of their
// figures is that of the ledger to the last digit.
func tables(t *testing.T, s *site) {
	office := s.as(t, "shubai")
	office.Open("/tables")
	choose(office, "main form [name=period]", "2026年上半年")
	submit(office, "main form button[type=submit]")
	want(office, "主要经济社会指标完成情况表", "政府投资项目进展情况表")
	data := answer(office, `document.querySelector("a[href*='tables.xlsx']").href`, "{}")
	file, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	in := ledgerOf(office, webtest.Value[string](office, `new URL(document.querySelector("a[href*='tables.xlsx']").href).pathname.split('/')[2]`))
	in.indicatorsIn(t, rowsUnder(t, file, "主要经济社会指标完成情况表", "指标名称 单位 2026年预期目标 2026年上半年完成数 2026年上半年增长% 备注"))
	in.projectsIn(t, rowsUnder(t, file, "政府投资项目进展情况表",
		"项目类别 年度计划投资（亿元） 2026年上半年累计完成投资（亿元） 占年度计划比例（%） 新开工（项） 已开工（已完工）（项） 开工率（%） 备注"))
}

// rowsUnder are the rows of a sheet under its headings, figures with all their digits.
func rowsUnder(t *testing.T, file *excelize.File, sheet, headings string) [][]string {
	t.Helper()
	rows, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	columns := strings.Fields(headings)
	i := slices.IndexFunc(rows, func(row []string) bool { return slices.Equal(row, columns) })
	if i < 0 {
		t.Fatalf("%s has no row of headings %s: %q", sheet, headings, rows)
	}
	var under [][]string
	for _, row := range rows[i+1:] {
		under = append(under, append(row, make([]string, len(columns)-len(row))...))
	}
	return under
}

// locked is what the ledger holds up to the half-year.
type locked struct {
	figures    map[reporting.Subject][]reporting.Point // in the order of their periods
	indicators []ledger.Indicator
	projects   []ledger.Project
}

func ledgerOf(tab *webtest.Tab, plan string) locked {
	tab.Helper()
	all := locked{figures: map[reporting.Subject][]reporting.Point{}}
	type figure struct {
		Subject reporting.Subject
		Point   reporting.Point
	}
	type part struct {
		Items []figure
		Next  string
	}
	for next := ""; ; {
		some := ask[part](tab, "/plans/"+plan+"/figures?limit=500&upto=2026-H1&after="+url.QueryEscape(next))
		for _, f := range some.Items {
			all.figures[f.Subject] = append(all.figures[f.Subject], f.Point)
		}
		if next = some.Next; next == "" {
			break
		}
	}
	for _, points := range all.figures {
		slices.SortStableFunc(points, func(a, b reporting.Point) int { return b.Period.Span().To.DaysTo(a.Period.Span().To) })
	}
	all.projects = ask[struct{ Items []ledger.Project }](tab, "/projects?limit=500&plan="+url.QueryEscape(plan)).Items
	all.indicators = ask[struct{ Items []ledger.Indicator }](tab, "/indicators?limit=500").Items
	return all
}

// exact is a figure as the API and workbooks write it: 16036e4, 49.2548.
func exact(tb testing.TB, text string) *big.Rat {
	tb.Helper()
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		tb.Fatalf("%q is no figure", text)
	}
	return r
}

// times are the powers of ten that stand before the unit of a table.
var times = map[string]*big.Rat{"": big.NewRat(1, 1), "万": big.NewRat(1e4, 1), "亿": big.NewRat(1e8, 1)}

// indicatorsIn holds the table of indicators against the ledger: the figure and the growth of a line are those of one
// unit at the end of the half-year, and no indicator with a figure is missing.
func (l locked) indicatorsIn(t *testing.T, rows [][]string) {
	t.Helper()
	lines := map[string][]string{}
	for _, row := range rows {
		lines[row[0]] = row
	}
	figures := 0
	for _, i := range l.indicators {
		var ending []reporting.Point
		for _, p := range l.figures[reporting.IndicatorSubject(i.ID)] {
			if p.Period.Span().To == (reporting.Period{Frequency: reporting.HalfYearly, Year: 2026, Number: 1}).Span().To {
				ending = append(ending, p)
			}
		}
		row, there := lines[i.Name]
		if len(ending) == 0 {
			continue
		}
		if !there {
			t.Errorf("the table lacks %s", i.Name)
			continue
		}
		if !slices.ContainsFunc(ending, func(p reporting.Point) bool { return says(t, row, i, p) }) {
			t.Errorf("the table says %q, the ledger %+v", row, ending)
		}
		figures++
	}
	if figures < 50 {
		t.Errorf("the table holds %d figures of the ledger", figures)
	}
}

// says tells whether a line of the table says what the ledger does.
func says(t *testing.T, row []string, i ledger.Indicator, p reporting.Point) bool {
	t.Helper()
	growth := p.Growth
	if -growth.Number().Exp > 3 { // it was computed, and is printed as reports print it
		growth = reporting.Rounded(growth.Rat(), 1)
	}
	if growth.Known() != (row[4] != "") || growth.Known() && growth.Rat().Cmp(exact(t, row[4])) != 0 {
		return false
	}
	if i.Aggregation == ledger.AsGrowth || !p.Cumulative.Known() {
		return row[3] == ""
	}
	magnitude, known := times[strings.TrimSuffix(row[1], i.Unit)]
	return known && row[3] != "" && new(big.Rat).Mul(exact(t, row[3]), magnitude).Cmp(p.Cumulative.Rat()) == 0
}

// projectsIn holds the table of projects against the ledger: what each category was to invest in the year, and what its
// projects had invested by the end of the half-year.
func (l locked) projectsIn(t *testing.T, rows [][]string) {
	t.Helper()
	if len(rows) < 4 || !strings.HasPrefix(rows[0][0], "合计") {
		t.Fatalf("the table is %q", rows)
	}
	l.category(t, rows[0], func(ledger.Project) bool { return true })
	for _, category := range ledger.ProjectCategories() {
		is := func(p ledger.Project) bool { return p.Category == category }
		i := slices.IndexFunc(rows, func(row []string) bool { return strings.Contains(row[0], "、"+category.Label().ZH+"（") })
		if i < 0 {
			if slices.ContainsFunc(l.projects, func(p ledger.Project) bool { return is(p) && counts(p) }) {
				t.Errorf("the table lacks %s", category)
			}
			continue
		}
		l.category(t, rows[i], is)
	}
}

// counts tells whether a project is one of the year.
func counts(p ledger.Project) bool {
	return p.Stage != ledger.Reserve && p.Stage != ledger.Exited && (p.Stage != ledger.Finished || planned(p).Sign() > 0)
}

// planned is what a project is to invest in the year.
func planned(p ledger.Project) *big.Rat {
	for _, y := range p.Years {
		if y.Year == 2026 && y.Planned.Known() {
			return y.Planned.Rat()
		}
	}
	return new(big.Rat)
}

// category holds one line against the sums of its projects.
func (l locked) category(t *testing.T, row []string, is func(ledger.Project) bool) {
	t.Helper()
	plan, done := new(big.Rat), new(big.Rat)
	for _, p := range l.projects {
		if !is(p) || !counts(p) {
			continue
		}
		plan.Add(plan, planned(p))
		if points := l.figures[reporting.ProjectSubject(p.ID)]; len(points) > 0 && points[len(points)-1].Cumulative.Known() {
			done.Add(done, points[len(points)-1].Cumulative.Rat())
		}
	}
	for column, sum := range map[int]*big.Rat{1: plan, 2: done} {
		if said := new(big.Rat).Mul(exact(t, row[column]), times["亿"]); said.Cmp(sum) != 0 {
			t.Errorf("%s says %s in column %d, the ledger %s", row[0], row[column], column+1, sum.FloatString(2))
		}
	}
	share := new(big.Rat).Quo(new(big.Rat).Mul(done, big.NewRat(100, 1)), plan).FloatString(2)
	if exact(t, row[3]).Cmp(exact(t, share)) != 0 {
		t.Errorf("%s says %s%%, the ledger %s", row[0], row[3], share)
	}
}

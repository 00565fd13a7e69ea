package matching_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/matching"
	"luoshi/reading"
)

const national = "../../shared/corpus/national"

// answer is a line of testdata/national.tsv: what a careful reader found had become of a target.
type answer struct {
	year           int
	indicator      string
	planAt         int
	planSurface    string
	reportSurface  string
	reportAt       int // -1 where no figure of the report decides
	verdict, also  string
	decoy, repeats bool
}

func (a *answer) allows(v matching.Verdict) bool {
	return a.verdict == v.String() || slices.Contains(strings.Split(a.also, ","), v.String())
}

func (a *answer) String() string {
	return fmt.Sprintf("%d %s %s@%d: want %s %s at %d", a.year, a.indicator, a.planSurface, a.planAt, a.verdict, a.also, a.reportAt)
}

// answers reads the truth table; its README says what the columns and comments mean.
func answers(t *testing.T) []answer {
	t.Helper()
	data, err := os.ReadFile("testdata/national.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var all []answer
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		var a answer
		rest, repeat := strings.CutPrefix(line, "# repeat\t")
		rest, decoy := strings.CutPrefix(rest, "# decoy\t")
		a.repeats, a.decoy = repeat, decoy
		fields := strings.Split(rest, "\t")
		if strings.HasPrefix(rest, "#") || len(fields) < 4 {
			continue
		}
		for len(fields) < 9 {
			fields = append(fields, "")
		}
		a.year, a.indicator = number(t, fields[0]), fields[1]
		a.planAt, a.planSurface, a.reportAt = number(t, fields[2]), fields[3], -1
		if !repeat {
			if fields[4] != "" {
				a.reportAt = number(t, fields[4])
			}
			a.reportSurface, a.verdict, a.also = fields[5], fields[6], fields[8]
		}
		all = append(all, a)
	}
	return all
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// readFile reads one document.
func readFile(tb testing.TB, path string) *reading.Reading {
	tb.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	doc, err := document.Open(context.Background(), filepath.Base(path), data, document.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	return reading.Read(doc, reading.Options{})
}

// nationalPairs matches each plan of the truth table with the report of the year after.
func nationalPairs(t *testing.T, years []int) map[int][]matching.Pair {
	t.Helper()
	if _, err := os.Stat(national); err != nil {
		t.Skip("the national reports are not beside the project")
	}
	pairs := map[int][]matching.Pair{}
	for _, y := range years {
		plan := readFile(t, filepath.Join(national, fmt.Sprintf("%d.txt", y)))
		report := readFile(t, filepath.Join(national, fmt.Sprintf("%d.txt", y+1)))
		pairs[y] = matching.Match(plan, report)
	}
	return pairs
}

// decided tells whether a verdict rests on a comparison of two figures.
func decided(v matching.Verdict) bool {
	switch v {
	case matching.Kept, matching.Exceeded, matching.Missed, matching.Ahead, matching.Behind:
		return true
	}
	return false
}

// headlines are the measures that every plan sets first; the names as the table has them.
var headlines = []string{"国内生产总值增长", "居民消费价格", "新增就业", "登记失业率", "赤字", "M2", "进出口", "能耗"}

// tally counts right verdicts.
type tally struct{ right, lines int }

func (c *tally) add(right bool) {
	c.lines++
	if right {
		c.right++
	}
}

// TestNational scores the matching of consecutive national reports against the truth table: 98 of 100
// verdicts on headline targets and 90 of 100 on all must agree, and no promise may be answered by a figure
// that the table does not give as its answer.
func TestNational(t *testing.T) {
	truth := answers(t)
	pairs := nationalPairs(t, years(truth))
	var headline, all tally
	for i := range truth {
		a := &truth[i]
		p := promised(pairs[a.year], a.planAt)
		switch {
		case a.decoy:
			if p != nil && p.Report != nil && p.Report.At == a.reportAt && decided(p.Verdict) {
				t.Errorf("paired a decoy: %s", a)
			}
			continue
		case a.repeats:
			continue
		}
		right := p != nil && a.allows(p.Verdict)
		all.add(right)
		if slices.ContainsFunc(headlines, func(name string) bool { return strings.Contains(a.indicator, name) }) {
			headline.add(right)
		}
		if !right {
			t.Logf("%s; got %s", a, told(p))
		}
		if p != nil && decided(p.Verdict) && !answered(truth, a, p) {
			t.Errorf("wrongly paired: %s with %s@%d", a, p.Report.Surface, p.Report.At)
		}
	}
	t.Logf("%d of %d verdicts right, of headline targets %d of %d", all.right, all.lines, headline.right, headline.lines)
	if headline.right*100 < headline.lines*98 {
		t.Errorf("%d of %d verdicts on headline targets right, want 98%%", headline.right, headline.lines)
	}
	if all.right*100 < all.lines*90 {
		t.Errorf("%d of %d verdicts right, want 90%%", all.right, all.lines)
	}
	for _, year := range years(truth) {
		for i := range pairs[year] {
			if p := &pairs[year][i]; decided(p.Verdict) && !tabled(truth, year, p.Plan.At) {
				t.Errorf("%d: the table knows no target %s %s@%d; got %s", year, p.Subject, p.Plan.Surface, p.Plan.At, told(p))
			}
		}
	}
}

// tabled tells whether the table has a target, or its repetition, at a place of a plan.
func tabled(truth []answer, year, at int) bool {
	return slices.ContainsFunc(truth, func(a answer) bool { return !a.decoy && a.year == year && a.planAt == at })
}

func years(truth []answer) []int {
	var found []int
	for i := range truth {
		if !slices.Contains(found, truth[i].year) {
			found = append(found, truth[i].year)
		}
	}
	return found
}

func told(p *matching.Pair) string {
	if p == nil {
		return "no promise"
	}
	return p.Verdict.String() + ": " + p.Why.ZH
}

// answered tells whether the table gives the figure of a pair as the answer to its promise; one number may
// promise two things, and a report may say one thing twice.
func answered(truth []answer, a *answer, p *matching.Pair) bool {
	return slices.ContainsFunc(truth, func(b answer) bool {
		return !b.decoy && b.year == a.year && b.planAt == a.planAt && (b.reportAt == p.Report.At || b.reportSurface == p.Report.Surface)
	})
}

func promised(pairs []matching.Pair, at int) *matching.Pair {
	for i := range pairs {
		if pairs[i].Plan.At == at && pairs[i].Plan.Quantity >= 0 {
			return &pairs[i]
		}
	}
	return nil
}

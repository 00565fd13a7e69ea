package light

import (
	"fmt"
	"strings"
	"testing"

	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

func TestACourseSetsThePathAgainstTheFigures(t *testing.T) {
	task := stated("40", "")
	for name, test := range map[string]struct {
		matter Matter
		want   string // of January and June
	}{
		"an amount":       {jobs("800 1700 2600 3400 4300 5200"), "1000/800 6000/5200"},
		"growth":          {growth(ledger.AtLeast, "6", ledger.More, "5.1 - - - - 5.8"), "6/5.1 6/5.8"},
		"words":           {worded("持续改善", "3"), "/3 /"},
		"a project":       {port("- - 6e6 12e6 18e6 24e6"), "0/ 24000000/24000000"},
		"a task":          {task, "8.33/ 50/40"},
		"nothing planned": {Matter{Kind: reporting.OfProject, Begin: day("2026-01-01"), By: day("2026-12-31")}, "/ /"},
	} {
		marks := Course(test.matter, Usual(), 2026, day("2026-07-20"))
		var got []string
		for _, m := range []Mark{marks[0], marks[5]} {
			got = append(got, fmt.Sprintf("%s/%s", bare(m.Expected), bare(m.Actual)))
		}
		if strings.Join(got, " ") != test.want || len(marks) != 12 || marks[5].Period != month(2026, 6) {
			t.Errorf("%s: got %s", name, got)
		}
	}
}

func bare(d ledger.Decimal) string {
	if !d.Known() {
		return ""
	}
	return plain(d)
}

// TestRulesSayTheirTerms: every rule tells each of its thresholds in words.
func TestRulesSayTheirTerms(t *testing.T) {
	for _, r := range Rules() {
		said := zh(r.Terms())
		if strings.Contains(said, "{") || strings.Contains(said, "rule.") || strings.Contains(said, "grade.") {
			t.Errorf("%s: %s", r.Name, said)
		}
	}
	yinchuan := rule(t, "yinchuan")
	for _, want := range []string{"落后不足10个百分点为绿灯。", "落后不超过30个百分点为黄灯。", "落后超过30个百分点为红灯。", "满3个月为红灯", "超过2个月未入库为红灯"} {
		if said := zh(yinchuan.Terms()); !strings.Contains(said, want) {
			t.Errorf("银川 does not say %s: %s", want, said)
		}
	}
}

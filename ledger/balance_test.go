package ledger

import (
	"os"
	"strings"
	"testing"
)

// targetIn reads "growth ge 6 %" and "between 30–50 人".
func targetIn(t *testing.T, subject, line string) Target {
	t.Helper()
	fields := strings.Fields(line)
	target := sampleTarget(1, subject, "0", "")
	if fields[0] == string(Growth) {
		target.Measure, fields = Growth, fields[1:]
	}
	low, high, _ := strings.Cut(fields[1], "–")
	target.Cmp, target.Value, target.Upper, target.Unit = Comparator(fields[0]), figure(low), figure(high), fields[2]
	if found := target.Validate(); len(found) > 0 {
		t.Fatal(found)
	}
	return target
}

func TestPartsAreComparedWithTheWhole(t *testing.T) {
	data, err := os.ReadFile("testdata/balance.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		columns := strings.Split(strings.TrimSpace(line), ";")
		if len(columns) != 5 || strings.HasPrefix(line, "#") {
			continue
		}
		for i := range columns {
			columns[i] = strings.TrimSpace(columns[i])
		}
		t.Run(columns[0]+" "+columns[1]+" of "+columns[2], func(t *testing.T) {
			whole := targetIn(t, columns[0], columns[1])
			commitments := []Commitment{sampleCommitment(0, "全区", whole)}
			for n, part := range strings.Split(columns[2], ",") {
				target := targetIn(t, columns[0], part)
				target.Measure = whole.Measure
				c := sampleCommitment(n+1, "部分", target)
				c.Parent = commitments[0].ID
				commitments = append(commitments, c)
			}
			found := Breakdowns(commitments, nil)
			if len(found) != 1 || len(found[0].Parts) != len(commitments)-1 {
				t.Fatalf("want one breakdown into all parts, got %+v", found)
			}
			if got := string(found[0].Balance); got != columns[3] {
				t.Errorf("got %s, want %s", got, columns[3])
			}
			if found[0].Working != columns[4] {
				t.Errorf("got %q, want %q", found[0].Working, columns[4])
			}
		})
	}
}

func TestBreakdownAsksTheIndicator(t *testing.T) {
	own := Indicator{ID: IndicatorID(uuid(1)), Name: "营商环境便利度", Direction: Less, Aggregation: AsAverage}
	whole := sampleTarget(1, "营商环境便利度", "10", "分")
	whole.Cmp, whole.Indicator = Equal, own.ID
	part := whole
	part.Value = figure("8")
	parent, child := sampleCommitment(1, "全区", whole), sampleCommitment(2, "柳桥", part)
	child.Parent = parent.ID
	found := Breakdowns([]Commitment{parent, child}, []Indicator{own})
	if found[0].Additive || found[0].Balance != Exceeds {
		t.Errorf("less is better and it is a mean: got %+v", found[0])
	}
	// Of what should fall, a larger decline is more.
	parent.Targets[0].Measure, child.Targets[0].Measure, child.Targets[0].Value = Decline, Decline, figure("12")
	if found := Breakdowns([]Commitment{parent, child}, []Indicator{own}); found[0].Balance != Exceeds {
		t.Errorf("got %+v", found)
	}
	child.State = Withdrawn
	if found := Breakdowns([]Commitment{parent, child}, nil); len(found) != 0 {
		t.Errorf("a withdrawn part takes nothing up, got %+v", found)
	}
	child.State, child.Targets[0].Scope, parent.Targets[0].Scope = Prepared, "不含农户", "含农户"
	if found := Breakdowns([]Commitment{parent, child}, nil); len(found) != 0 {
		t.Errorf("another scope is another thing, got %+v", found)
	}
}

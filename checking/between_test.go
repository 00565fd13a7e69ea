package checking_test

import (
	"testing"

	"luoshi/checking"
)

// report is a report of a district on the first half of 2026.
func report(district, sentences string) []byte {
	return []byte("关于" + district + "2026年上半年国民经济和社会发展计划执行情况的报告\n——2026年8月27日在" + district +
		"第五届人民代表大会常务委员会第四次会议上\n" + sentences + "\n")
}

// TestBetween compares two documents of one district, and leaves those of different districts alone.
func TestBetween(t *testing.T) {
	const first = "上半年，全区实现社会消费品零售总额341.88亿元，增长17.5%。"
	for _, c := range []struct {
		name   string
		second []byte
		want   []string
	}{
		{"the same figure", report("望溪区", "上半年，社会消费品零售总额达到341.88亿元。"), []string{"ok"}},
		{"two digits swapped", report("望溪区", "上半年，社会消费品零售总额达到314.88亿元。"), []string{"error"}},
		{"another figure", report("望溪区", "上半年，社会消费品零售总额达到207.12亿元。"), []string{"warning"}},
		{"another thing", report("望溪区", "上半年，进出口总额达到341.80亿元。"), nil},
		{"another district", report("青棠区", "上半年，社会消费品零售总额达到314.88亿元。"), nil},
		{"no district", []byte("上半年，社会消费品零售总额达到314.88亿元。\n"), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := read(t, "first.txt", report("望溪区", first)), read(t, "second.txt", c.second)
			found := checking.Between(a, b, checking.Options{All: true})
			if len(found) != len(c.want) {
				t.Fatalf("%d findings, want %d: %v", len(found), len(c.want), found)
			}
			for i, f := range found {
				if f.Severity.String() != c.want[i] || f.Rule != "repeat" || f.Places[0].Doc != 0 || f.Places[1].Doc != 1 {
					t.Errorf("%s %s of documents %d and %d, want %s", f.Severity, f.Rule, f.Places[0].Doc, f.Places[1].Doc, c.want[i])
				}
			}
		})
	}
}

// TestOnly runs the rules that are asked for, and no other.
func TestOnly(t *testing.T) {
	r := read(t, "report.txt", report("望溪区", "全区新登记经营主体22021户（其中：企业7867户，个体工商户14164户）。高新技术企业由86家增加到112家，增长30.2%。"))
	for _, rule := range []string{"sum", "growth"} {
		for _, f := range checking.Check(r, checking.Options{All: true, Only: []string{rule}}) {
			if f.Rule != rule {
				t.Errorf("%s was run for %s", f.Rule, rule)
			}
		}
	}
	if found := checking.Between(r, r, checking.Options{All: true, Only: []string{"sum"}}); len(found) != 0 {
		t.Errorf("documents were compared though only sums were asked for: %v", found)
	}
}

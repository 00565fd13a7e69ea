package reading_test

import (
	"testing"

	"luoshi/reading"
)

// TestUndated reads a document that says of no year which one it means: what happened in its first half
// has no date, in sentences and in tables.
func TestUndated(t *testing.T) {
	const text = "上半年，全区实现社会消费品零售总额341.88亿元。\n指标名称 | 单位 | 上半年完成数\n进出口总额 | 亿元 | 15.20\n一般公共预算收入 | 亿元 | 18.36\n"
	r := readAll(t, "undated.txt", []byte(text))
	if len(r.Quantities) != 3 {
		t.Fatalf("%d quantities, want 3", len(r.Quantities))
	}
	for _, q := range r.Quantities {
		if q.Kind != reading.Result || !q.By.IsZero() {
			t.Errorf("%s: %s by %q, want a result without a date", q.Surface, q.Kind, q.By)
		}
	}
}

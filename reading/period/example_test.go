package period_test

import (
	"fmt"

	"luoshi/reading/period"
)

func ExampleMatch() {
	for _, text := range []string{"3月底前组建", "前三季度开工率", "去年增长", "春节前发放"} {
		m, ok := period.Match(text, 0)
		p := m.Resolve(2026)
		fmt.Println(ok, text[:m.End], p.From, p.To, m.Deadline)
	}
	// Output:
	// true 3月底前 2026-03-01 2026-03-31 true
	// true 前三季度 2026-01-01 2026-09-30 false
	// true 去年 2025-01-01 2025-12-31 false
	// true 春节前 2026-01-01 2026-02-16 true
}

func ExampleMatchPlan() {
	text := "“十五五”期间"
	m, ok := period.MatchPlan(text, 0)
	fmt.Println(ok, m.Resolve(2026).To)
	// Output: true 2030-12-31
}

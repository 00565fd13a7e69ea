package indicator_test

import (
	"fmt"

	"luoshi/indicator"
)

func ExampleLookup() {
	m, ok := indicator.Lookup("全区民营经济增加值(不含临港区)")
	fmt.Println(ok, m.Indicator.Code, m.Scope, m.Rest)
	_, ok = indicator.Lookup("地区生产总值能耗")
	fmt.Println(ok)
	// Output:
	// true economy.value_added [全区 不含临港区] 民营经济
	// false
}

func ExampleName_Same() {
	plan := indicator.NameOf("收储", "力争年内完成收储900亩")
	report := indicator.NameOf("收储土地", "上半年收储土地420亩")
	fmt.Println(plan.Same(report) >= indicator.Pairable)
	// Output: true
}

func ExampleName_ScopeConflict() {
	output := indicator.NameOf("地区生产总值", "含临港区、经开区")
	revenue := indicator.NameOf("一般公共预算收入", "不含临港区、经开区")
	fmt.Println(output.ScopeConflict(revenue))
	// Output: true
}

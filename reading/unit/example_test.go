package unit_test

import (
	"fmt"

	"luoshi/reading/unit"
)

func ExampleMatch() {
	for _, text := range []string{"微克/立方米以下", "个百分点", "号线二期"} {
		class, end := unit.Match(text, 0)
		fmt.Println(text[:end], class == unit.Physical, class == unit.Percent, class == unit.Name)
	}
	// Output:
	// 微克/立方米 true false false
	// 个百分点 false true false
	// 号线 false false true
}

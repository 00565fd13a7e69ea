package numeral_test

import (
	"fmt"

	"luoshi/reading/numeral"
)

func ExampleScan() {
	for _, text := range []string{"1,100万元", "9100余户", "一万五千亿元", "5千瓦"} {
		n, ok := numeral.Scan(text, 0)
		fmt.Println(ok, n.Value, n.More, text[n.End:])
	}
	// Output:
	// true 11000000 false 元
	// true 9100 true 户
	// true 1500000000000 false 元
	// true 5 false 千瓦
}

// The value keeps the precision of what was printed.
func ExampleDecimal() {
	n, _ := numeral.Scan("11.0%", 0)
	fmt.Println(n.Value.Coef, n.Value.Exp, n.Value, n.Value.Cmp(numeral.Int(11)))
	// Output: 110 -1 11 0
}

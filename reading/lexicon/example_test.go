package lexicon_test

import (
	"fmt"

	"luoshi/reading/lexicon"
)

func ExampleLexicon_Match() {
	text := "不少于30家"
	tags, end := lexicon.Default().Match(text, 0)
	fmt.Println(text[:end], tags&lexicon.AtLeast != 0, tags&lexicon.AtMost != 0)
	// Output: 不少于 true false
}

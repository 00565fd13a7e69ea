package checking_test

import (
	"testing"

	"luoshi/checking"
)

// BenchmarkDense measures a report with more tables and lists than most, where the search for relations
// between columns weighs most.
func BenchmarkDense(b *testing.B) {
	for name, data := range corpus(b, "../../shared/documents/guandu*.txt") {
		r := read(b, name, data)
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			checking.Check(r, checking.Options{})
		}
	}
}

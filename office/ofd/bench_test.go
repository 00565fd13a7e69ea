package ofd

import (
	"io"
	"testing"

	"luoshi/office/font/fonttest"
	"luoshi/office/paper/papertest"
)

// BenchmarkWrite writes the list of a district's 5,000 commitments.
func BenchmarkWrite(b *testing.B) {
	d, o := papertest.Long(5000), Options{Fonts: fonttest.Set(b)}
	for b.Loop() {
		if err := Write(io.Discard, d, o); err != nil {
			b.Fatal(err)
		}
	}
}

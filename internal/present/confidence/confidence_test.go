package confidence_test

import (
	"testing"

	"luoshi/internal/present/confidence"
)

func TestWord(t *testing.T) {
	for value, want := range map[float64]string{0: "low", .49: "low", .5: "medium", .79: "medium", .8: "high", 1: "high"} {
		if got := confidence.Word(value); got != want {
			t.Errorf("%v is called %s, want %s", value, got, want)
		}
	}
}

package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"testing"
)

func TestLimitLeavesRoomOverWhatIsInUse(t *testing.T) {
	for _, c := range []struct{ used, want int64 }{
		{0, memoryLimit}, {100 << 20, memoryLimit}, {130 << 20, 130 << 20 * 7 / 4}, {400 << 20, 900 << 20},
	} {
		if got := limitFor(c.used); got != c.want {
			t.Errorf("with %d MB in use the limit is %d MB, want %d", c.used>>20, got>>20, c.want>>20)
		}
	}
}

// TestLimitMovesWithWhatIsInUse: the limit follows by itself as memory is tidied up, up and down.
func TestLimitMovesWithWhatIsInUse(t *testing.T) {
	before := debug.SetMemoryLimit(math.MaxInt64)
	defer debug.SetMemoryLimit(before)
	t.Setenv("GOMEMLIMIT", "")
	boundMemory()
	until := func(what string, holds func(limit int64) bool) {
		t.Helper()
		for range 1000 {
			runtime.GC()
			if holds(debug.SetMemoryLimit(-1)) {
				return
			}
			runtime.Gosched()
		}
		t.Errorf("%s, the limit is %d MB", what, debug.SetMemoryLimit(-1)>>20)
	}
	held := make([]byte, 300<<20)
	until("with 300 MB in use", func(limit int64) bool { return limit > 400<<20 })
	runtime.KeepAlive(held)
	held = nil
	until("with hardly anything in use", func(limit int64) bool { return limit < 400<<20 })
	runtime.KeepAlive(held)
}

package rate

import (
	"fmt"
	"testing"
	"time"
)

func TestCreditGrowsWithTime(t *testing.T) {
	clock := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	l := New(func() time.Time { return clock })
	rate := Rate{Burst: 2, Second: 0.5}
	for i, step := range []struct {
		after, wait time.Duration
	}{{0, 0}, {0, 0}, {0, 2 * time.Second}, {time.Second, time.Second}, {time.Second, 0}, {time.Hour, 0}, {0, 0}, {0, 2 * time.Second}} {
		clock = clock.Add(step.after)
		if wait := l.Take("a", rate); wait != step.wait {
			t.Errorf("step %d: wait %s, want %s", i, wait, step.wait)
		}
	}
	if wait := l.Take("b", rate); wait != 0 {
		t.Errorf("another key waits %s", wait)
	}
}

func TestKeysThatStayAwayAreForgotten(t *testing.T) {
	clock := time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC)
	l := New(func() time.Time { return clock })
	rate := Rate{Burst: 1, Second: 1}
	for i := range mostKeys {
		l.Take(fmt.Sprint(i), rate)
	}
	clock = clock.Add(time.Minute)
	l.Take("one more", rate)
	if len(l.credits) != 1 {
		t.Errorf("%d keys are kept, want 1", len(l.credits))
	}
}

func TestAHigherRateTakesMoreAtOnceToo(t *testing.T) {
	usual := Rate{Burst: 200, Second: 30}
	for second, want := range map[int]Rate{30: usual, 60: {Burst: 400, Second: 60}, 3: {Burst: 20, Second: 3}} {
		if got := usual.At(second); got != want {
			t.Errorf("at %d a second: %+v, want %+v", second, got, want)
		}
	}
}

package partcheck

import (
	"context"
	"errors"
	"testing"
	"time"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/part"
)

// Reader is the function Parts of a format's package.
type Reader func(ctx context.Context, data []byte, lim limit.Limits) ([]part.Part, error)

// Render reads a file within the usual limits, checks its parts and renders them.
func (read Reader) Render(t testing.TB, data []byte) string {
	t.Helper()
	parts, err := read(context.Background(), data, limit.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if err := Check(parts); err != nil {
		t.Error(err)
	}
	return Render(parts)
}

// WantFault reads a file that cannot be read within the limits.
func (read Reader) WantFault(t testing.TB, data []byte, lim limit.Limits, want fault.Code) {
	t.Helper()
	_, err := read(context.Background(), data, lim)
	WantFault(t, err, want)
}

// Fuzzed reads any bytes at all: what is read keeps its promises, and what is not is a fault in time.
func (read Reader) Fuzzed(t testing.TB, data []byte, lim limit.Limits, within time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	parts, err := read(ctx, data, lim)
	if broken := Check(parts); broken != nil {
		t.Error(broken)
	}
	var known *fault.Fault
	if err != nil && (!errors.As(err, &known) || known.Code == fault.TooSlow) {
		t.Errorf("%v", err)
	}
}

// Measure reads a file again and again, and reports bytes of the file and of its text a second.
func (read Reader) Measure(b *testing.B, data []byte, lim limit.Limits) {
	b.Helper()
	b.SetBytes(int64(len(data)))
	text := 0
	for b.Loop() {
		parts, err := read(context.Background(), data, lim)
		if err != nil {
			b.Fatal(err)
		}
		text = len(Render(parts))
	}
	b.ReportMetric(float64(text)/1e6*float64(b.N)/b.Elapsed().Seconds(), "textMB/s")
}

// WantFault checks that an error is a fault of the kind.
func WantFault(t testing.TB, err error, want fault.Code) {
	t.Helper()
	var f *fault.Fault
	if !errors.As(err, &f) || f.Code != want {
		t.Errorf("got %v, want a fault of kind %s", err, want)
	}
}

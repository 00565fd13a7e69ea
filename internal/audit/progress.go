package audit

import "context"

// progressKey is under which a context carries who hears how far a verification is.
type progressKey struct{}

// progressEvery is after how many entries somebody hears.
const progressEvery = 1000

// WithProgress is a context in which Verify tells how many entries it has recomputed, every thousand of them.
func WithProgress(ctx context.Context, heard func(entries int64)) context.Context {
	return context.WithValue(ctx, progressKey{}, heard)
}

func tellProgress(ctx context.Context, entries int64) {
	if entries%progressEvery != 0 {
		return
	}
	if heard, ok := ctx.Value(progressKey{}).(func(int64)); ok {
		heard(entries)
	}
}

package identity

import (
	"context"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
)

// failure is a sign-in that failed. What was typed is not part of it: people type passwords where the name belongs.
type failure struct {
	account accountID // empty where there is none of the name
	why     string
	address string
}

// mostFailures is how many failed sign-ins an hour leave an entry in the log, which is kept for ever: whoever
// guesses must not be able to fill it. How many were left out stands in the next entry.
const mostFailures = 300

// budget bounds entries by the hour.
type budget struct {
	sync.Mutex
	hour          time.Time
	kept, leftOut int
}

// take tells whether there is room for one more, and how many were left out before it.
func (b *budget) take(now time.Time) (leftOut int, ok bool) {
	b.Lock()
	defer b.Unlock()
	if hour := now.Truncate(time.Hour); !hour.Equal(b.hour) {
		b.hour, b.kept = hour, 0
	}
	if b.kept == mostFailures {
		b.leftOut++
		return 0, false
	}
	b.kept++
	leftOut, b.leftOut = b.leftOut, 0
	return leftOut, true
}

// keepFailure leaves an entry of a failed sign-in. That it cannot be kept does not let anybody in, so it is told to
// the server's log alone.
func (s *Service) keepFailure(ctx context.Context, f failure) {
	caller := service.CallerOf(ctx)
	s.options.Logger.WarnContext(ctx, "sign-in failed", "account", f.account, "why", f.why, "address", f.address, "request", caller.Request)
	leftOut, ok := s.failures.take(s.core.Store().Now())
	if !ok {
		return
	}
	program := service.Caller{System: "sign-in", May: []access.Action{"session.refuse"}, Request: caller.Request, Address: f.address}
	detail := map[string]any{"why": f.why, "address": f.address}
	if leftOut > 0 {
		detail["left_out"] = leftOut
	}
	err := s.core.Change(service.As(context.WithoutCancel(ctx), program), func(_ context.Context, w *service.Work) error {
		if err := w.Allow("session.refuse", access.Object{}); err != nil {
			return err
		}
		w.Record("session.refuse", "accounts", string(f.account), nil, nil, detail)
		return nil
	})
	if err != nil {
		s.options.Logger.ErrorContext(ctx, "keeping a failed sign-in", "error", err, "request", caller.Request)
	}
}

// Tidy removes what no longer says anything: sessions that ended a season ago and failed sign-ins that are forgotten.
func (s *Service) Tidy(ctx context.Context) error {
	return s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		now := s.core.Store().Now()
		_, err := tx.NewDelete().Model((*sessionRow)(nil)).Where("begun < ?", stamp{now.Add(-keepSessions)}).Exec(ctx)
		if err != nil {
			return err
		}
		_, err = tx.NewDelete().Model((*attemptRow)(nil)).Where("last_at IS NULL OR last_at < ?", stamp{now.Add(-keepAttempts)}).Exec(ctx)
		return err
	})
}

const (
	keepSessions = 90 * 24 * time.Hour
	keepAttempts = 48 * time.Hour // longer than any lockout remembers
)

package api

import (
	"context"
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"

	"luoshi/internal/access/credential"
	"luoshi/internal/service"
)

// Rate bounds how often one caller may ask: so many at once, and so many a second in the long run. The zero Rate is
// DefaultRate.
type Rate struct {
	Burst     int
	PerSecond float64
}

// DefaultRate leaves room for a program that reads a whole plan at once.
var DefaultRate = Rate{Burst: 200, PerSecond: 50}

// crowd is how many callers are remembered before those that rest are forgotten.
const crowd = 10_000

// limits are a bucket of tokens for each caller.
type limits struct {
	rate Rate
	now  func() time.Time

	mu      sync.Mutex
	buckets map[string]bucket
	swept   time.Time
}

type bucket struct {
	left float64
	at   time.Time
}

func newLimits(rate Rate, now func() time.Time) *limits {
	if rate == (Rate{}) {
		rate = DefaultRate
	}
	return &limits{rate: rate, now: now, buckets: map[string]bucket{}}
}

// take takes one from a caller's bucket, or says how long to wait.
func (l *limits) take(caller string) (wait time.Duration, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	b, known := l.buckets[caller]
	if !known {
		l.forget(now)
		b = bucket{left: float64(l.rate.Burst), at: now}
	}
	b.left = min(float64(l.rate.Burst), b.left+now.Sub(b.at).Seconds()*l.rate.PerSecond)
	b.at = now
	if b.left < 1 {
		l.buckets[caller] = b
		return time.Duration((1 - b.left) / l.rate.PerSecond * float64(time.Second)), false
	}
	b.left--
	l.buckets[caller] = b
	return 0, true
}

// forget drops the buckets that are full again, once there are many, and once a second at most.
func (l *limits) forget(now time.Time) {
	if len(l.buckets) < crowd || now.Sub(l.swept) < time.Second {
		return
	}
	l.swept = now
	for caller, b := range l.buckets {
		if b.left+now.Sub(b.at).Seconds()*l.rate.PerSecond >= float64(l.rate.Burst) {
			delete(l.buckets, caller)
		}
	}
}

// limited bounds the requests of each token, of each account without one, and of each address without either.
func (a *API) limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if wait, ok := a.limits.take(bucketOf(r)); !ok {
			writeProblem(w, tooMany(r.Context(), wait))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func bucketOf(r *http.Request) string {
	if presented, ok := bearer(r.Header.Get("Authorization")); ok {
		if id, err := credential.TokenID(presented); err == nil {
			return "token " + id
		}
	}
	if caller := service.CallerOf(r.Context()); caller.Account() != "" {
		return "account " + string(caller.Account())
	}
	return "address " + service.CallerOf(r.Context()).Address
}

func tooMany(ctx context.Context, wait time.Duration) *Problem {
	seconds := max(1, int(math.Ceil(wait.Seconds())))
	return problemOf(ctx, kindTooMany).with("Retry-After", strconv.Itoa(seconds))
}

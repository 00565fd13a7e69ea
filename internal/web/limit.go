package web

import (
	"sync"
	"time"
)

// Rate is how many requests are taken at once, and how many a second after that.
type Rate struct {
	Burst  int
	Second float64
}

// Limits are how many requests are taken of one address and of one account, and of one address at routes where secrets
// can be guessed.
type Limits struct{ Address, Account, Guarded Rate }

// Usual are limits that nobody meets at work: a whole office may come from one address.
var Usual = Limits{
	Address: Rate{Burst: 600, Second: 100},
	Account: Rate{Burst: 200, Second: 30},
	Guarded: Rate{Burst: 30, Second: 0.5},
}

// limiter counts requests by key. A key's credit grows with time up to its burst; each request takes one.
type limiter struct {
	limits Limits
	now    func() time.Time

	mu      sync.Mutex
	credits map[string]credit
}

type credit struct {
	left float64
	at   time.Time
	full time.Time // when it will be that of a key that never came
}

// mostKeys is how many keys are kept before those that have their full credit again are forgotten.
const mostKeys = 100_000

func newLimiter(limits Limits, now func() time.Time) *limiter {
	return &limiter{limits: limits, now: now, credits: map[string]credit{}}
}

// take counts a request; wait is how long the key has to wait where there are too many.
func (l *limiter) take(key string, rate Rate) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	c, known := l.credits[key]
	if !known {
		l.makeRoom(now)
		c = credit{left: float64(rate.Burst), at: now}
	}
	c.left = min(float64(rate.Burst), c.left+now.Sub(c.at).Seconds()*rate.Second)
	c.at = now
	if c.left < 1 {
		l.credits[key] = c
		return time.Duration((1 - c.left) / rate.Second * float64(time.Second))
	}
	c.left--
	c.full = now.Add(time.Duration((float64(rate.Burst) - c.left) / rate.Second * float64(time.Second)))
	l.credits[key] = c
	return 0
}

// makeRoom forgets keys that have their full credit again, and all where there are too many still: then the server is
// under an attack from very many addresses, which this limit is not for.
func (l *limiter) makeRoom(now time.Time) {
	if len(l.credits) < mostKeys {
		return
	}
	for key, c := range l.credits {
		if c.full.Before(now) {
			delete(l.credits, key)
		}
	}
	if len(l.credits) >= mostKeys {
		clear(l.credits)
	}
}

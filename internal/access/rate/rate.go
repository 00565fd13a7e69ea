// Package rate bounds how often somebody may ask: each key has a bucket of credit that fills with time, and each
// request takes one.
package rate

import (
	"sync"
	"time"
)

// Rate is how many requests are taken at once, and how many a second after that.
type Rate struct {
	Burst  int
	Second float64
}

// At is the rate with so many requests a second, and as many more at once.
func (r Rate) At(second int) Rate {
	return Rate{Burst: max(1, int(float64(r.Burst)*(float64(second)/r.Second))), Second: float64(second)}
}

// Limiter counts requests by key. It is safe for concurrent use.
type Limiter struct {
	now func() time.Time

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

// New makes a limiter that goes by a clock.
func New(now func() time.Time) *Limiter {
	return &Limiter{now: now, credits: map[string]credit{}}
}

// Take counts a request; wait is how long the key has to wait where there are too many, and 0 where the request is
// taken.
func (l *Limiter) Take(key string, rate Rate) (wait time.Duration) {
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
func (l *Limiter) makeRoom(now time.Time) {
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

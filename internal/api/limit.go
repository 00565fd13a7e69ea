package api

import (
	"context"
	"math"
	"net/http"
	"strconv"
	"time"

	"luoshi/internal/access/credential"
	"luoshi/internal/access/rate"
	"luoshi/internal/service"
)

// DefaultRate leaves room for a program that reads a whole plan at once.
var DefaultRate = rate.Rate{Burst: 200, Second: 50}

// limited bounds the requests of each token, of each account without one, and of each address without either.
func (a *API) limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if wait := a.limiter.Take(bucketOf(r), a.options.Rate); wait > 0 {
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

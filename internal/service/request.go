package service

import (
	"context"
	"sync"
)

// request is what the use cases of one request need to find out only once.
type request struct {
	mu   sync.Mutex
	kept *keptTree
}

type requestKey struct{}

// InRequest is a context of one request that is answered at once. Its use cases look at the units once and go by what
// they saw, rather than asking the database at every question of access whether a unit has changed meanwhile. Within a
// transaction they always look anew, because there it may be they who have changed one.
func InRequest(ctx context.Context) context.Context {
	return context.WithValue(ctx, requestKey{}, &request{})
}

func requestOf(ctx context.Context) *request {
	r, _ := ctx.Value(requestKey{}).(*request)
	return r
}

// units are those that were seen, or else what look sees.
func (r *request) units(look func() (keptTree, error)) (keptTree, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept != nil {
		return *r.kept, nil
	}
	kept, err := look()
	if err == nil {
		r.kept = &kept
	}
	return kept, err
}

// forget makes the use cases that follow a change of the request look at the units again.
func forget(ctx context.Context) {
	if r := requestOf(ctx); r != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.kept = nil
	}
}

package home

import (
	"context"
	"fmt"
	"sync"
	"time"

	"luoshi/internal/audit"
	"luoshi/internal/service"
)

// visit is how long a desk is kept at most, so that the bookmark of who looks at the year moves on.
const visit = 30 * time.Minute

// desks are the desks that were laid out since the last change: as every change is an entry in the log, a desk stays
// right while the log has as many entries and the day is the same.
type desks struct {
	sync.Mutex
	state string
	kept  map[string]desk
}

// kept is the desk of the caller, laid out anew where something has changed.
func (p *Pages) kept(ctx context.Context) (desk, error) {
	size, err := audit.Size(ctx, p.core.Store().View(ctx))
	if err != nil {
		return desk{}, fmt.Errorf("asking the log for its size: %w", err)
	}
	actor := service.CallerOf(ctx).Actor
	now := p.core.Store().Now().Truncate(visit)
	state, key := fmt.Sprint(size, " ", p.core.Today(), " ", now.Unix()), fmt.Sprint(actor.Account, actor.Posts)
	if d, ok := p.desks.find(state, key); ok {
		return d, nil
	}
	d, err := p.lay(ctx)
	if err != nil {
		return d, err
	}
	if d.Year != nil {
		if err := p.uses.Progress.Visit(ctx, d.Year.Plan.ID); err != nil {
			return d, err
		}
	}
	p.desks.keep(state, key, d)
	return d, nil
}

func (k *desks) find(state, key string) (desk, bool) {
	k.Lock()
	defer k.Unlock()
	if k.state != state {
		return desk{}, false
	}
	d, ok := k.kept[key]
	return d, ok
}

func (k *desks) keep(state, key string, d desk) {
	k.Lock()
	defer k.Unlock()
	if k.state != state || k.kept == nil {
		k.state, k.kept = state, map[string]desk{}
	}
	k.kept[key] = d
}

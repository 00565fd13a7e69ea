package bulletin

import (
	"context"
	"fmt"
	"sync"

	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/ledger/bulletin"
)

// contents are what was generated since the last change, so that looking at a draft again does not read all lights again:
// as every change is an entry in the log, a content stays right while the log has as many entries and the day is the
// same.
type contents struct {
	sync.Mutex
	state string
	kept  map[string]bulletin.Content
}

// currentOf is what would be generated now of a bulletin, for the caller. It is not to be changed.
func (s *Service) currentOf(ctx context.Context, b Bulletin) (bulletin.Content, error) {
	size, err := audit.Size(ctx, s.core.Store().View(ctx))
	if err != nil {
		return bulletin.Content{}, fmt.Errorf("bulletin: asking the log for its size: %w", err)
	}
	state := fmt.Sprint(size, " ", s.core.Today())
	key := fmt.Sprint(b.Plan, " ", b.Period.Key(), " ", b.Corrects, " ", service.CallerOf(ctx).Actor.Posts)
	if c, known := s.contents.find(state, key); known {
		return c, nil
	}
	c, err := s.current(ctx, b)
	if err == nil {
		s.contents.keep(state, key, c)
	}
	return c, err
}

func (c *contents) find(state, key string) (bulletin.Content, bool) {
	c.Lock()
	defer c.Unlock()
	if c.state != state {
		return bulletin.Content{}, false
	}
	content, known := c.kept[key]
	return content, known
}

func (c *contents) keep(state, key string, content bulletin.Content) {
	c.Lock()
	defer c.Unlock()
	if c.state != state {
		c.state, c.kept = state, map[string]bulletin.Content{}
	}
	c.kept[key] = content
}

package intake

import (
	"slices"
	"sync"
)

// What is kept in memory: so many values, and none that is larger, as few documents are.
const (
	kept     = 24
	heaviest = 4 << 20
)

// cache keeps what is read from the database again and again and never changes while it has the same key. What
// was used longest ago goes first.
type cache struct {
	mu     sync.Mutex
	values map[string]any
	order  []string // the key used last stands last
}

func newCache() *cache { return &cache{values: map[string]any{}} }

// cached is the value of a key, read where it is not there. Reading tells about how many bytes it takes.
func cached[T any](c *cache, key string, read func() (T, int, error)) (T, error) {
	c.mu.Lock()
	value, there := c.values[key]
	if there {
		c.touch(key)
	}
	c.mu.Unlock()
	if there {
		if value, fits := value.(T); fits {
			return value, nil
		}
	}
	fresh, size, err := read()
	if err != nil || size > heaviest {
		return fresh, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.values[key] = fresh
	c.touch(key)
	for len(c.order) > kept {
		delete(c.values, c.order[0])
		c.order = c.order[1:]
	}
	return fresh, nil
}

// touch puts a key last.
func (c *cache) touch(key string) {
	c.order = slices.DeleteFunc(c.order, func(other string) bool { return other == key })
	c.order = append(c.order, key)
}

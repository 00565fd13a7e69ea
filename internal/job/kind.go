package job

import (
	"context"
	"encoding/json"
	"time"

	"luoshi/internal/access"
)

// Kind is a kind of work.
type Kind struct {
	// Name is what tasks call it: intake.read.
	Name string
	// Do does it. It may run twice for one task, so what was done already it must leave as it is.
	Do func(ctx context.Context, args json.RawMessage) error
	// May are the actions that it may do.
	May []access.Action
	// Attempts bounds how often it is tried; 8 where 0.
	Attempts int
	// Limit is how long one attempt may take; ten minutes where 0.
	Limit time.Duration
	// Every is how often it is done without being asked for; never where 0, daily at most.
	Every time.Duration
}

const (
	attempts = 8
	limit    = 10 * time.Minute
)

func (k Kind) filled() Kind {
	if k.Attempts == 0 {
		k.Attempts = attempts
	}
	if k.Limit == 0 {
		k.Limit = limit
	}
	return k
}

// task is a piece of work as the queue knows it.
type task struct {
	kind string
	args json.RawMessage
}

// Kind is the name of its kind.
func (t task) Kind() string { return t.kind }

// MarshalJSON writes the arguments as they were given.
func (t task) MarshalJSON() ([]byte, error) { return t.args, nil }

// UnmarshalJSON keeps the arguments as they are.
func (t *task) UnmarshalJSON(data []byte) error {
	t.args = append(t.args[:0], data...)
	return nil
}

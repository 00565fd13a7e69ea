// Package tally counts what reading one file produces and stops it at the limits: text, cells, pages
// and time. Every format's reader carries one tally through its work.
package tally

import (
	"context"
	"fmt"
	"time"

	"luoshi/document/fault"
	"luoshi/document/limit"
)

// Tally is the count for one file. It is not safe for concurrent use.
type Tally struct {
	ctx   context.Context
	lim   limit.Limits
	text  int64
	cells int
	parts int
	steps int
}

// New starts a count; zero limits mean the defaults.
func New(ctx context.Context, lim limit.Limits) *Tally {
	return &Tally{ctx: ctx, lim: lim.WithDefaults()}
}

// Limits are the limits in force.
func (t *Tally) Limits() limit.Limits { return t.lim }

// Text counts bytes of text.
func (t *Tally) Text(bytes int) error {
	if t.text += int64(bytes); t.text > t.lim.Text {
		return fault.New(fault.TooLarge, nil, fault.LimitText, Size(t.lim.Text))
	}
	return nil
}

// Cells counts cells of tables.
func (t *Tally) Cells(cells int) error {
	if t.cells += cells; t.cells > t.lim.Cells {
		return fault.New(fault.TooLarge, nil, fault.LimitCells, t.lim.Cells)
	}
	return nil
}

// Part counts a paragraph.
func (t *Tally) Part() error {
	if t.parts++; t.parts > t.lim.Blocks {
		return fault.New(fault.TooLarge, nil, fault.LimitBlocks, t.lim.Blocks)
	}
	return nil
}

// Depth holds a depth of nesting against its limit.
func (t *Tally) Depth(depth int) error {
	if depth > t.lim.Depth {
		return fault.New(fault.TooLarge, nil, fault.LimitDepth, t.lim.Depth)
	}
	return nil
}

// Pages holds a number of pages against its limit.
func (t *Tally) Pages(pages int) error {
	if pages > t.lim.Pages {
		return fault.New(fault.TooLarge, nil, fault.LimitPages, t.lim.Pages)
	}
	return nil
}

// Step looks at the clock once in a while; call it in every loop over foreign input.
func (t *Tally) Step() error {
	if t.steps++; t.steps&0x3FF != 0 {
		return nil
	}
	return t.Time()
}

// Time tells whether time is up or the caller has gone.
func (t *Tally) Time() error {
	if err := t.ctx.Err(); err != nil {
		return Late(err, t.lim)
	}
	return nil
}

// Late is the fault for a context that ended with err.
func Late(err error, lim limit.Limits) *fault.Fault {
	return fault.New(fault.TooSlow, err, int(max(lim.WithDefaults().Time, time.Second)/time.Second))
}

// Size words a number of bytes for a fault.
func Size(bytes int64) string {
	switch {
	case bytes >= 1<<20:
		return fmt.Sprintf("%d MB", bytes>>20)
	case bytes >= 1<<10:
		return fmt.Sprintf("%d KB", bytes>>10)
	}
	return fmt.Sprintf("%d B", bytes)
}

package main

import (
	"fmt"
	"io"
	"strings"
	"time"
)

// redrawEvery keeps the bar from costing time.
const redrawEvery = 100 * time.Millisecond

// barWidth is the number of columns of the bar itself.
const barWidth = 24

// progress is the bar on stderr. It shows only on a terminal, and nil draws nothing.
type progress struct {
	out         io.Writer
	say         func(key string, args ...any) string
	started     time.Time
	drawn       time.Time
	visible     bool
	files, done int
	bytes, read int64
}

func newProgress(r *readCommand, inputs []input) *progress {
	if r.quiet || terminal(r.stderr) == nil {
		return nil
	}
	p := &progress{out: r.stderr, say: r.say, started: time.Now(), files: len(inputs)}
	for _, in := range inputs {
		p.bytes += in.size
	}
	return p
}

// advance counts a finished file.
func (p *progress) advance(in input) {
	if p == nil {
		return
	}
	p.done++
	p.read += in.size
	if now := time.Now(); now.Sub(p.drawn) >= redrawEvery {
		p.drawn = now
		p.clear()
		p.draw(p.line(now.Sub(p.started)))
		p.visible = true
	}
}

// line is the bar with files, bytes and the time that is left, judged by the bytes.
func (p *progress) line(elapsed time.Duration) string {
	share := float64(p.done) / float64(max(p.files, 1))
	if p.bytes > 0 {
		share = float64(p.read) / float64(p.bytes)
	}
	left := "—"
	if share > 0 {
		rest := time.Duration(float64(elapsed) * (1 - share) / share)
		left = rest.Round(time.Second).String()
	}
	full := int(share * barWidth)
	bar := strings.Repeat("█", full) + strings.Repeat("░", barWidth-full)
	return bar + " " + p.say("progress", p.done, p.files, megabytes(p.read), megabytes(p.bytes), left)
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f", float64(n)/1e6) }

// clear takes the bar off the line, so that something else can be written there.
func (p *progress) clear() {
	if p != nil && p.visible {
		p.draw("\r\x1b[2K")
		p.visible = false
	}
}

// draw writes to the terminal. A bar that cannot be drawn is no reason to stop reading.
func (p *progress) draw(s string) { _, _ = io.WriteString(p.out, s) }

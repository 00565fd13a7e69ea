package main

import (
	"strings"
	"testing"
	"time"
)

func TestProgressJudgesTheTimeLeftByBytes(t *testing.T) {
	say := (&console{lang: "en"}).say
	p := &progress{say: say, files: 4, done: 1, bytes: 40e6, read: 10e6}
	line := p.line(2 * time.Second)
	if want := "1/4 files, 10.0/40.0 MB, 6s left"; !strings.HasSuffix(line, want) {
		t.Errorf("%q does not end with %q", line, want)
	}
	if got := strings.Count(line, "█"); got != barWidth/4 {
		t.Errorf("%d of %d columns are full, want a quarter", got, barWidth)
	}
}

func TestProgressIsSilentAwayFromATerminal(t *testing.T) {
	var p *progress
	p.advance(input{size: 1})
	p.clear()
	r := &readCommand{console: &console{stderr: &strings.Builder{}}}
	if newProgress(r, nil) != nil {
		t.Error("a bar would be drawn into a file")
	}
}

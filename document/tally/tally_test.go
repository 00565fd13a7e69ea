package tally

import (
	"context"
	"errors"
	"strings"
	"testing"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/partcheck"
)

func TestLimitsAreNamed(t *testing.T) {
	count := New(context.Background(), limit.Limits{Text: 3 << 20, Cells: 5, Depth: 7, Pages: 9})
	cases := []struct {
		name    string
		within  error
		beyond  error
		in      string // what the message says in Chinese
		allowed string
	}{
		{"text", count.Text(3 << 20), count.Text(1), "文字量", "3 MB"},
		{"cells", count.Cells(5), count.Cells(1), "单元格", "5"},
		{"depth", count.Depth(7), count.Depth(8), "嵌套", "7"},
		{"pages", count.Pages(9), count.Pages(10), "页数", "9"},
	}
	for _, c := range cases {
		if c.within != nil {
			t.Errorf("%s: %v within the limit", c.name, c.within)
		}
		var f *fault.Fault
		if !errors.As(c.beyond, &f) || f.Code != fault.TooLarge {
			t.Errorf("%s: got %v beyond the limit", c.name, c.beyond)
			continue
		}
		if message := f.Message("zh"); !strings.Contains(message, c.in) || !strings.Contains(message, c.allowed) {
			t.Errorf("%s: %s", c.name, message)
		}
	}
}

func TestTimeIsLookedAtInLoops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	count := New(ctx, limit.Limits{})
	cancel()
	var err error
	for range 2000 {
		if err = count.Step(); err != nil {
			break
		}
	}
	partcheck.WantFault(t, err, fault.TooSlow)
}

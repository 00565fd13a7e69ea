package document

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"strings"
	"testing"

	"luoshi/document/fault"
	"luoshi/document/limit"
)

// TestLongestTexts opens texts as long as allowed, and of as many lines as allowed, that consist of the
// same few characters: what they are taken apart into must fit into the memory that a bad file may take.
func TestLongestTexts(t *testing.T) {
	skipMeasures(t)
	for name, unit := range linearTexts {
		longest := int(limit.Default.Text) / len(unit)
		most := min(longest, limit.Default.Blocks/max(1, strings.Count(unit, "\n")))
		for _, times := range []int{longest, most} {
			holdMemory(t, name, bytes.Repeat([]byte(unit), times))
		}
	}
}

func holdMemory(t *testing.T, name string, data []byte) {
	t.Run(name, func(t *testing.T) {
		runtime.GC()
		watch := watchHeap()
		doc, err := Open(context.Background(), "report.txt", data, Options{})
		grown := watch()
		if grown > badHeap {
			t.Errorf("took %d MB of heap", grown>>20)
		}
		if f := (*fault.Fault)(nil); err != nil && (!errors.As(err, &f) || f.Code != fault.TooLarge && f.Code != fault.Empty) {
			t.Errorf("%v", err)
		}
		t.Logf("%d MB of heap, %v", grown>>20, err)
		runtime.KeepAlive(doc)
	})
}

// TestMillionLines holds the number of blocks against its limit.
func TestMillionLines(t *testing.T) {
	skipMeasures(t)
	const lines = 1_000_000
	for name, line := range map[string]string{"a.txt": "一、\n", "a.md": "一、\n\n", "a.html": "<p>一、</p>\n"} {
		runtime.GC()
		watch := watchHeap()
		_, err := Open(context.Background(), name, bytes.Repeat([]byte(line), lines), Options{})
		var f *fault.Fault
		if !errors.As(err, &f) || f.Code != fault.TooLarge || f.Args[0] != fault.LimitBlocks {
			t.Errorf("%s: %v, want the limit of blocks", name, err)
		}
		if grown := watch(); grown > badHeap {
			t.Errorf("%s took %d MB of heap", name, grown>>20)
		}
	}
}

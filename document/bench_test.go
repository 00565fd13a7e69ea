package document

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"luoshi/document/partcheck"
)

// shared is where the public documents lie that some tests read.
const shared = "../../shared"

// sharedFiles are the files of a pattern below shared; without them the test is skipped.
func sharedFiles(tb testing.TB, patterns ...string) []string {
	tb.Helper()
	var all []string
	for _, pattern := range patterns {
		names, err := filepath.Glob(filepath.Join(shared, pattern))
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, names...)
	}
	if len(all) == 0 {
		tb.Skipf("no documents below %s", shared)
	}
	return all
}

// BenchmarkOpen opens every text of the corpus, and sets the speed beside that of a bare walk over its
// runes.
func BenchmarkOpen(b *testing.B) {
	var files [][]byte
	size := 0
	for _, name := range sharedFiles(b, "corpus/*/*.txt") {
		data := partcheck.File(b, name)
		files, size = append(files, data), size+len(data)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, data := range files {
			if _, err := Open(context.Background(), "report.txt", data, Options{}); err != nil {
				b.Fatal(err)
			}
		}
	}
	perRound := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(100*float64(walkTime(files))/float64(perRound), "%walk")
}

// walkTime is the time that decoding all runes takes, the best of a few rounds.
func walkTime(files [][]byte) time.Duration {
	best := time.Hour
	for range 5 {
		start := time.Now()
		runes := 0
		for _, data := range files {
			for i := 0; i < len(data); runes++ {
				_, size := utf8.DecodeRune(data[i:])
				i += size
			}
		}
		if took := time.Since(start); took < best && runes > 0 {
			best = took
		}
	}
	return best
}

// linearTexts are what a document may consist of in the worst case.
var linearTexts = map[string]string{
	"paragraphs": "(一)主要目标完成情况\n2021年,全区实现地区生产总值747.7亿元,同比增长7.1%。一是产业结构不优。二是品质受限。\n",
	"markers":    "一、\n(一)\n1.\n(1)\n①\n",
	"years":      "2021年",
	"one line":   "一是坚持创新,2021年工作要点;",
	"pipes":      "地区生产总值 | 亿元 | 747.70 | |\n",
	"one row":    "甲|",
	"tabs":       "地区生产总值\t亿元\t747.70\n",
	"blank":      "　 \n",
	"headings":   "生态底色更加亮丽。\n始终坚持生态优先,把生态文明建设放在突出位置,以高水平保护支撑高质量发展,绿色底色更加鲜明,群众获得感不断增强。\n",
	"contents":   "第一章 总则......3\n",
	"nesting":    "1.深入实施。坚持把\n(1)一是坚持\n",
}

// TestOpenIsLinear opens texts of 1, 10 and 100 times a length: cost per byte must not grow with it.
func TestOpenIsLinear(t *testing.T) {
	skipMeasures(t)
	const base, allowed = 16 << 10, 12
	for name, unit := range linearTexts {
		t.Run(name, func(t *testing.T) {
			perByte := func(scale int) float64 {
				data := []byte("各位代表\n" + strings.Repeat(unit, base*scale/len(unit)))
				best := time.Hour
				for range 3 {
					start := time.Now()
					if _, err := Open(context.Background(), "report.txt", data, Options{}); err != nil {
						t.Fatal(err)
					}
					best = min(best, time.Since(start))
				}
				return float64(best) / float64(len(data))
			}
			one, ten, hundred := perByte(1), perByte(10), perByte(100)
			if hundred > allowed*one && hundred > 4*ten {
				t.Errorf("ns per byte at 1x, 10x, 100x: %.1f, %.1f, %.1f", one, ten, hundred)
			}
			t.Logf("ns per byte at 1x, 10x, 100x: %.1f, %.1f, %.1f", one, ten, hundred)
		})
	}
}

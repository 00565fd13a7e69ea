package reading_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"luoshi/document"
	"luoshi/reading"
)

// FuzzRead reads any text: no panic, and all that must hold of a reading holds.
func FuzzRead(f *testing.F) {
	for _, data := range texts(f, examples) {
		f.Add(data)
		for _, line := range bytes.Split(data, []byte("\n")) {
			f.Add(line)
		}
	}
	for _, data := range texts(f, "testdata/*/*.txt") {
		f.Add(bytes.ReplaceAll(data, []byte("> "), nil))
	}
	for _, unit := range longTexts {
		f.Add([]byte(strings.Repeat(unit, 4)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			t.Skip("long texts only slow the search")
		}
		checkText(t, data)
	})
}

// checkText reads a text twice, if it is one, and checks what came out.
func checkText(tb testing.TB, data []byte) {
	tb.Helper()
	doc, err := document.Open(context.Background(), "fuzz.txt", data, document.Options{})
	if err != nil {
		return
	}
	first := reading.Read(doc, reading.Options{})
	checkReading(tb, first)
	if again := reading.Read(doc, reading.Options{}); !reflect.DeepEqual(first, again) {
		tb.Error("another reading differs: " + difference(first, again))
	}
}

// fragments are what sentences of plans and reports are made of: every word of the data files, marks and
// numerals.
func fragments(tb testing.TB) []string {
	tb.Helper()
	all := strings.Fields("1 3 20 1.5 1,100 2026 ３ 一 两 三 十 百 千 万 亿 零 半 余 多 几 约 5% 1/4 三分之一 百分之 第 每 \u3000 " +
		"， , 、 ； ; ： : 。 （ ） ( ) “ ” — - ~ 至 到 | || * + / . % 公厕 学校 道路 望溪区 企业 的 5G PM2.5")
	all = append(all, "\n", " ", "\n一、", "\n（一）", "\n1.")
	for _, data := range texts(tb, "lexicon/words/*.txt", "unit/*.txt", "period/*.txt", "columns.txt") {
		for line := range strings.Lines(string(data)) {
			if _, words, found := strings.Cut(line, ":"); found && !strings.HasPrefix(line, "#") {
				all = append(all, strings.Fields(words)...)
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// FuzzSentences takes each pair of bytes as the number of a fragment and reads what they make, as a plan
// and as a report.
func FuzzSentences(f *testing.F) {
	parts := fragments(f)
	for seed := range uint64(20) {
		random := rand.New(rand.NewPCG(seed, 1))
		var data []byte
		for range 40 {
			data = binary.BigEndian.AppendUint16(data, uint16(random.IntN(len(parts))))
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var b strings.Builder
		for ; len(data) > 1 && b.Len() < 1<<13; data = data[2:] {
			b.WriteString(parts[int(binary.BigEndian.Uint16(data))%len(parts)])
		}
		checkText(t, []byte(preambles["plan 2026"]+b.String()))
		checkText(t, []byte(preambles["report 2026H1"]+b.String()))
	})
}

// TestSpoiltExamples reads the examples with pieces taken out, doubled and moved, the same ones every time.
func TestSpoiltExamples(t *testing.T) {
	const rounds = 40
	found := texts(t, examples)
	paths := make([]string, 0, len(found))
	for path := range found {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	random := rand.New(rand.NewPCG(2026, 6))
	for range rounds {
		path := paths[random.IntN(len(paths))]
		runes := []rune(string(found[path]))
		for range 60 {
			runes = spoil(random, runes)
		}
		if checkText(t, []byte(string(runes))); t.Failed() {
			t.Fatalf("spoilt from %s", path)
		}
	}
}

// spoil takes a short piece of a text out, doubles it or moves it.
func spoil(random *rand.Rand, text []rune) []rune {
	from := random.IntN(len(text) - 40)
	to := from + 1 + random.IntN(30)
	piece := slices.Clone(text[from:to])
	switch random.IntN(3) {
	case 0:
		return slices.Delete(text, from, to)
	case 1:
		return slices.Insert(text, to, piece...)
	default:
		text = slices.Delete(text, from, to)
		return slices.Insert(text, random.IntN(len(text)), piece...)
	}
}

package reading_test

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"luoshi/document"
	"luoshi/reading"
)

// texts are the documents beside the project and the examples in it, by path.
func texts(tb testing.TB, patterns ...string) map[string][]byte {
	tb.Helper()
	found := map[string][]byte{}
	for _, pattern := range patterns {
		paths, err := filepath.Glob(pattern)
		if err != nil {
			tb.Fatal(err)
		}
		for _, path := range paths {
			data, err := os.ReadFile(path)
			if err != nil {
				tb.Fatal(err)
			}
			found[path] = data
		}
	}
	return found
}

const (
	examples  = "../examples/*.txt"
	sheets    = "../examples/*.xlsx"
	words     = "../examples/*.docx"
	corpora   = "../../shared/corpus/*/*.txt"
	documents = "../../shared/documents/*.txt"
)

// TestEveryDocument checks what must hold of any reading on all documents at hand, and that each gives
// quantities, and clauses where it has sentences.
func TestEveryDocument(t *testing.T) {
	found := texts(t, examples, sheets, words, corpora, documents)
	if len(texts(t, corpora, documents)) == 0 {
		t.Log("the corpus is not beside the project; only the examples are read")
	}
	for path, data := range found {
		r := readAll(t, path, data)
		t.Run(filepath.Base(path), func(t *testing.T) {
			checkReading(t, r)
			sentences := r.Document.Format != document.Excel // a workbook may hold tables alone
			if len(r.Quantities) == 0 || len(r.Clauses) == 0 && sentences {
				t.Errorf("%d quantities, %d clauses", len(r.Quantities), len(r.Clauses))
			}
		})
	}
}

// TestReadingTwice reads every document again, alone and beside others: nothing may differ.
func TestReadingTwice(t *testing.T) {
	var wait sync.WaitGroup
	for path, data := range texts(t, examples, documents) {
		doc, err := document.Open(context.Background(), path, data, document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		first := reading.Read(doc, reading.Options{})
		for range 4 {
			wait.Go(func() {
				if again := reading.Read(doc, reading.Options{}); !reflect.DeepEqual(first, again) {
					t.Errorf("%s: another reading differs: %s", path, difference(first, again))
				}
			})
		}
	}
	wait.Wait()
}

// difference names the first record in which two readings of a document differ.
func difference(a, b *reading.Reading) string {
	for i := range min(len(a.Quantities), len(b.Quantities)) {
		if a.Quantities[i] != b.Quantities[i] {
			return a.Quantities[i].Surface + ", " + b.Quantities[i].Surface
		}
	}
	for i := range min(len(a.Clauses), len(b.Clauses)) {
		if a.Clauses[i] != b.Clauses[i] {
			return a.Clauses[i].Text + ", " + b.Clauses[i].Text
		}
	}
	return "the numbers of records differ"
}

// TestOrderDoesNotMatter reads one document before and after others: no state may stay behind.
func TestOrderDoesNotMatter(t *testing.T) {
	found := texts(t, examples)
	before := map[string]*reading.Reading{}
	for path, data := range found {
		before[path] = readAll(t, path, data)
	}
	for path, data := range found {
		if after := readAll(t, path, data); !reflect.DeepEqual(before[path], after) {
			t.Errorf("%s: read after others it differs: %s", path, difference(before[path], after))
		}
	}
}

// longTexts are shapes on which a careless reader looks again and again at what it has seen: each is a
// unit that is repeated.
var longTexts = map[string]string{
	"sentences":      "上半年新建公厕3座,培育企业2家以上。\n",
	"one sentence":   "新建公厕3座、",
	"one segment":    "公厕3座",
	"no number":      "加快推进建设和改造提升",
	"words only":     "望溪",
	"digits":         "3",
	"separators":     "1,",
	"dates":          "2026年3月",
	"comparators":    "不少于",
	"each":           "分别",
	"conjuncts":      "学校和",
	"brackets":       "(",
	"closed":         "(3个)",
	"quotes":         "“",
	"from":           "从3提高到",
	"owners":         "由区教育局牵头负责",
	"ranges":         "1-2-",
	"fractions":      "三分之",
	"table rows":     "公厕 | 座 | 3 | 增长5%\n",
	"headings":       "一、工作回顾\n",
	"list of units":  "3、4、",
	"spelled digits": "三",
	"ten":            "十",
	"magnitudes":     "万",
	"percent signs":  "3%、",
	"conjuncts of":   "学校、",
	"percentages":    "百分之",
	"points":         "3.",
	"growth":         "增长",
	"bases":          "比上年",
	"of which":       "其中",
	"of which in":    "(其中",
	"thresholds":     "总投资3亿元以上的",
	"verbs":          "建设",
	"places":         "全区",
	"blanks":         " ",
	"wide blanks":    "\u3000",
	"runs on":        "连续3年",
	"every":          "每",
	"soft":           "力争",
	"plans":          "“十五五”期间",
	"statements":     "公厕增长3%,",
	"colons":         "其中:",
	"circle":         "15分钟生活圈",
}

// TestTimeIsLinear reads each shape at a length and at ten times that length; a reader that is not
// linear takes a hundred times as long. The bound is generous, as machines are busy.
func TestTimeIsLinear(t *testing.T) {
	skipIfShort(t)
	const size, factor, bound, floor = 20_000, 10, 45, 4 * time.Millisecond
	const calmer = 5 // further tries, as the machine may have been busy with something else
	for name, unit := range longTexts {
		t.Run(name, func(t *testing.T) {
			short := max(bestTime(t, unit, size), floor)
			long := bestTime(t, unit, size*factor)
			for range calmer {
				if long <= short*bound {
					return
				}
				long = min(long, bestTime(t, unit, size*factor))
			}
			t.Errorf("%d bytes take %s, %d take %s", size, short, size*factor, long)
		})
	}
}

// TestTimeOfDocument reads one document 1, 10 and 100 times as long as it is.
func TestTimeOfDocument(t *testing.T) {
	skipIfShort(t)
	data, err := os.ReadFile("../examples/2026-plan.txt")
	if err != nil {
		t.Fatal(err)
	}
	const bound, floor = 4, 4 * time.Millisecond
	once := max(bestTime(t, string(data), len(data)), floor)
	for _, times := range []int{10, 100} {
		took := bestTime(t, string(data), len(data)*times)
		if limit := once * time.Duration(times) * bound; took > limit {
			t.Errorf("the document takes %s, %d times the document %s", once, times, took)
		}
	}
}

// bestTime is the shortest of three readings of a text made of a unit up to a size.
func bestTime(t *testing.T, unit string, size int) time.Duration {
	t.Helper()
	text := preambles["plan 2026"] + strings.Repeat(unit, size/len(unit)+1)
	doc, err := document.Open(context.Background(), "long.txt", []byte(text), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	best := time.Duration(1<<63 - 1)
	for range 3 {
		start := time.Now()
		r := reading.Read(doc, reading.Options{})
		best = min(best, time.Since(start))
		sink += len(r.Quantities)
	}
	return best
}

// skipIfShort leaves out what measures time where -short says that the race detector slows everything.
func skipIfShort(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("time is measured without -short")
	}
}

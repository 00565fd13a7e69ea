package pairing

import (
	"sort"
	"strings"
	"sync"

	"luoshi/document"
	"luoshi/indicator"
	"luoshi/reading"
)

// cue is a word that tells what period the figures behind it cover.
type cue struct {
	at      int // byte
	several bool
	year    int // of “2007年”, which speaks only of figures of that year; 0 for words
}

// cueWord is a word on time with where in it one of the characters stands by which it is found.
type cueWord struct {
	text    string
	anchor  string
	before  int // bytes of the word before the anchor
	several bool
}

// anchors are the characters one of which every word on time has.
var anchors = []string{"年", "期", "季", "近", "以"}

var cueWords = sync.OnceValue(func() []cueWord {
	var words []cueWord
	for _, list := range []struct {
		name    string
		several bool
	}{{"several", true}, {"single", false}} {
		for _, word := range vocabulary.of(list.name) {
			for _, anchor := range anchors {
				if at := strings.Index(word, anchor); at >= 0 {
					words = append(words, cueWord{word, anchor, at, list.several})
					break
				}
			}
		}
	}
	return words
})

// periodCues finds the words of several years (五年来) and of one (去年, 2012年) in the running text.
func periodCues(doc *document.Document) []cue {
	var cues []cue
	for _, anchor := range anchors {
		for at := 0; ; at += len(anchor) {
			i := strings.Index(doc.Text[at:], anchor)
			if i < 0 {
				break
			}
			at += i
			for _, w := range cueWords() {
				if w.anchor == anchor && at >= w.before && strings.HasPrefix(doc.Text[at-w.before:], w.text) && !quoted(doc.Text, at) {
					cues = append(cues, cue{at: at - w.before, several: w.several})
				}
			}
		}
	}
	for at := 0; at < len(doc.Text); {
		year, end := yearIn(doc.Text, at)
		if end < 0 {
			break
		}
		cues = append(cues, cue{at: end - len("2007年"), year: year})
		at = end
	}
	sort.Slice(cues, func(i, j int) bool {
		if cues[i].at != cues[j].at {
			return cues[i].at < cues[j].at
		}
		return cues[i].several && !cues[j].several
	})
	return cues
}

// maxQuoted is how many bytes back an opening quotation mark is looked for.
const maxQuoted = 60

// quoted tells whether a byte stands within quotation marks, as in “三年拆迁、五年完成”.
func quoted(text string, at int) bool {
	before := text[max(at-maxQuoted, 0):at]
	return strings.LastIndex(before, "“") > strings.LastIndex(before, "”")
}

// several tells whether an item covers several years: its own clause says so, or else the nearest word
// on time before it in its sentence, the word that opens the nearest sentence before it, or the nearest
// section whose title speaks of time.
func (p *Paper) several(it *Item) bool {
	if it.block < 0 || it.row >= 0 {
		return false
	}
	text, start := p.Document.Text, p.Document.Blocks[it.block].Start
	sentence := text[it.Sentence.Start:it.Span.Start]
	local := sentence[max(strings.LastIndexAny(sentence, "，,：:")+1, 0):]
	if strings.Contains(sentence, "相比") {
		local = sentence
	}
	if vocabulary.holds("annual", local) || earlierYear(local, int(it.By.Year)) {
		return true
	}
	for i := p.cueBefore(it.Span.Start); i >= 0 && p.cues[i].at >= start; i-- {
		c := p.cues[i]
		if c.year != 0 && c.year != int(it.By.Year) {
			continue
		}
		if c.at >= it.Sentence.Start || c.at-p.SentenceAt(c.at).Start <= opening {
			return c.several
		}
	}
	for _, title := range p.SectionTitles(it) {
		switch {
		case vocabulary.holds("several", title):
			return true
		case vocabulary.holds("single", title):
			return false
		}
	}
	return false
}

// standing tells whether a figure says how things stand at its date, however many years led there: a rate,
// a stock, a mean of the year (年均浓度), or what something was brought to.
func (p *Paper) standing(it *Item) bool {
	if it.Measure != reading.Level && it.Measure != reading.Share {
		return false
	}
	if it.Terms.Aggregation == indicator.Latest || it.Terms.Aggregation == indicator.Average {
		return true
	}
	before, _, found := strings.Cut(p.ClauseText(it), it.Surface)
	return found && vocabulary.closes("brought", before) && vocabulary.holds("from", before)
}

// opening is how many bytes from the start of its sentence a word on time opens it.
const opening = 18

// cueBefore is the last word on time before a byte of the text; -1 for none.
func (p *Paper) cueBefore(at int) int {
	return sort.Search(len(p.cues), func(i int) bool { return p.cues[i].at >= at }) - 1
}

// earlierYear tells whether a clause compares with a year before the last: 比2007年增长65.5%.
func earlierYear(clause string, by int) bool {
	for at := 0; at < len(clause); {
		year, end := yearIn(clause, at)
		if end < 0 {
			return false
		}
		before := clause[:end-len("2007年")]
		if year < by-1 && (strings.HasSuffix(before, "比") || strings.HasSuffix(before, "较") || strings.HasSuffix(before, "由") || strings.HasSuffix(before, "从") || strings.HasSuffix(before, "与")) {
			return true
		}
		at = end
	}
	return false
}

// yearIn finds the first “2007年” at or behind a byte; its end is -1 where there is none.
func yearIn(text string, at int) (year, end int) {
	for {
		i := strings.Index(text[at:], "年")
		if i < 0 {
			return 0, -1
		}
		end = at + i + len("年")
		if digits := at + i - 4; digits >= 0 {
			if year, ok := fourDigits(text[digits : at+i]); ok {
				return year, end
			}
		}
		at = end
	}
}

func fourDigits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, n >= 1900 && n < 2100
}

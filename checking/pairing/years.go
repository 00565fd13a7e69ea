package pairing

import (
	"sort"
	"strings"

	"luoshi/document"
)

// cue is a word that tells what period the figures behind it cover.
type cue struct {
	at      int // byte
	several bool
}

// periodCues finds the words of several years (五年来) and of one (去年, 2012年) in the running text.
func periodCues(doc *document.Document) []cue {
	var cues []cue
	for _, list := range []struct {
		name    string
		several bool
	}{{"several", true}, {"single", false}} {
		for _, word := range vocabulary.of(list.name) {
			for at := 0; ; {
				i := strings.Index(doc.Text[at:], word)
				if i < 0 {
					break
				}
				cues = append(cues, cue{at: at + i, several: list.several})
				at += i + len(word)
			}
		}
	}
	sort.Slice(cues, func(i, j int) bool {
		if cues[i].at != cues[j].at {
			return cues[i].at < cues[j].at
		}
		return cues[i].several && !cues[j].several
	})
	return cues
}

// several tells whether an item covers several years: its own clause says so, or the nearest word on
// time before it in its paragraph, or else the nearest section whose title speaks of time.
func (p *Paper) several(it *Item) bool {
	if it.block < 0 || it.row >= 0 {
		return false
	}
	b := p.Document.Blocks[it.block]
	text := p.Document.Text
	local := text[b.Start:it.Span.Start]
	local = local[max(strings.LastIndexAny(local, "，,。；;：:")+1, 0):]
	if vocabulary.holds("annual", local) || earlierYear(local, int(it.By.Year)) {
		return true
	}
	if year := statedYear(text[b.Start:it.Span.Start]); year == int(it.By.Year) {
		if !vocabulary.holds("several", text[b.Start+lastYear(text[b.Start:it.Span.Start]):it.Span.Start]) {
			return false
		}
	}
	i := sort.Search(len(p.cues), func(i int) bool { return p.cues[i].at >= it.Span.Start })
	if i > 0 && p.cues[i-1].at >= b.Start {
		return p.cues[i-1].several
	}
	for _, title := range p.SectionTitles(it) {
		if vocabulary.holds("several", title) {
			return true
		}
		if vocabulary.holds("single", title) {
			return false
		}
	}
	return false
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

// statedYear is the last year of four digits that a text names; 0 for none.
func statedYear(text string) int {
	at := lastYear(text)
	if at < 0 {
		return 0
	}
	year, _ := yearIn(text, at)
	return year
}

// lastYear is where the last “2007年” of a text begins; -1 for none.
func lastYear(text string) int {
	last := -1
	for at := 0; at < len(text); {
		_, end := yearIn(text, at)
		if end < 0 {
			break
		}
		last, at = end-len("2007年"), end
	}
	return last
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

package pairing

import (
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"

	"luoshi/document"
	"luoshi/indicator"
	"luoshi/reading"
)

// Passage is a stretch of a report's prose between commas or stops.
type Passage struct {
	At   int // code points
	Span document.Span
	Text string
}

// words finds the passages in which a document reports, by pairs of neighbouring characters.
type words struct {
	passages []Passage
	postings []posting // sorted, each once
}

// posting says that a passage holds a pair of characters: the pair above the passage, in one number that sorts
// by both.
type posting uint64

const (
	// runeBits hold any character.
	runeBits = 21
	// passageBits hold the index of a passage: what a pair of characters leaves of a number.
	passageBits = 64 - 2*runeBits
)

// passage is the passage of a posting.
func (p posting) passage() int32 { return int32(p & (1<<passageBits - 1)) }

// words are the passages of the document, looked through when first asked for.
func (p *Paper) words() *words {
	if p.found != nil {
		return p.found
	}
	w := &words{passages: p.reported()}
	w.passages = w.passages[:min(len(w.passages), 1<<passageBits)]
	size := 0
	for i := range w.passages {
		size += len(w.passages[i].Text) / len("字")
	}
	w.postings = make([]posting, 0, size)
	for i := range w.passages {
		for g := range grams(w.passages[i].Text) {
			w.postings = append(w.postings, posting(g<<passageBits|uint64(i)))
		}
	}
	slices.Sort(w.postings)
	w.postings = slices.Compact(w.postings)
	p.found = w
	return w
}

// reported are the passages of the prose that report rather than promise.
func (p *Paper) reported() []Passage {
	var found []Passage
	text, offsets, clause := p.Document.Text, document.NewOffsets(p.Document.Text), 0
	for _, b := range p.Document.Blocks {
		if b.Furniture || b.Kind != document.Paragraph {
			continue
		}
		for start := b.Start; start < b.End; {
			end, next := passageEnd(text, start, b.End)
			for clause < len(p.Clauses) && p.Clauses[clause].Span.End <= start {
				clause++
			}
			promised := clause < len(p.Clauses) && p.Clauses[clause].Span.Start < end && p.promises(&p.Clauses[clause])
			if words := strings.TrimSpace(text[start:end]); words != "" && !promised && p.reports(words, b.Section) {
				found = append(found, Passage{offsets.CodePoints(start), document.Span{Start: start, End: end}, words})
			}
			start = next
		}
	}
	return found
}

// promises tells whether a clause promises; where a title says that its section reviews, it takes a word that
// promises as well.
func (p *Paper) promises(c *reading.Clause) bool {
	if c.Kind == reading.Result {
		return false
	}
	return c.Section < 0 || p.courses[c.Section] != reviews || vocabulary.holds("promise", c.Text)
}

// passageEnd is where the passage that begins at a byte ends, and where the next one begins.
func passageEnd(text string, start, limit int) (end, next int) {
	i := strings.IndexAny(text[start:limit], "，,。；;！!")
	if i < 0 {
		return limit, limit
	}
	_, size := utf8.DecodeRuneInString(text[start+i:])
	return start + i, start + i + size
}

// reports tells whether a passage of a section reports rather than promises.
func (p *Paper) reports(words string, section int32) bool {
	return !intended(words) && (section < 0 || !p.courses[section].plan() || vocabulary.holds("back", words))
}

// with is the postings of a pair of characters.
func (w *words) with(gram uint64) []posting {
	from, _ := slices.BinarySearch(w.postings, posting(gram<<passageBits))
	to := from
	for to < len(w.postings) && uint64(w.postings[to])>>passageBits == gram {
		to++
	}
	return w.postings[from:to]
}

// rarity is how much a pair of characters tells: the fewer passages have it the more.
func (w *words) rarity(passages int) int { return bits.Len(uint(len(w.passages) / max(passages, 1))) }

// find is the passage that speaks of something, and its weight from 0 to 1000: the share of the words
// that it repeats, where rare words count for more. It is -1 where no passage has any of them.
func (w *words) find(words, verb string) (passage int32, weight int) {
	total := 0
	shared := make(map[int32]int)
	for _, g := range newTheme(words) {
		list := w.with(g)
		rarity := w.rarity(len(list))
		total += rarity
		for _, p := range list {
			shared[p.passage()] += rarity
		}
	}
	passage = -1
	for i, s := range shared {
		of := s * 950 / max(total, 1)
		if verb != "" && strings.Contains(w.passages[i].Text, verb) {
			of += 50
		}
		if of > weight || of == weight && i < passage {
			passage, weight = i, of
		}
	}
	return passage, weight
}

// theme is the pairs of characters of some words, sorted, each once.
type theme []uint64

func newTheme(text string) theme {
	var t theme
	for g := range grams(text) {
		t = append(t, g)
	}
	slices.Sort(t)
	return slices.Compact(t)
}

// themeOf is the words of an item's clause; those of the clauses before as well where its own name says
// too little. Who pays is no theme. It is worked out when first asked for.
func (p *Paper) themeOf(it *Item) theme {
	if it.theme == nil {
		it.theme = newTheme(p.themeText(it))
	}
	return it.theme
}

func (p *Paper) themeText(it *Item) string {
	if it.row >= 0 {
		return it.Subject
	}
	text := p.ClauseText(it)
	if it.poor {
		text = p.Document.Text[it.Sentence.Start:it.Span.End] + "，" + text
	}
	return withoutPayers(text + "，" + it.Subject)
}

// likeTheme is how much two themes have in common from 0 to 1000, by the words of the smaller.
func (w *words) likeTheme(a, b theme) int {
	common, of, other := 0, 0, 0
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case j == len(b) || i < len(a) && a[i] < b[j]:
			of += w.rarity(len(w.with(a[i])))
			i++
		case i == len(a) || b[j] < a[i]:
			other += w.rarity(len(w.with(b[j])))
			j++
		default:
			rarity := w.rarity(len(w.with(a[i])))
			common += rarity
			i, j = i+1, j+1
		}
	}
	return 1000 * common / max(min(of, other)+common, 1)
}

// grams yields the pairs of neighbouring letters of a text; punctuation, figures and quotation marks
// break pairs.
func grams(text string) func(yield func(uint64) bool) {
	return func(yield func(uint64) bool) {
		var before rune
		for _, r := range text {
			if r < 'A' || r >= 0x2000 && r < 0x3400 || r >= 0xFF00 {
				before = 0
				continue
			}
			if before != 0 && !yield(uint64(before)<<runeBits|uint64(r)) {
				return
			}
			before = r
		}
	}
}

const (
	// spoken is the weight from which a clause of the report speaks of a promise.
	spoken = 680
	// minObject is the least length of what is promised for a comparison of words to mean anything.
	minObject = 4
)

// Speaks is the passage that reports on an action without the figure that would decide, and its weight;
// nil where none does.
func (p *Paper) Speaks(verb, object string) (*Passage, int) {
	object = withoutPayers(object)
	if thing := without("deed", object); utf8.RuneCountInString(thing) >= minObject {
		object = thing
	}
	if utf8.RuneCountInString(object) < minObject {
		return nil, 0
	}
	return p.Tells(verb, object)
}

// Tells is the passage that says what some words say, and its weight; nil where none does.
func (p *Paper) Tells(verb, words string) (*Passage, int) {
	passage, weight := p.words().find(words, verb)
	if weight < spoken {
		return nil, 0
	}
	return &p.words().passages[passage], weight
}

// spends tells whether a passage that names an indicator of money states an amount, which then is of something
// else or would answer.
func spends(known *indicator.Indicator, passage string) bool {
	return known.Dimension == "money" && strings.Contains(passage, "亿元")
}

// Mentions is, for each indicator that the document reports on by one of its names, the first passage that
// does.
func (p *Paper) Mentions() map[*indicator.Indicator]*Passage {
	found := map[*indicator.Indicator]*Passage{}
	for i := range p.words().passages {
		passage := &p.words().passages[i]
		for _, f := range indicator.Find(passage.Text) {
			if _, known := found[f.Indicator]; !known && !vocabulary.opens("relates", passage.Text[f.Span.End:]) && !spends(f.Indicator, passage.Text) {
				found[f.Indicator] = passage
			}
		}
	}
	return found
}

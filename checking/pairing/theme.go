package pairing

import (
	"math/bits"
	"slices"
	"unicode/utf8"

	"luoshi/indicator"
	"luoshi/reading"
)

// Words finds the clauses in which a document reports, by pairs of neighbouring characters.
type Words struct {
	clauses  []reading.Clause
	postings []posting // by pair, then by clause
	reported int       // how many clauses are indexed
}

// posting says that a clause holds a pair of characters.
type posting struct {
	gram   uint64
	clause int32
}

func newWords(r *reading.Reading, planned []bool) *Words {
	w := &Words{clauses: r.Clauses}
	for i := range r.Clauses {
		c := &r.Clauses[i]
		if !reports(c, planned) {
			continue
		}
		w.reported++
		for g := range grams(r.Clauses[i].Text) {
			w.postings = append(w.postings, posting{g, int32(i)})
		}
	}
	slices.SortFunc(w.postings, func(a, b posting) int {
		switch {
		case a.gram < b.gram:
			return -1
		case a.gram > b.gram:
			return 1
		}
		return int(a.clause - b.clause)
	})
	w.postings = slices.Compact(w.postings)
	return w
}

// reports tells whether a clause reports rather than promises.
func reports(c *reading.Clause, planned []bool) bool {
	if c.Kind != reading.Result || intended(c.Text) {
		return false
	}
	return c.Section < 0 || !planned[c.Section] || vocabulary.holds("back", c.Text)
}

// with is the postings of a pair of characters.
func (w *Words) with(gram uint64) []posting {
	from, found := slices.BinarySearchFunc(w.postings, gram, func(p posting, g uint64) int {
		switch {
		case p.gram < g:
			return -1
		case p.gram > g:
			return 1
		}
		return 0
	})
	if !found {
		return nil
	}
	to := from
	for to < len(w.postings) && w.postings[to].gram == gram {
		to++
	}
	return w.postings[from:to]
}

// rarity is how much a pair of characters tells: the fewer clauses have it the more.
func (w *Words) rarity(clauses int) int { return bits.Len(uint(w.reported / max(clauses, 1))) }

// Find is the clause that speaks of something, and its weight from 0 to 1000: the share of the words
// that it repeats, where rare words count for more. It is -1 where no clause has any of them.
func (w *Words) Find(words, verb string) (clause int32, weight int) {
	total := 0
	shared := make(map[int32]int)
	for _, g := range newTheme(words) {
		list := w.with(g)
		rarity := w.rarity(len(list))
		total += rarity
		for _, p := range list {
			shared[p.clause] += rarity
		}
	}
	clause = -1
	for c, s := range shared {
		of := s * 950 / max(total, 1)
		if verb != "" && w.clauses[c].Verb == verb {
			of += 50
		}
		if of > weight || of == weight && c < clause {
			clause, weight = c, of
		}
	}
	return clause, weight
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
// too little. Who pays is no theme.
func (p *Paper) themeOf(it *Item) theme {
	if it.row >= 0 {
		return newTheme(it.Subject)
	}
	text := p.ClauseText(it)
	if it.poor {
		text = p.Document.Text[it.Sentence.Start:it.Span.End] + "，" + text
	}
	return newTheme(withoutPayers(text + "，" + it.Subject))
}

// likeTheme is how much two themes have in common from 0 to 1000, by the words of the smaller.
func (w *Words) likeTheme(a, b theme) int {
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
			if before != 0 && !yield(uint64(before)<<32|uint64(r)) {
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

// Speaks is the clause that reports on an action without the figure that would decide, and its weight;
// -1 where none does.
func (p *Paper) Speaks(verb, object string) (clause int32, weight int) {
	if utf8.RuneCountInString(withoutPayers(object)) < minObject {
		return -1, 0
	}
	if clause, weight = p.words.Find(withoutPayers(object), verb); weight < spoken {
		return -1, 0
	}
	return clause, weight
}

// Mentions is, for each indicator that the document reports on by one of its names, the first clause that
// does.
func (p *Paper) Mentions() map[*indicator.Indicator]int32 {
	found := map[*indicator.Indicator]int32{}
	for i := range p.Clauses {
		if !reports(&p.Clauses[i], p.planned) {
			continue
		}
		for _, f := range indicator.Find(p.Clauses[i].Text) {
			if _, known := found[f.Indicator]; !known {
				found[f.Indicator] = int32(i)
			}
		}
	}
	return found
}

package document

import "strings"

// sights are the places of a text that several steps look for, found in one look at each character.
type sights struct {
	years []mention // in the order of the text
	items []int32   // where 一是 stands, in the order of the text
	wide  bool      // there is a “｜”
}

// mostSights is how many places of one kind are kept; no document of this genre has a tenth of them.
const mostSights = 1 << 17

const (
	yearSign = "年"
	itemSign = "一是"
	widePipe = "｜"
)

// nextToLast and last have a bit for each byte, told by its lower six bits, in which one of these words
// ends. Hardly any other character ends in two such bytes.
var nextToLast, last = func() (nextToLast, last uint64) {
	for _, word := range [...]string{yearSign, itemSign, widePipe} {
		nextToLast |= 1 << (word[len(word)-2] & 0x3F)
		last |= 1 << (word[len(word)-1] & 0x3F)
	}
	return nextToLast, last
}()

// look finds the sights of a text, which is valid UTF-8.
func look(text string) sights {
	var found sights
	nextToLast, last := nextToLast, last
	for i := 0; i+2 < len(text); {
		if text[i] < 0xE0 {
			i++
			continue
		}
		i += 3
		if nextToLast>>(text[i-2]&0x3F)&(last>>(text[i-1]&0x3F))&1 != 0 {
			found.see(text[:i])
		}
	}
	return found
}

// see keeps what a text ends with.
func (s *sights) see(before string) {
	at := len(before)
	switch {
	case strings.HasSuffix(before, yearSign):
		at -= len(yearSign)
		if year, size := yearBefore(before[:at]); size > 0 && len(s.years) < mostSights {
			s.years = append(s.years, mention{year, Span{at - size, len(before)}})
		}
	case strings.HasSuffix(before, itemSign):
		if len(s.items) < mostSights {
			s.items = append(s.items, int32(at-len(itemSign)))
		}
	case strings.HasSuffix(before, widePipe):
		s.wide = true
	}
}

// yearsIn are the years that are named wholly within a part of the text.
func (s *sights) yearsIn(within Span) []mention {
	first, last := 0, len(s.years)
	for first < last && s.years[first].span.Start < within.Start {
		first++
	}
	for last > first && s.years[last-1].span.End > within.End {
		last--
	}
	return s.years[first:last]
}

package indicator

import (
	"strings"
	"unicode/utf8"
)

// Lookup is the indicator that a subject names. The name must be the head of the phrase, and the head of
// a Chinese phrase stands last: 望溪区地区生产总值 names the product, 地区生产总值能耗 does not. The
// longest name wins.
func Lookup(phrase string) (Match, bool) {
	d := load()
	base, notes := brackets(fold(phrase))
	m, ok := d.head(base)
	if !ok {
		return Match{}, false
	}
	m.Scope = append(m.Scope, d.words.notes(notes)...)
	return m, true
}

// maxTrail is how many trailing words may follow a name: 地区生产总值 增长 目标.
const maxTrail = 3

// head matches the end of a folded phrase without brackets.
func (d *dictionary) head(phrase string) (Match, bool) {
	masked := strings.IndexByte(phrase, '*') >= 0
	reversed := reverse(phrase)
	for range maxTrail + 1 {
		if m, ok := d.ending(phrase, reversed); ok {
			return m, true
		}
		if masked {
			if m, ok := d.masked(phrase); ok {
				return m, true
			}
		}
		_, size := d.words.last(reversed, trail)
		if size == 0 || size == len(phrase) {
			break
		}
		phrase, reversed = phrase[:len(phrase)-size], reversed[size:]
	}
	return Match{}, false
}

// ending is the longest name with which the phrase ends and that accepts what stands before it.
func (d *dictionary) ending(phrase, reversed string) (Match, bool) {
	for limit := len(reversed); limit > 0; {
		id, end := d.backward.Match(reversed[:limit], 0)
		if id < 0 {
			break
		}
		at := len(phrase) - end
		m := d.match(&d.names[id], phrase[at:], phrase[:at])
		if m.Rest == "" || !d.names[id].whole {
			return m, true
		}
		limit = end - lastSize(reversed[:end])
	}
	return Match{}, false
}

// match takes apart what stands before a name.
func (d *dictionary) match(n *name, alias, before string) Match {
	m := Match{Indicator: &d.indicators[n.indicator], Alias: alias}
	m.Scope, m.Rest = d.words.split(before)
	return m
}

// masked is the indicator that a name with masked characters can mean: each * stands for one character,
// more of the name than half must be legible, and all names that fit must be of one indicator.
func (d *dictionary) masked(phrase string) (Match, bool) {
	best, length := -1, 0
	for i := range d.names {
		n := utf8.RuneCountInString(d.names[i].text)
		if n < length || d.names[i].whole || !endsMasked(phrase, d.names[i].text) {
			continue
		}
		if n > length {
			best, length = i, n
		} else if best >= 0 && d.names[i].indicator != d.names[best].indicator {
			best = -1
		}
	}
	if best < 0 {
		return Match{}, false
	}
	at := len(phrase)
	for range length {
		at -= lastSize(phrase[:at])
	}
	return d.match(&d.names[best], phrase[at:], phrase[:at]), true
}

// endsMasked tells whether the phrase ends with the name when each * may be any one character, and
// whether a mask is part of that end.
func endsMasked(phrase, name string) bool {
	legible, hidden := 0, 0
	for name != "" {
		if phrase == "" {
			return false
		}
		p, size := utf8.DecodeLastRuneInString(phrase)
		r, nameSize := utf8.DecodeLastRuneInString(name)
		switch p {
		case r:
			legible++
		case '*':
			hidden++
		default:
			return false
		}
		phrase, name = phrase[:len(phrase)-size], name[:len(name)-nameSize]
	}
	return hidden > 0 && legible > hidden
}

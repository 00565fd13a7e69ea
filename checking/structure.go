package checking

import (
	"math/big"
	"strings"

	"luoshi/checking/interval"
	"luoshi/document"
	"luoshi/reading/numeral"
)

// structures checks ratios that say how a whole is made up: 三次产业结构为4.3:40.9:54.8. Their terms make a
// hundred; ratios that are not in hundredths (1:2:3) say nothing.
func (p *paper) structures() []Finding {
	var found []Finding
	for i := range p.Document.Blocks {
		b := &p.Document.Blocks[i]
		if b.Furniture {
			continue
		}
		for at := b.Start; at < b.End; {
			r, end := ratioAt(p.text, at, b.End)
			if len(r) >= minTerms && holds(tail(p.text[b.Start:r[0].span.Start], farBefore), "make-up") {
				found = append(found, p.judgeRatioTerms(r)...)
			}
			at = end
		}
	}
	return found
}

// minTerms is how many terms a ratio must have: with two it may be a time of day or a score.
const minTerms = 3

// term is one number of a ratio.
type term struct {
	span  document.Span
	value numeral.Decimal
}

// ratioAt reads the first ratio at or behind a place, and says where to go on. The terms are none where
// the text has no more.
func ratioAt(text string, at, limit int) (terms []term, end int) {
	colon := nextColon(text[at:limit])
	if colon < 0 {
		return nil, limit
	}
	start := at + colon
	for start > at && isNumeric(text[start-1]) {
		start--
	}
	end = at + colon + 1
	for start < limit {
		n := start
		for n < limit && isNumeric(text[n]) {
			n++
		}
		value, err := numeral.Parse(strings.TrimRight(text[start:n], "."))
		if err != nil {
			return terms, end
		}
		terms = append(terms, term{document.Span{Start: start, End: n}, value})
		end = max(end, n)
		width := colonAt(text[n:limit])
		if width == 0 {
			return terms, end
		}
		start = n + width
	}
	return terms, end
}

func isNumeric(c byte) bool { return c >= '0' && c <= '9' || c == '.' }

// nextColon is where the first colon behind a digit stands, -1 for none.
func nextColon(text string) int {
	for i := 1; i < len(text); i++ {
		if text[i-1] >= '0' && text[i-1] <= '9' && colonAt(text[i:]) > 0 {
			return i
		}
	}
	return -1
}

// colonAt is the length of the colon that a text begins with, 0 where it begins otherwise.
func colonAt(text string) int {
	for _, c := range []string{":", "\uff1a", "\u2236"} {
		if strings.HasPrefix(text, c) {
			return len(c)
		}
	}
	return 0
}

// likeHundred is how far from a hundred the terms may lie together to be taken for hundredths.
var likeHundred = interval.Interval{Lo: big.NewRat(80, 1), Hi: big.NewRat(120, 1)}

// judgeRatioTerms judges the terms of a ratio as one finding.
func (p *paper) judgeRatioTerms(terms []term) []Finding {
	sum, within := new(big.Rat), interval.Point(new(big.Rat))
	f := Finding{Severity: OK, Message: hundredSaying.holds}
	shown := make([]string, len(terms))
	offsets := document.NewOffsets(p.text)
	for i, t := range terms {
		sum.Add(sum, t.value.Rat())
		within = within.Add(interval.Of(t.value, false))
		surface := t.span.In(p.text)
		shown[i] = surface
		f.Places = append(f.Places, Place{Quantity: none, At: offsets.CodePoints(t.span.Start), Span: t.span, Surface: surface})
	}
	if !likeHundred.Holds(sum) {
		return nil
	}
	places := -min(int(terms[0].value.Exp), 0)
	f.Computation = strings.Join(shown, " + ") + " = " + scaled(sum, 0, places)
	switch {
	case sum.Cmp(hundred.Lo) == 0:
	case within.Meets(hundred):
		f.Severity = Rounding
		f.Computation += roundingNote
	default:
		f.Severity, f.Message = Error, hundredSaying.fails
		f.Suggestion = suggestion(nil)
	}
	return []Finding{f}
}

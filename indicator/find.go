package indicator

import (
	"unicode/utf8"

	"luoshi/document"
)

// Found is an indicator named in running text.
type Found struct {
	Indicator *Indicator
	Span      document.Span // bytes of the text
}

// Find is every mention of an indicator in a text, leftmost and longest first. A name that only
// modifies what stands behind it (地区生产总值 in 地区生产总值能耗) is no mention.
func Find(text string) []Found {
	d := load()
	var found []Found
	for at := 0; at < len(text); {
		id, end := d.forward.Match(text, at)
		if id < 0 {
			at++
			for at < len(text) && !utf8.RuneStart(text[at]) {
				at++
			}
			continue
		}
		if !d.words.modifies(text[end:]) && !inWord(text, at, end) {
			owner := &d.indicators[d.names[d.written[id]].indicator]
			found = append(found, Found{owner, document.Span{Start: at, End: end}})
		}
		at = end
	}
	return found
}

// modifies tells whether the text behind a name begins with a noun that makes a qualifier of the name.
func (v *vocabulary) modifies(behind string) bool {
	w, _ := v.at(behind, 0, behindRole)
	return w != nil
}

// inWord tells whether Latin letters go on before or behind a name that has Latin letters there: GDP is
// not named by GDPR.
func inWord(text string, at, end int) bool {
	return at > 0 && isLetter(text[at-1]) && isLetter(text[at]) ||
		end < len(text) && isLetter(text[end]) && isLetter(text[end-1])
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

package indicator

import (
	"strings"
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
		if !modifies(text[end:]) && !inWord(text, at, end) {
			owner := &d.indicators[d.names[d.written[id]].indicator]
			found = append(found, Found{owner, document.Span{Start: at, End: end}})
		}
		at = end
	}
	return found
}

// heads are nouns that make of the name before them a qualifier of their own.
var heads = []string{"能耗", "水耗", "用水量", "用地", "电耗", "二氧化碳", "碳排放", "占比", "比重", "的比重", "的比率", "比率", "核算", "统计", "缺口", "之比", "的比例"}

func modifies(behind string) bool {
	for _, head := range heads {
		if strings.HasPrefix(behind, head) {
			return true
		}
	}
	return false
}

// inWord tells whether Latin letters go on before or behind a name that has Latin letters there: GDP is
// not named by GDPR.
func inWord(text string, at, end int) bool {
	return at > 0 && isLetter(text[at-1]) && isLetter(text[at]) ||
		end < len(text) && isLetter(text[end]) && isLetter(text[end-1])
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

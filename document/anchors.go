package document

import (
	_ "embed"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

//go:embed anchors.json
var anchorsJSON []byte

// anchor is an event whose year is known: a plan that speaks of it plans that year.
type anchor struct {
	Year    int
	Weight  int
	Phrases []string
}

// anchorPhrase is one wording of an anchor.
type anchorPhrase struct {
	words  string
	anchor int
}

// anchors holds the events, and their wordings by first character. All of them start with a character of
// three bytes, so that a text is searched for all at once.
var anchors, anchorsByRune = func() ([]anchor, map[rune][]anchorPhrase) {
	var all []anchor
	if err := json.Unmarshal(anchorsJSON, &all); err != nil {
		panic("document: anchors.json: " + err.Error())
	}
	byRune := map[rune][]anchorPhrase{}
	for i, a := range all {
		for _, words := range a.Phrases {
			first, _ := utf8.DecodeRuneInString(words)
			byRune[first] = append(byRune[first], anchorPhrase{words, i})
		}
	}
	return all, byRune
}()

// anchorRunes tells quickly whether a character of the basic plane begins a wording.
var anchorRunes = func() *[1 << 16]bool {
	var set [1 << 16]bool
	for r := range anchorsByRune {
		set[uint16(r)] = true
	}
	return &set
}()

// fromAnchors lets events of a known year vote, each once.
func (y *yearFinder) fromAnchors() {
	body := y.m.body()
	s := body.In(y.m.text)
	voted := make([]bool, len(anchors))
	for i := 0; i+2 < len(s); {
		if s[i] < 0xE0 {
			i++
			continue
		}
		r := rune(s[i]&0x0F)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
		if anchorRunes[uint16(r)] {
			for _, phrase := range anchorsByRune[r] {
				if a := anchors[phrase.anchor]; !voted[phrase.anchor] && strings.HasPrefix(s[i:], phrase.words) {
					voted[phrase.anchor] = true
					y.plan.add(a.Year, a.Weight, Span{body.Start + i, body.Start + i + len(phrase.words)})
				}
			}
		}
		i += 3
	}
}

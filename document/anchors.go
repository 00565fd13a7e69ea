package document

import (
	_ "embed"
	"encoding/json"
	"strings"
)

//go:embed anchors.json
var anchorsJSON []byte

// anchor is an event whose year is known: a plan that speaks of it plans that year.
type anchor struct {
	Year    int
	Weight  int
	Phrases []string
}

// anchors holds the events, and their wordings, for which a text is searched all at once.
var anchors, anchorWords, anchorOf = func() ([]anchor, *wordSet, map[string]int) {
	var all []anchor
	if err := json.Unmarshal(anchorsJSON, &all); err != nil {
		panic("document: anchors.json: " + err.Error())
	}
	var words []string
	of := map[string]int{}
	for i, a := range all {
		for _, phrase := range a.Phrases {
			words = append(words, phrase)
			of[phrase] = i
		}
	}
	return all, newWordSet(words), of
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
		for _, words := range anchorWords.at(s[i:]) {
			if !strings.HasPrefix(s[i:], words) || voted[anchorOf[words]] {
				continue
			}
			event := anchorOf[words]
			voted[event] = true
			y.plan.add(anchors[event].Year, anchors[event].Weight, Span{body.Start + i, body.Start + i + len(words)})
		}
		i += 3
	}
}

package account

import (
	_ "embed"

	"luoshi/internal/account/template"
)

//go:embed sentences.txt
var sentenceLines string

//go:embed mottos.txt
var mottoLines string

// phrases are the variants of each phrase by scope and name; the first that holds is said.
var phrases = parsePhrases(sentenceLines)

func parsePhrases(text string) map[string][]template.Sentence {
	all := map[string][]template.Sentence{}
	for _, fields := range lines(text) {
		all[fields[0]] = append(all[fields[0]], template.Phrase(fields[1], fields[2]))
	}
	return all
}

// mottos are words of titles with the motto of their area, in the order in which they are tried.
var mottos = lines(mottoLines)

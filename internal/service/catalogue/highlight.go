package catalogue

import (
	"luoshi/internal/store/bigram"
)

// Stretch is a part of a text that was found, or that stands between what was found.
type Stretch struct {
	Text  string
	Found bool
}

// Highlight parts a text by where the words of a query stand in it.
func Highlight(text, words string) []Stretch {
	return parted([]rune(text), bigram.Places(text, bigram.Query(words)))
}

func parted(text []rune, places []bigram.Span) []Stretch {
	var stretches []Stretch
	at := 0
	add := func(end int, found bool) {
		if at < end {
			stretches = append(stretches, Stretch{string(text[at:end]), found})
		}
		at = end
	}
	for _, place := range places {
		add(place.Start, false)
		add(place.End, true)
	}
	add(len(text), false)
	return stretches
}

// An excerpt is as long as two lines of a page, with a little before the first word that was found.
const (
	excerptLength = 120
	excerptBefore = 24
)

// Excerpt is Highlight of the part of a long text where the words stand; an ellipsis tells that there is more.
func Excerpt(text, words string) []Stretch {
	runes := []rune(text)
	places := bigram.Places(text, bigram.Query(words))
	if len(runes) <= excerptLength {
		return parted(runes, places)
	}
	from := 0
	if len(places) > 0 {
		from = max(0, min(places[0].Start-excerptBefore, len(runes)-excerptLength))
	}
	part := string(runes[from : from+excerptLength])
	stretches := Highlight(part, words)
	if from > 0 {
		stretches = append([]Stretch{{Text: "…"}}, stretches...)
	}
	if from+excerptLength < len(runes) {
		stretches = append(stretches, Stretch{Text: "…"})
	}
	return stretches
}

package page

import (
	_ "embed" // the words
)

//go:embed words.txt
var wordsFile string

var _ = Words(wordsFile)

// alertRole is how a screen reader takes a message: trouble at once, everything else when it has time.
func alertRole(t Tone) string {
	if t == Danger || t == Warning {
		return "alert"
	}
	return "status"
}

package chart

import (
	_ "embed" // the words
	"strings"

	"luoshi/office/paper"
)

//go:embed words.txt
var wordsFile string

// words are what a chart says besides its own words.
var words = read(wordsFile)

func read(file string) map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(file) {
		if key, text, found := strings.Cut(strings.TrimRight(line, "\n"), " | "); found {
			all[key] = text
		}
	}
	return all
}

// Told is a chart in words: every figure of every series at its label, for those who do not see it.
func Told(c paper.Chart) string {
	var s strings.Builder
	s.WriteString(words[string(c.Kind)])
	if c.Measure != "" {
		s.WriteString(words["comma"] + words["measure"] + c.Measure)
	}
	s.WriteString(words["stop"])
	for _, series := range c.Series {
		s.WriteString(series.Name + words["colon"])
		for i, label := range c.Labels {
			if i > 0 {
				s.WriteString(words["comma"])
			}
			figure := words["none"]
			if i < len(series.Values) && series.Values[i] != "" {
				figure = series.Values[i]
			}
			s.WriteString(label + " " + figure)
		}
		s.WriteString(words["stop"])
	}
	return s.String()
}

// breadth is about how wide a text is: a Chinese character is as wide as it is high, others a little more than half.
func breadth(text string) float64 {
	const full, half = letter, .56 * letter
	wide := 0.0
	for _, r := range text {
		if r < 0x2000 {
			wide += half
		} else {
			wide += full
		}
	}
	return wide
}

// wrap cuts a text into lines that are not wider than the room, of one character at least.
func wrap(text string, room float64) []string {
	var lines []string
	line := ""
	for _, r := range text {
		if line != "" && breadth(line+string(r)) > room {
			lines, line = append(lines, line), ""
		}
		line += string(r)
	}
	return append(lines, line)
}

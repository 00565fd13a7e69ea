package bulletin

import (
	"strings"
)

// facts are what sentences are filled with: parts by names, and numbers that decide which sentences there are.
type facts struct {
	parts map[string]Sentence
	count map[string]int
}

// holds tells whether a sentence is said of the facts.
func (f facts) holds(t template) bool {
	for _, name := range t.when {
		if f.count[name] == 0 {
			return false
		}
	}
	for _, name := range t.unless {
		if f.count[name] != 0 {
			return false
		}
	}
	return true
}

// say are the sentences of a section.
func (f facts) say(kind Kind) []Sentence {
	var all []Sentence
	for _, t := range templates {
		if t.section == kind && f.holds(t) {
			all = append(all, f.fill(t))
		}
	}
	return all
}

// fill puts the facts into a sentence.
func (f facts) fill(t template) Sentence {
	var s Sentence
	text := t.text
	for text != "" {
		before, rest, found := strings.Cut(text, "{")
		s = s.with(Part{Text: before})
		if !found {
			break
		}
		name, after, _ := strings.Cut(rest, "}")
		for _, p := range f.parts[name] {
			if p.Value.Known() {
				p.Key = string(t.section) + "." + name + p.Key
			}
			s = s.with(p)
		}
		text = after
	}
	return s
}

// with is a sentence with one more part. Words that follow on words are one part with them.
func (s Sentence) with(p Part) Sentence {
	if p.Text == "" {
		return s
	}
	if last := len(s) - 1; last >= 0 && plain(s[last]) && plain(p) {
		s[last].Text += p.Text
		return s
	}
	return append(s, p)
}

func plain(p Part) bool { return p.Key == "" && p.From == nil }

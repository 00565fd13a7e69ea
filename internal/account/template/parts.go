package template

import (
	"slices"
	"strings"
)

// condition is what stands in brackets before a text, and the text.
func (p *parser) condition(line string) (when []Test, text string) {
	inside, is := strings.CutPrefix(line, "[")
	if !is {
		return nil, line
	}
	inside, text, closed := strings.Cut(inside, "]")
	if !closed {
		p.fault("bracket")
		return nil, line
	}
	return p.tests(inside), strings.TrimSpace(text)
}

// tests are the names of a condition.
func (p *parser) tests(text string) []Test {
	var all []Test
	for _, word := range strings.Fields(text) {
		t := Test{}
		t.Name, t.Not = strings.CutPrefix(word, "!")
		var valued bool
		t.Name, t.Value, valued = strings.Cut(t.Name, "=")
		if t.Name == "" || valued && t.Value == "" {
			p.fault("condition", word)
			continue
		}
		if !p.holds(t.Name) && p.list(t.Name) == "" {
			p.fault("name", t.Name)
		}
		all = append(all, t)
	}
	return all
}

// parts are words and placeholders.
func (p *parser) parts(text string) []Part {
	var all []Part
	for text != "" {
		at := strings.IndexAny(text, "{}")
		if at < 0 {
			return append(all, Part{Words: text})
		}
		if at > 0 {
			all = append(all, Part{Words: text[:at]})
		}
		inside, rest, closed := strings.Cut(text[at+1:], "}")
		if text[at] == '}' || !closed || strings.Contains(inside, "{") {
			p.fault("brace")
			return all
		}
		all = append(all, p.placeholder(inside))
		text = rest
	}
	return all
}

// placeholder is a name, or a list with a name.
func (p *parser) placeholder(inside string) Part {
	fields := strings.Fields(inside)
	if len(fields) == 0 || fields[0] != "each" {
		name := strings.TrimSpace(inside)
		if !p.holds(name) {
			p.fault("name", name)
		}
		return Part{Name: name}
	}
	part, ok := Part{}, len(fields) > 2
	fields = fields[1:]
	if at := slices.Index(fields, "first"); at > 0 && ok {
		_, part.First, ok = p.selection(append([]string{fields[0]}, fields[at:]...))
		fields = fields[:at]
	}
	if !ok || len(fields) < 2 || len(fields) > 3 {
		p.fault("each.part")
		return part
	}
	part.List, part.Name = fields[0], fields[1]
	if len(fields) > 2 {
		part.Between = fields[2]
	}
	scope := p.list(part.List)
	if scope == "" {
		p.fault("list", part.List)
		return part
	}
	if !p.words.Holds(scope, part.Name) && !p.holds(part.Name) {
		p.fault("name", part.Name)
	}
	return part
}

// holds tells whether some scope has a placeholder.
func (p *parser) holds(name string) bool {
	return slices.ContainsFunc(p.scopes, func(scope string) bool { return p.words.Holds(scope, name) })
}

// list is the scope of a list's members, as the innermost scope has it that has such a list.
func (p *parser) list(name string) string {
	for i := len(p.scopes) - 1; i >= 0; i-- {
		if scope := p.words.List(p.scopes[i], name); scope != "" {
			return scope
		}
	}
	return ""
}

// Phrase is a condition and a text that come with the program. Their names are checked by a test.
func Phrase(when, text string) Sentence {
	p := &parser{words: anything{}, scopes: []string{Report}}
	return Sentence{When: p.tests(when), Parts: p.parts(text)}
}

// anything is a vocabulary that has every name.
type anything struct{}

func (anything) Holds(string, string) bool       { return true }
func (anything) List(string, string) string      { return Report }
func (anything) Columns(string, string) []string { return nil }

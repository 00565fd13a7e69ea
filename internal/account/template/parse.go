package template

import (
	"slices"
	"strconv"
	"strings"
)

// Bounds of templates.
const (
	mostBytes = 64 << 10
	deepest   = 6
)

// Parse reads a template. What is wrong with it is said all at once, as Faults.
func Parse(name, text string, words Vocabulary) (Template, error) {
	p := &parser{words: words, scopes: []string{Report}, template: Template{Name: name, Text: text, Head: map[string]Sentence{}}}
	if len(text) > mostBytes {
		p.fault("size", strconv.Itoa(mostBytes))
		return Template{}, p.faults
	}
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		p.lines = append(p.lines, strings.TrimSpace(line))
	}
	p.head()
	p.template.Body, _ = p.nodes("")
	if len(p.faults) > 0 {
		return Template{}, p.faults
	}
	return p.template, nil
}

// parser goes through the lines of a template.
type parser struct {
	words    Vocabulary
	scopes   []string // the innermost last
	lines    []string
	at       int // the line that is read, from 1
	depth    int // of blocks
	template Template
	faults   Faults
}

func (p *parser) fault(code string, args ...string) {
	p.faults = append(p.faults, Fault{Line: max(p.at, 1), Code: code, Args: args})
}

// next is the next line that says something; it is false behind the last one.
func (p *parser) next() (string, bool) {
	for p.at < len(p.lines) {
		p.at++
		if line := p.lines[p.at-1]; line != "" && !strings.HasPrefix(line, "#") {
			return line, true
		}
	}
	return "", false
}

// nodes are those up to the end of a block, with the word that ends it. The outermost ends with the text.
func (p *parser) nodes(block string) (all []Node, closer string) {
	opened := p.at
	for {
		line, more := p.next()
		if !more {
			if block != "" {
				p.faults = append(p.faults, Fault{Line: opened, Code: "open", Args: []string{block}})
			}
			return all, ""
		}
		word, rest, is := directive(line)
		switch text, appended := strings.CutPrefix(line, "+"); {
		case is && (word == "end" && block != "" || word == "else" && block == "if"):
			return all, word
		case is:
			if n, ok := p.directive(word, rest); ok {
				all = append(all, n)
			}
		case appended:
			p.append(all, text)
		default:
			all = append(all, p.block(line))
		}
	}
}

// directive is the word behind @ and what follows it.
func directive(line string) (word, rest string, is bool) {
	text, is := strings.CutPrefix(line, "@")
	word, rest, _ = strings.Cut(text, " ")
	return word, strings.TrimSpace(rest), is
}

// append adds a sentence to the paragraph before it.
func (p *parser) append(all []Node, text string) {
	if len(all) == 0 || all[len(all)-1].Kind != Paragraph {
		p.fault("append")
		return
	}
	last := &all[len(all)-1]
	when, text := p.condition(strings.TrimSpace(text))
	last.Sentences = append(last.Sentences, Sentence{When: when, Parts: p.parts(text)})
}

// block is a heading or a paragraph.
func (p *parser) block(line string) Node {
	n := Node{Kind: Paragraph, Line: p.at}
	if plain, escaped := strings.CutPrefix(line, `\`); escaped {
		n.Sentences = []Sentence{{Parts: p.parts(plain)}}
		return n
	}
	when, line := p.condition(line)
	text := strings.TrimLeft(line, "=")
	if n.Level = len(line) - len(text); n.Level == 0 {
		n.Sentences = []Sentence{{When: when, Parts: p.parts(line)}}
		return n
	}
	n.Kind, n.When = Heading, when
	if n.Level > 4 {
		p.fault("level")
	}
	if text = strings.TrimSpace(text); text == "" {
		p.fault("empty")
	}
	n.Sentences = []Sentence{{Parts: p.parts(text)}}
	return n
}

// directive reads one that opens a block, or that stands for a table or a chart.
func (p *parser) directive(word, rest string) (Node, bool) {
	n := Node{Kind: Kind(word), Line: p.at}
	switch n.Kind {
	case Each:
		return p.each(n, rest)
	case If:
		return p.choice(n, rest)
	case Table, Chart:
		return p.display(n, rest)
	}
	if word == "end" || word == "else" {
		p.fault(word)
	} else {
		p.fault("directive", word)
	}
	return n, false
}

// each reads a loop with its body.
func (p *parser) each(n Node, rest string) (Node, bool) {
	fields := strings.Fields(rest)
	ok := false
	if n.Of, n.First, ok = p.selection(fields); !ok {
		p.fault("each")
	}
	scope := p.list(n.Of)
	if ok && scope == "" {
		p.fault("list", n.Of)
	}
	p.scopes = append(p.scopes, scope)
	n.Then, _ = p.body("each")
	p.scopes = p.scopes[:len(p.scopes)-1]
	return n, ok
}

// selection is a list with how many of it.
func (p *parser) selection(fields []string) (list string, first int, ok bool) {
	switch {
	case len(fields) == 1:
		return fields[0], 0, true
	case len(fields) == 3 && fields[1] == "first":
		n, err := strconv.Atoi(fields[2])
		return fields[0], n, err == nil && n > 0
	}
	return "", 0, false
}

// choice reads @if with what follows in both cases.
func (p *parser) choice(n Node, rest string) (Node, bool) {
	if n.When = p.tests(rest); len(n.When) == 0 {
		p.fault("if")
	}
	closer := ""
	if n.Then, closer = p.body("if"); closer == "else" {
		n.Else, _ = p.body("else")
	}
	return n, true
}

// body are the nodes of a block, with the word that ends it.
func (p *parser) body(block string) ([]Node, string) {
	if p.depth++; p.depth == deepest+1 {
		p.fault("deep", strconv.Itoa(deepest))
	}
	defer func() { p.depth-- }()
	return p.nodes(block)
}

// display reads a table or a chart.
func (p *parser) display(n Node, rest string) (Node, bool) {
	head, caption, found := strings.Cut(rest, ":")
	if before, behind, wide := strings.Cut(rest, "\uff1a"); wide && (!found || len(before) < len(head)) {
		head, caption, found = before, behind, true
	}
	fields := strings.Fields(head)
	if caption = strings.TrimSpace(caption); !found || caption == "" || len(fields) == 0 {
		p.fault("caption", string(n.Kind))
		return n, false
	}
	n.Of, n.Columns = fields[0], fields[1:]
	var known []string
	for i := len(p.scopes) - 1; i >= 0 && known == nil; i-- {
		known = p.words.Columns(p.scopes[i], string(n.Kind)+"."+n.Of)
	}
	if known == nil {
		p.fault("table", n.Of)
	}
	for _, column := range n.Columns {
		if known != nil && !slices.Contains(known, column) {
			p.fault("column", n.Of, column, strings.Join(known, " "))
		}
	}
	n.Sentences = []Sentence{{Parts: p.parts(caption)}}
	return n, true
}

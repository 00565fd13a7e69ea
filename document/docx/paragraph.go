package docx

import (
	"strings"

	"luoshi/document/layout"
	"luoshi/document/part"
)

// paragraph is a paragraph while it is being read.
type paragraph struct {
	styleID  string
	heading  int
	outlined bool // the paragraph itself says its outline level
	number   numberRef
	numbered bool // the paragraph itself says its list
	levelled bool // … and its level there
	hidden   bool // the run being read is hidden
	// fields has one entry for each field that is open: true until its result begins.
	fields []bool
	lines  []string // those that a line break has ended
	line   strings.Builder
	boxes  []part.Part // of text boxes anchored in the paragraph
}

// write adds text that is seen on the page.
func (p *paragraph) write(text string) {
	if p.hidden {
		return
	}
	for _, code := range p.fields {
		if code {
			return
		}
	}
	if strings.ContainsAny(text, "\r\n\t\u2028\u2029\u0085") {
		text = strings.NewReplacer("\r\n", " ", "\r", " ", "\n", " ", "\t", " ", "\u2028", " ", "\u2029", " ", "\u0085", " ").Replace(text)
	}
	p.line.WriteString(text)
}

// breakLine ends a line within the paragraph.
func (p *paragraph) breakLine() {
	p.lines = append(p.lines, p.line.String())
	p.line.Reset()
}

// field follows the beginning, the separator and the end of a field.
func (p *paragraph) field(kind string) {
	switch last := len(p.fields) - 1; kind {
	case "begin":
		p.fields = append(p.fields, true)
	case "separate":
		if last >= 0 {
			p.fields[last] = false
		}
	case "end":
		if last >= 0 {
			p.fields = p.fields[:last]
		}
	}
}

func (p *paragraph) blank() bool {
	return strings.TrimSpace(p.line.String()) == "" && strings.TrimSpace(strings.Join(p.lines, "")) == ""
}

// parts is the paragraph as parts: one for each line of running text, one alone for a heading, whose
// line breaks only fit it to the page.
func (p *paragraph) parts(number string, heading int, s *style) []part.Part {
	p.breakLine()
	if s.title || heading > 0 {
		text := numbered(number, layout.JoinHeading(p.lines))
		if text == "" {
			return nil
		}
		return []part.Part{{Text: text, Heading: heading, Title: s.title}}
	}
	var parts []part.Part
	for _, line := range p.lines {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		parts = append(parts, part.Part{Text: numbered(number, line), Furniture: s.toc})
		number = ""
	}
	return parts
}

package docx

import (
	"strings"

	"luoshi/office/paper"
)

// paragraph is a paragraph with what it has beyond its style, in twentieths of a point.
type paragraph struct {
	style   string
	before  int    // space above
	align   string // empty for the style's
	left    int
	right   int
	hanging int
	first   int    // of the first line
	keep    bool   // with the next one
	rule    string // see rules
	content string // its runs
	section string // the properties of the section that it ends
}

// rules stand above and beneath paragraphs: the red one under the head, and the thin one within the 版记.
var rules = map[string][]string{
	"head":   {"w:bottom", "w:val", "single", "w:sz", "18", "w:space", "11", "w:color", "E60012"},
	"letter": {"w:bottom", "w:val", "thickThinSmallGap", "w:sz", "24", "w:space", "6", "w:color", "E60012"},
	"inside": {"w:top", "w:val", "single", "w:sz", "6", "w:space", "0", "w:color", "000000"},
}

func (p *paragraph) write(m *markup) {
	m.open("w:p")
	m.open("w:pPr")
	m.value("w:pStyle", p.style)
	if p.keep {
		m.empty("w:keepNext")
	}
	if rule := rules[p.rule]; rule != nil {
		m.open("w:pBdr")
		m.empty(rule[0], rule[1:]...)
		m.close("w:pBdr")
	}
	if p.before > 0 {
		m.empty("w:spacing", "w:before", itoa(p.before))
	}
	p.writeIndents(m)
	if p.align != "" {
		m.value("w:jc", p.align)
	}
	m.WriteString(p.section)
	m.close("w:pPr")
	m.WriteString(p.content)
	m.close("w:p")
}

func (p *paragraph) writeIndents(m *markup) {
	var indents []string
	for _, indent := range []struct {
		name string
		size int
	}{{"w:left", p.left}, {"w:right", p.right}, {"w:hanging", p.hanging}, {"w:firstLine", p.first}} {
		if indent.size > 0 {
			indents = append(indents, indent.name, itoa(indent.size))
		}
	}
	if len(indents) > 0 {
		m.empty("w:ind", indents...)
	}
}

// run writes a run; line breaks within its text stay line breaks.
func (m *markup) run(r paper.Run) {
	m.open("w:r")
	eastern := strings.ContainsAny(r.Text, shared)
	if eastern || r.Bold {
		m.open("w:rPr")
		if eastern {
			m.empty("w:rFonts", "w:hint", "eastAsia")
		}
		if r.Bold {
			m.empty("w:b")
			m.empty("w:bCs")
		}
		m.close("w:rPr")
	}
	for i, line := range strings.Split(r.Text, "\n") {
		if i > 0 {
			m.empty("w:br")
		}
		for j, piece := range strings.Split(line, "\t") {
			if j > 0 {
				m.empty("w:tab")
			}
			if piece != "" {
				m.open("w:t", "xml:space", "preserve")
				m.text(piece)
				m.close("w:t")
			}
		}
	}
	m.close("w:r")
}

// shared are characters that Chinese and Western fonts both have: without a hint they would stand in the Western one,
// quotation marks narrow and dashes broken.
const shared = "\u00b0\u00b1\u00b7\u00d7\u00f7\u2014\u2018\u2019\u201c\u201d\u2026\u2030\u2103\u2116\u2160\u2161\u2162\u2163\u2460\u2461\u2462\u2463\u2464\u2465\u2466\u2467\u2468\u2469"

// words are runs of plain text.
func words(texts ...string) string {
	m := &markup{}
	for _, text := range texts {
		m.run(paper.Run{Text: text})
	}
	return m.String()
}

package page

import (
	"html"
	"strings"
)

// markup is HTML while it is being written.
type markup struct{ strings.Builder }

func (m *markup) raw(s string) { m.WriteString(s) }

func (m *markup) text(s string) { m.raw(html.EscapeString(s)) }

// line is a line of markup.
func (m *markup) line(s string) {
	m.raw(s)
	m.raw("\n")
}

// open begins an element; attributes are names followed by their values, and those without value are left out.
func (m *markup) open(name string, attributes ...string) {
	m.raw("<" + name)
	for i := 0; i+1 < len(attributes); i += 2 {
		if attributes[i+1] != "" {
			m.raw(" " + attributes[i] + `="`)
			m.text(attributes[i+1])
			m.raw(`"`)
		}
	}
	m.raw(">")
}

func (m *markup) close(name string) { m.raw("</" + name + ">") }

// element is a line with a text in an element; an empty text is none.
func (m *markup) element(name, class, text string) {
	if text == "" {
		return
	}
	m.open(name, "class", class)
	m.text(text)
	m.close(name)
	m.raw("\n")
}

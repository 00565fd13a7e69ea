package docx

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// markup is XML while it is being written.
type markup struct{ strings.Builder }

// open begins an element; attributes are names followed by their values.
func (m *markup) open(name string, attributes ...string) {
	m.tag(name, attributes)
	m.WriteByte('>')
}

// empty is an element without content.
func (m *markup) empty(name string, attributes ...string) {
	m.tag(name, attributes)
	m.WriteString("/>")
}

func (m *markup) tag(name string, attributes []string) {
	m.WriteByte('<')
	m.WriteString(name)
	for i := 0; i+1 < len(attributes); i += 2 {
		m.WriteByte(' ')
		m.WriteString(attributes[i])
		m.WriteString(`="`)
		m.text(attributes[i+1])
		m.WriteByte('"')
	}
}

func (m *markup) close(names ...string) {
	for _, name := range names {
		m.WriteString("</")
		m.WriteString(name)
		m.WriteByte('>')
	}
}

// text is character data; what XML cannot hold becomes U+FFFD.
func (m *markup) text(s string) {
	_ = xml.EscapeText(&m.Builder, []byte(s)) // a strings.Builder takes all
}

// value is an empty element with a w:val.
func (m *markup) value(name, value string) { m.empty(name, "w:val", value) }

func itoa(n int) string { return strconv.Itoa(n) }

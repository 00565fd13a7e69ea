package papertest

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"luoshi/office/paper"
)

// CheckRead holds what a reader of a format with pages made of a document, rendered by package partcheck, against the
// document: nothing is missing, and each table stands row by row with its spans. Spaces do not count: no such format
// knows them.
func CheckRead(t testing.TB, d paper.Document, got string) {
	t.Helper()
	read := unspaced(got)
	for _, text := range Texts(d) {
		if !strings.Contains(read, unspaced(text)) {
			t.Errorf("%q is not read", text)
		}
	}
	for _, b := range d.Body {
		if b.Table == nil {
			continue
		}
		if want := unspaced(rendered(b.Table)); !strings.Contains(read, want) {
			t.Errorf("the table %s is not read as\n%s\nin\n%s", b.Table.Caption, want, read)
		}
	}
}

// rendered is a table as package partcheck renders one.
func rendered(t *paper.Table) string {
	var s strings.Builder
	for _, rows := range [][][]paper.Cell{t.Header, t.Rows} {
		for _, row := range rows {
			s.WriteString("|")
			for _, c := range row {
				s.WriteString(c.String())
				if c.Rows > 1 {
					fmt.Fprintf(&s, "↓%d", c.Rows)
				}
				if c.Columns > 1 {
					fmt.Fprintf(&s, "→%d", c.Columns)
				}
				s.WriteString("|")
			}
			s.WriteString("\n")
		}
	}
	return s.String()
}

func unspaced(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

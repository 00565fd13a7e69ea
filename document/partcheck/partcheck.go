// Package partcheck is for the tests of the formats' readers: it renders parts for golden files and
// checks what every reader promises of them.
package partcheck

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"luoshi/document/part"
)

// Render writes parts one a line: a heading as “# ”, the title as “#! ”, furniture as “~ ”; a table as
// one line for its shape and one for each row, cells between bars, with ↓ and → for their extent.
func Render(parts []part.Part) string {
	var b strings.Builder
	for _, p := range parts {
		if p.Furniture {
			b.WriteString("~ ")
		}
		if p.Kind == part.TableKind {
			renderTable(&b, p.Table)
			continue
		}
		if p.Heading > 0 || p.Title {
			b.WriteString(strings.Repeat("#", p.Heading))
			if p.Title {
				b.WriteByte('!')
			}
			b.WriteByte(' ')
		}
		b.WriteString(p.Text)
		b.WriteByte('\n')
	}
	return b.String()
}

func renderTable(b *strings.Builder, t *part.Table) {
	fmt.Fprintf(b, "[table header=%d %s]\n", t.HeaderRows, t.Caption)
	for _, row := range t.Rows {
		b.WriteByte('|')
		for _, c := range row {
			b.WriteString(c.Text)
			if c.RowSpan > 1 {
				fmt.Fprintf(b, "↓%d", c.RowSpan)
			}
			if c.ColSpan > 1 {
				fmt.Fprintf(b, "→%d", c.ColSpan)
			}
			b.WriteByte('|')
		}
		b.WriteByte('\n')
	}
}

// Check is the first promise that the parts break: text that is not valid UTF-8 or has line breaks, an
// empty paragraph, a table without rows, an extent that leaves the table.
func Check(parts []part.Part) error {
	for i, p := range parts {
		if p.Kind == part.TableKind {
			if err := checkTable(p.Table); err != nil {
				return fmt.Errorf("part %d: %w", i, err)
			}
			continue
		}
		if p.Text == "" {
			return fmt.Errorf("part %d is empty", i)
		}
		if err := checkText(p.Text); err != nil {
			return fmt.Errorf("part %d: %w", i, err)
		}
	}
	return nil
}

func checkTable(t *part.Table) error {
	if t == nil || len(t.Rows) == 0 {
		return fmt.Errorf("a table without rows")
	}
	if t.HeaderRows < 0 || t.HeaderRows > len(t.Rows) {
		return fmt.Errorf("%d header rows of %d", t.HeaderRows, len(t.Rows))
	}
	for i, row := range t.Rows {
		for _, c := range row {
			if err := checkText(c.Text); err != nil {
				return fmt.Errorf("row %d: %w", i, err)
			}
			if i+max(c.RowSpan, 1) > len(t.Rows) || c.RowSpan < 0 || c.ColSpan < 0 {
				return fmt.Errorf("row %d: a cell over %d rows of %d", i, c.RowSpan, len(t.Rows))
			}
		}
	}
	return checkText(t.Caption)
}

func checkText(text string) error {
	if !utf8.ValidString(text) {
		return fmt.Errorf("%q is not valid UTF-8", text)
	}
	if strings.ContainsAny(text, "\n\r\v\f\u0085\u2028\u2029") {
		return fmt.Errorf("%q has a line break", text)
	}
	return nil
}

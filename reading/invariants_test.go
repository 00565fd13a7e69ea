package reading_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"luoshi/document"
	"luoshi/reading"
)

// checkReading tells what cannot be true of any reading, whatever its document says.
func checkReading(tb testing.TB, r *reading.Reading) {
	tb.Helper()
	text := r.Document.Text
	offsets := document.NewOffsets(text)
	end := 0
	for i := range r.Quantities {
		q := &r.Quantities[i]
		if !within(text, q.Span) || q.Surface != q.Span.In(text) || q.Surface == "" {
			tb.Errorf("quantity %d: surface %q at %v", i, q.Surface, q.Span)
			continue
		}
		if q.Span.Start < end {
			tb.Errorf("quantity %d: %q overlaps or stands before the one before it", i, q.Surface)
		}
		end = q.Span.End
		if at := offsets.CodePoints(q.Span.Start); at != q.At {
			tb.Errorf("quantity %d: %q at %d, is at %d", i, q.Surface, q.At, at)
		}
		checkQuantity(tb, r, q)
	}
	checkClauses(tb, r)
	checkFurniture(tb, r)
}

// checkFurniture checks that nothing was read from navigation, sources and footers, and that each
// quantity and clause lies within one block.
func checkFurniture(tb testing.TB, r *reading.Reading) {
	tb.Helper()
	blocks := r.Document.Blocks
	holder := func(from int, s document.Span) int {
		for from < len(blocks) && blocks[from].End < s.End {
			from++
		}
		if from == len(blocks) || s.Start < blocks[from].Start || blocks[from].Furniture {
			tb.Errorf("%q lies in no block that is read", s.In(r.Document.Text))
			return 0
		}
		return from
	}
	at := 0
	for i := range r.Quantities {
		at = holder(at, r.Quantities[i].Span)
	}
	at = 0
	for i := range r.Clauses {
		c := &r.Clauses[i]
		at = holder(at, c.Span)
		if b := &blocks[at]; b.Table < 0 && c.Section != b.Section {
			tb.Errorf("clause %q names section %d, its block %d", c.Text, c.Section, b.Section)
		}
	}
}

// within tells whether a span lies in the text and cuts no character.
func within(text string, s document.Span) bool {
	return s.Start >= 0 && s.Start <= s.End && s.End <= len(text) &&
		(s.Start == len(text) || utf8.RuneStart(text[s.Start])) && (s.End == len(text) || utf8.RuneStart(text[s.End]))
}

// checkQuantity checks a quantity against its document and against what its fields mean.
func checkQuantity(tb testing.TB, r *reading.Reading, q *reading.Quantity) {
	tb.Helper()
	if q.Unit != "" && !unitIsPrinted(r.Document, q) {
		tb.Errorf("%q: its unit %q is nowhere in the document", q.Surface, q.Unit)
	}
	if q.Subject != strings.TrimSpace(q.Subject) || strings.ContainsAny(q.Subject, "\n\r") {
		tb.Errorf("%q: subject %q", q.Surface, q.Subject)
	}
	if q.Cmp == reading.Between && q.Value.Cmp(q.Upper) >= 0 {
		tb.Errorf("%q: a range from %s to %s", q.Surface, q.Value, q.Upper)
	}
	if !q.By.IsZero() && q.By.Year <= 0 {
		tb.Errorf("%s at %d: the date %s has no year", q.Surface, q.At, q.By)
	}
	if q.Kind == reading.Target && !q.By.IsZero() && q.By.Day == 0 {
		tb.Errorf("%q: due on %s", q.Surface, q.By)
	}
	if (q.Table < 0) != (q.Cell < 0) {
		tb.Errorf("%q: table %d, cell %d", q.Surface, q.Table, q.Cell)
	}
	if q.Table < 0 || q.Cell < 0 {
		return
	}
	cells := r.Document.Tables[q.Table].Cells
	if cell := cells[q.Cell]; q.Span.Start < cell.Start || q.Span.End > cell.End {
		tb.Errorf("%q: outside its cell %q", q.Surface, cell.In(r.Document.Text))
	}
}

// spelledUnits are written with words of their own: 百分之五, 千分之三.
var spelledUnits = map[string]string{"%": "百分之", "‰": "千分之"}

// unitIsPrinted tells whether the unit is in the document: for a table's cell in any of its headings.
func unitIsPrinted(doc *document.Document, q *reading.Quantity) bool {
	if strings.Contains(q.Surface, q.Unit) {
		return true
	}
	if word := spelledUnits[q.Unit]; word != "" && (strings.Contains(q.Surface, word) || q.Table >= 0) {
		return true // a column of rates need not print its sign
	}
	return strings.Contains(strings.Join(strings.Fields(doc.Text), ""), q.Unit)
}

// checkClauses checks that clauses follow one another and that they and the quantities name each other.
func checkClauses(tb testing.TB, r *reading.Reading) {
	tb.Helper()
	text := r.Document.Text
	offsets := document.NewOffsets(text)
	end, owned := 0, map[int32]int32{}
	for i := range r.Clauses {
		c := &r.Clauses[i]
		if !within(text, c.Span) || c.Text != c.Span.In(text) || strings.TrimSpace(c.Text) == "" {
			tb.Errorf("clause %d: %q at %v", i, c.Text, c.Span)
			continue
		}
		if c.Span.Start < end {
			tb.Errorf("clause %d: %q overlaps or stands before the one before it", i, c.Text)
		}
		end = c.Span.End
		if c.At != offsets.CodePoints(c.Span.Start) || c.End != offsets.CodePoints(c.Span.End) {
			tb.Errorf("clause %d: %q at %d to %d", i, c.Text, c.At, c.End)
		}
		if !strings.Contains(text, c.Verb) || !strings.Contains(text, c.Owner) {
			tb.Errorf("clause %d: verb %q or owner %q is not in the text", i, c.Verb, c.Owner)
		}
		if int(c.Section) >= len(r.Document.Outline) {
			tb.Errorf("clause %d: section %d of %d", i, c.Section, len(r.Document.Outline))
		}
		from, to := c.Quantities[0], c.Quantities[1]
		if from < 0 || from > to || int(to) > len(r.Quantities) {
			tb.Errorf("clause %d: quantities %d to %d of %d", i, from, to, len(r.Quantities))
			continue
		}
		named := strings.Contains(text, c.Object)
		for k := from; k < to; k++ {
			q := &r.Quantities[k]
			named = named || strings.HasSuffix(q.Subject, c.Object)
			owned[k] = int32(i)
			if q.Clause != int32(i) || q.Span.Start < c.Span.Start || q.Span.End > c.Span.End {
				tb.Errorf("clause %d %q holds %q, which names clause %d", i, c.Text, q.Surface, q.Clause)
			}
		}
		if !named {
			tb.Errorf("clause %d: object %q is neither in the text nor a subject", i, c.Object)
		}
	}
	for k := range r.Quantities {
		clause, found := owned[int32(k)]
		if named := r.Quantities[k].Clause; found && named != clause || !found && named != -1 {
			tb.Errorf("%q names clause %d, which does not hold it", r.Quantities[k].Surface, named)
		}
	}
}

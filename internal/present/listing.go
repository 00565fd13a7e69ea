package present

import (
	"bytes"
	"strings"

	"luoshi/internal/present/columns"
)

// gap is the number of blanks between two columns.
const gap = 2

// listing is rows of words under headings, aligned in the columns of a terminal.
type listing struct {
	columns []listingColumn
	rows    []listingRow
}

// listingColumn says how a terminal shows a column.
type listingColumn struct {
	heading string
	right   bool // numbers stand to the right
	least   int  // columns below which it is not cut; 0: it is not cut at all
	most    int  // columns beyond which it is cut even where there is room; 0: none
	painted bool // it shows the colour of its row
	wraps   bool // the last column only: what does not fit goes on below instead of being cut
}

// listingRow is the words of one record, with further lines for its last column.
type listingRow struct {
	words []string
	below []string
	paint paint
}

// write lays the listing out for a terminal of so many columns; 0 cuts nothing.
func (l *listing) write(text *bytes.Buffer, p palette, terminal int) {
	headings, widths := make([]string, len(l.columns)), make([]int, len(l.columns))
	for c, column := range l.columns {
		headings[c] = column.heading
		widths[c] = columns.Of(headings[c])
	}
	for _, row := range l.rows {
		for c := range row.words {
			row.words[c] = columns.Plain(row.words[c])
			widths[c] = max(widths[c], columns.Of(row.words[c]))
		}
		for i := range row.below {
			row.below[i] = columns.Plain(row.below[i])
			widths[len(widths)-1] = max(widths[len(widths)-1], columns.Of(row.below[i]))
		}
	}
	for c, column := range l.columns {
		if column.most > 0 {
			widths[c] = min(widths[c], column.most)
		}
	}
	widths = fitWidths(l.columns, widths, terminal)
	l.writeLine(text, widths, headings, p.heading, p.heading)
	for _, row := range l.rows {
		l.writeRow(text, widths, row, p)
	}
}

// writeRow writes a record: its line, and below it what the last column has no room for.
func (l *listing) writeRow(text *bytes.Buffer, widths []int, row listingRow, p palette) {
	last := len(widths) - 1
	if last < len(l.columns)-1 || !l.columns[last].wraps {
		l.writeLine(text, widths, row.words, p.plain, row.paint)
		return
	}
	indent := 0
	for _, width := range widths[:last] {
		indent += width + gap
	}
	lines := columns.Wrap(row.words[last], widths[last])
	first := append(append([]string{}, row.words[:last]...), lines[0])
	l.writeLine(text, widths, first, p.plain, row.paint)
	follow := func(lines []string, brush paint) {
		for _, line := range lines {
			text.WriteString(strings.Repeat(" ", indent) + brush.paint(line) + "\n")
		}
	}
	follow(lines[1:], p.plain)
	for _, more := range row.below {
		follow(columns.Wrap(more, widths[last]), p.faint)
	}
}

// writeLine writes one line. The last column is not filled up, so that no line ends in blanks.
func (l *listing) writeLine(text *bytes.Buffer, widths []int, row []string, base, painted paint) {
	var pending int
	for c, width := range widths {
		value := columns.Fit(row[c], width)
		filled := columns.Pad(value, width, l.columns[c].right)
		trimmed := strings.TrimRight(filled, " ")
		brush := base
		if l.columns[c].painted {
			brush = painted
		}
		if trimmed != "" {
			text.WriteString(strings.Repeat(" ", pending))
			text.WriteString(brush.paint(trimmed))
			pending = 0
		}
		pending += columns.Of(filled) - columns.Of(trimmed) + gap
	}
	text.WriteByte('\n')
}

// fitWidths narrows columns until a row fits into the terminal: always the widest of those that may be
// cut. Where that is not enough, the columns at the end go.
func fitWidths(shown []listingColumn, widths []int, terminal int) []int {
	if terminal <= 0 {
		return widths
	}
	total := -gap
	for _, width := range widths {
		total += width + gap
	}
	for total > terminal {
		widest := -1
		for c, column := range shown {
			if column.least > 0 && widths[c] > column.least && (widest < 0 || widths[c] > widths[widest]) {
				widest = c
			}
		}
		if widest < 0 {
			break
		}
		widths[widest]--
		total--
	}
	for total > terminal && len(widths) > 1 {
		total -= widths[len(widths)-1] + gap
		widths = widths[:len(widths)-1]
	}
	return widths
}

package present

import (
	"bytes"
	"io"
	"strings"

	"luoshi/internal/present/columns"
	"luoshi/reading"
)

// gap is the number of blanks between two columns.
const gap = 2

// tableColumn says how a terminal shows a column.
type tableColumn struct {
	field field
	right bool // numbers stand to the right
	least int  // columns below which it is not cut; 0: it is not cut at all
}

// tableColumns are the compact columns of each part; the rest is for files.
var tableColumns = map[What][]tableColumn{
	Quantities: {
		{field: quantityField("at"), right: true},
		{field: quantityField("surface"), least: 10},
		{field: field{"value", amountCell}, right: true}, // never cut: half a number is another number
		{field: quantityField("cmp")},
		{field: quantityField("measure")},
		{field: quantityField("subject"), least: 10},
		{field: quantityField("by")},
		{field: quantityField("kind")},
		{field: quantityField("firm")},
	},
	Clauses: {
		{field: clauseField("at"), right: true},
		{field: clauseField("verb"), least: 6},
		{field: clauseField("object"), least: 12},
		{field: clauseField("by")},
		{field: clauseField("kind")},
		{field: clauseField("firm")},
		{field: clauseField("owner"), least: 8},
		{field: clauseField("text"), least: 16},
	},
	Outline: {
		{field: outlineField("at"), right: true},
		{field: field{"title", indentedTitle}, least: 20},
	},
}

func quantityField(key string) field { return views[Quantities].pick(key).fields[0] }
func clauseField(key string) field   { return views[Clauses].pick(key).fields[0] }
func outlineField(key string) field  { return views[Outline].pick(key).fields[0] }

// amountCell is the value with its unit, digits in groups of three.
func amountCell(m *material, i int) cell {
	q := &m.Quantities[i]
	amount := grouped(q.Value.String())
	if q.Cmp == reading.Between {
		amount += "–" + grouped(q.Upper.String())
	}
	return textCell(strings.TrimSpace(amount + " " + q.Unit))
}

// grouped sets commas between the thousands of a plain decimal.
func grouped(digits string) string {
	sign := ""
	if strings.HasPrefix(digits, "-") {
		sign, digits = "-", digits[1:]
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return sign + whole
}

// indentedTitle is a heading set in by its level.
func indentedTitle(m *material, i int) cell {
	s := m.Document.Outline[i]
	indent := strings.Repeat("  ", max(0, int(s.Level)-1))
	return textCell(indent + s.Marker.In(m.Document.Text) + s.Title.In(m.Document.Text))
}

// tableWriter writes a table for each document under a line that names it.
type tableWriter struct {
	out     io.Writer
	opts    Options
	palette palette
	written bool
}

func newTableWriter(w io.Writer, opts Options) *tableWriter {
	return &tableWriter{out: w, opts: opts, palette: newPalette(opts.Colour)}
}

func (w *tableWriter) Prepare(r *reading.Reading) (Commit, error) {
	var text bytes.Buffer
	m := newMaterial(r)
	w.headDocument(&text, m)
	if w.opts.What == Meta {
		w.writeFacts(&text, m)
	} else {
		w.writeRows(&text, m)
	}
	return func() error {
		if w.written {
			if _, err := io.WriteString(w.out, "\n"); err != nil {
				return err
			}
		}
		w.written = true
		_, err := w.out.Write(text.Bytes())
		return err
	}, nil
}

func (w *tableWriter) Close() error { return nil }

// headDocument names the document and what it calls itself.
func (w *tableWriter) headDocument(text *bytes.Buffer, m *material) {
	name, title := columns.Plain(m.Document.Name), columns.Plain(m.Document.Meta.Title.Value)
	if w.opts.Width > 0 {
		name = columns.Fit(name, w.opts.Width)
		title = columns.Fit(title, max(0, w.opts.Width-columns.Of(name)-gap))
	}
	text.WriteString(w.palette.name.paint(name))
	if title != "" {
		text.WriteString("  " + w.palette.faint.paint(title))
	}
	text.WriteByte('\n')
}

// writeFacts writes the metadata, a line for each fact.
func (w *tableWriter) writeFacts(text *bytes.Buffer, m *material) {
	labels := 0
	for _, f := range metaFields {
		labels = max(labels, columns.Of(f.heading(w.opts.Lang)))
	}
	for _, f := range metaFields[1:] {
		value := columns.Plain(f.value(m, 0).words(w.opts.Lang))
		if value == "" {
			continue
		}
		if w.opts.Width > 0 {
			value = columns.Fit(value, max(1, w.opts.Width-labels-2*gap))
		}
		text.WriteString("  " + w.palette.faint.paint(columns.Pad(f.heading(w.opts.Lang), labels, false)) + "  " + value + "\n")
	}
}

func (w *tableWriter) writeRows(text *bytes.Buffer, m *material) {
	v, shown := views[w.opts.What], tableColumns[w.opts.What]
	records := v.rows(m, w.opts.Kinds)
	headings := make([]string, len(shown))
	widths := make([]int, len(shown))
	for c, column := range shown {
		headings[c] = column.field.heading(w.opts.Lang)
		widths[c] = columns.Of(headings[c])
	}
	rows := make([][]string, len(records))
	for n, i := range records {
		rows[n] = make([]string, len(shown))
		for c, column := range shown {
			rows[n][c] = columns.Plain(column.field.value(m, i).words(w.opts.Lang))
			widths[c] = max(widths[c], columns.Of(rows[n][c]))
		}
	}
	fitted := fitWidths(shown, widths, w.opts.Width)
	w.writeRow(text, shown, fitted, headings, w.palette.heading, w.palette.heading)
	for n, i := range records {
		kind := w.palette.plain
		if v.kind != nil {
			kind = w.palette.kinds[v.kind(m, i)]
		}
		w.writeRow(text, shown, fitted, rows[n], w.palette.plain, kind)
	}
}

// writeRow writes one line; the columns that carry the kind are painted with it. The last column is not
// filled up, so that no line ends in blanks.
func (w *tableWriter) writeRow(text *bytes.Buffer, shown []tableColumn, widths []int, row []string, base, kind paint) {
	var pending int
	for c, width := range widths {
		value := columns.Fit(row[c], width)
		filled := columns.Pad(value, width, shown[c].right)
		trimmed := strings.TrimRight(filled, " ")
		brush := base
		if key := shown[c].field.key; key == "kind" || key == "surface" || key == "verb" {
			brush = kind
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
func fitWidths(shown []tableColumn, widths []int, terminal int) []int {
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

package present

import (
	"bytes"
	"io"
	"strings"

	"luoshi/document"
	"luoshi/internal/present/columns"
	"luoshi/internal/present/wording"
	"luoshi/reading"
)

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
	headDocument(&text, m.Document, w.palette, w.opts.Width)
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

// headDocument names a document and what it calls itself, within so many columns; 0 cuts nothing.
func headDocument(text *bytes.Buffer, doc *document.Document, p palette, terminal int) {
	name, title := columns.Plain(doc.Name), columns.Plain(doc.Meta.Title.Value)
	if terminal > 0 {
		name = columns.Fit(name, terminal)
		title = columns.Fit(title, max(0, terminal-columns.Of(name)-gap))
	}
	text.WriteString(p.name.paint(name))
	if title != "" {
		text.WriteString("  " + p.faint.paint(title))
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
	l := listing{columns: make([]listingColumn, len(shown))}
	for c, column := range shown {
		l.columns[c] = column.listed(w.opts.Lang)
	}
	for _, i := range v.rows(m, w.opts.Kinds) {
		row := listingRow{words: make([]string, len(shown))}
		for c, column := range shown {
			row.words[c] = column.field.value(m, i).words(w.opts.Lang)
		}
		if v.kind != nil {
			row.paint = w.palette.kinds[v.kind(m, i)]
		}
		l.rows = append(l.rows, row)
	}
	l.write(text, w.palette, w.opts.Width)
}

// listed is the column of a listing; those that say what a record is carry the colour of its kind.
func (c tableColumn) listed(lang wording.Lang) listingColumn {
	key := c.field.key
	return listingColumn{
		heading: c.field.heading(lang), right: c.right, least: c.least,
		painted: key == "kind" || key == "surface" || key == "verb",
	}
}

package sheet

import (
	"slices"
	"strconv"
	"strings"

	"luoshi/ledger/reporting"
)

// reader is a workbook while its rows are read.
type reader struct {
	Template
	source   string
	typed    map[place]string
	stamps   map[reporting.Subject]seen
	rows     []Said
	problems []Problem
}

// formCells reads the sheets that are filled.
func (r *reader) formCells(b book) error {
	for _, g := range b.with(subjectKey) {
		if err := r.sheetCells(g); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) sheetCells(g grid) error {
	fields, err := fieldsOf(g)
	if err != nil {
		return err
	}
	for y := firstRow; y <= len(g); y++ {
		texts, words := textsOf(g, y, fields)
		key := tidy(g.at(subjectColumn, y))
		if key == "" {
			if len(words) > 0 {
				r.note(Problem{Code: "row.extra"}, strconv.Itoa(y), strings.Join(words, "\uff1b"))
			}
			continue
		}
		if err := r.row(key, tidy(g.at(seenColumn, y)), tidy(g.at(firstColumn, y)), texts, fields); err != nil {
			return err
		}
	}
	return nil
}

// fieldsOf are the columns that can be filled, by the hidden keys above their headings.
func fieldsOf(g grid) (map[int]Field, error) {
	fields, twice := map[int]Field{}, map[Field]bool{}
	for x := firstColumn; x <= len(g[keysRow-1]); x++ {
		key := Field(tidy(g.at(x, keysRow)))
		c, known := columnOf(key)
		switch {
		case key == "" || known && c.kind == fixed:
			continue
		case !known || twice[key]:
			return nil, faults().New("sheet.columns")
		}
		fields[x], twice[key] = key, true
	}
	if tidy(g.at(seenColumn, keysRow)) != "seen" || len(fields) == 0 {
		return nil, faults().New("sheet.columns")
	}
	return fields, nil
}

// textsOf are the input cells of a row that say something, and their words from left to right.
func textsOf(g grid, y int, fields map[int]Field) (texts map[Field]string, words []string) {
	texts = map[Field]string{}
	for x := 1; x <= len(g[y-1]); x++ {
		if f, asked := fields[x]; asked {
			if text := tidy(g.at(x, y)); text != "" {
				texts[f], words = text, append(words, text)
			}
		}
	}
	return texts, words
}

// row reads a row of the form.
func (r *reader) row(key, stamp, title string, texts map[Field]string, fields map[int]Field) error {
	subject, err := reporting.ParseSubject(key)
	when, ok := parseSeen(stamp)
	if err != nil || !ok {
		return faults().New("sheet.columns")
	}
	if _, twice := r.stamps[subject]; twice {
		return faults().New("sheet.twice", title)
	}
	r.stamps[subject] = when
	for f, text := range texts {
		r.typed[place{subject: subject, field: f}] = text
	}
	all := map[place]string{}
	for p, text := range r.typed {
		if p.subject == subject {
			all[p] = text
		}
	}
	if fingerprint(all) == when.said {
		return nil
	}
	row, there := r.Template.row(subject)
	if !there {
		r.note(Problem{Code: "row.unknown"}, title, strings.Join(sorted(texts), "\uff1b"))
		return nil
	}
	r.take(row, when, all, fields)
	return nil
}

// take reads the cells of a row that was touched.
func (r *reader) take(row Row, when seen, texts map[place]string, fields map[int]Field) {
	p := &parser{Template: r.Template, row: row, texts: texts, out: row.Now}
	for _, c := range columns() {
		if c.kind != fixed && slices.Contains(fieldsIn(fields), c.key) {
			p.cell(c)
		}
	}
	p.nodes()
	p.basis()
	p.out.Subject, p.out.Origin, p.out.Source = row.Subject, reporting.Template, r.source
	if row.prefilled() && fingerprint(texts) == fingerprint(r.issued(row)) {
		p.out.Origin, p.out.Source = reporting.Prefilled, row.Offered.Source
	}
	r.problems = append(r.problems, p.problems...)
	if len(p.problems) == 0 && !(p.out.IsEmpty() && row.Now.IsEmpty()) {
		r.rows = append(r.rows, Said{Observation: p.out, Seen: when.revision})
	}
}

func fieldsIn(fields map[int]Field) []Field {
	var all []Field
	for _, f := range fields {
		all = append(all, f)
	}
	return all
}

// sorted are the words of cells in the order of the columns.
func sorted(texts map[Field]string) []string {
	var all []string
	for _, c := range columns() {
		if text := texts[c.key]; text != "" {
			all = append(all, text)
		}
	}
	return all
}

func (r *reader) note(p Problem, facts ...string) {
	r.problems = append(r.problems, worded(p, facts...))
}

// nodeCells reads the sheet of nodes, where the form has one.
func (r *reader) nodeCells(b book) error {
	for _, g := range b.with(nodeKey) {
		for y := firstRow; y <= len(g); y++ {
			if err := r.node(tidy(g.at(subjectColumn, y)), tidy(g.at(nodeOnColumn, y))); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *reader) node(key, text string) error {
	if key == "" || text == "" {
		return nil
	}
	of, number, _ := strings.Cut(key, "#")
	subject, err := reporting.ParseSubject(of)
	n, wrong := strconv.Atoi(number)
	if err != nil || wrong != nil || n < 1 {
		return faults().New("sheet.columns")
	}
	r.typed[place{subject: subject, node: n}] = asDay(text)
	return nil
}

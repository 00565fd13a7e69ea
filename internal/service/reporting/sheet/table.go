package sheet

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"luoshi/internal/service/catalogue/table"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Mapping says for what the columns of a table are to be taken, by their headings; a column for nothing is left out.
// Headings that are not in it are recognised by their usual names.
type Mapping map[string]string

// Table is a table of other make, as it would fill the form.
type Table struct {
	Columns []TableColumn
	Rows    []TableRow
}

// TableColumn is a column of a table, and for what it is taken: a key of TableKeys, or nothing.
type TableColumn struct {
	Heading string
	Key     string
}

// TableRow is a row of a table.
type TableRow struct {
	Number      int                   // in the file, from 1
	Name        string                // as the table has it
	Subject     reporting.Subject     // whom it is about; none where that cannot be told
	Title       string                // of the subject
	Observation reporting.Observation // what would stand in the form
	Seen        int64                 // the revision that it would replace
	Problems    []Problem
}

// Sound tells whether the row can come in.
func (r TableRow) Sound() bool {
	return r.Subject != (reporting.Subject{}) && !slices.ContainsFunc(r.Problems, func(p Problem) bool { return !p.Warning })
}

// Sound are the rows that can come in.
func (t Table) Sound() []Said {
	var all []Said
	for _, r := range t.Rows {
		if r.Sound() {
			all = append(all, Said{Observation: r.Observation, Seen: r.Seen})
		}
	}
	return all
}

// Faulty are the rows of the unit that cannot come in. Rows that are nothing of the unit's are none of them.
func (t Table) Faulty() []TableRow {
	return slices.DeleteFunc(slices.Clone(t.Rows), func(r TableRow) bool {
		return r.Sound() || r.Stranger()
	})
}

//go:embed tablecolumns.txt
var tableLines string

var tableFields = sync.OnceValue(func() []table.Field { return table.ParseFields(tableLines) })

// TableKeys are for what columns can be taken, and how pages call that.
func TableKeys() map[string]ledger.Wording {
	all := map[string]ledger.Wording{
		nameKey: {ZH: "事项名称", EN: "matter"}, subjectKey: {ZH: "事项编号", EN: "subject"}, measureKey: {ZH: "计量单位", EN: "unit"},
		periodKey: {ZH: "当期数", EN: "figure of the period"}, cumulativeKey: {ZH: "累计数", EN: "cumulative figure"},
	}
	for _, f := range tableFields() {
		if _, own := all[f.Key]; !own {
			all[f.Key] = Field(f.Key).Label()
		}
	}
	return all
}

// Keys of tablecolumns.txt that are no fields.
const (
	nameKey       = "name"
	measureKey    = "measure"
	periodKey     = "period"
	cumulativeKey = "cumulative"
)

const strangerCode = "table.nobody"

// ReadTable reads a table of other make (.xlsx or .csv): rows are found by their names, columns by their headings or
// as they are mapped. The errors are *service.Fault.
func (t Template) ReadTable(source string, data []byte, mapping Mapping) (Table, error) {
	found, err := table.Read(source, data, t.tableFields(mapping))
	if err != nil {
		return Table{}, err
	}
	out := Table{}
	for _, f := range tableFields() {
		if heading, there := found.Headings[f.Key]; there {
			out.Columns = append(out.Columns, TableColumn{Heading: heading, Key: f.Key})
		}
	}
	for _, heading := range found.Unknown {
		out.Columns = append(out.Columns, TableColumn{Heading: heading})
	}
	taken := map[reporting.Subject]bool{}
	for _, r := range found.Rows {
		out.Rows = append(out.Rows, t.tableRow(source, r, found.Headings, taken))
	}
	return out, nil
}

// Columns are the columns of a table whose rows cannot be told, for somebody who is to say what they hold.
func (t Template) Columns(source string, data []byte, mapping Mapping) ([]TableColumn, error) {
	headings, err := table.Headings(source, data)
	if err != nil {
		return nil, err
	}
	fields := t.tableFields(mapping)
	columns := make([]TableColumn, len(headings))
	for i, heading := range headings {
		columns[i].Heading = heading
		for _, f := range fields {
			if slices.Contains(f.Names, table.Heading(heading)) {
				columns[i].Key = f.Key
				break
			}
		}
	}
	return columns, nil
}

// Stranger tells whether the row is nothing of the unit's.
func (r TableRow) Stranger() bool {
	return len(r.Problems) == 1 && r.Problems[0].Code == strangerCode
}

// tableFields are the columns to look for: those that are mapped by their headings, the others by their usual names
// and by those of the period, as in 1-3月.
func (t Template) tableFields(mapping Mapping) []table.Field {
	mapped := map[string][]string{}
	for heading, key := range mapping {
		mapped[key] = append(mapped[key], table.Heading(heading))
	}
	elsewhere := slices.Concat(slices.Collect(maps.Values(mapped))...)
	fields := slices.Clone(tableFields())
	for i, f := range fields {
		if names, there := mapped[f.Key]; there {
			fields[i].Names = names
			continue
		}
		names := slices.Concat(f.Names, t.periodNames(f.Key))
		fields[i].Names = slices.DeleteFunc(names, func(n string) bool { return slices.Contains(elsewhere, n) })
		if len(fields[i].Names) == 0 {
			fields[i].Names = f.Names[:1] // a needed column that was mapped away is missed under its usual name
		}
	}
	return fields
}

// periodNames are what tables call the columns of a month: 3月, 1-3月, 1—3月累计.
func (t Template) periodNames(key string) []string {
	if t.Period.Frequency != reporting.Monthly {
		return nil
	}
	_, month, _ := strings.Cut(t.Period.Title().ZH, "\u5e74") // 年
	var names []string
	switch key {
	case periodKey:
		names = []string{month, month + "\u4efd"} // 份
	case cumulativeKey:
		for _, dash := range []string{"-", "\u2014", "\u2014\u2014", "\u81f3", "~"} { // 至
			names = append(names, "1"+dash+month, "1"+dash+month+"\u7d2f\u8ba1", "1"+dash+month+"\u4efd") // 累计
		}
	}
	return names
}

// tableRow reads a row of a table.
func (t Template) tableRow(source string, r table.Row, headings map[string]string, taken map[reporting.Subject]bool) TableRow {
	out := TableRow{Number: r.Number, Name: r.Cells[nameKey]}
	wrong := func(code string, facts ...string) TableRow {
		out.Problems = append(out.Problems, worded(Problem{Code: code, Subject: out.Subject, Title: out.Title}, facts...))
		return out
	}
	rows := t.called(out.Name)
	if row, there := t.numbered(r.Cells[subjectKey]); there {
		rows = []Row{row}
	}
	switch {
	case len(rows) == 0:
		return wrong(strangerCode, out.Name)
	case len(rows) > 1:
		return wrong("table.several", out.Name, titles(rows))
	}
	row := rows[0]
	out.Subject, out.Title, out.Seen = row.Subject, row.Title, row.Revision
	if taken[row.Subject] {
		return wrong("table.twice", row.Title)
	}
	taken[row.Subject] = true
	p := &parser{Template: t, row: row, texts: map[place]string{}, out: row.Now}
	both := p.table(r, headings)
	out.Problems = p.problems
	p.out.Subject, p.out.Origin, p.out.Source = row.Subject, reporting.Imported, source
	out.Observation = p.out
	if len(p.texts) == 0 {
		return wrong("table.nothing")
	}
	if both {
		out.Problems = append(out.Problems, worded(Problem{Code: "table.both", Subject: row.Subject, Field: reporting.FieldValue, Warning: true}))
	}
	return out
}

// table reads what a table says into the fields that the row asks for. Both tells that it states the figure in both
// ways.
func (p *parser) table(r table.Row, headings map[string]string) (both bool) {
	value, basis, heading := r.Cells["value"], p.row.Basis, headings["value"]
	if text := r.Cells[periodKey]; text != "" {
		value, basis, heading = text, reporting.OfPeriod, headings[periodKey]
	}
	if text := r.Cells[cumulativeKey]; text != "" {
		both = r.Cells[periodKey] != "" && !p.row.Fixed
		value, basis, heading = text, reporting.Cumulative, headings[cumulativeKey]
	}
	for _, c := range columns() {
		text, over := r.Cells[string(c.key)], headings[string(c.key)]
		if c.key == reporting.FieldValue {
			text, over = value, heading
		}
		if text == "" || !p.row.asks(c) || c.key == givenField {
			continue
		}
		p.texts[place{subject: p.row.Subject, field: c.key}] = p.counted(c, text, r.Cells[measureKey], over)
		p.cell(c)
	}
	stated := p.out.Value.Known() || p.out.Numerator.Known()
	if value != "" && stated || p.out.Given == "" && stated {
		p.out.Given = basis
	}
	p.basis()
	return both
}

// counted is a figure with the unit that its column or its row says, where that is another one than the form's.
func (p *parser) counted(c column, text, measure, heading string) string {
	switch c.key {
	case reporting.FieldValue, reporting.FieldBase, reporting.FieldArrived, reporting.FieldPaid:
	default:
		return text
	}
	if inHeading := bracketed(heading); inHeading != "" {
		measure = inHeading
	}
	number, known := table.Figure(text)
	if measure == "" || measure == p.row.Measure() || !known {
		return text
	}
	return number.Plain() + measure
}

// bracketed is what stands in brackets behind a heading: 万元 of 完成投资 (万元).
func bracketed(heading string) string {
	_, inside, found := strings.Cut(norm.NFKC.String(heading), "(")
	inside, _, closed := strings.Cut(inside, ")")
	if !found || !closed {
		return ""
	}
	return strings.TrimSpace(inside)
}

// called are the rows that a name means: those of exactly that name, otherwise those whose name it holds or that hold it.
func (t Template) called(name string) []Row {
	name = plainName(name)
	if name == "" {
		return nil
	}
	var same, like []Row
	for _, r := range t.Rows {
		title := plainName(r.Title)
		switch {
		case title == name:
			same = append(same, r)
		case len([]rune(title)) >= 4 && strings.Contains(name, title) || len([]rune(name)) >= 4 && strings.Contains(title, name):
			like = append(like, r)
		}
	}
	if len(same) > 0 {
		return same
	}
	return like
}

// numbered is the row with a subject.
func (t Template) numbered(text string) (Row, bool) {
	subject, err := reporting.ParseSubject(text)
	if err != nil {
		return Row{}, false
	}
	return t.row(subject)
}

// plainName is a name without blanks, quotation marks, notes and the number before it: “1. 新增养老床位 (张)”.
func plainName(name string) string {
	name = table.Heading(name)
	name = strings.TrimLeftFunc(name, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(".\u3001-:", r) })
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Quotation_Mark, r) || strings.ContainsRune("\u300a\u300b\u3001,.;:\u3002", r) {
			return -1
		}
		return r
	}, name)
}

func titles(rows []Row) string {
	var all []string
	for _, r := range rows {
		all = append(all, r.Title)
	}
	return strings.Join(all, "\u3001")
}

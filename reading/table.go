package reading

import (
	_ "embed"
	"strings"
	"sync"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/reading/numeral"
	"luoshi/reading/unit"
)

//go:embed columns.txt
var columnsFile string

// role is what a column holds.
type role uint8

const (
	plainColumn role = iota
	nameColumn       // names of the rows
	noteColumn       // 备注, 序号, 责任单位: not read
	unitColumn
	proseColumn // tasks in sentences
)

// columnWord is one word of columns.txt with what it says.
type columnWord struct{ word, says string }

var columnWords = sync.OnceValue(func() []columnWord {
	var words []columnWord
	for line := range strings.Lines(columnsFile) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		says, list, _ := strings.Cut(line, ":")
		for _, w := range strings.Fields(list) {
			words = append(words, columnWord{w, says})
		}
	}
	return words
})

// column is what the heading of a column says of its cells.
type column struct {
	role     role
	heading  string // all the rows of headings above the cell together
	leaf     string // the lowest of them, which decides where it can
	unit     string // as printed: 亿元
	measure  Measure
	measured bool // the heading states the measure
	kind     Kind
	by       calendar.Date
}

// readTable reads the cells that carry numbers (GUIDE, “Tables”).
func (r *reader) readTable(index int32) {
	t := &r.doc.Tables[index]
	columns := r.columns(t)
	for i := 0; i < len(t.Cells); {
		row := t.Cells[i].Row
		n := i
		for n < len(t.Cells) && t.Cells[n].Row == row {
			n++
		}
		if row >= t.HeaderRows {
			r.readRow(index, columns, i, n)
		}
		i = n
	}
}

// columns reads the headings.
func (r *reader) columns(t *document.Table) []column {
	columns := make([]column, t.Cols)
	for i := range t.Cells {
		c := &t.Cells[i]
		if c.Row >= t.HeaderRows {
			break
		}
		text := squeeze(c.In(r.text))
		for col := c.Col; col < min(c.Col+max(1, c.ColSpan), t.Cols); col++ {
			if columns[col].heading != text {
				columns[col].heading += text
			}
			if text != "" {
				columns[col].leaf = text
			}
		}
	}
	tableUnit := ""
	if !t.Unit.Empty() {
		tableUnit = strings.TrimSpace(t.Unit.In(r.text))
	}
	named := false
	for col := range columns {
		c := &columns[col]
		r.readHeading(c)
		if c.unit == "" {
			c.unit = tableUnit
		}
		if !named && c.role == plainColumn && r.namesRows(t, col) {
			c.role, named = nameColumn, true
		}
	}
	return columns
}

// squeeze drops the blanks and line breaks that a narrow column puts into its words.
func squeeze(text string) string {
	return strings.Join(strings.Fields(text), "")
}

// readHeading reads one heading.
func (r *reader) readHeading(c *column) {
	c.kind = r.frame.mode
	c.unit = headingUnit(c.heading)
	decided := decide(c.leaf)
	if len(decided) == 0 {
		decided = decide(c.heading)
	}
	switch {
	case decided["note"]:
		c.role = noteColumn
		return
	case decided["unit"]:
		c.role = unitColumn
		return
	case decided["prose"] && !decided["result"] && c.unit == "":
		c.role = proseColumn
	}
	switch {
	case decided["share"] && c.unit != "亿元" && c.unit != "万元":
		c.measure, c.measured = Share, true
	case decided["rate"]:
		c.measured = true
	case decided["decline"]:
		c.measure, c.measured = Decline, true
	case decided["growth"] && (c.unit == "%" || c.unit == "％" || c.unit == ""):
		c.measure, c.measured = Growth, true
	}
	if c.measured && c.unit == "" {
		c.unit = "%"
	}
	r.dateHeading(c, decided)
}

// decide is what the words of a heading say.
func decide(heading string) map[string]bool {
	decided := map[string]bool{}
	for _, w := range columnWords() {
		if !strings.Contains(heading, w.word) || w.says == "unit" && heading != w.word {
			continue
		}
		decided[w.says] = true
		if w.says == "note" || w.says == "unit" {
			break
		}
	}
	return decided
}

// dateHeading finds the kind and the day of a column's figures.
func (r *reader) dateHeading(c *column, decided map[string]bool) {
	progress := decided["result"] || c.measured
	switch {
	case progress:
		c.kind = Result
	case decided["target"] || decided["prose"]:
		c.kind = Target
	}
	c.by = r.frame.defaultBy(c.kind)
	if c.kind == Result {
		c.by = r.frame.reportEnd
	}
	r.titles.runText(c.heading)
	for i := range r.titles.dates {
		m := &r.titles.dates[i]
		by := known(m.Resolve(r.frame.year).To)
		if m.Year == r.frame.year && c.kind == Result && r.frame.reportEnd.Before(by) {
			continue
		}
		if c.kind == Target && m.Year == r.frame.year {
			continue
		}
		c.by = by
	}
}

// headingUnit is the unit in a heading: 投资(亿元), 增长%, 金额：万元.
func headingUnit(heading string) string {
	for _, pair := range [][2]string{{"(", ")"}, {"（", "）"}} {
		at := strings.LastIndex(heading, pair[0])
		for at >= 0 {
			inner := heading[at+len(pair[0]):]
			if end := strings.Index(inner, pair[1]); end >= 0 {
				inner = inner[:end]
			}
			inner = strings.TrimPrefix(strings.TrimPrefix(inner, "单位:"), "单位：")
			if isUnit(inner) {
				return inner
			}
			at = strings.LastIndex(heading[:at], pair[0])
		}
	}
	for _, sign := range []string{"%", "％", "‰"} {
		if strings.HasSuffix(heading, sign) {
			return sign
		}
	}
	return ""
}

// isUnit tells whether text is a unit with its magnitude and nothing else: 亿元, 万人次, %.
func isUnit(text string) bool {
	_, bare := splitUnit(text)
	if bare == "" {
		return false
	}
	class, end := unit.Match(bare, 0)
	return class != unit.None && class != unit.Date && class != unit.Name && end == len(bare)
}

// splitUnit divides 亿元 into its power of ten and 元.
func splitUnit(text string) (exp int8, bare string) {
	n, ok := numeral.Scan("1"+text, 0)
	if !ok || n.Value.Coef != 1 {
		return 0, text
	}
	return n.Value.Exp, text[n.End-1:]
}

// namesRows tells whether most cells of a column below the headings are words.
func (r *reader) namesRows(t *document.Table, col int) bool {
	words, numbers := 0, 0
	for i := range t.Cells {
		c := &t.Cells[i]
		if c.Row < t.HeaderRows || c.Col != col || c.Empty() {
			continue
		}
		if isPlainNumber(c.In(r.text)) {
			numbers++
		} else {
			words++
		}
	}
	return words > numbers
}

// isPlainNumber tells whether a cell is a number and nothing else.
func isPlainNumber(text string) bool {
	text = strings.TrimLeft(strings.TrimSpace(text), "-－+")
	n, ok := numeral.Scan(text+" ", 0)
	return text != "" && ok && !n.Spelled && strings.TrimSpace(text[n.End:]) == ""
}

// readRow reads the cells first to last of one row.
func (r *reader) readRow(index int32, columns []column, first, last int) {
	t := &r.doc.Tables[index]
	row := tableRow{table: index, by: calendar.Date{}}
	for i := first; i < last; i++ {
		c := &t.Cells[i]
		switch columns[c.Col].role {
		case nameColumn:
			row.subject = rowName(c.In(r.text))
		case proseColumn:
			if name := c.In(r.text); row.subject == "" && len(name) <= maxRowName {
				row.subject = rowName(name)
			}
		case unitColumn:
			row.unit = squeeze(c.In(r.text))
		case noteColumn:
			r.readNote(&row, c, &columns[c.Col])
		}
	}
	r.readPeriod(&row)
	for i := first; i < last; i++ {
		c := &t.Cells[i]
		if c.Empty() {
			continue
		}
		before := len(r.out.Quantities)
		switch col := &columns[c.Col]; col.role {
		case nameColumn:
			r.readRowName(&row, int32(i), c, columns)
		case plainColumn:
			r.readCell(&row, int32(i), c, col)
		case proseColumn:
			r.readProse(&row, int32(i), c)
		}
		if row.dated && columns[c.Col].role == plainColumn {
			r.nameByColumn(&row, columns[:c.Col+1], before)
		}
	}
}

// maxRowName is the longest task, in bytes, that can name the figures of its row.
const maxRowName = 75

// tableRow is what a row's name and unit cells say.
type tableRow struct {
	table   int32
	subject string
	unit    string
	by      calendar.Date // from a column of deadlines
	owner   string
	on      calendar.Date // the end of the period that names the row: 2024年, 一季度
	dated   bool          // a period names the row, and the columns name what is measured
}

// rowName is the row's name without its number and without a count in parentheses behind it.
func rowName(text string) string {
	if strings.ContainsAny(text, "\r\n") {
		text = squeeze(text)
	}
	text = strings.TrimSpace(text)
	for _, mark := range []string{"、", ".", "．"} {
		if at := strings.Index(text, mark); at > 0 && at <= len("十一")+1 && len(text) > at+len(mark) && isMarker(text[:at]) {
			text = text[at+len(mark):]
			break
		}
	}
	text = strings.TrimPrefix(strings.TrimPrefix(text, "其中:"), "其中：")
	for _, open := range []string{"(", "（"} {
		if at := strings.LastIndex(text, open); at > 0 {
			inner := strings.TrimRight(text[at+len(open):], ")） ")
			if n, ok := numeral.Scan(inner+" ", 0); ok && n.End > 0 {
				text = text[:at]
			}
		}
	}
	text = strings.TrimSpace(text)
	return strings.TrimSpace(strings.TrimRight(text, "0123456789项个家 "))
}

func isMarker(text string) bool {
	n, ok := numeral.Scan(text+" ", 0)
	return ok && strings.TrimSpace(text[min(n.End, len(text)):]) == ""
}

// readRowName reads a count inside the row's name: 一、城市道路建设项目(50项).
func (r *reader) readRowName(row *tableRow, cell int32, c *document.Cell, columns []column) {
	r.lex.run(c.Start, c.End)
	planned := false
	for i := range columns {
		planned = planned || columns[i].role == plainColumn && columns[i].kind == Target
	}
	for i := range r.lex.figures {
		f := &r.lex.figures[i]
		if f.class != unit.Count && f.class != unit.Person {
			continue
		}
		q := r.cellQuantity(row, cell, f)
		q.Kind, q.By = r.frame.mode, r.frame.reportEnd
		if planned {
			q.Kind = Target
		}
		if q.Kind == Target {
			q.By = r.frame.planEnd
		}
		r.out.Quantities = append(r.out.Quantities, q)
	}
}

// readCell reads a data cell: a bare number, or a number with words such as 增长8% or 5以内.
func (r *reader) readCell(row *tableRow, cell int32, c *document.Cell, col *column) {
	printed := row.unit
	if col.unit != "" && (col.measured || printed == "") {
		printed = col.unit
	}
	text := c.In(r.text)
	if isPlainNumber(text) {
		r.readPlainCell(row, cell, c, col, printed)
		return
	}
	r.lex.run(c.Start, c.End)
	tokens := r.lex.tokens
	if len(r.lex.figures) == 0 && printed != "" {
		tokens = r.bareFigure(c, tokens)
	}
	s := sentence{tokens: tokens, start: c.Start, end: c.End, section: -1}
	g := segment{part: part{first: 0, last: len(tokens), start: c.Start, end: c.End}}
	for i := range tokens {
		if tokens[i].kind != figure {
			continue
		}
		p := phrase{r: r, s: &s, g: &g, i: i, f: &r.lex.figures[tokens[i].ref]}
		p.read()
		q := r.cellQuantity(row, cell, p.f)
		q.Kind, q.By = col.kind, col.by
		q.Cmp, q.Measure = p.comparator(), p.measure()
		if q.Unit == "" {
			exp, bare := splitUnit(printed)
			q.Unit = bare
			q.Value.Exp += exp
			q.Upper.Exp += exp
		}
		if q.Measure == Level {
			q.Measure = r.cellMeasure(row, col, q.Unit)
		}
		r.out.Quantities = append(r.out.Quantities, q)
	}
}

// bareFigure makes a figure of the one number in a cell that has no unit of its own: 5以内, 上涨2左右.
func (r *reader) bareFigure(c *document.Cell, tokens []token) []token {
	text := c.In(r.text)
	at := strings.IndexAny(text, "0123456789")
	if at < 0 {
		return tokens
	}
	n, ok := numeral.Scan(text, at)
	if !ok {
		return tokens
	}
	start, end := c.Start+at, c.Start+n.End
	r.lex.figures = append(r.lex.figures[:0], figureToken{start: start, end: end, value: n.Value, more: n.More})
	kept := make([]token, 0, len(tokens)+1)
	placed := false
	for _, t := range tokens {
		if int(t.end) <= start {
			kept = append(kept, t)
			continue
		}
		if !placed {
			kept = append(kept, token{start: int32(start), end: int32(end), kind: figure})
			placed = true
		}
		if int(t.start) >= end {
			kept = append(kept, t)
		}
	}
	if !placed {
		kept = append(kept, token{start: int32(start), end: int32(end), kind: figure})
	}
	return kept
}

// readPlainCell reads a cell that is a number alone; the headings say the rest.
func (r *reader) readPlainCell(row *tableRow, cell int32, c *document.Cell, col *column, printed string) {
	text := c.In(r.text)
	digits := strings.TrimLeft(text, "-－+")
	negative := strings.HasPrefix(text, "-") || strings.HasPrefix(text, "－")
	n, _ := numeral.Scan(digits, 0)
	f := figureToken{start: c.Start, end: c.Start + len(text) - len(digits) + n.End, value: n.Value}
	q := r.cellQuantity(row, cell, &f)
	exp, bare := splitUnit(printed)
	q.Unit = bare
	q.Value.Exp += exp
	q.Kind, q.By = col.kind, col.by
	q.Measure = r.cellMeasure(row, col, q.Unit)
	if negative {
		switch q.Measure {
		case Growth:
			q.Measure = Decline
		default:
			q.Value.Coef = -q.Value.Coef
		}
	}
	r.out.Quantities = append(r.out.Quantities, q)
}

// cellMeasure is what the heading says, else what the row's name and unit say: a percentage of what is
// no rate is its growth.
func (r *reader) cellMeasure(row *tableRow, col *column, unitText string) Measure {
	if col.measured {
		return col.measure
	}
	if unitText != "%" && unitText != "％" {
		return Level
	}
	m := shareOrLevel(row.subject)
	if m == Share && !hasAnySuffix(row.subject, shareEndings) {
		return Growth
	}
	return m
}

func hasAnySuffix(text string, endings []string) bool {
	for _, e := range endings {
		if strings.HasSuffix(text, e) {
			return true
		}
	}
	return false
}

// cellQuantity is the part of a record that all cells share.
func (r *reader) cellQuantity(row *tableRow, cell int32, f *figureToken) Quantity {
	return Quantity{
		Span:    document.Span{Start: f.start, End: f.end},
		Surface: r.text[f.start:f.end], Value: f.value, Upper: f.upper, Unit: f.unit,
		Subject: row.subject, Firm: true, Clause: -1, Cell: cell, Table: row.table,
	}
}

// readNote takes what a task table says of a row's deadline and owner.
func (r *reader) readNote(row *tableRow, c *document.Cell, col *column) {
	switch {
	case strings.Contains(col.heading, "时限") || strings.Contains(col.heading, "完成时间"):
		r.titles.run(c.Start, c.End)
		for i := range r.titles.dates {
			row.by = known(r.titles.dates[i].Resolve(r.frame.year).To)
		}
	case row.owner == "" && (strings.Contains(col.heading, "牵头") || strings.Contains(col.heading, "责任单位")):
		row.owner = strings.TrimSpace(c.In(r.text))
	}
}

// readProse reads a cell that holds sentences, as a task table's does; what they leave unsaid of deadline
// and owner, the row's other cells say.
func (r *reader) readProse(row *tableRow, cell int32, c *document.Cell) {
	quantities, clauses := len(r.out.Quantities), len(r.out.Clauses)
	r.readBlock(&document.Block{Span: c.Span, Section: -1, Table: row.table})
	for i := quantities; i < len(r.out.Quantities); i++ {
		q := &r.out.Quantities[i]
		q.Table, q.Cell = row.table, cell
		if q.By == r.frame.planEnd && !row.by.IsZero() {
			q.By = row.by
		}
	}
	for i := clauses; i < len(r.out.Clauses); i++ {
		clause := &r.out.Clauses[i]
		if clause.By == r.frame.planEnd && !row.by.IsZero() {
			clause.By = row.by
		}
		if clause.Owner == "" {
			clause.Owner = row.owner
		}
	}
}

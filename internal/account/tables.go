package account

import (
	"cmp"

	"luoshi/internal/account/template"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
	"luoshi/office/paper"
)

// A table that is wider than this, in the widths of tables.txt, stands on turned pages.
const widest = 105

// most a chart has labels.
const mostLabels = 12

// none stands in a column of numbers where there is none.
const none = "——"

// table writes a table. One without rows is left out.
func (w *writer) table(n *template.Node, key string) {
	d := displays["table."+n.Of]
	rows := w.members(d.rows, 0)
	if len(rows) == 0 {
		return
	}
	above := 0
	if d.above != "" {
		total := w.members(d.above, 1)
		above, rows = len(total), append(total[:len(total):len(total)], rows...)
	}
	columns := d.chosen(n.Columns)
	t := &paper.Table{Caption: textOf(w.parts(n.Sentences[0].Parts)), Measure: textOf(w.of(rows[0], 0).parts(d.measure.Parts))}
	width := 0
	for _, c := range columns {
		t.Columns = append(t.Columns, paper.Column{Width: c.width, Number: c.number})
		width += c.width
	}
	t.Wide = width > widest
	t.Header = w.of(rows[0], 0).header(columns)
	for i, one := range rows {
		t.Rows = append(t.Rows, w.of(one, i+1-above).row(columns, i < above))
	}
	compute(t, columns, above)
	w.blocks = append(w.blocks, paper.Block{Kind: paper.Tabular, Key: key, Table: t})
}

// of is the writer within a thing of a list.
func (w *writer) of(one *thing, nth int) *writer {
	inner := w.at(len(w.stack) - 1)
	inner.stack = append(inner.stack, frame{one, nth})
	return inner
}

// header are the rows of the header: two where something spans columns.
func (w *writer) header(columns []column) [][]paper.Cell {
	var upper, lower []paper.Cell
	last := ""
	for _, c := range columns {
		own, group := w.parts(c.header.Parts), w.parts(c.group.Parts)
		spanning := textOf(group)
		switch {
		case spanning == "":
			upper = append(upper, paper.Cell{Runs: own, Rows: 2})
		case spanning == last:
			upper[len(upper)-1].Columns++
		default:
			upper = append(upper, paper.Cell{Runs: group, Columns: 1})
		}
		if last = spanning; spanning != "" {
			lower = append(lower, paper.Cell{Runs: own})
		}
	}
	if len(lower) > 0 {
		return [][]paper.Cell{upper, lower}
	}
	for i := range upper {
		upper[i].Rows = 0
	}
	return [][]paper.Cell{upper}
}

func (w *writer) row(columns []column, bold bool) []paper.Cell {
	cells := make([]paper.Cell, len(columns))
	for i, c := range columns {
		cells[i] = paper.Cell{Runs: joined(w.say(c.field)), Bold: bold}
		switch runs := cells[i].Runs; {
		case c.number && len(runs) == 0:
			cells[i].Runs = wordsOf(none)
		case c.number && len(runs) == 1:
			cells[i].Value, cells[i].Exact = runs[0].Text, w.exact(runs[0].Figure)
		}
	}
	return cells
}

// exact is what a figure is rounded from, in the measure in which it is printed; empty where it is exact.
func (w *writer) exact(key string) string {
	f := w.figures[key]
	digits, err := ledger.ParseDecimal(f.Text)
	if err != nil || !f.Exact.Known() {
		return ""
	}
	return f.Exact.Shifted(int(digits.Number().Exp) - int(f.Value.Number().Exp)).Plain()
}

// compute says how numbers of a table follow from others of it, wherever the printed numbers do.
func compute(t *paper.Table, columns []column, above int) {
	at := map[string]int{}
	for i, c := range columns {
		at[c.field] = i
	}
	for i, c := range columns {
		if c.sum && above > 0 {
			formula := paper.Formula{Operation: paper.Sum}
			for row := above; row < len(t.Rows); row++ {
				if t.Rows[row][i].Value != "" {
					formula.Of = append(formula.Of, paper.Place{Row: row, Column: i})
				}
			}
			follow(t, paper.Place{Row: 0, Column: i}, formula)
		}
		part, first := at[c.part]
		whole, second := at[c.whole]
		if c.part == "" || !first || !second {
			continue
		}
		for row := range t.Rows {
			follow(t, paper.Place{Row: row, Column: i}, paper.Formula{
				Operation: paper.Share, Of: []paper.Place{{Row: row, Column: part}, {Row: row, Column: whole}},
			})
		}
	}
}

// follow gives a cell its formula, if that makes the number which is printed.
func follow(t *paper.Table, at paper.Place, formula paper.Formula) {
	cell := &t.Rows[at.Row][at.Column]
	printed, err := ledger.ParseDecimal(cell.Value)
	ok := err == nil && printed.Known() && len(formula.Of) > 0
	var values []ledger.Decimal
	for _, place := range formula.Of {
		value, known := worth(t, place)
		values, ok = append(values, value), ok && known
	}
	if !ok {
		return
	}
	made := ledger.Decimal{}
	if formula.Operation == paper.Sum {
		made = reporting.Sum(values...)
	} else if share := reporting.Share(values[0], values[1]); share != nil {
		made = reporting.Rounded(share, decimals(printed))
	}
	if made.Known() && reporting.Rounded(made.Rat(), decimals(printed)).Same(printed) {
		cell.Formula = formula
	}
}

// decimals is how many a number is printed with.
func decimals(d ledger.Decimal) int { return -int(min(d.Number().Exp, 0)) }

// worth is the number that a cell stands for: what it prints, or what that is rounded from.
func worth(t *paper.Table, at paper.Place) (ledger.Decimal, bool) {
	cell := t.Rows[at.Row][at.Column]
	value, err := ledger.ParseDecimal(cmp.Or(cell.Exact, cell.Value))
	return value, err == nil && value.Known()
}

// chart writes a chart. One that would have less than two labels is left out.
func (w *writer) chart(n *template.Node, key string) {
	d := displays["chart."+n.Of]
	rows := w.members(d.rows, mostLabels)
	if len(rows) < 2 {
		return
	}
	chart := &paper.Chart{Kind: d.chart, Caption: textOf(w.parts(n.Sentences[0].Parts)), Measure: textOf(w.parts(d.measure.Parts))}
	for _, one := range rows {
		chart.Labels = append(chart.Labels, textOf(w.of(one, 0).say(d.above)))
	}
	for _, c := range d.chosen(n.Columns) {
		s := paper.Series{Name: textOf(w.parts(c.header.Parts))}
		for _, one := range rows {
			value, figure := "", ""
			if runs := w.of(one, 0).say(c.field); len(runs) == 1 {
				value, figure = runs[0].Text, runs[0].Figure
			}
			s.Values, s.Keys = append(s.Values, value), append(s.Keys, figure)
		}
		chart.Series = append(chart.Series, s)
	}
	w.blocks = append(w.blocks, paper.Block{Kind: paper.Graphic, Key: key, Chart: chart})
}

package page

import (
	"strconv"

	"luoshi/office/paper"
)

// table writes a table; a wide one may be moved aside within its frame, by the keyboard too.
func (c *composer) table(t *paper.Table) {
	c.open("div", "class", "official-scroll", "tabindex", "0", "role", "region", "aria-label", nameOf(t))
	c.line("")
	c.open("table", "class", "official-table")
	c.line("")
	if t.Caption != "" || t.Measure != "" {
		c.open("caption")
		c.text(t.Caption)
		if t.Measure != "" {
			c.raw(` <span class="official-measure">`)
			c.text(t.Measure)
			c.raw(`</span>`)
		}
		c.close("caption")
		c.line("")
	}
	if len(t.Header) > 0 {
		c.line("<thead>")
		c.rows(t, t.Header, true)
		c.line("</thead>")
	}
	c.line("<tbody>")
	c.rows(t, t.Rows, false)
	c.line("</tbody>")
	c.line("</table>")
	c.line("</div>")
	for _, note := range t.Notes {
		c.element("p", "official-note", note)
	}
}

// nameOf is what a table is called by who cannot see it.
func nameOf(t *paper.Table) string {
	if t.Caption == "" {
		return "表"
	}
	return t.Caption
}

func (c *composer) rows(t *paper.Table, rows [][]paper.Cell, header bool) {
	for _, slots := range paper.Lay(rows, len(t.Columns)) {
		c.raw("<tr>")
		for _, s := range slots {
			if !s.Below {
				c.cell(t, s, header)
			}
		}
		c.line("</tr>")
	}
}

func (c *composer) cell(t *paper.Table, s paper.Slot, header bool) {
	name, scope, class := "td", "", ""
	switch {
	case header && s.Cell != nil && s.Cell.String() != "": // a header cell without words would name nothing
		name, scope = "th", "col"
		if s.Wide > 1 {
			scope = "colgroup"
		}
	case !header && s.Cell != nil && names(t, s):
		name, scope = "th", "row"
	case t.Columns[s.Column].Number:
		class = "official-number-cell"
	}
	c.open(name, "scope", scope, "class", class, "colspan", spanOf(s.Wide), "rowspan", spanOf(s.High))
	if s.Cell != nil {
		c.content(s.Cell)
	}
	c.close(name)
}

// names tells the cell that names its row: the one in the first column of words.
func names(t *paper.Table, s paper.Slot) bool {
	if s.Column == 0 && s.Wide > 1 {
		return true
	}
	for i, column := range t.Columns {
		if !column.Number {
			return s.Column == i && s.Cell.String() != ""
		}
	}
	return false
}

func (c *composer) content(cell *paper.Cell) {
	if cell.Bold {
		c.open("strong")
	}
	c.runs(cell.Runs)
	if cell.Bold {
		c.close("strong")
	}
}

// spanOf is left out where it is one.
func spanOf(n int) string {
	if n <= 1 {
		return ""
	}
	return strconv.Itoa(n)
}

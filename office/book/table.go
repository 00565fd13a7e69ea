package book

import (
	"strconv"

	"github.com/xuri/excelize/v2"

	"luoshi/office/paper"
)

// sheet is a sheet with a table while it is written row by row.
type sheet struct {
	*binder
	name  string
	table *paper.Table
	out   *excelize.StreamWriter
	row   int // written so far
	sums  sums
}

// table writes a table as a sheet: caption, measure, header, rows, notes. The header stays in sight and is printed on
// every page.
func (b *binder) table(t *paper.Table) {
	s := &sheet{binder: b, name: b.add(t.Caption), table: t}
	above := 1
	if t.Measure != "" {
		above++
	}
	first := above + len(t.Header) + 1
	s.sums = newSums(t, first)
	out, err := b.file.NewStreamWriter(s.name)
	b.do("begin a sheet", err)
	if err != nil {
		return
	}
	s.out = out
	for i, w := range widths(t.Columns, t.Rows) {
		b.do("set a width", out.SetColWidth(i+1, i+1, w))
	}
	if first > 1 {
		b.do("freeze the header", out.SetPanes(&excelize.Panes{Freeze: true, YSplit: first - 1, TopLeftCell: at(0, first), ActivePane: "bottomLeft"}))
	}
	s.alone(t.Caption, look{bold: true, size: 16, align: "center"}, 30)
	if t.Measure != "" {
		s.alone(t.Measure, look{size: 11, align: "right"}, 20)
	}
	s.rows(t.Header, true)
	s.rows(t.Rows, false)
	for _, note := range t.Notes {
		s.alone(note, look{size: 10, align: "left"}, 20)
	}
	b.do("end a sheet", out.Flush())
	if len(t.Header) > 0 {
		b.do("repeat the header", b.file.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", Scope: s.name,
			RefersTo: "'" + s.name + "'!$" + strconv.Itoa(above+1) + ":$" + strconv.Itoa(above+len(t.Header))}))
	}
}

// alone is a row of one text over all columns.
func (s *sheet) alone(text string, l look, height float64) {
	s.row++
	cell := excelize.Cell{StyleID: s.style(l), Value: text}
	s.do("write a row", s.out.SetRow(at(0, s.row), []any{cell}, excelize.RowOpts{Height: height}))
	if last := len(s.table.Columns) - 1; last > 0 {
		s.do("merge a row", s.out.MergeCell(at(0, s.row), at(last, s.row)))
	}
}

func (s *sheet) rows(rows [][]paper.Cell, header bool) {
	for _, slots := range paper.Lay(rows, len(s.table.Columns)) {
		s.row++
		var cells []any
		for _, slot := range slots {
			style := s.style(s.lookOf(slot, header))
			for i := range slot.Wide {
				cell := excelize.Cell{StyleID: style}
				if i == 0 && !slot.Below {
					cell.Value, cell.Formula = s.content(slot.Cell)
				}
				cells = append(cells, cell)
			}
			if !slot.Below && (slot.Wide > 1 || slot.High > 1) {
				s.do("merge cells", s.out.MergeCell(at(slot.Column, s.row), at(slot.Column+slot.Wide-1, s.row+slot.High-1)))
			}
		}
		s.do("write a row", s.out.SetRow(at(0, s.row), cells))
	}
}

func (s *sheet) lookOf(slot paper.Slot, header bool) look {
	l := look{ruled: true, size: 11, align: "left"}
	switch {
	case header:
		l.bold, l.filled, l.align = true, true, "center"
	case slot.Cell == nil:
	case slot.Wide > 1:
		l.align = "center"
	case s.table.Columns[slot.Column].Number:
		l.align = "right"
	}
	if c := slot.Cell; c != nil {
		l.bold = l.bold || c.Bold
		if _, number := exact(c.Value); number {
			l.format = format(c.String(), c.Value)
		}
	}
	return l
}

// content is a number where the cell has one that a workbook can hold, else the text; and its formula.
func (s *sheet) content(c *paper.Cell) (value any, formula string) {
	if c == nil {
		return nil, ""
	}
	if number, ok := exact(worth(c)); ok {
		return number, s.sums.formula(c)
	}
	if text := c.String(); text != "" {
		return text, ""
	}
	return nil, ""
}

// exact is a decimal as a workbook's number, which holds fifteen digits.
func exact(value string) (float64, bool) {
	const digits = 15
	count := 0
	for _, r := range value {
		if r >= '0' && r <= '9' {
			count++
		}
	}
	if count == 0 || count > digits {
		return 0, false
	}
	number, err := strconv.ParseFloat(value, 64)
	return number, err == nil
}

package book

import (
	"github.com/xuri/excelize/v2"

	"luoshi/office/paper"
)

// chart writes a chart as a sheet: its figures, and beside them the chart that the workbook draws of them.
func (b *binder) chart(c *paper.Chart) {
	name := b.add(c.Caption)
	caption := c.Caption
	if c.Measure != "" {
		caption += "\uff08" + c.Measure + "\uff09"
	}
	b.put(name, 0, 1, caption, look{bold: true, size: 14, align: "left", single: true})
	b.do("set a height", b.file.SetRowHeight(name, 1, 26))
	head, words := look{bold: true, ruled: true, filled: true, size: 11, align: "center"}, look{ruled: true, size: 11, align: "left"}
	b.put(name, 0, 2, "", head)
	for i, label := range c.Labels {
		b.put(name, 0, 3+i, label, words)
	}
	for i, s := range c.Series {
		b.put(name, 1+i, 2, s.Name, head)
		for j, v := range s.Values {
			l := look{ruled: true, size: 11, align: "right"}
			if number, ok := exact(v); ok {
				l.format = format(v, v)
				b.put(name, 1+i, 3+j, number, l)
			} else {
				b.put(name, 1+i, 3+j, v, l)
			}
		}
	}
	last, err := excelize.ColumnNumberToName(1 + len(c.Series))
	b.do("name a column", err)
	b.do("set widths", b.file.SetColWidth(name, "A", last, 16))
	b.draw(name, c)
}

func (b *binder) put(sheet string, column, row int, value any, l look) {
	if value != "" {
		b.do("write a cell", b.file.SetCellValue(sheet, at(column, row), value))
	}
	b.do("style a cell", b.file.SetCellStyle(sheet, at(column, row), at(column, row), b.style(l)))
}

// draw puts the chart to the right of its figures. Bars begin at nought.
func (b *binder) draw(sheet string, c *paper.Chart) {
	black := excelize.Font{Color: "000000", Size: 10}
	kinds := map[paper.ChartKind]excelize.ChartType{paper.Bars: excelize.Col, paper.Lines: excelize.Line}
	drawn := &excelize.Chart{
		Type: kinds[c.Kind], Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Caption}}},
		Legend: excelize.ChartLegend{Position: "bottom"}, ShowBlanksAs: "gap", Dimension: excelize.ChartDimension{Width: 720, Height: 400},
		XAxis: excelize.ChartAxis{Font: black}, YAxis: excelize.ChartAxis{MajorGridLines: true, Font: black},
	}
	if zero := 0.0; c.Kind == paper.Bars && !negative(c) {
		drawn.YAxis.Minimum = &zero
	}
	cells := func(column, from, to int) string {
		return "'" + sheet + "'!" + absolute(column, from) + ":" + absolute(column, to)
	}
	last := 2 + len(c.Labels)
	for i := range c.Series {
		drawn.Series = append(drawn.Series, excelize.ChartSeries{Name: "'" + sheet + "'!" + absolute(1+i, 2), Categories: cells(0, 3, last), Values: cells(1+i, 3, last)})
	}
	b.do("draw a chart", b.file.AddChart(sheet, at(len(c.Series)+2, 2), drawn))
}

func absolute(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row, true)
	if err != nil {
		return ""
	}
	return name
}

func negative(c *paper.Chart) bool {
	for _, s := range c.Series {
		for _, v := range s.Values {
			if v != "" && v[0] == '-' {
				return true
			}
		}
	}
	return false
}

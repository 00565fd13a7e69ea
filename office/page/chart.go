package page

import (
	"strconv"

	drawing "luoshi/office/chart"
	"luoshi/office/paper"
)

// inside is what stands above the figures of a chart.
const inside = "图中数据"

// chart writes a chart with its figures in a table beneath it.
func (c *composer) chart(chart *paper.Chart) error {
	c.charts++
	drawn, err := drawing.SVG(*chart, "official-chart-"+strconv.Itoa(c.charts))
	if err != nil {
		return err
	}
	c.line(`<figure class="official-chart">`)
	c.line(drawn)
	c.element("figcaption", "", chart.Caption)
	c.line(`<details><summary>` + inside + `</summary>`)
	c.table(figuresOf(chart))
	c.line(`</details>`)
	c.line(`</figure>`)
	return nil
}

// figuresOf is a chart as a table: a row for each label.
func figuresOf(chart *paper.Chart) *paper.Table {
	cell := func(text, key string) paper.Cell {
		if text == "" {
			return paper.Cell{}
		}
		return paper.Cell{Runs: []paper.Run{{Text: text, Figure: key}}}
	}
	t := &paper.Table{Caption: chart.Caption, Measure: chart.Measure, Columns: []paper.Column{{Width: 1}}, Header: [][]paper.Cell{{{}}}}
	for _, s := range chart.Series {
		t.Columns = append(t.Columns, paper.Column{Width: 1, Number: true})
		t.Header[0] = append(t.Header[0], cell(s.Name, ""))
	}
	for i, label := range chart.Labels {
		row := []paper.Cell{cell(label, "")}
		for _, s := range chart.Series {
			key := ""
			if i < len(s.Keys) {
				key = s.Keys[i]
			}
			row = append(row, cell(s.Values[i], key))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

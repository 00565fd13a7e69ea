package docx

import (
	"bytes"

	"luoshi/office/paper"
)

// chartBook is the small workbook behind a chart: with it an office can mend the chart's figures.
func chartBook(chart *paper.Chart) (string, error) {
	var file bytes.Buffer
	p := newPack(&file)
	p.add("xl/worksheets/sheet1.xml", chartSheet(chart))
	for _, name := range []string{"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "[Content_Types].xml"} {
		p.copy(name, "book/"+bookParts[name])
	}
	if err := p.close(); err != nil {
		return "", err
	}
	return file.String(), nil
}

// bookParts are the parts that are the same in the workbooks of all charts.
var bookParts = map[string]string{
	"xl/workbook.xml": "workbook.xml", "xl/_rels/workbook.xml.rels": "workbook-rels.xml", "_rels/.rels": "rels.xml", "[Content_Types].xml": "types.xml",
}

// chartSheet has a row for each label and a column for each series.
func chartSheet(chart *paper.Chart) string {
	m := &markup{}
	m.WriteString(declaration)
	m.open("worksheet", "xmlns", sheetSpace)
	m.open("sheetData")
	m.open("row", "r", "1")
	for i, s := range chart.Series {
		m.textCell(columnName(i+1)+"1", s.Name)
	}
	m.close("row")
	for r, label := range chart.Labels {
		row := itoa(r + 2)
		m.open("row", "r", row)
		m.textCell("A"+row, label)
		for i, s := range chart.Series {
			if s.Values[r] == "" {
				continue
			}
			m.open("c", "r", columnName(i+1)+row)
			m.open("v")
			m.text(s.Values[r])
			m.close("v", "c")
		}
		m.close("row")
	}
	m.close("sheetData", "worksheet")
	return m.String()
}

// textCell is a cell with a text.
func (m *markup) textCell(cell, text string) {
	m.open("c", "r", cell, "t", "inlineStr")
	m.open("is")
	m.open("t")
	m.text(text)
	m.close("t", "is", "c")
}

// chartRelations lead from a chart to its workbook.
func chartRelations(i int) string {
	m := &markup{}
	m.WriteString(declaration)
	m.open("Relationships", "xmlns", packageSpace+"relationships")
	m.empty("Relationship", "Id", "book", "Type", relationSpace+"/package", "Target", "../embeddings/"+bookName(i))
	m.close("Relationships")
	return m.String()
}

func bookName(i int) string { return "chart" + itoa(i+1) + ".xlsx" }

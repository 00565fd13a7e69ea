package main

import (
	"html"
	"strconv"
	"strings"
)

// plainText is the source as web copies have it: a line for each block, the cells of a table's row set
// apart by bars, a merged cell written once, a blank line before each heading.
func (s *source) plainText() string {
	var text strings.Builder
	for i, b := range s.blocks {
		if i > 0 && b.tag != "p" && b.tag != "table" {
			text.WriteByte('\n')
		}
		if b.tag != "table" {
			text.WriteString(b.text + "\n")
			continue
		}
		for _, row := range b.rows {
			cells := make([]string, len(row))
			for i, c := range row {
				cells[i] = c.text
			}
			text.WriteString(strings.TrimRight(strings.Join(cells, " | "), " ") + "\n")
		}
	}
	return text.String()
}

// printStyle follows the form of official documents: A4, a centred title, two characters of indent.
const printStyle = `
@page { size: 21cm 29.7cm; margin: 3.3cm 2.6cm 3cm 2.8cm }
body, p, td, th { font-family: "Noto Serif CJK SC"; font-size: 15pt; line-height: 150% }
p { text-indent: 2em; margin: 0 }
p.imprint, p.caption { text-align: center; text-indent: 0 }
h1 { text-align: center; font-size: 21pt }
h2, h3 { font-family: "Noto Sans CJK SC"; font-size: 15pt; margin: 6pt 0 }
table { border-collapse: collapse; width: 100% }
td, th { border: 1px solid #000; font-size: 10.5pt; text-align: center; padding: 2pt }
`

// page is the source made up for printing, with a running title and page numbers. The two titled
// divisions and the field are what LibreOffice reads as a header, a footer and the page number.
func (s *source) page() string {
	var page strings.Builder
	page.WriteString("<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>" +
		html.EscapeString(s.title) + "</title><style>" + printStyle + "</style></head><body>\n")
	page.WriteString(`<div title="header"><p class="imprint">` + html.EscapeString(s.title) + "</p></div>\n")
	page.WriteString(`<div title="footer"><p class="imprint">— <sdfield type="PAGE" subtype="RANDOM" format="ARABIC">1</sdfield> —</p></div>` + "\n")
	for _, b := range s.blocks {
		if b.tag == "table" {
			writeTable(&page, b)
			continue
		}
		page.WriteString("<" + b.tag)
		if b.class != "" {
			page.WriteString(` class="` + b.class + `"`)
		}
		page.WriteString(">" + html.EscapeString(b.text) + "</" + b.tag + ">\n")
	}
	page.WriteString("</body></html>\n")
	return page.String()
}

func writeTable(page *strings.Builder, table block) {
	page.WriteString(`<table border="1">` + "\n<thead>\n")
	head := true
	for _, row := range table.rows {
		if head && !row[0].header {
			page.WriteString("</thead><tbody>\n")
			head = false
		}
		page.WriteString("<tr>")
		for _, c := range row {
			tag := "td"
			if c.header {
				tag = "th"
			}
			page.WriteString("<" + tag + ` rowspan="` + strconv.Itoa(c.rowSpan) + `" colspan="` + strconv.Itoa(c.colSpan) + `">` +
				html.EscapeString(c.text) + "</" + tag + ">")
		}
		page.WriteString("</tr>\n")
	}
	page.WriteString("</tbody></table>\n")
}

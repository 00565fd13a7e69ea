// Package presenttest holds a small reading made by hand, with one of everything that can be shown: all
// kinds and comparators, a range, a softened promise, a promise without a number, a table with merged
// cells, furniture, and words that a careless writer would take for markup or for a formula.
package presenttest

import (
	"strings"
	"unicode/utf8"

	"luoshi/calendar"
	"luoshi/document"
	"luoshi/reading"
	"luoshi/reading/numeral"
)

const text = `首页 > 政务公开 > 规划计划
云溪区2025年工作安排
一、主要目标
地区生产总值增长6%左右;城镇登记失业率控制在4%以内。力争引进项目30至50个。
二、重点任务
(一)扩大有效投资
全年安排重点项目70个,总投资超过1673.87亿元。完成北站改扩建工程。
去年新建 <公厕> & "驿站" 12座,占全市的四分之一。全区现有企业2100余家。
=SUM(A1)类支出下降2.5个百分点。
指标 | 2024年 | 2025年
完成数 | 增长% | 目标
财政收入 | 27.95 | 17.1 | 不低于5
`

// place finds the words, from the given byte on.
func place(from int, words string) document.Span {
	i := strings.Index(text[from:], words)
	if i < 0 {
		panic("presenttest: the text lacks " + words)
	}
	return document.Span{Start: from + i, End: from + i + len(words)}
}

func codePoints(offset int) int { return utf8.RuneCountInString(text[:offset]) }

// Reading is the sample under the given name.
func Reading(name string) *reading.Reading {
	doc := sampleDocument(name)
	r := &reading.Reading{Document: doc}
	end := func(year int) calendar.Date { return calendar.Year(year).To }
	clause := func(words, verb, object string, kind reading.Kind, firm bool, section int32, by calendar.Date) {
		span := place(0, words)
		n := int32(len(r.Quantities))
		r.Clauses = append(r.Clauses, reading.Clause{
			At: codePoints(span.Start), End: codePoints(span.End), Span: span, Text: words, Section: section,
			Verb: verb, Object: object, Kind: kind, Firm: firm, By: by, Quantities: [2]int32{n, n},
		})
	}
	quantity := func(q reading.Quantity, value string) {
		last := len(r.Clauses) - 1
		c := &r.Clauses[last]
		q.Span = place(c.Span.Start, q.Surface)
		q.At, q.Value, q.Clause, q.Cell, q.Table = codePoints(q.Span.Start), decimal(value), int32(last), -1, -1
		q.Kind, q.Firm, q.By = c.Kind, c.Firm, c.By
		r.Quantities = append(r.Quantities, q)
		c.Quantities[1]++
	}

	clause("地区生产总值增长6%左右", "增长", "地区生产总值", reading.Target, true, 0, end(2025))
	quantity(reading.Quantity{Surface: "6%", Unit: "%", Cmp: reading.Approximately, Measure: reading.Growth, Subject: "地区生产总值"}, "6")
	clause("城镇登记失业率控制在4%以内", "控制", "城镇登记失业率", reading.Target, true, 0, end(2025))
	quantity(reading.Quantity{Surface: "4%", Unit: "%", Cmp: reading.AtMost, Subject: "城镇登记失业率"}, "4")
	clause("力争引进项目30至50个", "引进", "项目", reading.Target, false, 0, end(2025))
	quantity(reading.Quantity{Surface: "30至50个", Unit: "个", Cmp: reading.Between, Upper: numeral.Int(50), Subject: "引进项目"}, "30")
	clause("全年安排重点项目70个,总投资超过1673.87亿元", "安排", "重点项目", reading.Target, true, 2, end(2025))
	quantity(reading.Quantity{Surface: "70个", Unit: "个", Subject: "重点项目"}, "70")
	quantity(reading.Quantity{Surface: "1673.87亿元", Unit: "元", Cmp: reading.MoreThan, Subject: "总投资"}, "167387000000")
	clause("完成北站改扩建工程", "完成", "北站改扩建工程", reading.Target, true, 2, calendar.Date{Year: 2025, Month: 7, Day: 1})
	r.Clauses[len(r.Clauses)-1].Owner = "区住建局"
	clause(`去年新建 <公厕> & "驿站" 12座,占全市的四分之一`, "新建", `<公厕> & "驿站"`, reading.Result, false, 2, end(2024))
	quantity(reading.Quantity{Surface: "12座", Unit: "座", Subject: `<公厕> & "驿站"`}, "12")
	quantity(reading.Quantity{Surface: "四分之一", Measure: reading.Share, Subject: "占全市"}, "0.25")
	clause("全区现有企业2100余家", "", "企业", reading.Context, false, 2, end(2024))
	quantity(reading.Quantity{Surface: "2100余家", Unit: "家", Cmp: reading.MoreThan, Subject: "企业"}, "2100")
	clause("=SUM(A1)类支出下降2.5个百分点", "下降", "=SUM(A1)类支出", reading.Result, false, 2, end(2024))
	quantity(reading.Quantity{Surface: "2.5个百分点", Unit: "个百分点", Measure: reading.Decline, Subject: "=SUM(A1)类支出"}, "2.5")

	inCell := func(cell int32, surface, value, unit string, cmp reading.Comparator, m reading.Measure, k reading.Kind, by calendar.Date) {
		span := place(doc.Tables[0].Cells[cell].Start, surface)
		r.Quantities = append(r.Quantities, reading.Quantity{
			At: codePoints(span.Start), Span: span, Surface: surface, Value: decimal(value), Unit: unit, Cmp: cmp,
			Measure: m, Kind: k, Firm: k == reading.Target, Subject: "财政收入", By: by, Clause: -1, Cell: cell, Table: 0,
		})
	}
	inCell(7, "27.95", "2795000000", "元", reading.Equal, reading.Level, reading.Result, end(2024))
	inCell(8, "17.1", "17.1", "%", reading.Equal, reading.Growth, reading.Result, end(2024))
	inCell(9, "5", "5", "%", reading.AtLeast, reading.Growth, reading.Target, end(2025))
	return r
}

func decimal(digits string) numeral.Decimal {
	d, err := numeral.Parse(digits)
	if err != nil {
		panic(err)
	}
	return d
}

// sampleDocument lays the text out by hand: what stands where is said here and nowhere else.
func sampleDocument(name string) *document.Document {
	doc := &document.Document{Name: name, Format: document.Text, Digest: strings.Repeat("0", 64), Text: text}
	kinds := []document.BlockKind{
		document.Paragraph, document.Heading, document.Heading, document.Paragraph, document.Heading,
		document.Heading, document.Paragraph, document.Paragraph, document.Paragraph,
		document.TableRow, document.TableRow, document.TableRow,
	}
	sections := []int32{-1, -1, 0, 0, 1, 2, 2, 2, 2, 2, 2, 2}
	at := 0
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		table := int32(-1)
		if kinds[i] == document.TableRow {
			table = 0
		}
		doc.Blocks = append(doc.Blocks, document.Block{
			Span: document.Span{Start: at, End: at + len(line)}, Kind: kinds[i], Section: sections[i], Table: table,
			Furniture: i == 0,
		})
		at += len(line) + 1
	}
	section := func(marker, title string, level, parent int32, end int) {
		m := place(0, marker+title)
		m.End = m.Start + len(marker)
		doc.Outline = append(doc.Outline, document.Section{
			Span: document.Span{Start: m.Start, End: end}, Marker: m, Title: place(m.End, title), Level: level, Parent: parent,
		})
	}
	section("一、", "主要目标", 1, -1, place(0, "二、").Start)
	section("二、", "重点任务", 1, -1, len(text))
	section("(一)", "扩大有效投资", 2, 1, len(text))
	doc.Tables = []document.Table{sampleTable()}
	doc.Meta = document.Meta{
		Title:  document.Fact{Value: "云溪区2025年工作安排", Span: place(0, "云溪区2025年工作安排")},
		Issuer: document.Fact{Value: "云溪区人民政府"}, Region: document.Fact{Value: "云溪区", Span: place(0, "云溪区")},
		Date: document.Fact{Value: "2025-02-18"}, Kind: document.KindPlan,
		PlanYear: 2025, PlanYearAt: place(0, "2025年"), ReportPeriod: calendar.Year(2024),
	}
	return doc
}

// sampleTable has a heading over two columns and one over two rows.
func sampleTable() document.Table {
	t := document.Table{HeaderRows: 2, Rows: 3, Cols: 4}
	at := place(0, "指标 | ").Start
	t.Start, t.End = at, len(text)-1
	for _, c := range []struct {
		words                      string
		row, col, rowSpan, colSpan int
	}{
		{"指标", 0, 0, 2, 1}, {"2024年", 0, 1, 1, 2}, {"2025年", 0, 3, 1, 1},
		{"完成数", 1, 1, 1, 1}, {"增长%", 1, 2, 1, 1}, {"目标", 1, 3, 1, 1},
		{"财政收入", 2, 0, 1, 1}, {"27.95", 2, 1, 1, 1}, {"17.1", 2, 2, 1, 1}, {"不低于5", 2, 3, 1, 1},
	} {
		span := place(at, c.words)
		at = span.End
		t.Cells = append(t.Cells, document.Cell{Span: span, Row: c.row, Col: c.col, RowSpan: c.rowSpan, ColSpan: c.colSpan})
	}
	return t
}

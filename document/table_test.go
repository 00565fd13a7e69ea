package document

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"luoshi/document/limit"
	"luoshi/document/part"
)

var defaultLimits = limit.Default

// TestTextTables reads tables as web copies leave them. Expected cells read “row,col text”, with “+r” or
// “>c” behind for further rows or columns.
func TestTextTables(t *testing.T) {
	tests := []struct {
		name, text string
		header     int
		want       string
	}{
		{"plain", "指标|单位|数值\n产值|亿元|1.5\n人口|万人|20\n", 1,
			"0,0 指标; 0,1 单位; 0,2 数值; 1,0 产值; 1,1 亿元; 1,2 1.5; 2,0 人口; 2,1 万人; 2,2 20"},
		{"bordered and ruled", "|指标|数值|\n|---|--:|\n|产值|1.5|\n", 1,
			"0,0 指标; 0,1 数值; 1,0 产值; 1,1 1.5"},
		{"two merged headers", "指标 | 单位 | 2023年 | 2024年 | ||\n计划 | 完成 | 计划 | 完成 | ||\n产值 | 亿元 | 10 | 11 | 12 | 13 |\n税收 | 亿元 | 1 | 2 | 3 | 4 |\n", 2,
			"0,0 指标+1; 0,1 单位+1; 0,2 2023年>1; 0,4 2024年>1; 1,2 计划; 1,3 完成; 1,4 计划; 1,5 完成; 2,0 产值; 2,1 亿元; 2,2 10; 2,3 11; 2,4 12; 2,5 13; 3,0 税收; 3,1 亿元; 3,2 1; 3,3 2; 3,4 3; 3,5 4"},
		{"years as columns", "指标|2022|2023\n产值|10.5|11.5\n税收|1.2|1.3\n", 1,
			"0,0 指标; 0,1 2022; 0,2 2023; 1,0 产值; 1,1 10.5; 1,2 11.5; 2,0 税收; 2,1 1.2; 2,2 1.3"},
		{"leading column merged", "类别|指标|单位|目标\n经济|产值|亿元|100\n投资|亿元|50\n民生|就业|人|4000\n收入|元|30000\n", 1,
			"0,0 类别; 0,1 指标; 0,2 单位; 0,3 目标; 1,0 经济+1; 1,1 产值; 1,2 亿元; 1,3 100; 2,1 投资; 2,2 亿元; 2,3 50; 3,0 民生+1; 3,1 就业; 3,2 人; 3,3 4000; 4,1 收入; 4,2 元; 4,3 30000"},
		{"numbered columns", "项目|总投资|年度投资\n甲|1|2\n道路|5.20|1.30\n桥梁|2.10|0.60\n", 2,
			"0,0 项目; 0,1 总投资; 0,2 年度投资; 1,0 甲; 1,1 1; 1,2 2; 2,0 道路; 2,1 5.20; 2,2 1.30; 3,0 桥梁; 3,1 2.10; 3,2 0.60"},
		{"words only", "任务|责任单位\n修编规划|资规局\n整治河道|水务局\n", 1,
			"0,0 任务; 0,1 责任单位; 1,0 修编规划; 1,1 资规局; 2,0 整治河道; 2,1 水务局"},
		{"tabs", "指标\t数值\n产值\t1.5\n", 1, "0,0 指标; 0,1 数值; 1,0 产值; 1,1 1.5"},
		{"wide pipes", "指标｜数值\n产值｜1.5\n", 1, "0,0 指标; 0,1 数值; 1,0 产值; 1,1 1.5"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := fromText(tt.text, defaultLimits)
			if err != nil {
				t.Fatal(err)
			}
			if len(d.doc.Tables) != 1 {
				t.Fatalf("%d tables", len(d.doc.Tables))
			}
			table := &d.doc.Tables[0]
			checkTable(t, d.doc, 0, table)
			if got := cellsOf(d.doc.Text, table); got != tt.want || table.HeaderRows != tt.header {
				t.Errorf("header %d\n got %s\nwant %s", table.HeaderRows, got, tt.want)
			}
		})
	}
}

func cellsOf(text string, table *Table) string {
	var all []string
	for _, c := range table.Cells {
		s := fmt.Sprintf("%d,%d %s", c.Row, c.Col, c.In(text))
		if c.RowSpan > 1 {
			s += fmt.Sprintf("+%d", c.RowSpan-1)
		}
		if c.ColSpan > 1 {
			s += fmt.Sprintf(">%d", c.ColSpan-1)
		}
		all = append(all, s)
	}
	return strings.Join(all, "; ")
}

// TestNoTables leaves lines alone that have separators and are no table.
func TestNoTables(t *testing.T) {
	for _, text := range []string{
		"首页 | 新闻 | 政务\n正文一段。\n",
		"|0|\n-|",
		"甲\t\n乙\t\n",
		"索引号: | 1 | 名称: | 甲 |\n文号: | 2 |\n",
		"这是一段很长很长的话,它讲的是全区上半年的工作情况,其中用制表符隔开了前后两半\t后半段也同样是一段很长很长的话,讲的是下半年的打算,不是表格中的单元格内容\n又是一段很长很长的话,它讲的是全区各部门的分工安排,其中用制表符隔开了前后两半\t后半段也同样是一段很长很长的话,讲的是下半年的打算,不是表格中的单元格内容\n",
	} {
		d, err := fromText(text, defaultLimits)
		if err != nil || len(d.doc.Tables) != 0 {
			t.Errorf("%q: %d tables (%v)", text, len(d.doc.Tables), err)
		}
	}
}

// TestPlacedTables lays tables of parts out, merged cells with their extents.
func TestPlacedTables(t *testing.T) {
	cell := func(text string, rows, cols int) part.Cell {
		return part.Cell{Text: text, RowSpan: rows, ColSpan: cols}
	}
	table := &part.Table{Rows: [][]part.Cell{
		{cell("2024年主要指标表", 1, 4)},
		{cell("单位：亿元、%", 1, 4)},
		{cell("指标", 2, 1), cell("2024年", 1, 2), cell("备注", 2, 1)},
		{cell("完成\n数", 1, 1), cell("增速", 1, 1)},
		{cell("产值", 1, 1), cell("15.5", 1, 1), cell("6.1", 1, 1), cell("", 3, 1)},
		{cell("税收", 1, 1), cell("2.4", 1, 1), cell("3.0", 1, 1)},
	}}
	d, err := fromParts([]part.Part{{Text: "前言"}, {Kind: part.TableKind, Table: table}}, defaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	got := &d.doc.Tables[0]
	checkTable(t, d.doc, 0, got)
	want := "0,0 指标+1; 0,1 2024年>1; 0,3 备注+1; 1,1 完成 数; 1,2 增速; 2,0 产值; 2,1 15.5; 2,2 6.1; 3,0 税收; 3,1 2.4; 3,2 3.0"
	if s := cellsOf(d.doc.Text, got); s != want || got.HeaderRows != 2 {
		t.Errorf("header %d\n got %s\nwant %s", got.HeaderRows, s, want)
	}
	if got.Caption.In(d.doc.Text) != "2024年主要指标表" || got.Unit.In(d.doc.Text) != "亿元、%" {
		t.Errorf("caption %q, unit %q", got.Caption.In(d.doc.Text), got.Unit.In(d.doc.Text))
	}
	if line := d.line(len(d.doc.Blocks) - 1); line != "税收 | 2.4 | 3.0" {
		t.Errorf("last line %q", line)
	}
}

// TestCaptionsAndUnits takes the line above a table and the unit near it.
func TestCaptionsAndUnits(t *testing.T) {
	tests := []struct{ name, above, caption, unit string }{
		{"line", "主要指标完成情况表\n", "主要指标完成情况表", ""},
		{"unit line between", "主要指标完成情况表\n单位：万元\n", "主要指标完成情况表", "万元"},
		{"unit in brackets", "主要指标完成情况表（单位：亿元、%）\n", "主要指标完成情况表（单位：亿元、%）", "亿元、%"},
		{"a sentence", "主要指标完成情况良好,见下表。\n", "", ""},
		{"another unit", "责任单位：发改局\n", "责任单位：发改局", ""},
	}
	for _, tt := range tests {
		doc, err := Open(context.Background(), "a.txt", []byte(tt.above+"指标|数\n产值|5\n税收|6\n"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		table := doc.Tables[0]
		if c, u := table.Caption.In(doc.Text), table.Unit.In(doc.Text); c != tt.caption || u != tt.unit {
			t.Errorf("%s: caption %q, unit %q", tt.name, c, u)
		}
	}
}

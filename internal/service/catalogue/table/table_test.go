package table_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"luoshi/internal/service"
	"luoshi/internal/service/catalogue/table"
)

var fields = table.ParseFields(`# key | names
name!    | 项目名称 名称
total    | 总投资 投资额
start    | 开工日期 开工时间
category | 类别
`)

// rows are what a table says, a line per row.
func rows(t table.Table) []string {
	var lines []string
	for _, r := range t.Rows {
		line := fmt.Sprintf("%d %s:", r.Number, r.Group)
		for _, f := range fields {
			if value, ok := r.Cells[f.Key]; ok {
				line += " " + f.Key + "=" + value
			}
		}
		lines = append(lines, line)
	}
	return lines
}

func TestTablesAsOfficesMakeThem(t *testing.T) {
	for name, c := range map[string]struct {
		csv  string
		want []string
	}{
		"plain": {"项目名称,总投资\n甲路,1200\n", []string{"2 : name=甲路 total=1200"}},
		"title, group rows, totals, blank lines": {
			"望溪区2026年重点项目表,,,\n单位：万元,,,\n序号,项目 名称*,总投资（万元）,备注\n,,,\n一、产业项目,,,\n1,甲厂,1200,\n2,\"乙,丙厂\",,\n小计,,1200,\n二、民生项目,,,\n3,丁校,80,急\n合计,,1280,\n",
			[]string{"6 一、产业项目: name=甲厂 total=1200", "7 一、产业项目: name=乙,丙厂", "10 二、民生项目: name=丁校 total=80"},
		},
		"semicolons and a byte order mark": {"\ufeff名称;开工时间\n甲路;2026年3月\n", []string{"2 : name=甲路 start=2026年3月"}},
		"tabs":                             {"名称\t开工时间\n甲路\t2026/3/1\n", []string{"2 : name=甲路 start=2026/3/1"}},
		"a row that lacks what is needed":  {"序号,名称,总投资\n1,,1200\n", []string{"2 : total=1200"}},
		"words that look like a formula":   {"名称,总投资\n=1+1,1\n", []string{"2 : name==1+1 total=1"}},
		"names and nothing else":           {"名称,总投资\n甲路,\n一、产业,\n乙路,\n", []string{"2 : name=甲路", "4 一、产业: name=乙路"}},
		"one column":                       {"名称\n甲路\n", []string{"2 : name=甲路"}},
		"ragged rows":                      {"名称,总投资\n甲,1,2,3\n乙,5\n", []string{"2 : name=甲 total=1", "3 : name=乙 total=5"}},
		"a repeated heading":               {"名称,名称,总投资\n甲,乙,5\n", []string{"2 : name=甲 total=5"}},
	} {
		t.Run(name, func(t *testing.T) {
			for encoding, data := range map[string][]byte{"utf-8": []byte(c.csv), "gb18030": gb18030(t, c.csv)} {
				found, err := table.Read("表.csv", data, fields)
				if err != nil {
					t.Fatalf("%s: %v", encoding, err)
				}
				if got := rows(found); !reflect.DeepEqual(got, c.want) {
					t.Errorf("%s:\ngot  %q\nwant %q", encoding, got, c.want)
				}
			}
		})
	}
}

func gb18030(t *testing.T, text string) []byte {
	t.Helper()
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(strings.TrimPrefix(text, "\ufeff")))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestAWorkbookIsReadToItsLastDigit(t *testing.T) {
	file := excelize.NewFile()
	style, _ := file.NewStyle(&excelize.Style{NumFmt: 3})
	set := func(cell string, value any) {
		t.Helper()
		if err := file.SetCellValue("Sheet2", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := file.NewSheet("Sheet2"); err != nil {
		t.Fatal(err)
	}
	for i, heading := range []string{"类别", "项目名称", "总投资(万元)", "开工日期", "说明"} {
		cell, _ := excelize.CoordinatesToCellName(i+1, 2)
		set(cell, heading)
	}
	set("A1", "重点项目")
	set("A3", "产业")
	set("B3", "甲厂\n一期")
	set("C3", 12345.678)
	set("B4", "乙厂")
	set("C4", 0.1+0.2)
	set("D4", time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC))
	_ = file.SetCellStyle("Sheet2", "C3", "C3", style)
	_ = file.MergeCell("Sheet2", "A3", "A4")
	_ = file.MergeCell("Sheet2", "A1", "E1")
	var out bytes.Buffer
	if err := file.Write(&out); err != nil {
		t.Fatal(err)
	}
	found, err := table.Read("表.xlsx", out.Bytes(), fields)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"3 : name=甲厂\n一期 total=12345.678 category=产业", "4 : name=乙厂 total=0.3 start=46082 category=产业"}
	if got := rows(found); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if found.Headings["total"] != "总投资(万元)" || !reflect.DeepEqual(found.Unknown, []string{"说明"}) {
		t.Errorf("%v, %v", found.Headings, found.Unknown)
	}
	if money, ok := table.Money(found.Rows[1].Cells["total"], found.Headings["total"]); !ok || money.Plain() != "3000" {
		t.Errorf("%v, %v", money, ok)
	}
	if span, ok := table.Span(found.Rows[1].Cells["start"]); !ok || span.From.String() != "2026-03-01" {
		t.Errorf("%v, %v", span, ok)
	}
}

func TestFilesThatHoldNoTable(t *testing.T) {
	many := "名称\n" + strings.Repeat("甲路\n", 20_001)
	for name, c := range map[string]struct {
		file string
		data []byte
		want string
	}{
		"old Excel":          {"表.xls", []byte("\xd0\xcf\x11\xe0"), "table.format"},
		"text":               {"表.txt", []byte("名称\n甲\n"), "table.format"},
		"another archive":    {"表.xlsx", []byte("PK\x03\x04broken"), "table.damaged"},
		"nothing":            {"表.csv", nil, "table.headings"},
		"no heading":         {"表.csv", []byte("甲,乙\n丙,丁\n"), "table.headings"},
		"the needed is away": {"表.csv", []byte("总投资,类别\n1,产业\n"), "table.headings"},
		"no rows":            {"表.csv", []byte("名称,总投资\n合计,5\n"), "table.empty"},
		"too many rows":      {"表.csv", []byte(many), "table.large"},
		"too many bytes":     {"表.csv", make([]byte, table.MostBytes+1), "table.large"},
	} {
		var fault *service.Fault
		if _, err := table.Read(c.file, c.data, fields); !errors.As(err, &fault) || fault.Code != c.want || fault.Words.ZH == "" || fault.Words.EN == "" {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

func TestMoneyIsCountedAsTheTableSays(t *testing.T) {
	for _, c := range []struct{ cell, heading, want string }{
		{"1200", "总投资（万元）", "12000000"},
		{"1200", "总投资(亿元)", "120000000000"},
		{"1200", "总投资(元)", "1200"},
		{"1200", "总投资", "12000000"},
		{"1,234.5", "总投资", "12345000"},
		{"15.94亿元", "总投资（万元）", "1594000000"},
		{"３万", "", "30000"},
		{"0.00001", "总投资（万元）", "0.1"},
		{"—", "总投资", ""},
		{"", "总投资", ""},
		{"约1200", "总投资", "?"},
		{"1200万美元", "总投资", "?"},
		{"99999999999999999999", "总投资", "?"},
		{"1234567890.12345678", "总投资", "12345678901234.5678"},
	} {
		amount, ok := table.Money(c.cell, c.heading)
		got := "?"
		if ok {
			got = ""
			if amount.Known() {
				got = amount.Plain()
			}
		}
		if got != c.want {
			t.Errorf("%s under %s: got %s, want %s", c.cell, c.heading, got, c.want)
		}
	}
}

func TestDatesAsOfficesWriteThem(t *testing.T) {
	for cell, want := range map[string]string{
		"2026-03-01": "2026-03-01 2026-03-01", "2026/3/1": "2026-03-01 2026-03-01", "2026.3.1": "2026-03-01 2026-03-01",
		"2026年3月1日": "2026-03-01 2026-03-01", "2026年3月": "2026-03-01 2026-03-31", "2026.02": "2026-02-01 2026-02-28",
		"2026": "2026-01-01 2026-12-31", "2026年": "2026-01-01 2026-12-31", "46082": "2026-03-01 2026-03-01",
		"46082.5": "2026-03-01 2026-03-01", "": " ", "无": " ", "2026-02-30": "?", "2026-13": "?", "3月1日": "?", "待定": "?", "1900-01-01": "?",
	} {
		span, ok := table.Span(cell)
		got := "?"
		if ok {
			got = span.From.String() + " " + span.To.String()
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", cell, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("名称,总投资\n甲,1\n"))
	f.Add([]byte("\"名称\n"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		found, err := table.Read("x.csv", data, fields)
		if err != nil {
			return
		}
		for _, r := range found.Rows {
			_, _ = table.Money(r.Cells["total"], found.Headings["total"])
			_, _ = table.Span(r.Cells["start"])
		}
	})
}

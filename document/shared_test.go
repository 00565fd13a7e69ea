package document

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"luoshi/document/partcheck"
)

// described is what a document is expected to say of itself.
type described struct {
	title, region, date string
	kind                Kind
	plan                int
	report              string // from..to
}

// TestMetaOfDocuments tells the plan year and the reporting period of real documents from their bodies.
func TestMetaOfDocuments(t *testing.T) {
	expected := map[string]described{
		"documents/guandu-2021h1-report.txt":  {"**区2021年上半年国民经济和社会发展计划执行情况报告", "", "2021-08-31", KindBoth, 2021, "2021-01-01..2021-06-30"},
		"documents/qindu-2022-results.txt":    {"", "秦都区", "", KindReport, 0, "2022-01-01..2022-12-31"},
		"documents/xincheng-2021-plan.txt":    {"新城区政府2021年工作安排", "新城区", "", KindPlan, 2021, ".."},
		"documents/xixian-2021-plan.txt":      {"2022年度建党100周年西咸新区工作要点策划方案(完整文档)", "西咸新区", "2022-12-14", KindPlan, 2021, ".."},
		"documents/yintai-2023-plan.txt":      {"", "", "", KindPlan, 2023, ".."},
		"corpus/provinces/anhui-2026.txt":     {"2026年安徽省政府工作报告", "安徽省", "2026-02-05", KindBoth, 2026, "2025-01-01..2025-12-31"},
		"corpus/provinces/gansu-2026.txt":     {"2026年甘肃省政府工作报告", "甘肃省", "2026-01-27", KindBoth, 2026, "2025-01-01..2025-12-31"},
		"corpus/provinces/guangdong-2026.txt": {"政府工作报告", "广东省", "2026-01-26", KindBoth, 2026, "2025-01-01..2025-12-31"},
		"corpus/provinces/neimenggu-2026.txt": {"2026年内蒙古自治区政府工作报告", "内蒙古自治区", "2026-02-04", KindBoth, 2026, "2025-01-01..2025-12-31"},
		"corpus/national/1957.txt":            {"政府工作报告", "全国", "1957-06-26", KindBoth, 1957, "1956-01-01..1956-12-31"},
		"corpus/national/2017.txt":            {"政府工作报告", "全国", "2017-03-05", KindBoth, 2017, "2016-01-01..2016-12-31"},
	}
	sharedFiles(t, "documents/*.txt")
	for name, want := range expected {
		doc, err := Open(context.Background(), "document.txt", partcheck.File(t, filepath.Join(shared, name)), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkDocument(t, doc)
		m := doc.Meta
		got := described{m.Title.Value, m.Region.Value, m.Date.Value, m.Kind, m.PlanYear, m.ReportPeriod.From.String() + ".." + m.ReportPeriod.To.String()}
		if got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", name, got, want)
		}
	}
}

// otherYears are reports that plan another year than that of their delivery, or several: those of 1964 and
// 1980 to 1981 look ahead, the others lay a five-year plan before the assembly. 1978 names hardly any year,
// and is known to come out wrong.
var otherYears = map[string]string{
	"1955": "1957", "1964": "1965", "1978": "", "1980": "1981", "1981": "1982", "1982": "1985 after 1976-01-01..1980-12-31",
	"1986": "1990 after 1981-01-01..1985-12-31",
}

// TestYearsOfCorpus expects every report to plan its own year and to account for the one before.
func TestYearsOfCorpus(t *testing.T) {
	for _, name := range sharedFiles(t, "corpus/*/*.txt") {
		doc, err := Open(context.Background(), "report.txt", partcheck.File(t, name), Options{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		checkDocument(t, doc)
		base := strings.TrimSuffix(filepath.Base(name), ".txt")
		digits := base[len(base)-4:]
		year, err := strconv.Atoi(digits)
		if err != nil {
			t.Fatal(err)
		}
		m := doc.Meta
		if m.Kind != KindBoth {
			t.Errorf("%s is a %s", name, m.Kind)
		}
		if other, ok := otherYears[digits]; ok {
			if got := fmt.Sprintf("%d after %v..%v", m.PlanYear, m.ReportPeriod.From, m.ReportPeriod.To); !strings.HasPrefix(got, other) {
				t.Errorf("%s plans %s, want %s", name, got, other)
			}
			continue
		}
		if m.PlanYear != year || int(m.ReportPeriod.To.Year) != year-1 || m.ReportPeriod.To.Month != 12 {
			t.Errorf("%s plans %d and accounts for %v", name, m.PlanYear, m.ReportPeriod)
		}
	}
}

// TestFurnitureOfCorpus finds the pages' own lines near the head and the tail, and never a long paragraph.
func TestFurnitureOfCorpus(t *testing.T) {
	for _, name := range sharedFiles(t, "corpus/*/*.txt") {
		doc, err := Open(context.Background(), "report.txt", partcheck.File(t, name), Options{})
		if err != nil {
			t.Fatal(err)
		}
		licence := 0
		for i, b := range doc.Blocks {
			line := b.In(doc.Text)
			if b.Furniture && len(line) > 200 {
				t.Errorf("%s: block %d is text: %s", name, i, beginning(line))
			}
			if b.Furniture && i > 20 && i < len(doc.Blocks)*2/3 {
				t.Errorf("%s: block %d of %d is in the middle: %s", name, i, len(doc.Blocks), line)
			}
			if !b.Furniture && (line == "Public domain" || line == "下载" || line == "相关报道：" || strings.HasPrefix(line, "来源：")) {
				t.Errorf("%s: block %d is furniture: %s", name, i, line)
			}
			if b.Furniture {
				licence++
			}
		}
		if strings.Contains(name, "national") && licence < 18 {
			t.Errorf("%s: %d lines of its licence are marked", name, licence)
		}
	}
}

// TestTablesOfReport sets the cells that a web copy dropped back to their columns.
func TestTablesOfReport(t *testing.T) {
	sharedFiles(t, "documents/guandu*.txt")
	doc, err := Open(context.Background(), "report.txt", partcheck.File(t, filepath.Join(shared, "documents/guandu-2021h1-report.txt")), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Tables) != 2 {
		t.Fatalf("%d tables", len(doc.Tables))
	}
	cells := map[string][2]int{} // text to row and column
	for _, c := range doc.Tables[0].Cells {
		cells[c.In(doc.Text)] = [2]int{c.Row, c.Col}
	}
	for text, want := range map[string][2]int{
		"完成数": {1, 3}, "增长%": {1, 4}, "备注": {0, 5}, "15341": {7, 3}, "14.3": {7, 4}, "3.22": {8, 3}, "3.8": {9, 4}, "——": {4, 3},
	} {
		if cells[text] != want {
			t.Errorf("%s stands at %v, want %v", text, cells[text], want)
		}
	}
	if second := doc.Tables[1]; second.HeaderRows != 1 || second.Cols != 7 || second.Rows != 8 {
		t.Errorf("second table: %d header rows, %d x %d", second.HeaderRows, second.Rows, second.Cols)
	}
}

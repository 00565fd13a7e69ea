package present_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"luoshi/internal/present"
	"luoshi/internal/present/wording"
)

// opened is the sample's workbook, opened again.
func opened(t *testing.T) *excelize.File {
	t.Helper()
	out := written(t, present.Options{What: present.Clauses, Format: present.Excel, Lang: wording.Chinese})
	file, err := excelize.OpenReader(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// column is the letter of a heading.
func column(t *testing.T, file *excelize.File, sheet, heading string) string {
	t.Helper()
	rows, err := file.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	for i, value := range rows[0] {
		if value == heading {
			name, err := excelize.ColumnNumberToName(i + 1)
			if err != nil {
				t.Fatal(err)
			}
			return name
		}
	}
	t.Fatalf("sheet %s has no column %s", sheet, heading)
	return ""
}

func TestWorkbookHasASheetForEachPart(t *testing.T) {
	file := opened(t)
	if got := strings.Join(file.GetSheetList(), " "); got != "数据项 事项 大纲 文件信息" {
		t.Errorf("the sheets are %s", got)
	}
	if got := file.GetSheetName(file.GetActiveSheetIndex()); got != "事项" {
		t.Errorf("opens on %s, not on what was asked for", got)
	}
	for sheet, want := range map[string]int{"数据项": 1 + 2*12, "事项": 1 + 2*8, "大纲": 1 + 2*3, "文件信息": 1 + 2} {
		rows, err := file.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) != want {
			t.Errorf("%s has %d rows, want %d", sheet, len(rows), want)
		}
	}
}

func TestWorkbookKeepsNumbersDatesAndTextApart(t *testing.T) {
	file := opened(t)
	row := "6" // the total investment
	for heading, want := range map[string]struct {
		shown string
		kind  excelize.CellType
	}{
		"对象":   {"总投资", excelize.CellTypeInlineString},
		"数值":   {"167,387,000,000", excelize.CellTypeUnset}, // unset is how Excel writes a number
		"时限":   {"2025-12-31", excelize.CellTypeUnset},
		"类别":   {"目标", excelize.CellTypeInlineString},
		"限定":   {"超过", excelize.CellTypeInlineString},
		"原句":   {"全年安排重点项目70个,总投资超过1673.87亿元。", excelize.CellTypeInlineString},
		"所在章节": {"二、重点任务 › (一)扩大有效投资", excelize.CellTypeInlineString},
	} {
		at := column(t, file, "数据项", heading) + row
		shown, err := file.GetCellValue("数据项", at)
		if err != nil {
			t.Fatal(err)
		}
		kind, err := file.GetCellType("数据项", at)
		if err != nil {
			t.Fatal(err)
		}
		if shown != want.shown || kind != want.kind {
			t.Errorf("%s reads %q of type %d, want %q of type %d", heading, shown, kind, want.shown, want.kind)
		}
	}
}

func TestWorkbookTakesNoTextForAFormula(t *testing.T) {
	file := opened(t)
	found := false
	for _, sheet := range file.GetSheetList() {
		rows, err := file.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c, value := range row {
				at, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				formula, err := file.GetCellFormula(sheet, at)
				if err != nil {
					t.Fatal(err)
				}
				if formula != "" {
					t.Errorf("%s!%s is the formula %q", sheet, at, formula)
				}
				found = found || strings.HasPrefix(value, "=SUM")
			}
		}
	}
	if !found {
		t.Error("the words that look like a formula are not in the workbook as they stand in the text")
	}
}

func TestWorkbookIsReadyToPrintAndFilter(t *testing.T) {
	file := opened(t)
	panes, err := file.GetPanes("数据项")
	if err != nil {
		t.Fatal(err)
	}
	if !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("the headings are not frozen: %+v", panes)
	}
	layout, err := file.GetPageLayout("数据项")
	if err != nil {
		t.Fatal(err)
	}
	if *layout.Orientation != "landscape" || *layout.Size != 9 || *layout.FitToWidth != 1 {
		t.Errorf("does not print on A4 across, fitted to the width")
	}
	names := map[string]string{}
	for _, name := range file.GetDefinedName() {
		names[name.Name+" "+name.Scope] = name.RefersTo
	}
	if got := names["_xlnm.Print_Titles 数据项"]; got != "'数据项'!$1:$1" {
		t.Errorf("the headings are not repeated on every page: %q", got)
	}
	if got := names["_xlnm._FilterDatabase 数据项"]; !strings.HasSuffix(got, "$N$25") {
		t.Errorf("the filter does not cover the rows: %q", got)
	}
}

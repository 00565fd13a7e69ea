package present_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"luoshi/internal/present"
	"luoshi/internal/present/wording"
)

// reopened is a workbook of results, opened again.
func reopened(t *testing.T, written []byte) *excelize.File {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(written))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

var bookLook = present.Look{Format: present.Excel, Lang: wording.Chinese}

// cellOf is what a cell shows, by the heading of its column.
func cellOf(t *testing.T, file *excelize.File, sheet, heading, row string) string {
	t.Helper()
	value, err := file.GetCellValue(sheet, column(t, file, sheet, heading)+row)
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func TestWorkbookOfFindings(t *testing.T) {
	file := reopened(t, findings(t, checked(false), bookLook))
	if got := strings.Join(file.GetSheetList(), " "); got != "校核结果 规则" {
		t.Errorf("the sheets are %s", got)
	}
	for heading, want := range map[string]string{
		"级别": "错误", "结论": "", "规则": "比率", "说明": "占全市的四分之一\uff0c应为十七分之三",
		"算式": "12 ÷ 70 = 17.14%\uff0c允许 16.31%–17.99%\uff0c文中 25%\uff1a不符", "建议": "核对 <公厕> 的座数",
		"涉及数据": "四分之一\n12座\n70个", "所在章节": "二、重点任务 › (一)扩大有效投资", "文件": "a.txt", "位置": "159",
		"原句": "去年新建 <公厕> & \"驿站\" 12座,占全市的四分之一。\n全年安排重点项目70个,总投资超过1673.87亿元。",
	} {
		if got := cellOf(t, file, "校核结果", heading, "4"); got != want {
			t.Errorf("%s reads %q, want %q", heading, got, want)
		}
	}
	if got := cellOf(t, file, "校核结果", "文件", "6"); got != "a.txt\nb.zip/云溪.docx" {
		t.Errorf("a finding between documents is of %q", got)
	}
	if title, count := cellOf(t, file, "规则", "规则", "2"), cellOf(t, file, "规则", "项数", "2"); title != "比率" || count != "3" {
		t.Errorf("the rule %s has %s findings", title, count)
	}
}

func TestWorkbookOfPromises(t *testing.T) {
	file := reopened(t, promises(t, matched(), bookLook))
	if got := strings.Join(file.GetSheetList(), " "); got != "承诺对照 小结" {
		t.Errorf("the sheets are %s", got)
	}
	for heading, want := range map[string]string{
		"结论": "未完成", "承诺事项": "城镇登记失业率", "计划数": "4%", "报告数": "4.5%", "差距": "+0.5 个百分点", "把握": "高",
		"计划原句": "城镇登记失业率控制在4%以内。", "报告原句": "全区城镇登记失业率为4.5%,主要原因是企业搬迁。",
		"未完成的原因": "主要原因是企业搬迁", "计划文件": "plan.txt", "报告文件": "report.txt", "报告位置": "36",
	} {
		if got := cellOf(t, file, "承诺对照", heading, "3"); got != want {
			t.Errorf("%s reads %q, want %q", heading, got, want)
		}
	}
	if got := cellOf(t, file, "承诺对照", "报告原句", "6") + cellOf(t, file, "承诺对照", "把握", "6"); got != "" {
		t.Errorf("a promise that is not reported has the report's %q", got)
	}
	if verdict, count := cellOf(t, file, "小结", "结论", "6"), cellOf(t, file, "小结", "项数", "6"); verdict != "未完成" || count != "1" {
		t.Errorf("the totals say %s %s", verdict, count)
	}
}

func TestWorkbooksOfResultsAreReadyForAnOffice(t *testing.T) {
	for sheet, written := range map[string][]byte{
		"校核结果": findings(t, checked(false), bookLook), "承诺对照": promises(t, matched(), bookLook),
	} {
		file := reopened(t, written)
		if panes, err := file.GetPanes(sheet); err != nil || !panes.Freeze || panes.YSplit != 1 {
			t.Errorf("%s: the headings are not frozen: %+v, %v", sheet, panes, err)
		}
		filtered := false
		for _, name := range file.GetDefinedName() {
			filtered = filtered || name.Name == "_xlnm._FilterDatabase" && name.Scope == sheet
		}
		if !filtered {
			t.Errorf("%s has no filter", sheet)
		}
		rows := map[string][2]int{"校核结果": {3, 4}, "承诺对照": {2, 9}}[sheet]
		short, err := file.GetRowHeight(sheet, rows[0])
		if err != nil {
			t.Fatal(err)
		}
		tall, err := file.GetRowHeight(sheet, rows[1])
		if err != nil {
			t.Fatal(err)
		}
		if tall <= short {
			t.Errorf("%s: a row of several lines is %v points high, one of few lines %v", sheet, tall, short)
		}
		fills := map[string]bool{}
		for _, row := range []string{"2", "3", "4", "5"} {
			id, err := file.GetCellStyle(sheet, "A"+row)
			if err != nil {
				t.Fatal(err)
			}
			style, err := file.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			fills[strings.Join(style.Fill.Color, "")] = true
		}
		if len(fills) != 4 {
			t.Errorf("%s: four grades have the fills %v", sheet, fills)
		}
	}
}

func TestWorkbookOfSeries(t *testing.T) {
	file := reopened(t, series(t, followed(), bookLook))
	if got := strings.Join(file.GetSheetList(), " "); got != "历年目标与结果 没有下文的承诺" {
		t.Errorf("the sheets are %s", got)
	}
	for heading, want := range map[string]string{
		"指标": "城镇登记失业率", "年份": "2024", "目标": "4%", "结果": "4.5%", "结论": "未完成", "差距": "+0.5 个百分点",
		"计划原句": "城镇登记失业率控制在4%以内。", "报告文件": "report.txt",
	} {
		if got := cellOf(t, file, "历年目标与结果", heading, "6"); got != want {
			t.Errorf("%s reads %q, want %q", heading, got, want)
		}
	}
	if got := cellOf(t, file, "没有下文的承诺", "承诺事项", "3"); got != "北站改扩建工程" {
		t.Errorf("the promise without a number is %q", got)
	}
}

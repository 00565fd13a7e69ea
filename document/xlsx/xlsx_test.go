package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"luoshi/document/fault"
	"luoshi/document/limit"
	"luoshi/document/partcheck"
)

func TestGolden(t *testing.T) {
	partcheck.Golden(t, "testdata/progress.golden", render(t, partcheck.File(t, "testdata/progress.xlsx")))
}

func render(t testing.TB, data []byte) string {
	t.Helper()
	return partcheck.Reader(Parts).Render(t, data)
}

// workbook makes a workbook with excelize.
func workbook(t testing.TB, fill func(f *excelize.File) error) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := fill(f); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// rows fills a sheet from its first cell on.
func rows(f *excelize.File, sheet string, rows ...[]any) error {
	for i, row := range rows {
		if err := f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return err
		}
	}
	return nil
}

func TestSheets(t *testing.T) {
	grid := [][]any{{"项目", "投资"}, {"大桥", 5}, {"水厂", 2}}
	cases := []struct {
		name string
		fill func(f *excelize.File) error
		want string
	}{
		{"a single sheet has no heading", func(f *excelize.File) error { return rows(f, "Sheet1", grid...) },
			"[table header=0 ]\n|项目|投资|\n|大桥|5|\n|水厂|2|\n"},
		{"hidden and empty sheets are left out", func(f *excelize.File) error {
			for _, name := range []string{"底稿", "空表"} {
				if _, err := f.NewSheet(name); err != nil {
					return err
				}
			}
			return errors.Join(f.SetCellStr("底稿", "A1", "内部"), f.SetSheetVisible("底稿", false), rows(f, "Sheet1", grid...))
		}, "[table header=0 ]\n|项目|投资|\n|大桥|5|\n|水厂|2|\n"},
		{"several sheets begin with their names", func(f *excelize.File) error {
			_, err := f.NewSheet("明细")
			return errors.Join(err, rows(f, "Sheet1", grid...), rows(f, "明细", []any{"甲", "乙"}, []any{1, 2}))
		}, "# Sheet1\n[table header=0 ]\n|项目|投资|\n|大桥|5|\n|水厂|2|\n# 明细\n[table header=0 ]\n|甲|乙|\n|1|2|\n"},
		{"hidden rows and columns are left out", func(f *excelize.File) error {
			return errors.Join(rows(f, "Sheet1", []any{"甲", "密", "乙"}, []any{1, 2, 3}, []any{4, 5, 6}), f.SetColVisible("Sheet1", "B", false), f.SetRowVisible("Sheet1", 2, false))
		}, "[table header=0 ]\n|甲|乙|\n|4|6|\n"},
		{"a merge over a hidden column is narrower", func(f *excelize.File) error {
			return errors.Join(rows(f, "Sheet1", []any{"投资", nil, nil, "备注"}, []any{1, 2, 3, 4}), f.MergeCell("Sheet1", "A1", "C1"), f.SetColVisible("Sheet1", "B", false))
		}, "[table header=0 ]\n|投资→2|备注|\n|1|3|4|\n"},
		{"an empty row parts two tables", func(f *excelize.File) error {
			return rows(f, "Sheet1", []any{"甲", "乙"}, []any{1, 2}, nil, []any{"丙", "丁"}, []any{3, 4})
		}, "[table header=0 ]\n|甲|乙|\n|1|2|\n[table header=0 ]\n|丙|丁|\n|3|4|\n"},
		{"titles stand above, notes below", func(f *excelize.File) error {
			return errors.Join(rows(f, "Sheet1", []any{"重点项目表"}, []any{nil, "单位：亿元"}, []any{"项目", "投资"}, []any{"大桥", 5}, []any{"注：含前期费用。"}), f.MergeCell("Sheet1", "A1", "B1"))
		}, "重点项目表\n单位：亿元\n[table header=0 ]\n|项目|投资|\n|大桥|5|\n注：含前期费用。\n"},
		{"merged cells stand once", func(f *excelize.File) error {
			return errors.Join(rows(f, "Sheet1", []any{"序号", "投资"}, []any{nil, "总额", "年度"}, []any{1, 56, 12}), f.MergeCell("Sheet1", "A1", "A2"), f.MergeCell("Sheet1", "B1", "C1"))
		}, "[table header=2 ]\n|序号↓2|投资→2|\n|总额|年度|\n|1|56|12|\n"},
		{"a merge beyond the filled cells is cut to them", func(f *excelize.File) error {
			return errors.Join(rows(f, "Sheet1", []any{"甲", "乙"}, []any{1, 2}), f.MergeCell("Sheet1", "B2", "B1048576"))
		}, "[table header=0 ]\n|甲|乙|\n|1|2|\n"},
		{"frozen rows are headings", func(f *excelize.File) error {
			return errors.Join(rows(f, "Sheet1", grid...), f.SetPanes("Sheet1", &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
		}, "[table header=1 ]\n|项目|投资|\n|大桥|5|\n|水厂|2|\n"},
		{"a label broken in its cell is one", func(f *excelize.File) error {
			return rows(f, "Sheet1", []any{"年度\n目标", "完成值"}, []any{"1.新建道路12条，完成投资3亿元\n2.改建桥梁3座", 2})
		}, "[table header=0 ]\n|年度目标|完成值|\n|1.新建道路12条，完成投资3亿元 2.改建桥梁3座|2|\n"},
		{"a column of text is paragraphs", func(f *excelize.File) error {
			return rows(f, "Sheet1", []any{"一、总体要求"}, []any{"稳中求进。"})
		},
			"一、总体要求\n稳中求进。\n"},
		{"rich text, booleans and formulas", func(f *excelize.File) error {
			return errors.Join(rows(f, "Sheet1", []any{"甲", true}, []any{nil, 1}), f.SetCellRichText("Sheet1", "A2", []excelize.RichTextRun{{Text: "增长"}, {Text: "6%", Font: &excelize.Font{Bold: true}}}))
		}, "[table header=0 ]\n|甲|TRUE|\n|增长6%|1|\n"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if got := render(t, workbook(t, c.fill)); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestFormats(t *testing.T) {
	cases := []struct {
		value float64
		code  string
		want  string
	}{
		{0.1 + 0.2, "", "0.3"}, {1234567.125, "", "1234567.125"}, {0.00001, "", "0.00001"}, {1e15, "", "1000000000000000"},
		{0.0655, "0.0%", "6.6%"}, {12345.678, "#,##0.00", "12,345.68"}, {0.125, "0.00", "0.13"},
		{45292, `yyyy"年"m"月"d"日"`, "2024年1月1日"}, {45292, "yyyy/m/d", "2024/1/1"}, {45292, `[$-804]yyyy"年"m"月"`, "2024年1月"},
		{-1234.5, `#,##0.00_);[Red]\(#,##0.00\)`, "(1,234.50)"}, {56, `0.0"万元"`, "56.0万元"}, {99.95, "0.0_ ", "100.0"}, {5, `"第"0"季度"`, "第5季度"},
	}
	for _, c := range cases {
		data := workbook(t, func(f *excelize.File) error {
			style := &excelize.Style{}
			if c.code != "" {
				style.CustomNumFmt = &c.code
			}
			id, err := f.NewStyle(style)
			return errors.Join(err, f.SetCellFloat("Sheet1", "A1", c.value, -1, 64), f.SetCellStyle("Sheet1", "A1", "A1", id))
		})
		if got := render(t, data); got != c.want+"\n" {
			t.Errorf("%v as %s is %q, want %q", c.value, c.code, got, c.want)
		}
	}
	t.Run("built-in formats of Chinese programs", func(t *testing.T) {
		for id, want := range map[string]string{"9": "4529200%", "14": "2024/1/1", "31": "2024年1月1日", "57": "2024年1月", "58": "1月1日"} {
			styles := `<styleSheet><cellXfs><xf numFmtId="` + id + `"/></cellXfs></styleSheet>`
			if got := render(t, pack(t, `<row r="1"><c r="A1" s="0"><v>45292</v></c></row>`, styles)); got != want+"\n" {
				t.Errorf("format %s shows %q, want %q", id, got, want)
			}
		}
	})
}

// pack makes a workbook of one sheet by hand, without the parts of which nothing is given.
func pack(t testing.TB, sheetData, styles string, others ...string) []byte {
	t.Helper()
	const related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	files := append([]string{
		"xl/workbook.xml", `<workbook xmlns:r="` + related + `"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="` + related + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml", `<worksheet><sheetData>` + sheetData + `</sheetData></worksheet>`,
		"xl/styles.xml", styles,
	}, others...)
	for i := len(files) - 2; i >= 0; i -= 2 {
		if files[i+1] == "" {
			files = slices.Delete(files, i, i+2)
		}
	}
	return partcheck.Zip(t, files...)
}

func TestFaults(t *testing.T) {
	row := func(n int, cells string) string { return fmt.Sprintf(`<row r="%d">%s</row>`, n, cells) }
	text := func(ref, text string) string {
		return `<c r="` + ref + `" t="inlineStr"><is><t>` + text + `</t></is></c>`
	}
	cases := []struct {
		name string
		data []byte
		lim  limit.Limits
		want fault.Code
	}{
		{"no zip", []byte("PK"), limit.Limits{}, fault.Corrupt},
		{"an empty sheet", pack(t, "", ""), limit.Limits{}, fault.Empty},
		{"XML cut off", pack(t, row(1, "<c"), ""), limit.Limits{}, fault.Corrupt},
		{"two cells at opposite corners", pack(t, row(1, text("A1", "甲")+text("XFD1", "丁"))+row(2, text("A2", "乙"))+row(3, text("A3", "乙")), ""), limit.Limits{Cells: 20000}, fault.TooLarge},
		{"more cells than allowed", pack(t, row(1, strings.Repeat(text("", "甲"), 100)), ""), limit.Limits{Cells: 50}, fault.TooLarge},
		{"one long text shown many times", pack(t, row(1, strings.Repeat(`<c t="s"><v>0</v></c>`, 100)), "", "xl/sharedStrings.xml", `<sst><si><t>`+strings.Repeat("字", 1000)+`</t></si></sst>`), limit.Limits{Text: 100000}, fault.TooLarge},
		{"more shared strings than allowed", pack(t, "", "", "xl/sharedStrings.xml", `<sst>`+strings.Repeat("<si/>", 100)+`</sst>`), limit.Limits{Cells: 50}, fault.TooLarge},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { partcheck.Reader(Parts).WantFault(t, c.data, c.lim, c.want) })
	}
}

func TestOddReferences(t *testing.T) {
	cases := map[string]string{
		`<row r="1"><c r="ZZZZ1"><v>1</v></c></row>`:                              "1\n",
		`<row><c><v>1</v></c><c><v>2</v></c></row>`:                               "[table header=0 ]\n|1|2|\n",
		`<row r="2"><c r="B2"><v>1</v></c><c r="A2"><v>2</v></c></row>`:           "1\n",
		`<row r="1"><c r="A1" t="s"><v>99</v></c><c r="B1"><v>1</v></c></row>`:    "1\n",
		`<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>`:                       "#REF!\n",
		`<row r="1"><c r="A1" s="999"><v>1.50</v></c></row>`:                      "1.5\n",
		`<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>`:                       "2\n",
		`<row r="1"><c r="A1" t="d"><v>2024-06-30T00:00:00</v></c></row>`:         "2024-06-30\n",
		`<row r="1"><c r="A1" t="str"><f>A2</f><v>甲_x000D_</v></c></row>`:         "甲\n",
		`<row r="1"><c r="A1"><v>NaN</v></c></row>`:                               "NaN\n",
		`<row r="99999999"><c><v>1</v></c></row><row r="1"><c><v>2</v></c></row>`: "1\n",
	}
	for sheet, want := range cases {
		if got := render(t, pack(t, sheet, "")); got != want {
			t.Errorf("%s: got %q, want %q", sheet, got, want)
		}
	}
}

func FuzzSheet(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" s="1"><v>1.5</v></c><c r="B1" t="inlineStr"><is><t>甲</t></is></c></row><mergeCells><mergeCell ref="A1:B2"/></mergeCells>`, `<styleSheet><numFmts><numFmt numFmtId="200" formatCode="0.0%"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs></styleSheet>`)
	f.Fuzz(func(t *testing.T, sheet, styles string) { fuzzOutcome(t, pack(t, sheet, styles)) })
}

func FuzzParts(f *testing.F) {
	data := partcheck.File(f, "testdata/progress.xlsx")
	f.Add(data)
	f.Fuzz(fuzzOutcome)
}

func fuzzOutcome(t *testing.T, data []byte) {
	partcheck.Reader(Parts).Fuzzed(t, data, limit.Limits{Expanded: 16 << 20, Cells: 1 << 16}, 5*time.Second)
}

func BenchmarkParts(b *testing.B) {
	data := workbook(b, func(f *excelize.File) error {
		style, err := f.NewStyle(&excelize.Style{NumFmt: 4})
		if err != nil {
			return err
		}
		for i := range 5000 {
			row := []any{i + 1, fmt.Sprintf("重点项目第%d号", i*7919%5000), float64(i) * 1.37, float64(i%97) / 100, "区住建局"}
			if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
				return err
			}
		}
		return f.SetCellStyle("Sheet1", "C1", "C5000", style)
	})
	partcheck.Reader(Parts).Measure(b, data, limit.Limits{})
}

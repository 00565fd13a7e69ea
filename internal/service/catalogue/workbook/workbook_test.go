package workbook_test

import (
	"bytes"
	"errors"
	"math/big"
	"math/rand/v2"
	"mime"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"luoshi/calendar"
	"luoshi/internal/service/catalogue/workbook"
	"luoshi/ledger"
)

// written is a workbook of one sheet with one column, read back by another program's rules.
func written(t *testing.T, cells ...workbook.Cell) *excelize.File {
	t.Helper()
	rows := make([][]workbook.Cell, len(cells))
	for i, c := range cells {
		rows[i] = []workbook.Cell{c}
	}
	return opened(t, workbook.Sheet{Name: "项目", Columns: []workbook.Column{{Heading: "名称"}}, Rows: workbook.Rows(rows...)})
}

func opened(t *testing.T, sheets ...workbook.Sheet) *excelize.File {
	t.Helper()
	var out bytes.Buffer
	if err := workbook.Write(&out, sheets...); err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

func raw(t *testing.T, file *excelize.File, cell string) string {
	t.Helper()
	value, err := file.GetCellValue(file.GetSheetName(0), cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return value
}

func figure(t *testing.T, text string) ledger.Decimal {
	t.Helper()
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestCellsAreShownAsTheyWerePrinted(t *testing.T) {
	for _, c := range []struct {
		cell workbook.Cell
		want string
	}{
		{workbook.Text("望溪路改造"), "望溪路改造"},
		{workbook.Figure(figure(t, "11.0")), "11.0"},
		{workbook.Figure(figure(t, "1594e6")), "1,594,000,000"},
		{workbook.Figure(figure(t, "-40000.50")), "-40,000.50"},
		{workbook.Figure(figure(t, "0")), "0"},
		{workbook.Figure(ledger.Decimal{}), ""},
		{workbook.Figure(figure(t, "1234567890.1234567")), "1234567890.1234567"},
		{workbook.Whole(12345), "12,345"},
		{workbook.Year(2026), "2026"},
		{workbook.Year(0), ""},
		{workbook.Day(calendar.Date{Year: 2026, Month: 7, Day: 1}), "2026-07-01"},
		{workbook.Day(calendar.Date{Year: 1900, Month: 7, Day: 1}), "1900-07-01"},
		{workbook.Day(calendar.Date{}), ""},
		{workbook.Moment(time.Date(2026, 7, 1, 8, 30, 0, 0, time.FixedZone("", 8*3600))), "2026-07-01 08:30"},
		{workbook.Moment(time.Time{}), ""},
		{workbook.Cell{}, ""},
	} {
		file := written(t, c.cell)
		if got, err := file.GetCellValue("项目", "A2"); err != nil || got != c.want {
			t.Errorf("got %q, %v, want %q", got, err, c.want)
		}
	}
}

// Words that a spreadsheet would run as a formula stay words, to the last character.
func TestWordsAreNeverAFormula(t *testing.T) {
	hostile := []string{
		`=HYPERLINK("http://example.com","点击")`, "=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", " =1", "'=1", "<a>&amp;", "_x000D_", "00123", "1e5",
		"第一行\n第二行", "𠮷野", strings.Repeat("长", 32767),
	}
	cells := make([]workbook.Cell, len(hostile))
	for i, text := range hostile {
		cells[i] = workbook.Text(text)
	}
	file := written(t, cells...)
	for i, want := range hostile {
		at, _ := excelize.CoordinatesToCellName(1, i+2)
		if got := raw(t, file, at); got != want {
			t.Errorf("%.40q became %.40q", want, got)
		}
		if formula, err := file.GetCellFormula("项目", at); err != nil || formula != "" {
			t.Errorf("%q is the formula %q, %v", want, formula, err)
		}
		if kind, err := file.GetCellType("项目", at); err != nil || kind != excelize.CellTypeInlineString {
			t.Errorf("%.40q is a cell of type %v, %v", want, kind, err)
		}
	}
}

func TestWordsThatACellCannotHoldAreCutInSight(t *testing.T) {
	file := written(t, workbook.Text(strings.Repeat("长", 40000)), workbook.Text("甲\x00\x1b乙\xff"))
	if got := raw(t, file, "A2"); utf8.RuneCountInString(got) != 32767 || !strings.HasSuffix(got, "…") {
		t.Errorf("%d characters that end in %q", utf8.RuneCountInString(got), got[len(got)-6:])
	}
	if got := raw(t, file, "A3"); got != "甲乙\uFFFD" {
		t.Errorf("got %q", got)
	}
}

// Every figure comes out of the file with the value that went in, whether as a number or as text.
func TestFiguresAreExact(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 11))
	figures := make([]ledger.Decimal, 2000)
	cells := make([]workbook.Cell, len(figures))
	numbers := 0
	for i := range figures {
		coefficient := r.Int64() >> r.IntN(63)
		digits := big.NewInt(coefficient).String()
		figures[i] = figure(t, digits+"e"+big.NewInt(int64(r.IntN(17)-10)).String())
		cells[i] = workbook.Figure(figures[i])
	}
	file := written(t, cells...)
	for i, want := range figures {
		at, _ := excelize.CoordinatesToCellName(1, i+2)
		got, ok := new(big.Rat).SetString(raw(t, file, at))
		if !ok || got.Cmp(want.Rat()) != 0 {
			t.Errorf("%s became %v", want, raw(t, file, at))
		}
		if kind, _ := file.GetCellType("项目", at); kind != excelize.CellTypeInlineString {
			numbers++
		}
	}
	if numbers < 1000 || numbers == len(figures) {
		t.Errorf("%d of %d are numbers: too few of one kind to prove anything", numbers, len(figures))
	}
}

func TestSheetsHaveNamesThatExcelTakes(t *testing.T) {
	column := []workbook.Column{{Heading: "甲"}}
	var sheets []workbook.Sheet
	for _, name := range []string{"项目[2026]/一:二", "", strings.Repeat("长", 40), strings.Repeat("长", 40), "Plan", "PLAN"} {
		sheets = append(sheets, workbook.Sheet{Name: name, Columns: column, Rows: workbook.Rows()})
	}
	got := opened(t, sheets...).GetSheetList()
	want := []string{"项目 2026  一 二", "Sheet", strings.Repeat("长", 31), strings.Repeat("长", 27) + " (2)", "Plan", "PLAN (2)"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got %q", got)
	}
}

func TestARowThatCannotBeHadLeavesNoFile(t *testing.T) {
	broken := errors.New("broken")
	for name, rows := range map[string]func(func([]workbook.Cell, error) bool){
		"error": func(yield func([]workbook.Cell, error) bool) {
			_ = yield([]workbook.Cell{workbook.Text("一")}, nil) && yield(nil, broken)
		},
		"too few cells": func(yield func([]workbook.Cell, error) bool) { yield(nil, nil) },
	} {
		recorder := httptest.NewRecorder()
		err := workbook.Serve(recorder, "项目", workbook.Sheet{Name: "项目", Columns: []workbook.Column{{Heading: "名称"}}, Rows: rows})
		if err == nil || recorder.Body.Len() > 0 || recorder.Header().Get("Content-Type") != "" {
			t.Errorf("%s: %v, %d bytes, %v", name, err, recorder.Body.Len(), recorder.Header())
		}
	}
}

func TestAFileIsServedUnderItsName(t *testing.T) {
	recorder := httptest.NewRecorder()
	sheet := workbook.Sheet{Name: "项目", Columns: []workbook.Column{{Heading: "名称"}}, Rows: workbook.Rows([]workbook.Cell{workbook.Whole(1)})}
	if err := workbook.Serve(recorder, "望溪区项目", sheet); err != nil {
		t.Fatal(err)
	}
	kind, parameters, err := mime.ParseMediaType(recorder.Header().Get("Content-Disposition"))
	if err != nil || kind != "attachment" || parameters["filename"] != "望溪区项目.xlsx" {
		t.Errorf("%s %v %v", kind, parameters, err)
	}
	if recorder.Header().Get("Content-Type") != workbook.MediaType {
		t.Errorf("%v", recorder.Header())
	}
	if _, err := excelize.OpenReader(recorder.Body); err != nil {
		t.Error(err)
	}
}

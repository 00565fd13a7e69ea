package book

import (
	"bytes"
	"context"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"luoshi/document"
	"luoshi/office/paper"
	"luoshi/office/paper/papertest"
)

func write(t testing.TB, d paper.Document) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, d, Options{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(t testing.TB, d paper.Document) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(write(t, d)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestSameDocumentMakesSameBytes(t *testing.T) {
	one, other := write(t, papertest.Report()), write(t, papertest.Report())
	if !bytes.Equal(one, other) {
		t.Error("two workbooks of one document differ")
	}
}

func TestSheetsStandInTheOrderOfTheDocument(t *testing.T) {
	want := []string{"表1　主要指标完成情况", "图1　主要指标增速与预期目标", "表2　重点项目投资完成情况", "图2　各月累计完成投资"}
	got := open(t, papertest.Report()).GetSheetList()
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("sheets %q, want %q", got, want)
	}
}

// TestTotalsAreFormulas asks for the formulas of the table of projects, lets the library compute them, and holds the
// results against what is stored and what the document prints.
func TestTotalsAreFormulas(t *testing.T) {
	f := open(t, papertest.Report())
	const sheet = "表2　重点项目投资完成情况"
	for cell, want := range map[string]string{
		"F5": "ROUND(SUM(F6:F7),0)", "D5": "ROUND(SUM(D6:D7),0)", "G6": "ROUND(F6/E6*100,1)", "F8": "ROUND(SUM(F9:F10),1)", "G11": "ROUND(F11/E11*100,1)",
	} {
		formula, err := f.GetCellFormula(sheet, cell)
		if err != nil || formula != want {
			t.Errorf("%s is %q (%v), want %q", cell, formula, err, want)
		}
		stored, _ := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
		computed, err := f.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
		if err != nil || stored != computed {
			t.Errorf("%s holds %q and computes %q (%v)", cell, stored, computed, err)
		}
		if kind, _ := f.GetCellType(sheet, cell); kind == excelize.CellTypeInlineString || kind == excelize.CellTypeSharedString {
			t.Errorf("%s is text", cell)
		}
	}
}

func TestFormulasGiveWhatIsPrinted(t *testing.T) {
	value := func(v string) paper.Cell { return paper.Cell{Value: v} }
	of := func(v string, o paper.Operation, columns ...int) paper.Cell {
		c := paper.Cell{Value: v, Formula: paper.Formula{Operation: o}}
		for _, column := range columns {
			c.Formula.Of = append(c.Formula.Of, paper.Place{Column: column})
		}
		return c
	}
	cases := []struct {
		name    string
		cell    paper.Cell
		operand []string
		want    string
	}{
		{"a sum", of("3.5", paper.Sum, 0, 1), []string{"1.5", "2"}, "ROUND(SUM(A1,B1),1)"},
		{"an empty cell adds nothing", of("1.5", paper.Sum, 0, 1), []string{"1.5", ""}, "ROUND(SUM(A1,B1),1)"},
		{"a share", of("66.7", paper.Share, 0, 1), []string{"2", "3"}, "ROUND(A1/B1*100,1)"},
		{"a half is rounded up", of("12.5", paper.Share, 0, 1), []string{"1", "8"}, "ROUND(A1/B1*100,1)"},
		{"a share of nothing", of("0", paper.Share, 0, 1), []string{"2", "0"}, ""},
		{"a share of an empty cell", of("0", paper.Share, 0, 1), []string{"2", ""}, ""},
		{"a difference", of("-0.5", paper.Less, 0, 1), []string{"1.5", "2"}, "ROUND(A1-B1,1)"},
		{"a sum of rounded figures that is not the printed one", of("3.6", paper.Sum, 0, 1), []string{"1.5", "2"}, ""},
		{"no formula", value("3"), []string{"1", "2"}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			table := &paper.Table{Columns: make([]paper.Column, 3), Rows: [][]paper.Cell{{value(c.operand[0]), value(c.operand[1]), c.cell}}}
			if got := newSums(table, 1).formula(&c.cell); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestNumbersLookAsPrinted(t *testing.T) {
	for _, c := range []struct{ text, value, want string }{
		{"12", "12", "0"},
		{"12.50", "12.50", "0.00"},
		{"1,234.5", "1234.5", "#,##0.0"},
		{"-1,234", "-1234", "#,##0"},
		{"56.7%", "56.7", `0.0"%"`},
		{"约3成", "3", `"约"0"成"`},
		{"十二", "12", "0"},
	} {
		if got := format(c.text, c.value); got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}

func TestSheetNames(t *testing.T) {
	b := &binder{names: map[string]bool{}}
	long := strings.Repeat("长", 40)
	for _, c := range []struct{ title, want string }{
		{"表1", "表1"}, {"表1", "表1 2"}, {"a/b:c", "a b c"}, {"", "表"}, {"GDP", "GDP"}, {"gdp", "gdp 2"},
		{long, strings.Repeat("长", 31)}, {long, strings.Repeat("长", 29) + " 2"},
	} {
		if got := b.name(c.title); got != c.want {
			t.Errorf("%q is %q, want %q", c.title, got, c.want)
		}
	}
}

// TestReadsBack opens a workbook with our own reader: each table has its header, its rows and its figures as printed.
func TestReadsBack(t *testing.T) {
	d := papertest.Report()
	got, err := document.Open(context.Background(), "report.xlsx", write(t, d), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range d.Body {
		if b.Kind != paper.Tabular {
			continue
		}
		for _, row := range b.Table.Rows {
			for _, c := range row {
				if !strings.Contains(got.Text, c.String()) {
					t.Errorf("%s: %q is missing", b.Table.Caption, c.String())
				}
			}
		}
	}
}

func TestManyDigitsStayText(t *testing.T) {
	const digits = "1234567890123456789"
	d := paper.Document{Body: []paper.Block{{Kind: paper.Tabular, Table: &paper.Table{Caption: "甲", Columns: []paper.Column{{Width: 1, Number: true}},
		Rows: [][]paper.Cell{{{Runs: []paper.Run{{Text: digits}}, Value: digits}}}}}}}
	if got, _ := open(t, d).GetCellValue("甲", "A2"); got != digits {
		t.Errorf("%q, want %q", got, digits)
	}
}

func TestDocumentWithoutTablesIsItsText(t *testing.T) {
	f := open(t, papertest.Full(50))
	if got, _ := f.GetCellValue(f.GetSheetName(0), "A1"); !strings.HasPrefix(got, "望溪区") {
		t.Errorf("the text begins %q", got)
	}
}

func TestWhatCannotBePrintedIsRefused(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, paper.Document{Body: []paper.Block{{Kind: paper.Tabular}}}, Options{}); err == nil || b.Len() > 0 {
		t.Errorf("%d bytes of a table without content, error %v", b.Len(), err)
	}
}

func BenchmarkWrite(b *testing.B) {
	d := papertest.Long(5000)
	for b.Loop() {
		if err := Write(io.Discard, d, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

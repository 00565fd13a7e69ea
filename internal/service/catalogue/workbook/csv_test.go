package workbook_test

import (
	"errors"
	"net/http/httptest"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/service/catalogue/workbook"
	"luoshi/ledger"
)

func TestASheetIsServedAsValues(t *testing.T) {
	columns := []workbook.Column{{Heading: "名称"}, {Heading: "投资"}, {Heading: "日期"}}
	figure, err := ledger.ParseDecimal("12345678901234567.80")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, want string
		rows       [][]workbook.Cell
	}{
		{"nothing", "\ufeff名称,投资,日期\r\n", nil},
		{"every kind", "\ufeff名称,投资,日期\r\n\"养老,服务\",12345678901234567.80,2026-07-01\r\n'=1+1,-3,\r\n", [][]workbook.Cell{
			{workbook.Text("养老,服务"), workbook.Figure(figure), workbook.Day(calendar.Date{Year: 2026, Month: 7, Day: 1})},
			{workbook.Text("=1+1"), workbook.Whole(-3), {}},
		}},
	} {
		recorder := httptest.NewRecorder()
		if err := workbook.ServeCSV(recorder, "项目", workbook.Sheet{Columns: columns, Rows: workbook.Rows(c.rows...)}); err != nil {
			t.Fatal(err)
		}
		if got := recorder.Body.String(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if kind := recorder.Header().Get("Content-Type"); kind != "text/csv; charset=utf-8" {
			t.Errorf("%s: it is %s", c.name, kind)
		}
	}
	recorder, broken := httptest.NewRecorder(), errors.New("broken")
	rows := func(yield func([]workbook.Cell, error) bool) { yield(nil, broken) }
	if err := workbook.ServeCSV(recorder, "项目", workbook.Sheet{Columns: columns, Rows: rows}); !errors.Is(err, broken) || recorder.Body.Len() > 0 {
		t.Errorf("a row that cannot be had gives %v and %d bytes", err, recorder.Body.Len())
	}
}

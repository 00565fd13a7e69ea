package table_test

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"

	"luoshi/internal/service/catalogue/table"
)

func TestFiguresAreReadAsTheyAreSeen(t *testing.T) {
	for _, c := range []struct {
		format int
		custom string
		value  any
		want   string
	}{
		{9, "", 0.35, "35"},
		{10, "", 0.0725, "7.25"},
		{0, "0.0%", -0.031, "-3.1"},
		{0, "", 0.35, "0.35"},
		{0, "", 1.5e-7, "0.00000015"},
		{10, "", "约三成", "约三成"},
	} {
		file := excelize.NewFile()
		style := &excelize.Style{NumFmt: c.format}
		if c.custom != "" {
			style.CustomNumFmt = &c.custom
		}
		id, err := file.NewStyle(style)
		if err != nil {
			t.Fatal(err)
		}
		for at, value := range map[string]any{"A1": "名称", "B1": "总投资", "A2": "甲路", "B2": c.value} {
			if err := file.SetCellValue("Sheet1", at, value); err != nil {
				t.Fatal(err)
			}
		}
		_ = file.SetCellStyle("Sheet1", "B2", "B2", id)
		var out bytes.Buffer
		if err := file.Write(&out); err != nil {
			t.Fatal(err)
		}
		found, err := table.Read("表.xlsx", out.Bytes(), fields)
		if err != nil || found.Rows[0].Cells["total"] != c.want {
			t.Errorf("%v as %d %s: %v, %v", c.value, c.format, c.custom, err, found.Rows)
		}
	}
	if got := table.Heading(" 总投资（万元）* "); got != "总投资" {
		t.Errorf("%s", got)
	}
}

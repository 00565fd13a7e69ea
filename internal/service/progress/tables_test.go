package progress_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"luoshi/internal/service/catalogue/workbook"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/progress/sdmx"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

func halfYear(n int) reporting.Period {
	return reporting.Period{Frequency: reporting.HalfYearly, Year: 2026, Number: n}
}

func TestAPlanAccountsForAnyPeriodInTwoTables(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		half := said(beds, "97", reporting.UnderWay)
		half.Growth, half.Base = ledger.Int(0), ledger.Int(97)
		o.lock(o.head, t, o.Bureau.ID, 6, half)
		project := said(reporting.ProjectSubject(o.Project.ID), "20000.25", reporting.UnderWay)
		o.lock(o.street, t, o.Street.ID, 6, said(beds, "10", reporting.UnderWay), project)
		got := have[progress.Tables](t)(o.Tables(o.office, o.Plan.ID, halfYear(1)))
		if len(got.Indicators) != 1 || len(got.Projects) != 2 || len(got.Open) != 0 {
			t.Fatalf("%+v", got)
		}
		if line := got.Indicators[0]; line.Name != "养老床位" || line.Unit != "张" || line.Done.Plain() != "97" || line.Growth.Plain() != "0" || line.State != reporting.Locked {
			t.Errorf("%+v", line)
		}
		if line := got.Projects[1]; line.Category != ledger.CityRenewal || line.Planned.Plain() != "40000.50" || line.Done.Plain() != "20000.25" ||
			line.Share.Plain() != "50.00" || line.Ongoing != 1 {
			t.Errorf("%+v", line)
		}
		if total := got.Projects[0]; total.Count != 1 || !total.Done.Same(got.Projects[1].Done) {
			t.Errorf("%+v", total)
		}
		early := have[progress.Tables](t)(o.Tables(o.office, o.Plan.ID, reporting.Period{Frequency: reporting.Quarterly, Year: 2026, Number: 1}))
		if early.Indicators[0].Done.Known() || len(early.Open) != 3 || early.Projects[0].Unlocked != 1 {
			t.Errorf("nothing was reported for the first quarter, and that is said: %+v", early)
		}
	})
}

func TestWhatIsNotLockedIsShownAsSuchAndCountsNowhere(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		o.send(o.head, t, o.Bureau.ID, 6, said(reporting.IndicatorSubject(o.Indicator.ID), "97", reporting.UnderWay))
		o.send(o.street, t, o.Street.ID, 6)
		got := have[progress.Tables](t)(o.Tables(o.office, o.Plan.ID, halfYear(1)))
		if line := got.Indicators[0]; line.Done.Plain() != "97" || line.State == reporting.Locked || !strings.Contains(line.Remark.ZH, "未锁定") {
			t.Errorf("%+v", line)
		}
		if total := got.Projects[0]; total.Done.Sign() != 0 || total.Unlocked != 1 {
			t.Errorf("%+v", total)
		}
		if len(got.Open) != 3 || got.Open[0].State == "" || got.Open[0].UnitName != "望溪区民政局" {
			t.Errorf("%+v", got.Open)
		}
	})
}

func TestOnlyPeriodsOfThePlansYearHaveTables(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		if n := len(progress.Periods(o.Plan)); n != 1+2+4+12 {
			t.Errorf("%d periods", n)
		}
		_, err := o.Tables(o.office, o.Plan.ID, reporting.Period{Frequency: reporting.Yearly, Year: 2025, Number: 1})
		wantFault(t, err, "table.period")
		_, err = o.Tables(o.reporter, o.Plan.ID, halfYear(1))
		wantRefused(t, err, "account.read")
	})
}

func TestTablesAsFilesSayTheSame(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		o.lock(o.head, t, o.Bureau.ID, 6, said(beds, "97", reporting.UnderWay))
		o.lock(o.street, t, o.Street.ID, 6, said(beds, "10", reporting.UnderWay), said(reporting.ProjectSubject(o.Project.ID), "20000.25", reporting.UnderWay))
		tables := have[progress.Tables](t)(o.Tables(o.office, o.Plan.ID, halfYear(1)))
		var file bytes.Buffer
		must(t, workbook.Write(&file, tables.Workbook(progress.Chinese)...))
		book := have[*excelize.File](t)(excelize.OpenReader(&file))
		t.Cleanup(func() { must(t, book.Close()) })
		names := book.GetSheetList()
		for i, grid := range []progress.Grid{tables.IndicatorGrid(progress.Chinese), tables.ProjectGrid(progress.Chinese)} {
			rows := have[[][]string](t)(book.GetRows(names[i], excelize.Options{RawCellValue: true}))
			var csv bytes.Buffer
			must(t, grid.WriteCSV(&csv))
			for y, row := range append([][]progress.GridCell{nil}, grid.Rows...) {
				for x, cell := range row {
					at := ""
					if x < len(rows[y]) {
						at = rows[y][x]
					}
					if !sameCell(cell, at) {
						t.Errorf("%s: %q is %q in the workbook", grid.Name, cell.Plain(), at)
					}
					if !strings.Contains(csv.String(), cell.Plain()) {
						t.Errorf("%s: %q is not in the table", grid.Name, cell.Plain())
					}
				}
			}
		}
		want := "指标名称,单位,2026年预期目标,2026年上半年完成数,2026年上半年增长%,备注"
		if got := strings.Join(tables.IndicatorGrid(progress.Chinese).Headings, ","); got != want {
			t.Errorf("%s", got)
		}
	})
}

// sameCell tells whether a workbook holds what a cell says; figures by their value.
func sameCell(c progress.GridCell, held string) bool {
	if !c.Figure.Known() {
		return c.Text == held
	}
	d, err := ledger.ParseDecimal(held)
	return err == nil && d.Same(c.Figure)
}

func TestLockedFiguresAreExchanged(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t)
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		o.lock(o.head, t, o.Bureau.ID, 1, said(beds, "20", reporting.UnderWay))
		o.lock(o.head, t, o.Bureau.ID, 2, said(beds, "45", reporting.UnderWay))
		o.send(o.street, t, o.Street.ID, 2, said(beds, "7", reporting.UnderWay))
		set := have[sdmx.Set](t)(o.Exchange(o.office, o.Plan.ID))
		if len(set.Figures) != 4 || len(set.Units) != 1 || len(set.Indicators) != 1 {
			t.Fatalf("both views of two months: %+v", set)
		}
		var message bytes.Buffer
		must(t, set.WriteData(&message))
		if !json.Valid(message.Bytes()) || !strings.Contains(message.String(), "[25,") {
			t.Errorf("25 beds of February: %s", message.String())
		}
		if street := have[sdmx.Set](t)(o.Exchange(o.street, o.Plan.ID)); len(street.Figures) != 0 {
			t.Errorf("the street does not read the bureau's figures: %+v", street.Figures)
		}
	})
}

package reporting_test

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"luoshi/internal/access"
	"luoshi/internal/service"
	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/service/reporting/sheet"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// typed fills cells of a form's workbook, each named by its subject and the key of its column.
func typed(t *testing.T, data []byte, cells map[string]any) []byte {
	t.Helper()
	file := have[*excelize.File](t)(excelize.OpenReader(bytes.NewReader(data)))
	defer file.Close()
	left := len(cells)
	for _, name := range file.GetSheetList() {
		rows := have[[][]string](t)(file.GetRows(name))
		for y := 5; y < len(rows); y++ {
			for x, key := range rows[3] {
				if value, there := cells[rows[y][0]+" "+key]; there {
					at := have[string](t)(excelize.CoordinatesToCellName(x+1, y+1))
					must(t, file.SetCellValue(name, at, value))
					left--
				}
			}
		}
	}
	if left != 0 {
		t.Fatalf("%d cells were not found", left)
	}
	var out bytes.Buffer
	must(t, file.Write(&out))
	return out.Bytes()
}

// sheetOf is the workbook of a form.
func (o *town) sheetOf(ctx context.Context, t *testing.T, round reporting.RoundID) []byte {
	t.Helper()
	var out bytes.Buffer
	name := have[string](t)(o.WriteSheet(ctx, round, o.Bureau.ID, "zh", &out))
	if !strings.Contains(name, "2026年3月") || !strings.HasSuffix(name, ".xlsx") {
		t.Errorf("the file is called %s", name)
	}
	return out.Bytes()
}

func (o *town) bed() string { return reporting.IndicatorSubject(o.Indicator.ID).String() }

func TestAWorkbookFillsTheFormWholeOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		round := o.month(t, 3).ID
		data := o.sheetOf(o.reporter, t, round)

		wrong := typed(t, data, map[string]any{o.bed() + " value": "约60", o.bed() + " note": "两所"})
		got := have[usecases.FromSheet](t)(o.FillFromSheet(o.reporter, round, o.Bureau.ID, "zh", "三月.xlsx", wrong))
		if got.Imported || len(got.Problems) != 1 || got.Problems[0].Cell == "" || got.Marked == nil {
			t.Fatalf("%+v", got)
		}
		if row := o.row(t, round); !row.Observation.IsEmpty() {
			t.Errorf("half of it came in: %+v", row.Observation)
		}

		mended := typed(t, got.Marked, map[string]any{o.bed() + " value": 60})
		got = have[usecases.FromSheet](t)(o.FillFromSheet(o.reporter, round, o.Bureau.ID, "zh", strings.Repeat("长", 300)+"三月.xlsx", mended))
		row := o.row(t, round)
		if !got.Imported || row.Observation.Value.Plain() != "60" || row.Observation.Note != "两所" ||
			row.Observation.Origin != reporting.Template || !strings.HasSuffix(row.Observation.Source, "长三月.xlsx") {
			t.Errorf("%+v, %+v", got, row.Observation)
		}
		if entries := o.Entries(t, usecases.SubmissionKind, string(got.Saved.Submission.ID)); !slices.Contains(entries, "observation.import") {
			t.Errorf("the log keeps %v", entries)
		}
	})
}

// row is what is said on the beds.
func (o *town) row(t *testing.T, round reporting.RoundID) usecases.RowView {
	t.Helper()
	form := have[usecases.FormView](t)(o.Form(o.reporter, round, o.Bureau.ID))
	for _, r := range form.Rows {
		if r.Subject.String() == o.bed() {
			return r
		}
	}
	t.Fatal("nobody asks for the beds")
	return usecases.RowView{}
}

func TestAFormThatWasChangedMeanwhileIsNotOverwritten(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		round := o.month(t, 3).ID
		data := typed(t, o.sheetOf(o.reporter, t, round), map[string]any{o.bed() + " value": 60})
		o.fill(o.head, t, round, o.Bureau.ID, 61, reporting.Cumulative)

		got := have[usecases.FromSheet](t)(o.FillFromSheet(o.reporter, round, o.Bureau.ID, "zh", "三月.xlsx", data))
		if got.Imported || len(got.Problems) != 1 || !strings.Contains(got.Problems[0].What.ZH, "61") {
			t.Fatalf("%+v", got.Problems)
		}
		if row := o.row(t, round); row.Observation.Value.Plain() != "61" {
			t.Errorf("%+v", row.Observation)
		}
		// Who sends the marked form has seen what stands there.
		got = have[usecases.FromSheet](t)(o.FillFromSheet(o.reporter, round, o.Bureau.ID, "zh", "三月.xlsx", got.Marked))
		if row := o.row(t, round); !got.Imported || row.Observation.Value.Plain() != "60" {
			t.Errorf("%+v: %+v", got.Problems, row.Observation)
		}
	})
}

func TestATableOfOtherMakeFillsTheForm(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		round := o.month(t, 3).ID
		title := o.row(t, round).Title
		csv := []byte("指标名称,1-3月,备注\n" + title + ",六十,\n规上工业产值,3,\n")
		preview := have[sheet.Table](t)(o.PreviewTable(o.reporter, round, o.Bureau.ID, "zh", "表.csv", csv, nil))
		if len(preview.Rows) != 2 || preview.Rows[0].Sound() {
			t.Fatalf("%+v", preview)
		}
		got := have[usecases.FromSheet](t)(o.FillFromTable(o.reporter, round, o.Bureau.ID, "zh", "表.csv", csv, nil, false))
		if got.Imported || len(got.Problems) != 1 {
			t.Errorf("%+v", got)
		}
		csv = []byte("指标名称,1-3月,备注\n" + title + ",60,甲\n规上工业产值,3,\n")
		got = have[usecases.FromSheet](t)(o.FillFromTable(o.reporter, round, o.Bureau.ID, "zh", "表.csv", csv, nil, false))
		if row := o.row(t, round); !got.Imported || row.Observation.Value.Plain() != "60" || row.Observation.Origin != reporting.Imported {
			t.Errorf("%+v: %+v", got, row.Observation)
		}
	})
}

func TestNobodyFillsTheFormOfAnotherUnitFromAFile(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		round := o.month(t, 3).ID
		data := o.sheetOf(o.reporter, t, round)
		for _, ctx := range []context.Context{o.other, o.office, o.review, t.Context()} {
			_, err := o.FillFromSheet(ctx, round, o.Bureau.ID, "zh", "x.xlsx", data)
			wantRefused(t, err, "observation.import")
			_, err = o.PreviewTable(ctx, round, o.Bureau.ID, "zh", "x.csv", nil, nil)
			wantRefused(t, err, "observation.import")
			_, err = o.FillFromTable(ctx, round, o.Bureau.ID, "zh", "x.csv", nil, nil, true)
			wantRefused(t, err, "observation.import")
		}
		_, err := o.WriteSheet(o.other, round, o.Bureau.ID, "zh", &bytes.Buffer{})
		wantRefused(t, err, "submission.read")
		_, err = o.FillFromSheet(o.reporter, round, o.Bureau.ID, "zh", "x.xlsx", []byte("x"))
		wantFault(t, err, "sheet.format")
		_, err = o.FillFromSheet(o.other, round, o.Street.ID, "zh", "x.xlsx", data)
		wantFault(t, err, "sheet.unit")
		_, err = o.FillFromSheet(o.reporter, o.month(t, 4).ID, o.Bureau.ID, "zh", "x.xlsx", data)
		wantFault(t, err, "sheet.round")
	})
}

// system is a context of another system that delivers with a token of the bureau's reporter.
func (o *town) system(t *testing.T, token string) context.Context {
	caller := service.CallerOf(o.reporter)
	caller.Token, caller.Actor.Limit = token, []access.Action{"observation.import", "submission.read"}
	return service.As(t.Context(), caller)
}

func (o *town) delivery(value int64) usecases.Delivery {
	return usecases.Delivery{
		Plan: o.Plan.ID, Unit: o.Bureau.ID, Period: reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: 3}, Source: "民政业务系统",
		Figures: []reporting.Observation{{
			Subject: reporting.IndicatorSubject(o.Indicator.ID), Figures: reporting.Figures{Given: reporting.Cumulative, Value: ledger.Int(value)},
		}},
	}
}

func TestAnotherSystemDeliversWhatItWasGranted(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		round := o.month(t, 3).ID
		ctx := o.system(t, "token-1")
		_, err := o.Deliver(ctx, o.delivery(60))
		wantFault(t, err, "grant.missing")
		grant := usecases.Grant{Token: "token-1", Plan: o.Plan.ID, Unit: o.Bureau.ID, Subjects: []reporting.Subject{reporting.IndicatorSubject(o.Indicator.ID)}}
		have[store.Record[usecases.Grant]](t)(o.SaveGrant(o.office, grant, 0))
		_, err = o.Deliver(o.system(t, "token-2"), o.delivery(60))
		wantFault(t, err, "grant.missing")

		steps := []struct {
			value int64
			want  usecases.Reception
			holds string
		}{{60, usecases.Taken, "60"}, {60, usecases.Unchanged, "60"}, {62, usecases.Taken, "62"}}
		for _, step := range steps {
			got := have[usecases.Delivered](t)(o.Deliver(ctx, o.delivery(step.value)))
			row := o.row(t, round)
			if len(got.Rows) != 1 || got.Rows[0].Became != step.want || row.Observation.Value.Plain() != step.holds ||
				row.Observation.Origin != reporting.Delivered || row.Observation.Source != "民政业务系统" {
				t.Errorf("%d: %+v, %+v", step.value, got.Rows, row.Observation)
			}
		}

		o.fill(o.head, t, round, o.Bureau.ID, 65, reporting.Cumulative)
		got := have[usecases.Delivered](t)(o.Deliver(ctx, o.delivery(70)))
		if row := o.row(t, round); got.Rows[0].Became != usecases.Kept || row.Observation.Value.Plain() != "65" {
			t.Errorf("what people say was replaced: %+v, %+v", got.Rows, row.Observation)
		}
		replacing := o.delivery(70)
		replacing.Replace = true
		have[usecases.Delivered](t)(o.Deliver(ctx, replacing))
		if row := o.row(t, round); row.Observation.Value.Plain() != "70" {
			t.Errorf("%+v", row.Observation)
		}
	})
}

func TestADeliveryWithAnErrorIsNotTaken(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		o.month(t, 2)
		o.fill(o.reporter, t, o.roundOf(t, 2).ID, o.Bureau.ID, 60, reporting.Cumulative)
		round := o.month(t, 3).ID
		_, err := o.Deliver(o.reporter, o.delivery(50))
		var findings reporting.Findings
		if !errors.As(err, &findings) || len(findings) == 0 {
			t.Fatalf("a cumulative figure may fall: %v", err)
		}
		if row := o.row(t, round); !row.Observation.IsEmpty() {
			t.Errorf("it was taken nevertheless: %+v", row.Observation)
		}
		unknown := o.delivery(60)
		unknown.Period.Year = 2031
		var absent *store.NotFound
		if _, err := o.Deliver(o.reporter, unknown); !errors.As(err, &absent) {
			t.Errorf("%v", err)
		}
		_, err = o.Deliver(o.other, o.delivery(60))
		wantRefused(t, err, "observation.import")
	})
}

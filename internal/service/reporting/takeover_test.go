package reporting_test

import (
	"context"
	"strings"
	"testing"

	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// lockedBy brings what a unit says of a month to the lock.
func (o *town) lockedBy(head context.Context, t *testing.T, unit ledger.UnitID, month int, value int64, given reporting.Basis) {
	t.Helper()
	form := o.fill(head, t, o.month(t, month).ID, unit, value, given)
	have[usecases.Submission](t)(o.Submit(head, form.Submission.ID, form.Submission.Revision))
	o.one(o.review, t, "review", form.Submission.ID, "")
	o.one(o.office, t, "lock", form.Submission.ID, "")
}

// changed changes a unit.
func (o *town) changed(t *testing.T, change ledger.UnitChange) {
	t.Helper()
	unit := have[store.Record[ledger.Unit]](t)(o.Store().Units().Get(t.Context(), string(change.Unit)))
	must(t, o.Store().Units().Changed(t.Context(), change, unit.Revision))
}

func cumulatives(points []reporting.Point) string {
	var all []string
	for _, p := range points {
		all = append(all, p.Cumulative.Plain())
	}
	return strings.Join(all, " ")
}

// What a merged unit said counts together with what its heir says: in its series, and in the form that it fills.
func TestTheHeirGoesOnWithWhatAMergedUnitSaid(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		subject := reporting.IndicatorSubject(o.Indicator.ID)
		streetHead := o.AsAccount(t.Context(), "street-head", "unit-head", o.Street.ID)
		for month := 1; month <= 2; month++ {
			o.lockedBy(o.head, t, o.Bureau.ID, month, int64(20*month), reporting.Cumulative)
			o.lockedBy(streetHead, t, o.Street.ID, month, 5, reporting.OfPeriod)
		}
		o.changed(t, ledger.UnitChange{Unit: o.Street.ID, Kind: ledger.Merged, On: day(3, 1), Into: []ledger.UnitID{o.Bureau.ID}})
		march := o.month(t, 3)
		form := o.fill(o.head, t, march.ID, o.Bureau.ID, 8, reporting.OfPeriod)
		row := form.Rows[0]
		if got := cumulatives(row.Earlier); got != "25 50" || row.Point.Cumulative.Plain() != "58" {
			t.Errorf("the form goes on with %s and makes it %s", got, row.Point.Cumulative.Plain())
		}
		series := have[usecases.Series](t)(o.Series(o.office, o.Plan.ID, subject, o.Bureau.ID))
		if got := cumulatives(series.Points); got != "25 50 58" || len(series.Before) != 1 || series.Before[0] != o.Street.ID {
			t.Errorf("the series is %s, with the figures of %v", got, series.Before)
		}
		if now := series.Points[len(series.Points)-1].State; now == reporting.Locked {
			t.Errorf("what is not locked is shown as %s", now)
		}
		old := have[usecases.Series](t)(o.Series(o.office, o.Plan.ID, subject, o.Street.ID))
		if got := cumulatives(old.Points); got != "5 10" || old.GoesOn != o.Bureau.ID {
			t.Errorf("the merged unit said %s, and %s goes on", got, old.GoesOn)
		}
		if form := have[usecases.FormView](t)(o.Form(o.office, o.roundOf(t, 2).ID, o.Bureau.ID)); cumulatives(form.Rows[0].Earlier) != "20" {
			t.Errorf("before the merger the form goes on with %s", cumulatives(form.Rows[0].Earlier))
		}
		o.sound(t)
	})
}

// In the first period of the heir totals and lists of figures have what both parts come to, and count neither twice.
func TestTotalsGoOnWithWhatMergedUnitsSaid(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		subject := reporting.IndicatorSubject(o.Indicator.ID)
		streetHead := o.AsAccount(t.Context(), "street-head", "unit-head", o.Street.ID)
		for month := 1; month <= 2; month++ {
			o.lockedBy(o.head, t, o.Bureau.ID, month, int64(20*month), reporting.Cumulative)
			o.lockedBy(streetHead, t, o.Street.ID, month, 5, reporting.OfPeriod)
		}
		o.changed(t, ledger.UnitChange{Unit: o.Street.ID, Kind: ledger.Merged, On: day(3, 1), Into: []ledger.UnitID{o.Bureau.ID}})
		o.lockedBy(o.head, t, o.Bureau.ID, 3, 58, reporting.Cumulative)
		of := func(month int) reporting.Total {
			period := reporting.Period{Frequency: reporting.Monthly, Year: o.Plan.Year, Number: month}
			totals := have[usecases.TotalPage](t)(o.Totals(o.office, o.Plan.ID, usecases.TotalQuery{
				Period: period, Subjects: []reporting.Subject{subject},
			}, store.Page{Limit: 1})).Totals
			if len(totals) != 1 {
				t.Fatalf("of month %d there are %d totals", month, len(totals))
			}
			return totals[0].Total
		}
		if february := of(2); february.Point.Cumulative.Plain() != "50" || len(february.Counted) != 2 {
			t.Errorf("before the merger both make %+v", february)
		}
		if march := of(3); march.Point.Cumulative.Plain() != "58" || march.Point.OfPeriod.Plain() != "8" || len(march.Counted) != 1 {
			t.Errorf("after the merger the heir has %+v", march)
		}
		page := have[usecases.FigurePage](t)(o.FigurePage(o.office, o.Plan.ID, usecases.FigureFilter{Units: []ledger.UnitID{o.Bureau.ID}}, store.Page{Limit: 10}))
		if got := cumulatives([]reporting.Point{page.Figures[1].Point, page.Figures[2].Point}); got != "40 58" || page.Figures[2].Point.OfPeriod.Plain() != "8" {
			t.Errorf("listed are %s, and of March %s", got, page.Figures[2].Point.OfPeriod.Plain())
		}
		o.sound(t)
	})
}

// What a unit said that was split stays under its name until the office gives what it led to one of its heirs.
func TestFiguresOfASplitUnitGoWhereTheOfficeGivesThem(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		subject := reporting.IndicatorSubject(o.Indicator.ID)
		streetHead := o.AsAccount(t.Context(), "street-head", "unit-head", o.Street.ID)
		o.lockedBy(streetHead, t, o.Street.ID, 1, 5, reporting.OfPeriod)
		var heirs []ledger.UnitID
		for _, name := range []string{"溪东街道办事处", "溪西街道办事处"} {
			unit := ledger.Unit{
				ID: store.NewID[ledger.UnitID](o.Store()), Parent: o.Government.ID, Kind: ledger.StreetOffice, Name: name, Since: day(2, 1),
			}
			have[store.Record[ledger.Unit]](t)(o.Store().Units().Add(t.Context(), unit))
			heirs = append(heirs, unit.ID)
		}
		o.changed(t, ledger.UnitChange{Unit: o.Street.ID, Kind: ledger.Split, On: day(2, 1), Into: heirs})
		february := o.month(t, 2)
		old := have[usecases.Series](t)(o.Series(o.office, o.Plan.ID, subject, o.Street.ID))
		if len(old.Heirs) != 2 || old.GoesOn != "" || cumulatives(old.Points) != "5" {
			t.Errorf("%v took over, %q goes on, and it said %s", old.Heirs, old.GoesOn, cumulatives(old.Points))
		}
		form := have[usecases.FormView](t)(o.Form(o.office, o.roundOf(t, 1).ID, o.Street.ID))
		if !strings.HasSuffix(form.UnitName, " → 溪东街道办事处、溪西街道办事处") {
			t.Errorf("the figures stand under %q", form.UnitName)
		}

		o.handOver(t, o.street.ID, heirs[1])
		old = have[usecases.Series](t)(o.Series(o.office, o.Plan.ID, subject, o.Street.ID))
		if old.GoesOn != heirs[1] {
			t.Errorf("%q goes on", old.GoesOn)
		}
		head := o.AsAccount(t.Context(), "west-head", "unit-head", heirs[1])
		filled := o.fill(head, t, february.ID, heirs[1], 7, reporting.OfPeriod)
		if got := filled.Rows[0].Point.Cumulative.Plain(); cumulatives(filled.Rows[0].Earlier) != "5" || got != "12" {
			t.Errorf("the heir goes on with %s and makes it %s", cumulatives(filled.Rows[0].Earlier), got)
		}
		o.sound(t)
	})
}

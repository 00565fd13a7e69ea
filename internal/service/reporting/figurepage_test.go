package reporting_test

import (
	"reflect"
	"testing"

	usecases "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger/reporting"
)

// TestFiguresComeInParts: all parts together are the whole, each figure once.
func TestFiguresComeInParts(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		for month := 1; month <= 3; month++ {
			o.lockedMonth(t, month, int64(10*month))
		}
		var parts []usecases.Figure
		page := store.Page{Limit: 2}
		for {
			part := have[usecases.FigurePage](t)(o.FigurePage(o.office, o.Plan.ID, usecases.FigureFilter{}, page))
			if len(part.Figures) > page.Limit {
				t.Fatalf("a part has %d figures, want at most %d", len(part.Figures), page.Limit)
			}
			parts = append(parts, part.Figures...)
			if page.After = part.Next; page.After == "" {
				break
			}
		}
		if whole := have[[]usecases.Figure](t)(o.Figures(o.office, o.Plan.ID, usecases.FigureFilter{})); len(whole) != 3 || !reflect.DeepEqual(parts, whole) {
			t.Errorf("the parts are %+v, the whole is %+v", parts, whole)
		}
		page.After = "nowhere"
		_, err := o.FigurePage(o.office, o.Plan.ID, usecases.FigureFilter{}, page)
		wantFault(t, err, "page.place")
	})
}

// TestTotalsComeInParts: each subject is looked at once, whether something was said on it or not.
func TestTotalsComeInParts(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		o.lockedMonth(t, 1, 10)
		asked := reporting.IndicatorSubject(o.Indicator.ID)
		query := usecases.TotalQuery{
			Period:   reporting.Period{Frequency: reporting.Monthly, Year: o.Plan.Year, Number: 1},
			Subjects: []reporting.Subject{reporting.IndicatorSubject("zz"), asked, reporting.IndicatorSubject("00")},
		}
		page, parts, found := store.Page{Limit: 1}, 0, []reporting.Subject{}
		for more := true; more; more = page.After != "" {
			part := have[usecases.TotalPage](t)(o.Totals(o.office, o.Plan.ID, query, page))
			parts++
			for _, total := range part.Totals {
				found = append(found, total.Subject)
			}
			page.After = part.Next
		}
		if parts != 3 || !reflect.DeepEqual(found, []reporting.Subject{asked}) {
			t.Errorf("%d parts have totals of %v", parts, found)
		}
		page.After = "nowhere"
		_, err := o.Totals(o.office, o.Plan.ID, query, page)
		wantFault(t, err, "page.place")
	})
}

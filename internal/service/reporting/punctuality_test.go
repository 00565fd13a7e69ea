package reporting_test

import (
	"slices"
	"testing"

	usecases "luoshi/internal/service/reporting"
	"luoshi/ledger/reporting"
)

// TestPunctuality: the bureau's form is returned twice and late at the end, the street sends nothing in.
func TestPunctuality(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		o.begin(t, false)
		round := o.month(t, 1)
		id := o.fill(o.reporter, t, round.ID, o.Bureau.ID, 20, reporting.Cumulative).Submission.ID
		month := reporting.Period{Frequency: reporting.Monthly, Year: 2026, Number: 1}
		of := func() usecases.Punctuality {
			all := have[[]usecases.Punctuality](t)(o.Punctuality(o.office, o.Plan.ID, month))
			i := slices.IndexFunc(all, func(p usecases.Punctuality) bool { return p.Unit == o.Bureau.ID })
			if i < 0 {
				t.Fatalf("the bureau is not among %+v", all)
			}
			return all[i]
		}
		for _, step := range []struct {
			what string
			do   func()
			want usecases.Punctuality
		}{
			{"before the due day", func() {}, usecases.Punctuality{Asked: 1}},
			{"behind it", func() { o.clock.on(2, 20) }, usecases.Punctuality{Asked: 1, Missing: 1}},
			{"sent in", func() { have[usecases.Submission](t)(o.Submit(o.reporter, id, 0)) }, usecases.Punctuality{Asked: 1, Late: 1}},
			{"returned", func() { o.one(o.head, t, "return", id, "请补充说明") }, usecases.Punctuality{Asked: 1, Late: 1, Returned: 1}},
			{"returned again", func() {
				have[usecases.Submission](t)(o.Submit(o.reporter, id, 0))
				o.one(o.head, t, "return", id, "请再补充")
			}, usecases.Punctuality{Asked: 1, Late: 1, Returned: 2}},
		} {
			step.do()
			step.want.Unit = o.Bureau.ID
			if got := of(); got != step.want {
				t.Errorf("%s it is %+v, not %+v", step.what, got, step.want)
			}
		}
		other := have[[]usecases.Punctuality](t)(o.Punctuality(o.office, o.Plan.ID, month.Next()))
		if slices.ContainsFunc(other, func(p usecases.Punctuality) bool { return p.Asked > 0 && p.Late > 0 }) {
			t.Errorf("the month after tells of this one: %+v", other)
		}
	})
}

package reporting_test

import (
	"slices"
	"testing"

	usecases "luoshi/internal/service/reporting"
	"luoshi/ledger/reporting"
)

// TestSubjectsAreAllThatCanBeAsked whatever the settings ask, and each of whoever leads it.
func TestSubjectsAreAllThatCanBeAsked(t *testing.T) {
	each(t, func(t *testing.T, o *town) {
		settings := usecases.UsualSettings()
		settings.Asking.Kinds = map[reporting.SubjectKind]reporting.Frequency{}
		if _, err := o.SaveSettings(o.office, o.Plan.ID, settings, 0); err != nil {
			t.Fatal(err)
		}
		subjects := have[*usecases.Askable](t)(o.Subjects(o.office, o.Plan.ID)).All
		beds := reporting.IndicatorSubject(o.Indicator.ID)
		for _, unit := range []string{string(o.Bureau.ID), string(o.Street.ID)} {
			found := slices.ContainsFunc(subjects, func(s usecases.AskedSubject) bool {
				return s.Subject == beds && string(s.Unit) == unit && s.Title != ""
			})
			if !found {
				t.Errorf("unit %s is not said to report the beds: %+v", unit, subjects)
			}
		}
		if _, err := o.Subjects(t.Context(), o.Plan.ID); err == nil {
			t.Error("the public learns what units are asked")
		}
	})
}

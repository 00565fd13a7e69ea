package reporting

import "testing"

// A correction of March moves every later cumulative figure that was made of months, and none that was given.
func TestACorrectionIsCarriedOn(t *testing.T) {
	before := []Stated{given(1, "当期 5"), given(2, "当期 6"), given(3, "当期 7"), given(4, "累计 30")}
	after := Effective(before, []Correction{{Period: month(2), After: said(OfPeriod, "value 8"), Reason: "录入有误"}})
	differ := Differences(Derive(flow, before), Derive(flow, after))
	equal(t, "periods", len(differ), 3)
	for i, want := range []string{"8 | 13", "7 | 20", "10 | 30"} {
		equal(t, differ[i].Period.Key(), views(differ[i].After), want)
	}
	equal(t, "what was said stays", before[1].Value.Plain(), "6")
	equal(t, "it is marked", after[1].Corrected, true)
	equal(t, "the others are not", after[0].Corrected, false)
}

func TestTheLastCorrectionHolds(t *testing.T) {
	corrections := []Correction{{Period: month(1), After: said(OfPeriod, "value 8")}, {Period: month(1), After: said(OfPeriod, "value 9")}}
	equal(t, "value", Effective([]Stated{given(1, "当期 5")}, corrections)[0].Value.Plain(), "9")
}

func TestACorrectionMayFillAGap(t *testing.T) {
	said := Effective([]Stated{given(1, "当期 5"), given(3, "当期 7")}, []Correction{{Period: month(2), Unit: finance, After: said(OfPeriod, "value 6")}})
	equal(t, "march", views(Derive(flow, said)[2]), "7 | 18")
	equal(t, "it counts", said[2].State, Locked)
}

func TestPeriodsThatCameOrWentDiffer(t *testing.T) {
	one, two := Derive(flow, []Stated{given(1, "当期 5")}), Derive(flow, []Stated{given(1, "当期 5.0"), given(2, "当期 6")})
	equal(t, "same value", len(Differences(one, one)), 0)
	equal(t, "came", Differences(one, two)[0].Period, month(2))
	equal(t, "went", Differences(two, one)[0].After.Cumulative.Known(), false)
	equal(t, "only that", len(Differences(one, two)), 1)
}

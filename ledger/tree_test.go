package ledger

import (
	"slices"
	"testing"
)

func unitID(n int) UnitID { return UnitID(uuid(n)) }

// TestUnitsThroughTheYears follows a bureau that is renamed, then split, and a part that is merged.
func TestUnitsThroughTheYears(t *testing.T) {
	industry, data, heavy := 10, 11, 12
	units := append(sampleUnits(),
		Unit{ID: unitID(industry), Parent: unitID(government), Kind: Department, Name: "望溪区经济局", Order: 4},
		Unit{ID: unitID(data), Parent: unitID(government), Kind: Department, Name: "望溪区数据局", Order: 5, Since: day("2026-07-01")},
		Unit{ID: unitID(heavy), Parent: unitID(government), Kind: Department, Name: "望溪区工业局", Order: 6, Since: day("2026-07-01")})
	tree, found := NewTree(units, []UnitChange{
		{Unit: unitID(heavy), On: day("2027-03-01"), Kind: Merged, Into: []UnitID{unitID(finance)}},
		{Unit: unitID(industry), On: day("2025-01-01"), Kind: Renamed, Name: "望溪区工业和信息化局", Aliases: []string{"区工信局"}},
		{Unit: unitID(industry), On: day("2026-07-01"), Kind: Split, Into: []UnitID{unitID(data), unitID(heavy)}},
		{Unit: unitID(street), On: day("2026-09-01"), Kind: Moved, Parent: unitID(data)},
	})
	if len(found) > 0 {
		t.Fatal(found)
	}
	for _, tc := range []struct {
		on, name   string
		exists     bool
		successors []UnitID
		parent     UnitID // of the street office
	}{
		{"2024-12-31", "望溪区经济局", true, []UnitID{unitID(industry)}, unitID(government)},
		{"2025-01-01", "望溪区工业和信息化局", true, []UnitID{unitID(industry)}, unitID(government)},
		{"2026-06-30", "望溪区工业和信息化局", true, []UnitID{unitID(industry)}, unitID(government)},
		{"2026-07-01", "望溪区工业和信息化局", false, []UnitID{unitID(data), unitID(heavy)}, unitID(government)},
		{"2026-09-01", "望溪区工业和信息化局", false, []UnitID{unitID(data), unitID(heavy)}, unitID(data)},
		{"2027-03-01", "望溪区工业和信息化局", false, []UnitID{unitID(data), unitID(finance)}, unitID(data)},
	} {
		on := day(tc.on)
		if got := tree.Name(unitID(industry), on); got != tc.name {
			t.Errorf("%s: called %s, want %s", tc.on, got, tc.name)
		}
		if got := tree.Exists(unitID(industry), on); got != tc.exists {
			t.Errorf("%s: exists %v", tc.on, got)
		}
		if got := tree.Successors(unitID(industry), on); !slices.Equal(got, tc.successors) {
			t.Errorf("%s: succeeded by %v, want %v", tc.on, got, tc.successors)
		}
		if got := tree.Parent(unitID(street), on); got != tc.parent {
			t.Errorf("%s: the street office answers to %v, want %v", tc.on, got, tc.parent)
		}
	}
	if got, want := tree.Children(unitID(data), day("2026-09-01")), []UnitID{unitID(street)}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if on := day("2026-09-01"); !tree.Within(unitID(street), unitID(government), on) || tree.Within(unitID(finance), unitID(data), on) {
		t.Error("a street office under a bureau is within the government, the bureau beside it is not within the other")
	}
	if tree.Exists(unitID(data), day("2026-06-30")) {
		t.Error("a unit is not there before its founding")
	}
}

func TestUnitsAreFoundByWhatPapersCallThem(t *testing.T) {
	tree, found := NewTree(sampleUnits(), []UnitChange{
		{Unit: unitID(finance), On: day("2026-07-01"), Kind: Renamed, Name: "望溪区财政金融局"},
	})
	if len(found) > 0 {
		t.Fatal(found)
	}
	for _, tc := range []struct {
		name, on string
		want     UnitID
	}{
		{"望溪区财政局", "2026-01-01", unitID(finance)},
		{"区财政局", "2026-01-01", unitID(finance)},
		{"区财政局", "2026-07-01", ""},
		{"区财政金融局", "2026-07-01", unitID(finance)},
		{"教育局", "2026-01-01", unitID(education)},
		{"局", "2026-01-01", ""},
		{"各街道", "2026-01-01", ""},
		{"", "2026-01-01", ""},
	} {
		if got, ok := tree.Find(tc.name, day(tc.on)); got != tc.want || ok != (tc.want != "") {
			t.Errorf("%q on %s: got %q, want %q", tc.name, tc.on, got, tc.want)
		}
	}
}

func TestASuccessorInheritsThePost(t *testing.T) {
	post := PostID(uuid(60))
	holders := []Holder{
		{Post: post, Person: "林澜", Account: AccountID(uuid(61)), From: day("2025-03-01"), To: day("2026-05-31")},
		{Post: post, Person: "赵屿", Account: AccountID(uuid(62)), From: day("2026-06-01")},
	}
	if found := ValidateHolders(holders); len(found) > 0 {
		t.Fatal(found)
	}
	for on, want := range map[string]string{"2025-02-28": "", "2025-03-01": "林澜", "2026-05-31": "林澜", "2026-06-01": "赵屿", "2030-01-01": "赵屿"} {
		if h, ok := HolderOn(holders, post, day(on)); h.Person != want || ok != (want != "") {
			t.Errorf("%s: got %s, want %s", on, h.Person, want)
		}
	}
	if got := HeldBy(holders, AccountID(uuid(62)), day("2026-06-01")); !slices.Equal(got, []PostID{post}) {
		t.Errorf("got %v", got)
	}
	if got := HeldBy(holders, "", day("2026-06-01")); got != nil {
		t.Errorf("nobody holds nothing, got %v", got)
	}
}

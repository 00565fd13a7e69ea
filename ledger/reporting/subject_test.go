package reporting

import (
	"encoding/json"
	"testing"

	"luoshi/ledger"
)

func TestSubjectsAreKeysInFilesAndTables(t *testing.T) {
	for _, c := range []struct {
		subject Subject
		text    string
	}{
		{IndicatorSubject("a"), "indicator:a"}, {TargetSubject("a", 2), "target:a:2"}, {TaskSubject("a"), "task:a"}, {ProjectSubject("a"), "project:a"},
		{SubjectOf("c", ledger.Target{Number: 2}), "target:c:2"}, {SubjectOf("c", ledger.Target{Number: 2, Indicator: "i"}), "indicator:i"},
	} {
		equal(t, "text", c.subject.String(), c.text)
		back, err := ParseSubject(c.text)
		if err != nil || back != c.subject {
			t.Errorf("%s comes back as %v: %v", c.text, back, err)
		}
	}
	for _, text := range []string{"", "indicator", "indicator:", "unit:a", "target:a", "target:a:0", "target:a:02", "task:a:1", "task:a:b"} {
		if s, err := ParseSubject(text); err == nil {
			t.Errorf("%q is taken for %v", text, s)
		}
	}
}

func TestWhatIsKeptComesBackFromJSON(t *testing.T) {
	asking := UsualAsking()
	asking.Exceptions = map[Subject]Frequency{TargetSubject("a", 2): Quarterly}
	back := roundTrip(t, asking)
	equal(t, "an exception", back.Exceptions[TargetSubject("a", 2)], Quarterly)
	equal(t, "a kind", back.Kinds[OfTask], Quarterly)
	o := Observation{Subject: TaskSubject("a"), Said: Completed, Nodes: []NodeReached{{Number: 1, On: day("2026-04-01")}}}
	o.Given, o.Value = Cumulative, figure("11.0")
	equal(t, "an observation", roundTrip(t, o).sameAs(o), true)
	equal(t, "with its precision", roundTrip(t, o).Value.Plain(), "11.0")
	r := sampleForm("2026-M03", finance).Rows[0]
	equal(t, "a row", roundTrip(t, r).Targets[1].Target.Value.Plain(), r.Targets[1].Target.Value.Plain())
	equal(t, "no period", roundTrip(t, Hint{Field: FieldValue}).Period.IsZero(), true)
}

func roundTrip[T any](t *testing.T, value T) T {
	t.Helper()
	data, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var back T
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatalf("%s: %v", data, err)
	}
	return back
}

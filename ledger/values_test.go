package ledger

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestIdentifiersCarryTheirTime(t *testing.T) {
	// The example of RFC 9562, appendix A.6.
	random := [10]byte{0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f}
	if got, want := NewUUID(0x017F22E279B0, random), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	full := [10]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 255}
	if earlier, later := NewUUID(1, full), NewUUID(2, [10]byte{}); earlier >= later {
		t.Errorf("%s was made before %s", earlier, later)
	}
	for id, want := range map[string]bool{
		"017f22e2-79b0-7cc3-98c4-dc0c0c07398f":  true,
		"017F22E2-79B0-7CC3-98C4-DC0C0C07398F":  false,
		"017f22e2-79b0-4cc3-98c4-dc0c0c07398f":  false,
		"017f22e2-79b0-7cc3-18c4-dc0c0c07398f":  false,
		"017f22e279b07cc398c4dc0c0c07398f":      false,
		"017f22e2-79b0-7cc3-98c4-dc0c0c07398f0": false,
		"017f22e2-79b0-7cc3-98c4-dc0c0c07398g":  false,
		"":                                      false,
	} {
		if got := wellFormed(UnitID(id)); got != want {
			t.Errorf("%q: %v, want %v", id, got, want)
		}
	}
}

func TestFiguresKeepTheirPrecision(t *testing.T) {
	for _, tc := range []struct{ text, stored, plain string }{
		{"11.0", "11.0", "11.0"},
		{"15.94e8", "1594e6", "1594000000"},
		{"6", "6", "6"},
		{"0.00", "0.00", "0.00"},
		{"-2.5", "-2.5", "-2.5"},
		{"-0.5", "-0.5", "-0.5"},
		{"", "", ""},
	} {
		d := figure(tc.text)
		if d.String() != tc.stored || d.Plain() != tc.plain {
			t.Errorf("%q: stored as %q, shown as %q; want %q, %q", tc.text, d, d.Plain(), tc.stored, tc.plain)
		}
		var back Decimal
		if err := json.Unmarshal([]byte(asJSON(t, d)), &back); err != nil || back != d {
			t.Errorf("%q came back as %q, %v", tc.text, back, err)
		}
	}
	if _, err := ParseDecimal("六"); err == nil {
		t.Error("a word is no figure")
	}
	if zero := figure("0"); !zero.Known() || zero.Same(Decimal{}) || !zero.Same(figure("0.0")) {
		t.Error("0 is a figure, and not the same as none")
	}
}

func TestPassagesKeepTheirWords(t *testing.T) {
	text := "一、民生福祉\n新增养老床位300张，新建公厕25座。"
	p, err := Quote(digest, text, 7, 17)
	if err != nil || p.Wording() != "新增养老床位300张" || !p.StandsIn(text) {
		t.Fatalf("got %q, %v", p.Wording(), err)
	}
	if p.StandsIn(strings.Replace(text, "300", "500", 1)) {
		t.Error("other words stand there")
	}
	for _, place := range [][2]int{{-1, 3}, {3, 3}, {5, 99}, {9, 7}} {
		if _, err := Quote(digest, text, place[0], place[1]); err == nil {
			t.Errorf("%v lies outside", place)
		}
	}
	if _, err := RestorePassage(digest, 7, 17, "新增养老床位三百张床"); err != nil {
		t.Errorf("ten characters fit: %v", err)
	}
	if _, err := RestorePassage(digest, 7, 17, "新增养老床位3000张"); err == nil {
		t.Error("eleven characters do not fit")
	}
	part, err := p.Part(13, 17)
	if err != nil || part.Wording() != "300张" || !p.Holds(part) || part.Holds(p) {
		t.Errorf("got %q, %v", part.Wording(), err)
	}
	if _, err := p.Part(13, 18); err == nil {
		t.Error("a part ends where the whole ends")
	}
	if got := quote(7, "，新增养老床位300张； ").Trim(); got != quote(8, "新增养老床位300张") {
		t.Errorf("got %q at %d", got.Wording(), got.At())
	}
	if got := quote(7, "。 ").Trim(); !got.IsZero() {
		t.Errorf("nothing is left of punctuation, got %q", got.Wording())
	}
	if got := quote(0, "下降3%").Trim().Wording(); got != "下降3%" {
		t.Errorf("the unit stays, got %q", got)
	}
	var back Passage
	if err := json.Unmarshal([]byte(`{"document":"`+string(digest)+`","at":7,"end":9,"wording":"新增养老"}`), &back); err == nil {
		t.Error("a passage that does not fit its place is not read")
	}
}

func TestACommitmentIsOneInJSON(t *testing.T) {
	target := sampleTarget(1, "学位", "300", "个")
	target.Quoted = quote(104, "300个")
	c := sampleCommitment(1, "新增学位300个", target)
	c.Milestones = []Milestone{{Number: 1, Title: "主体封顶", By: day("2026-06-30"), Weight: figure("0.30")}}
	var back Commitment
	if err := json.Unmarshal([]byte(asJSON(t, c)), &back); err != nil || !reflect.DeepEqual(back, c) {
		t.Errorf("got %+v, %v", back, err)
	}
}

func TestTheSourceOfACommitmentCannotBeSet(t *testing.T) {
	c := NewCommitment(CommitmentTerms{Title: "公厕"}, quote(0, "新建公厕"), quote(4, "25座"), quote(20, "全部开放"))
	c.Source()[0] = quote(0, "改建公厕")
	if got, want := c.Wording(), "新建公厕25座……全部开放"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestLabels: every value that a page may show has a word in both languages.
func TestLabels(t *testing.T) {
	shown := []struct {
		value string
		label Wording
	}{}
	add := func(value string, label Wording) {
		shown = append(shown, struct {
			value string
			label Wording
		}{value, label})
	}
	for s := range planMoves {
		add(string(s), s.Label())
	}
	for s := range commitmentMoves {
		add(string(s), s.Label())
	}
	for s := range amendmentMoves {
		add(string(s), s.Label())
	}
	for _, v := range CommitmentKinds() {
		add(string(v), v.Label())
	}
	for _, v := range Fields() {
		add(string(v), v.Label())
	}
	for _, v := range Stages() {
		add(string(v), v.Label())
	}
	for _, v := range ProjectCategories() {
		add(string(v), v.Label())
	}
	for _, v := range FundSources() {
		add(string(v), v.Label())
	}
	for _, v := range UnitKinds() {
		add(string(v), v.Label())
	}
	for _, v := range []UnitChangeKind{Renamed, Moved, Merged, Split, Abolished} {
		add(string(v), v.Label())
	}
	for _, v := range Comparators() {
		add(string(v), v.Label())
	}
	for _, v := range Measures() {
		add(string(v), v.Label())
	}
	for _, v := range Directions() {
		add(string(v), v.Label())
	}
	for _, v := range Aggregations() {
		add(string(v), v.Label())
	}
	for _, v := range []Balance{Holds, Short, Exceeds, Undecided} {
		add(string(v), v.Label())
	}
	for _, v := range []DifferenceKind{Changed, Added, Dropped} {
		add(string(v), v.Label())
	}
	if len(shown) != len(labels()) {
		t.Errorf("%d values and %d labels", len(shown), len(labels()))
	}
	for _, s := range shown {
		if s.label.EN == "" || s.label.ZH == "" || s.label.ZH == s.value {
			t.Errorf("%s has no label", s.value)
		}
	}
}

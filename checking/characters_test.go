package checking

import "testing"

func TestCharacterSet(t *testing.T) {
	set := charactersOf("月9“")
	tests := []struct {
		name, text string
		from, want int
	}{
		{"at the front", "月底", 0, 0},
		{"behind Chinese", "六月底", 0, 3},
		{"a digit", "第9天", 0, 3},
		{"behind two and four bytes", "é𠀀“五图”", 0, 6},
		{"from within a character", "月月", 1, 3},
		{"nowhere", "年底", 0, 6},
		{"behind broken bytes", "\xe6\x9c", 0, 2},
	}
	for _, test := range tests {
		if got := set.next(test.text, test.from); got != test.want {
			t.Errorf("%s: %q from %d: %d, want %d", test.name, test.text, test.from, got, test.want)
		}
	}
}

func TestGlossary(t *testing.T) {
	words := glossaryOf([]string{"覆盖率", "医保覆盖率", "率"})
	tests := []struct {
		text       string
		in         bool
		ending, at int
	}{
		{"基本医保覆盖率", true, 1, 6},
		{"全区覆盖率", true, 0, 6},
		{"合格率", true, 2, 6},
		{"覆盖率提升", true, -1, 15},
		{"绿地", false, -1, 6},
		{"", false, -1, 0},
	}
	for _, test := range tests {
		if got := words.in(test.text); got != test.in {
			t.Errorf("a word in %q: %v", test.text, got)
		}
		if id, at := words.ending(test.text, 0); id != test.ending || at != test.at {
			t.Errorf("the ending of %q: %d at %d, want %d at %d", test.text, id, at, test.ending, test.at)
		}
	}
	if id, at := words.ending("基本医保覆盖率", len("基本医")); id != 0 || at != len("基本医保") {
		t.Errorf("the shorter ending: %d at %d", id, at)
	}
}

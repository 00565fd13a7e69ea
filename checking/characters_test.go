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

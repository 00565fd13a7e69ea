package present

import "testing"

func TestColumnsCountsAsTerminalsDo(t *testing.T) {
	for text, want := range map[string]int{
		"": 0, "abc": 3, "地区": 4, "6%左右": 6, "\uff16\uff05": 4, "e\u0301": 1, "“科学家”": 8, "。": 2,
	} {
		if got := columns(text); got != want {
			t.Errorf("%q takes %d columns, counted %d", text, want, got)
		}
	}
}

func TestFitCutsBetweenCharacters(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"地区生产总值", 12, "地区生产总值"}, {"地区生产总值", 11, "地区生产总…"}, {"地区生产总值", 6, "地区…"}, {"GDP", 2, "G…"},
	} {
		got := fit(c.text, c.n)
		if got != c.want || columns(got) > c.n {
			t.Errorf("fit(%q, %d) = %q, want %q", c.text, c.n, got, c.want)
		}
	}
}

func TestGroupedSetsCommas(t *testing.T) {
	for digits, want := range map[string]string{
		"6": "6", "700": "700", "15300": "15,300", "167387000000": "167,387,000,000", "-1234.5": "-1,234.5", "0.25": "0.25",
	} {
		if got := grouped(digits); got != want {
			t.Errorf("grouped(%q) = %q, want %q", digits, got, want)
		}
	}
}

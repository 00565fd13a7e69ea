package present

import "testing"

func TestGroupedSetsCommas(t *testing.T) {
	for digits, want := range map[string]string{
		"6": "6", "700": "700", "15300": "15,300", "167387000000": "167,387,000,000", "-1234.5": "-1,234.5", "0.25": "0.25",
	} {
		if got := grouped(digits); got != want {
			t.Errorf("grouped(%q) = %q, want %q", digits, got, want)
		}
	}
}

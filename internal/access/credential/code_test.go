package credential

import (
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"hash"
	"strings"
	"testing"
)

// RFC 6238, appendix B: eight digits, with keys as long as the sum.
func TestCodesOfTheRFC(t *testing.T) {
	times := []int64{59, 1111111109, 1111111111, 1234567890, 2000000000, 20000000000}
	cases := []struct {
		name      string
		algorithm func() hash.Hash
		key       int
		codes     string
	}{
		{"SHA-1", sha1.New, 20, "94287082 07081804 14050471 89005924 69279037 65353130"},
		{"SHA-256", sha256.New, 32, "46119246 68084774 67062674 91819424 90698825 77737706"},
		{"SHA-512", sha512.New, 64, "90693936 25091201 99943326 93441116 38618901 47863826"},
	}
	for _, c := range cases {
		key := []byte(strings.Repeat("1234567890", 7)[:c.key])
		for i, want := range strings.Fields(c.codes) {
			if got := code(c.algorithm, key, times[i]/30, 8); got != want {
				t.Errorf("%s at %d: %s, want %s", c.name, times[i], got, want)
			}
		}
	}
}

// The longest common word fits into the window in which isCommon looks for it.
func TestCommonWordsFitTheWindow(t *testing.T) {
	for word := range common() {
		if len(word) > longestCommon {
			t.Errorf("%s has %d bytes", word, len(word))
		}
	}
}

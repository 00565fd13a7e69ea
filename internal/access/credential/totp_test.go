package credential_test

import (
	"strings"
	"testing"
	"time"

	"luoshi/internal/access/credential"
)

func TestCodesAroundNow(t *testing.T) {
	// RFC 6238, appendix B: the last six of the eight digits for the key 12345678901234567890.
	key := credential.TOTP{Key: credential.NewSecret("12345678901234567890")}
	cases := []struct {
		code string
		at   int64
		want bool
	}{
		{"287082", 59, true},
		{"081804", 1111111109, true},
		{"050471", 1111111111, true},
		{"005924", 1234567890, true},
		{"279037", 2000000000, true},
		{"279 037", 2000000000, true},
		{"279037", 2000000000 + 39, true}, // the step before
		{"279037", 2000000000 - 30, true}, // the step after
		{"279037", 2000000000 + 70, false},
		{"279037", 2000000000 - 60, false},
		{"69279037", 2000000000, false},
		{"27903", 2000000000, false},
		{"", 2000000000, false},
	}
	for _, c := range cases {
		if _, ok := key.Verify(c.code, time.Unix(c.at, 0)); ok != c.want {
			t.Errorf("%s at %d: %t", c.code, c.at, ok)
		}
	}
}

func TestNoCodeTwiceNorAnOlderOne(t *testing.T) {
	key := credential.TOTP{Key: credential.NewSecret("12345678901234567890")}
	at := time.Unix(1111111111, 0) // the step after 1111111109's
	used, ok := key.Verify("050471", at)
	if !ok {
		t.Fatal("refused")
	}
	if _, ok := used.Verify("050471", at.Add(10*time.Second)); ok {
		t.Error("the same code twice")
	}
	if _, ok := used.Verify("081804", at); ok {
		t.Error("the code before it")
	}
	if _, ok := key.Verify("081804", at); !ok {
		t.Error("the code before is good where none was used")
	}
}

func TestURI(t *testing.T) {
	key := credential.TOTP{Key: credential.NewSecret("12345678901234567890")}
	want := "otpauth://totp/%E8%90%BD%E5%AE%9E:zhang%20wei?issuer=%E8%90%BD%E5%AE%9E&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
	if got := key.URI("落实", "zhang wei").Reveal(); got != want {
		t.Errorf("got %s", got)
	}
	drawn, err := credential.NewTOTP(dice(1))
	if err != nil || len(drawn.Key.Reveal()) != 20 || strings.Contains(drawn.Typed().Reveal(), "=") {
		t.Errorf("%d bytes, %v", len(drawn.Key.Reveal()), err)
	}
}

package credential_test

import (
	"bytes"
	"crypto/rand"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log/slog"
	mathrand "math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"luoshi/internal/access/credential"
)

var noon = time.Date(2026, 11, 22, 4, 0, 0, 0, time.UTC)

// dice is the same randomness in every run.
func dice(seed byte) io.Reader { return mathrand.NewChaCha8([32]byte{seed}) }

// No way of printing, encoding or logging a value that holds secrets shows them.
func TestSecretsDoNotPrint(t *testing.T) {
	const plain = "liangting-2026-Zhu"
	totp, err := credential.NewTOTP(dice(1))
	if err != nil {
		t.Fatal(err)
	}
	token, stored, err := credential.NewToken(dice(2), []string{"plan.read"}, noon, noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	hash, err := quick.Hash(dice(3), credential.NewSecret(plain))
	if err != nil {
		t.Fatal(err)
	}
	held := struct {
		Password credential.Password
		Typed    credential.Secret
		Pointer  *credential.Secret
		TOTP     credential.TOTP
		Token    credential.Secret
		Stored   credential.Token
	}{credential.Password{Hash: hash}, credential.NewSecret(plain), &token, totp, token, stored}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb+"\n", held)
		fmt.Fprintf(&out, verb+"\n", held.Typed)
	}
	if err := json.NewEncoder(&out).Encode(held); err != nil {
		t.Fatal(err)
	}
	if err := xml.NewEncoder(&out).Encode(held.Typed); err != nil {
		t.Fatal(err)
	}
	if err := gob.NewEncoder(&out).Encode(held.Typed); err != nil {
		t.Fatal(err)
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("login", "typed", held.Typed, "all", held)
	slog.New(slog.NewJSONHandler(&out, nil)).Info("login", "typed", held.Typed, "all", held)
	fmt.Fprintln(&out, fmt.Errorf("refused: %v", held.Typed))
	for name, secret := range map[string]string{"password": plain, "password in hexadecimal": fmt.Sprintf("%x", plain), "hash": hash.Reveal(),
		"key": totp.Key.Reveal(), "typed key": totp.Typed().Reveal(), "token": token.Reveal(), "token's secret": token.Reveal()[16:]} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("the %s shows in\n%s", name, out.String())
		}
	}
	if encoded, err := json.Marshal(held.Typed); err != nil || string(encoded) != `"[hidden]"` {
		t.Errorf("in JSON: %s, %v", encoded, err)
	}
	if got := fmt.Sprint(held.Typed); got != "[hidden]" {
		t.Errorf("printed: %s", got)
	}
}

func TestBrokenRandomnessIsAnError(t *testing.T) {
	broken := iotest.ErrReader(errors.New("no entropy"))
	attempts := map[string]func() error{
		"hash":           func() error { _, err := quick.Hash(broken, credential.NewSecret("x")); return err },
		"first password": func() error { _, err := credential.FirstPassword(broken); return err },
		"one-time codes": func() error { _, err := credential.NewTOTP(broken); return err },
		"recovery codes": func() error { _, _, err := credential.NewRecoveryCodes(broken); return err },
		"session":        func() error { _, _, err := credential.NewSession(broken); return err },
		"token": func() error {
			_, _, err := credential.NewToken(broken, []string{"plan.read"}, noon, noon.Add(time.Hour))
			return err
		},
	}
	for name, attempt := range attempts {
		if err := attempt(); err == nil || !strings.Contains(err.Error(), "no entropy") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestToken(t *testing.T) {
	presented, stored, err := credential.NewToken(rand.Reader, []string{"observation.fill"}, noon, noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	if id, err := credential.TokenID(presented); err != nil || id != stored.ID {
		t.Errorf("id %q, %v", id, err)
	}
	text := presented.Reveal()
	other, _, err := credential.NewToken(rand.Reader, []string{"observation.fill"}, noon, noon.Add(time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	swapped := text[:16] + other.Reveal()[16:] // this token's id with another's secret
	revoked := stored
	revoked.Revoked = noon
	cases := []struct {
		name   string
		stored credential.Token
		text   string
		now    time.Time
		want   error
	}{
		{"as given out", stored, text, noon, nil},
		{"in its last second", stored, text, noon.Add(time.Hour - time.Second), nil},
		{"expired", stored, text, noon.Add(time.Hour), credential.ErrExpiredToken},
		{"revoked", revoked, text, noon, credential.ErrRevokedToken},
		{"another's secret", stored, swapped, noon, credential.ErrWrongToken},
		{"another's id with this secret", stored, other.Reveal()[:16] + text[16:], noon, credential.ErrWrongToken},
		{"another's token", stored, other.Reveal(), noon, credential.ErrWrongToken},
		{"cut short", stored, text[:len(text)-1], noon, credential.ErrNoToken},
		{"in capitals", stored, strings.ToUpper(text), noon, credential.ErrNoToken},
		{"with a line behind", stored, text + "\n", noon, credential.ErrNoToken},
		{"nothing", stored, "", noon, credential.ErrNoToken},
		{"what is stored", stored, stored.Digest, noon, credential.ErrNoToken},
	}
	for _, c := range cases {
		if err := c.stored.Verify(credential.NewSecret(c.text), c.now); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestTokenTerms(t *testing.T) {
	cases := map[string]struct {
		scopes []string
		life   time.Duration
	}{"no scopes": {nil, time.Hour}, "no life": {[]string{"plan.read"}, 0}, "too long a life": {[]string{"plan.read"}, 400 * 24 * time.Hour}}
	for name, c := range cases {
		if _, _, err := credential.NewToken(rand.Reader, c.scopes, noon, noon.Add(c.life)); !errors.Is(err, credential.ErrTokenTerms) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestRecoveryCodesAreGoodForOnce(t *testing.T) {
	shown, stored, err := credential.NewRecoveryCodes(dice(4))
	if err != nil {
		t.Fatal(err)
	}
	if len(shown) != 10 || len(stored) != 10 {
		t.Fatalf("%d shown, %d stored", len(shown), len(stored))
	}
	code := shown[3].Reveal()
	if len(code) != len("xxxx-xxxx-xxxx-xxxx") {
		t.Errorf("code %q", code)
	}
	for _, typed := range []string{code, strings.ToUpper(code), " " + strings.ReplaceAll(code, "-", " ") + "\n"} {
		left, ok := credential.Redeem(stored, typed)
		if !ok || len(left) != 9 {
			t.Errorf("%q: %t, %d left", typed, ok, len(left))
		}
		if _, again := credential.Redeem(left, typed); again {
			t.Errorf("%q is good twice", typed)
		}
	}
	for _, typed := range []string{"", "0000-0000-0000-0000", stored[0]} {
		if left, ok := credential.Redeem(stored, typed); ok || len(left) != 10 {
			t.Errorf("%q is a recovery code", typed)
		}
	}
	if len(stored) != 10 {
		t.Error("redeeming changed what was stored")
	}
}

func TestSession(t *testing.T) {
	id, stored, err := credential.NewSession(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if len(id.Reveal()) != 52 || stored != credential.StoredSession(id) || strings.Contains(stored, id.Reveal()) {
		t.Errorf("id of %d characters, stored as %q", len(id.Reveal()), stored)
	}
	terms := credential.SessionTerms{Idle: 30 * time.Minute, Longest: 12 * time.Hour}
	cases := []struct {
		begun, seen time.Duration // ago
		want        bool
	}{{0, 0, false}, {time.Hour, 29 * time.Minute, false}, {time.Hour, 30 * time.Minute, true}, {12 * time.Hour, time.Second, true}}
	for _, c := range cases {
		if got := terms.Ended(noon.Add(-c.begun), noon.Add(-c.seen), noon); got != c.want {
			t.Errorf("begun %s, seen %s ago: ended %t", c.begun, c.seen, got)
		}
	}
}

package signing_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luoshi/internal/audit/signing"
)

const origin = "luoshi.hubin.example/audit"

func eachSuite(t *testing.T, test func(t *testing.T, suite signing.Suite, key *signing.Key)) {
	for _, suite := range signing.Suites {
		t.Run(string(suite), func(t *testing.T) {
			key, err := signing.GenerateKey(suite, origin)
			if err != nil {
				t.Fatal(err)
			}
			test(t, suite, key)
		})
	}
}

func head(suite signing.Suite) signing.Head {
	return signing.Head{
		Origin: origin, Size: 1024, Root: suite.Hashing().Sum([]byte("root")), Number: 7,
		Time: time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC), Previous: signing.Digest(suite, "head 6"),
	}
}

func TestASignedHeadOpensToWhatWasSigned(t *testing.T) {
	eachSuite(t, func(t *testing.T, suite signing.Suite, key *signing.Key) {
		signed, err := key.Sign(head(suite))
		if err != nil {
			t.Fatal(err)
		}
		got, err := signing.Keyring{key.Public()}.Open(signed)
		if err != nil || got != head(suite) {
			t.Errorf("%+v (%v), want %+v", got, err, head(suite))
		}
	})
}

func TestNoByteOfAHeadCanChange(t *testing.T) {
	eachSuite(t, func(t *testing.T, suite signing.Suite, key *signing.Key) {
		signed, err := key.Sign(head(suite))
		if err != nil {
			t.Fatal(err)
		}
		for i := range len(signed) {
			for bit := range 8 {
				altered := []byte(signed)
				altered[i] ^= 1 << bit
				if got, err := (signing.Keyring{key.Public()}).Open(string(altered)); err == nil {
					t.Fatalf("byte %d, bit %d: opened as %+v", i, bit, got)
				}
			}
		}
	})
}

func TestOnlyTheKeysOfTheLogSignItsHeads(t *testing.T) {
	eachSuite(t, func(t *testing.T, suite signing.Suite, key *signing.Key) {
		later, err := signing.GenerateKey(suite, origin)
		if err != nil {
			t.Fatal(err)
		}
		signed, err := later.Sign(head(suite))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := (signing.Keyring{key.Public()}).Open(signed); !errors.Is(err, signing.ErrSignature) {
			t.Errorf("a stranger's head: %v", err)
		}
		if _, err := (signing.Keyring{key.Public(), later.Public()}).Open(signed); err != nil {
			t.Errorf("a head by the second key of the ring: %v", err)
		}
	})
}

func TestKeysSurviveTheirFile(t *testing.T) {
	eachSuite(t, func(t *testing.T, suite signing.Suite, _ *signing.Key) {
		path := filepath.Join(t.TempDir(), "audit.key")
		made, err := signing.LoadOrGenerate(path, suite, origin)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("the key file has mode %v (%v)", info.Mode(), err)
		}
		loaded, err := signing.LoadOrGenerate(path, suite, origin)
		if err != nil || loaded.Public().String() != made.Public().String() {
			t.Fatalf("loaded %v (%v), want %v", loaded, err, made.Public())
		}
		signed, err := loaded.Sign(head(suite))
		if err != nil {
			t.Fatal(err)
		}
		public, err := signing.ParsePublicKey(made.Public().String() + "\n")
		if err != nil || public.Suite() != suite || public.Origin() != origin {
			t.Fatalf("public key %v (%v)", public, err)
		}
		if _, err := (signing.Keyring{public}).Open(signed); err != nil {
			t.Error(err)
		}
		if err := made.Save(path); !errors.Is(err, fs.ErrExist) {
			t.Errorf("a key was written over another: %v", err)
		}
		if err := os.Chmod(path, 0o640); err != nil {
			t.Fatal(err)
		}
		if _, err := signing.LoadKey(path); !errors.Is(err, signing.ErrExposed) {
			t.Errorf("a key that others can read was loaded: %v", err)
		}
	})
}

func TestWhatIsNoKey(t *testing.T) {
	eachSuite(t, func(t *testing.T, _ signing.Suite, key *signing.Key) {
		public := key.Public().String()
		name, rest, _ := strings.Cut(public, "+")
		for what, text := range map[string]string{
			"nothing":         "",
			"only a name":     name,
			"another name":    "other+" + rest,
			"cut short":       public[:len(public)-8],
			"another id":      name + "+00000000+" + rest[strings.Index(rest, "+")+1:],
			"a short id":      name + "+00+" + rest[strings.Index(rest, "+")+1:],
			"data not base64": name + "+00000000+***",
		} {
			if got, err := signing.ParsePublicKey(text); err == nil {
				t.Errorf("%s: read as %v", what, got)
			}
			if _, err := signing.ParseKey("PRIVATE+KEY+" + text); err == nil {
				t.Errorf("%s: read as a private key", what)
			}
		}
	})
	for _, suite := range signing.Suites {
		for _, bad := range []string{"", "two words", "a+b"} {
			if _, err := signing.GenerateKey(suite, bad); err == nil {
				t.Errorf("%s: a key for the origin %q", suite, bad)
			}
		}
	}
}

func TestSuitesAreKnownByName(t *testing.T) {
	for _, tt := range []struct {
		name string
		want signing.Suite
	}{{"", signing.SHA256Ed25519}, {"sha256-ed25519", signing.SHA256Ed25519}, {"sm3-sm2", signing.SM3SM2}} {
		if got, err := signing.ParseSuite(tt.name); err != nil || got != tt.want {
			t.Errorf("%q: %v (%v)", tt.name, got, err)
		}
	}
	if _, err := signing.ParseSuite("md5"); err == nil {
		t.Error("md5 is a suite")
	}
}

package credential_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"luoshi/internal/access/credential"
)

// quick is a hasher that does not slow the tests down.
var quick = credential.NewHasher(credential.Cost{Memory: 64, Passes: 1, Lanes: 1}, 2)

func TestHash(t *testing.T) {
	password := credential.NewSecret("三顾茅庐 and Zhuge")
	stored, err := quick.Hash(dice(1), password)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(stored.Reveal(), "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("stored as %s", stored.Reveal())
	}
	again, err := quick.Hash(dice(2), password)
	if err != nil || again == stored {
		t.Errorf("the same password twice gives the same hash: %v", err)
	}
	for typed, want := range map[string]bool{"三顾茅庐 and Zhuge": true, "三顾茅庐 and zhuge": false, "": false, "三顾茅庐 and Zhuge ": false} {
		if ok, old, err := quick.Verify(credential.NewSecret(typed), stored); ok != want || old || err != nil {
			t.Errorf("%q: %t, old %t, %v", typed, ok, old, err)
		}
	}
}

// A vector of the reference implementation's own test.
func TestHashOfTheReferenceImplementation(t *testing.T) {
	stored := credential.NewSecret("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")
	if ok, _, err := quick.Verify(credential.NewSecret("password"), stored); !ok || err != nil {
		t.Errorf("%t, %v", ok, err)
	}
	if ok, _, err := quick.Verify(credential.NewSecret("passwort"), stored); ok || err != nil {
		t.Errorf("another password: %t, %v", ok, err)
	}
}

func TestOldHashesAreMadeAnewOnLogin(t *testing.T) {
	password := credential.NewSecret("correct horse battery")
	stored, err := quick.Hash(dice(1), password)
	if err != nil {
		t.Fatal(err)
	}
	dearer := credential.NewHasher(credential.Cost{Memory: 128, Passes: 2, Lanes: 1}, 1)
	if ok, old, err := dearer.Verify(password, stored); !ok || !old || err != nil {
		t.Errorf("at a new cost: %t, old %t, %v", ok, old, err)
	}
	if ok, old, err := dearer.Verify(credential.NewSecret("wrong"), stored); ok || old || err != nil {
		t.Errorf("a wrong password at a new cost: %t, old %t, %v", ok, old, err)
	}
	anew, err := dearer.Hash(dice(2), password)
	if err != nil {
		t.Fatal(err)
	}
	if ok, old, err := dearer.Verify(password, anew); !ok || old || err != nil {
		t.Errorf("made anew: %t, old %t, %v", ok, old, err)
	}
}

func TestStoredHashesThatAreRefused(t *testing.T) {
	good, err := quick.Hash(dice(1), credential.NewSecret("x"))
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"another algorithm": {"argon2id", "argon2i"},
		"another version":   {"v=19", "v=16"},
		"no memory":         {"m=64", "m=0"},
		"all the memory":    {"m=64", "m=9999999"},
		"endless passes":    {"t=1", "t=99"},
		"too many lanes":    {"p=1", "p=256"},
		"a sign too many":   {"$v", "$$v"},
	} {
		changed := strings.Replace(good.Reveal(), change[0], change[1], 1)
		if ok, _, err := quick.Verify(credential.NewSecret("x"), credential.NewSecret(changed)); ok || err == nil {
			t.Errorf("%s: %t, %v", name, ok, err)
		}
	}
}

// A password typed on another keyboard may come in other code points.
func TestComposedAndDecomposedAreTheSame(t *testing.T) {
	stored, err := quick.Hash(dice(1), credential.NewSecret("caf\u00e9 latte 2026"))
	if err != nil {
		t.Fatal(err)
	}
	if ok, _, _ := quick.Verify(credential.NewSecret("cafe\u0301 latte 2026"), stored); !ok {
		t.Error("decomposed is another password")
	}
}

func TestNoHashOfAnEndlessPassword(t *testing.T) {
	long := credential.NewSecret(strings.Repeat("x", 2000))
	if _, err := quick.Hash(dice(1), long); err == nil {
		t.Error("hashed")
	}
	stored, _ := quick.Hash(dice(1), credential.NewSecret("x"))
	if ok, _, err := quick.Verify(long, stored); ok || err != nil {
		t.Errorf("%t, %v", ok, err)
	}
}

func TestPasswordRules(t *testing.T) {
	about := []string{"zhangwei", "张伟", "发展和改革局", "js"}
	cases := []struct {
		password string
		want     []credential.Fault
	}{
		{"kettle over marble", nil},
		{"Teapot-39xq", nil},
		{"山高水长风清月明人间好时节呀", nil},
		{"mycat&mydogRuN", nil},
		{"teapot39xq", []credential.Fault{credential.TooShort}}, // ten, but two classes
		{"Ab3$efghi", []credential.Fault{credential.TooShort}},  // three classes, but nine
		{"", []credential.Fault{credential.TooShort, credential.TooUniform}},
		{"password2026", []credential.Fault{credential.TooCommon}},
		{"P@ssw0rd!2026", []credential.Fault{credential.TooCommon}},
		{"Qwerty123456!", []credential.Fault{credential.TooCommon}},
		{"1qaz@WSX3edc", []credential.Fault{credential.TooCommon}},
		{"dragon-7-monkey-7", []credential.Fault{credential.TooCommon}},
		{"dragon-7-porridge-7", nil},
		{"1qaz2wsx3edc", []credential.Fault{credential.TooCommon}},
		{"Woaini1314520", []credential.Fault{credential.TooCommon}},
		{"admin@123456", []credential.Fault{credential.TooCommon}},
		{"passwordpassword", []credential.Fault{credential.TooCommon}},
		{"20261122080000", []credential.Fault{credential.TooUniform}},
		{"13800138000!!", []credential.Fault{credential.TooUniform}},
		{"xyxyxyxyxyxyxy", []credential.Fault{credential.TooUniform}},
		{"ZhangWei-teapot-1", []credential.Fault{credential.HasName}},
		{"Zhangw3i-teapot-1", []credential.Fault{credential.HasName}},
		{"张伟的茶壶放在窗台上面了", []credential.Fault{credential.HasName}},
		{"jsteapot over marble", nil}, // two letters name nobody
		{strings.Repeat("kettle over marble ", 60), []credential.Fault{credential.TooLong}},
	}
	for _, c := range cases {
		if got := credential.CheckPassword(credential.NewSecret(c.password), about...); !slices.Equal(got, c.want) {
			t.Errorf("%.30q: got %v, want %v", c.password, got, c.want)
		}
	}
	for _, f := range []credential.Fault{credential.TooShort, credential.TooLong, credential.TooCommon, credential.TooUniform, credential.HasName} {
		if chinese, english := f.Text(); chinese == "" || english == "" {
			t.Errorf("%s has no text", f)
		}
	}
}

func TestEveryCommonWordIsRefused(t *testing.T) {
	file, err := os.ReadFile("common.txt")
	if err != nil {
		t.Fatal(err)
	}
	words := 0
	for line := range strings.Lines(string(file)) {
		line, _, _ = strings.Cut(line, "#")
		for word := range strings.FieldsSeq(line) {
			words++
			for _, password := range []string{word + "!2026", strings.ToUpper(word) + word} {
				faults := credential.CheckPassword(credential.NewSecret(password))
				if !slices.Contains(faults, credential.TooCommon) && !slices.Contains(faults, credential.TooUniform) {
					t.Errorf("%s is accepted: %v", password, faults)
				}
			}
		}
	}
	if words < 150 {
		t.Errorf("%d words", words)
	}
}

func TestFirstPassword(t *testing.T) {
	seen := map[string]bool{}
	for seed := range byte(50) {
		first, err := credential.FirstPassword(dice(seed))
		if err != nil {
			t.Fatal(err)
		}
		if faults := credential.CheckPassword(first); len(faults) > 0 || len(first.Reveal()) != 23 || seen[first.Reveal()] {
			t.Errorf("%q: %v", first.Reveal(), faults)
		}
		seen[first.Reveal()] = true
	}
	password := credential.Password{MustChange: true, Until: noon.Add(72 * time.Hour)}
	if password.Expired(noon) || !password.Expired(noon.Add(72*time.Hour)) || (credential.Password{}).Expired(noon) {
		t.Error("a first password ends at its time, another never")
	}
}

func FuzzCheckPassword(f *testing.F) {
	f.Add("P@ssw0rd!2026", "zhangwei")
	f.Add("张伟的茶壶", "张伟")
	f.Fuzz(func(t *testing.T, password, name string) {
		faults := credential.CheckPassword(credential.NewSecret(password), name)
		if len(faults) == 0 && len([]rune(password)) < 10 {
			t.Errorf("%q is accepted", password)
		}
	})
}

func FuzzVerifyStoredHash(f *testing.F) {
	stored, err := quick.Hash(dice(1), credential.NewSecret("x"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(strings.Replace(stored.Reveal(), "m=64", "m=1", 1))
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, "m=") && len(text) > 90 && !strings.Contains(text, "m=64,t=1,p=1") {
			t.Skip("dear hashes are within the limits, but not within the time")
		}
		if ok, _, err := quick.Verify(credential.NewSecret("another"), credential.NewSecret(text)); ok && err == nil {
			t.Errorf("%q takes another password", text)
		}
	})
}

func BenchmarkHash(b *testing.B) {
	h := credential.NewHasher(credential.DefaultCost, 2)
	for b.Loop() {
		if _, err := h.Hash(dice(1), credential.NewSecret("kettle over marble")); err != nil {
			b.Fatal(err)
		}
	}
}

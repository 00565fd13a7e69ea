package audit_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
)

func exported(t testing.TB, db *bun.DB) []byte {
	t.Helper()
	var file bytes.Buffer
	if err := audit.Export(t.Context(), db, &file); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

func verifiedFile(t testing.TB, file []byte, key *signing.Key, known ...string) *audit.Report {
	t.Helper()
	report, err := audit.VerifyExport(bytes.NewReader(file), signing.Keyring{key.Public()}, known...)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func TestAnUntouchedLogVerifies(t *testing.T) {
	for _, suite := range signing.Suites {
		t.Run(string(suite), func(t *testing.T) {
			onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
				log, key := history(t, db, suite)
				first, err := audit.Heads(t.Context(), db, 0, 1)
				if err != nil {
					t.Fatal(err)
				}
				report := verified(t, db, key, first...)
				if !report.OK() || report.Entries != 40 || report.Heads != 3 || report.Covered != 30 {
					t.Errorf("%+v", report)
				}
				if of := verifiedFile(t, exported(t, db), key, first...); !of.OK() || of.Root != report.Root || of.Heads != 3 || of.Entries != 40 {
					t.Errorf("the exported file: %+v\nthe database: %+v", of, report)
				}
				head, err := signing.Keyring{key.Public()}.Open(signedNow(t, db, log, key))
				if err != nil || head.Root.String() != report.Root {
					t.Errorf("the head signs %v, the entries have %s (%v)", head.Root, report.Root, err)
				}
			})
		})
	}
}

func TestAnEmptyLogVerifies(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		log := begun(t, db, signing.SHA256Ed25519)
		key, err := signing.GenerateKey(signing.SHA256Ed25519, origin)
		if err != nil {
			t.Fatal(err)
		}
		for heads := range int64(2) {
			if report := verified(t, db, key); !report.OK() || report.Heads != heads || report.Entries != 0 {
				t.Errorf("%+v", report)
			}
			if report := verifiedFile(t, exported(t, db), key); !report.OK() || report.Heads != heads {
				t.Errorf("exported: %+v", report)
			}
			signedNow(t, db, log, key)
		}
	})
}

// lines is an exported log of history, a line each: the first, 40 entries, a head behind 10, 20 and 30.
func lines(t *testing.T) (file []string, key *signing.Key) {
	t.Helper()
	db := prepared(t, "sqlite:"+t.TempDir()+"/log.db")
	_, key = history(t, db, signing.SHA256Ed25519)
	return strings.SplitAfter(strings.TrimSuffix(string(exported(t, db)), "\n"), "\n"), key
}

func TestEveryByteOfAnExportedFileCounts(t *testing.T) {
	db := prepared(t, "sqlite:"+t.TempDir()+"/log.db")
	log, key := history(t, db, signing.SHA256Ed25519)
	signedNow(t, db, log, key)
	file := exported(t, db)
	step := 13
	if testing.Short() {
		step = 97
	}
	for i := 0; i < len(file); i += step {
		altered := bytes.Clone(file)
		altered[i] ^= 1 << (i % 8)
		report, err := audit.VerifyExport(bytes.NewReader(altered), signing.Keyring{key.Public()})
		if err == nil && report.OK() {
			t.Errorf("byte %d: %q became %q and was not found", i, file[i], altered[i])
		}
	}
}

func TestWhatWasDoneToAnExportedFileIsNamed(t *testing.T) {
	file, key := lines(t)
	entry := func(sequence int) int { return sequence + (sequence-1)/10 } // its line; heads stand between
	swap := func(f []string, a, b int) []string { f[a], f[b] = f[b], f[a]; return f }
	cut := func(f []string, at int) []string { return append(f[:at], f[at+1:]...) }
	for _, tt := range []struct {
		name     string
		done     func([]string) []string
		code     audit.Code
		sequence int64
	}{
		{"an entry is altered", func(f []string) []string {
			f[entry(23)] = strings.Replace(f[entry(23)], `"id":"u-`, `"id":"v-`, 1)
			return f
		}, audit.Altered, 23},
		{"an entry is removed", func(f []string) []string { return cut(f, entry(12)) }, audit.Removed, 12},
		{"the last entry is removed", func(f []string) []string { return f[:len(f)-1] }, audit.SizeAltered, 40},
		{"entries change places", func(f []string) []string { return swap(f, entry(8), entry(33)) }, audit.Moved, 8},
		{"an entry stands twice", func(f []string) []string { f[entry(12)] += f[entry(3)]; return f }, audit.Inserted, 13},
		{"the end is cut off and the size made to fit", func(f []string) []string {
			f[0] = strings.Replace(f[0], `"size":40`, `"size":25`, 1)
			return append(f[:entry(25)+1], f[entry(30)+1]) // with the head behind 30
		}, audit.CutOff, 26},
		{"a head is removed", func(f []string) []string { return cut(f, entry(20)+1) }, audit.HeadMissing, 0},
		{"a head stands later", func(f []string) []string { return swap(f, entry(20)+1, entry(21)) }, audit.HeadMissing, 0},
		{"another log's first line", func(f []string) []string { f[0] = strings.Replace(f[0], "hubin", "other", 1); return f }, audit.OriginAltered, 0},
		{"a line that is no JSON", func(f []string) []string { f[entry(5)] = "落实\n"; return f }, audit.Malformed, 5},
		{"the last line is not finished", func(f []string) []string { f[len(f)-1] = strings.TrimSpace(f[len(f)-1]); return f }, audit.Malformed, 40},
		{"a second first line", func(f []string) []string { f[entry(5)] = f[0]; return f }, audit.Malformed, 5},
		{"nothing is left", func([]string) []string { return nil }, audit.Malformed, 0},
		{"a line that is endless", func(f []string) []string { f[entry(5)] = strings.Repeat("x", 1<<20); return f }, audit.Malformed, 5},
	} {
		t.Run(tt.name, func(t *testing.T) {
			given := append([]string(nil), file...)
			given[len(given)-1] += "\n"
			report := verifiedFile(t, []byte(strings.Join(tt.done(given), "")), key)
			if report.OK() || report.Problems[0].Code != tt.code || report.FirstEntry() != tt.sequence {
				t.Errorf("%+v, want %s at %d", report.Problems, tt.code, tt.sequence)
			}
		})
	}
}

func TestVerifyingNeedsTheKeysOfOneLog(t *testing.T) {
	file, key := lines(t)
	other, err := signing.GenerateKey(signing.SM3SM2, origin)
	if err != nil {
		t.Fatal(err)
	}
	for name, keys := range map[string]signing.Keyring{"no key": nil, "keys of two suites": {key.Public(), other.Public()}} {
		if _, err := audit.VerifyExport(strings.NewReader(strings.Join(file, "")), keys); err == nil {
			t.Errorf("%s: verified", name)
		}
	}
	if _, err := audit.VerifyExport(strings.NewReader(file[0]), signing.Keyring{key.Public()}, "no head"); !errors.Is(err, signing.ErrSignature) {
		t.Errorf("a known head that nobody signed: %v", err)
	}
	broken := io.MultiReader(strings.NewReader(file[0]), failing{})
	if _, err := audit.VerifyExport(broken, signing.Keyring{key.Public()}); !errors.Is(err, errDisk) {
		t.Errorf("a file that cannot be read: %v", err)
	}
}

var errDisk = errors.New("the disk fails")

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errDisk }

func TestReportsSpeakBothLanguages(t *testing.T) {
	file, key := lines(t)
	file[len(file)-1] += "\n"
	whole := strings.Join(file, "")
	altered := strings.Replace(whole, `"request":"r-4"`, `"request":"r-x"`, 1)
	for _, tt := range []struct{ lang, file, want string }{
		{"zh", whole, "校验通过：40 条记录"}, {"zh", whole, "最后 10 条记录还没有签名树头覆盖"},
		{"en", whole, "none of 40 entries was altered"},
		{"zh", altered, "第 5 条记录被改动"}, {"zh", altered, "校验未通过：发现 1 处问题"},
		{"en", altered, "entry 5 was altered"},
	} {
		var said strings.Builder
		if err := verifiedFile(t, []byte(tt.file), key).Write(&said, tt.lang); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(said.String(), tt.want) {
			t.Errorf("%s\nlacks %s", &said, tt.want)
		}
	}
}

func FuzzVerifyExport(f *testing.F) {
	db := prepared(f, "sqlite:"+f.TempDir()+"/log.db")
	key, err := signing.GenerateKey(signing.SHA256Ed25519, origin)
	if err != nil {
		f.Fatal(err)
	}
	log := begun(f, db, signing.SHA256Ed25519)
	for n := range 5 {
		if _, err := appendTo(f.Context(), db, log, amended(n)); err != nil {
			f.Fatal(err)
		}
	}
	if _, err := sign(f.Context(), db, log, key); err != nil {
		f.Fatal(err)
	}
	file := exported(f, db)
	f.Add(file)
	f.Add([]byte(`{"format":1,"origin":"","suite":"","size":0}` + "\n"))
	f.Add([]byte(fmt.Sprintf("%s{\"number\":1,\"size\":0,\"head\":\"x\"}\n", file[:bytes.IndexByte(file, '\n')+1])))
	f.Fuzz(func(t *testing.T, data []byte) {
		report, err := audit.VerifyExport(bytes.NewReader(data), signing.Keyring{key.Public()})
		if err == nil && report.OK() && report.Heads > 0 && report.Covered == report.Entries && !bytes.Equal(data, file) {
			t.Fatalf("verified, with a head over all of it, but not what was exported:\n%s", data)
		}
	})
}

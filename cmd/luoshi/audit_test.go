package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"luoshi/internal/store/storetest"
)

// tamper changes a database past the program.
func tamper(t *testing.T, dsn string, statements ...string) {
	t.Helper()
	driver, name, drop := "pgx", dsn, "DROP TRIGGER audit_entries_fixed ON audit_entries"
	if path, ok := strings.CutPrefix(dsn, "sqlite:"); ok {
		driver, name, drop = "sqlite", path, "DROP TRIGGER audit_entries_fixed"
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range append([]string{drop}, statements...) {
		if _, err := db.ExecContext(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheLogIsVerifiedHereAndElsewhere(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		flags, dir := begunServer(t, dsn), t.TempDir()
		log, head, key := filepath.Join(dir, "log.jsonl"), filepath.Join(dir, "head.txt"), filepath.Join(dir, "key.pub")
		expect(t, execute(t, nil, with("audit verify", flags)...), statusDone, "校验通过")
		expect(t, execute(t, nil, with("audit export", flags, "-o", log)...), statusDone, "")
		expect(t, execute(t, nil, with("audit head", flags, "-o", head)...), statusDone, "")
		public, err := os.ReadFile(filepath.Join(flags[3], "audit.pub"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(key, public, 0o600); err != nil {
			t.Fatal(err)
		}
		expect(t, execute(t, nil, "audit", "verify", log, "--key", key, "--head", head, "--lang", "en"), statusDone, "verified")

		tamper(t, dsn, "UPDATE audit_entries SET actor_id = 'nobody' WHERE sequence = 2")
		expect(t, execute(t, nil, with("audit verify", flags)...), statusFindings, "第 2 条记录被改动")
		expect(t, execute(t, nil, "audit", "verify", log, "--key", key), statusDone, "校验通过")

		// The end is cut off with everything that covered it: only a head that was kept elsewhere tells.
		text, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		altered := strings.Replace(string(text), `role.grant`, `role.grand`, 1)
		if err := os.WriteFile(log, []byte(altered), 0o600); err != nil {
			t.Fatal(err)
		}
		expect(t, execute(t, nil, "audit", "verify", log, "--key", key), statusFindings, "校验未通过")
	})
}

func TestAProofStandsByItself(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		flags, dir := begunServer(t, dsn), t.TempDir()
		key, proof := filepath.Join(flags[3], "audit.pub"), filepath.Join(dir, "proof.json")
		exported := execute(t, nil, with("audit export", flags)...)
		object := regexp.MustCompile(`"object":{"id":"([^"]+)","kind":"([^"]+)"}`).FindStringSubmatch(exported.stdout)
		if object == nil {
			t.Fatalf("no object is in %.500s", exported.stdout)
		}
		id, kind := object[1], object[2]
		expect(t, execute(t, nil, with("audit prove", flags, kind, id, "-o", proof)...), statusDone, "")
		expect(t, execute(t, nil, "audit", "check", proof, "--key", key), statusDone, "存证成立")
		text, err := os.ReadFile(proof)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(proof, []byte(strings.Replace(string(text), "user.create", "user.delete", 1)), 0o600); err != nil {
			t.Fatal(err)
		}
		expect(t, execute(t, nil, "audit", "check", proof, "--key", key), statusFindings, "存证不成立")
		expect(t, execute(t, nil, with("audit prove", flags, "plans", "none")...), statusBad, "没有记录")
	})
}

func TestWhatIsMissingForVerifyingIsTold(t *testing.T) {
	flags, dir := begunServer(t, storetest.SQLite(t)), t.TempDir()
	for says, args := range map[string][]string{
		"读不到公钥":  {"audit", "verify", "--data", dir},
		"不是公钥文件": {"audit", "verify", "--key", filepath.Join(flags[3], "audit.key")},
		"找不到":    {"audit", "verify", "--key", filepath.Join(flags[3], "audit.pub"), "--db", "sqlite:" + filepath.Join(dir, "absent.db")},
		"不是存证文件": {"audit", "check", filepath.Join(flags[3], "audit.pub"), "--key", filepath.Join(flags[3], "audit.pub")},
		"参数个数不对": {"audit", "prove", "plans"},
	} {
		expect(t, execute(t, nil, args...), statusBad, says)
	}
}

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"luoshi/internal/store/storetest"
)

// begunServer makes a server with its first account, whose log has a signed head, and returns the flags that name it.
func begunServer(t *testing.T, dsn string) []string {
	t.Helper()
	t.Setenv("LUOSHI_LANG", "")
	s := openedServer(t, testConfig(t, dsn, nil))
	if _, err := s.identity.Begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	stopServer(t, startedServer(t, s))
	return []string{"--db", dsn, "--data", s.config.Data(), "--public-url", s.config.PublicURL()}
}

func expect(t *testing.T, got outcome, status int, says string) {
	t.Helper()
	if got.status != status || !strings.Contains(got.stdout+got.stderr, says) {
		t.Errorf("status %d, want %d; %q is not in\n%s%s", got.status, status, says, got.stdout, got.stderr)
	}
}

func with(command string, flags []string, more ...string) []string {
	return append(append(strings.Fields(command), flags...), more...)
}

// A server is backed up and restored, into either kind of database, with the same head of its log.
func TestABackupRestoresToTheSameHead(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		flags, file := begunServer(t, dsn), filepath.Join(t.TempDir(), "luoshi.zip")
		expect(t, execute(t, nil, with("backup", flags, file)...), statusDone, "读回核对无误")
		// The entry that says that the backup was made is behind the head.
		before := execute(t, nil, with("audit head", flags)...)
		expect(t, execute(t, nil, with("backup", flags, file)...), statusBad, "已经存在")
		for _, into := range []string{storetest.SQLite(t), storetest.Postgres(t)} {
			place := []string{"--db", into, "--data", filepath.Join(t.TempDir(), "restored"), "--public-url", "http://luoshi.example"}
			expect(t, execute(t, nil, with("restore", place, file)...), statusDone, "校验通过")
			after := execute(t, nil, with("audit head", place)...)
			if after.stdout == "" || before.stdout != after.stdout {
				t.Errorf("the head was %q and is %q", before.stdout, after.stdout)
			}
			expect(t, execute(t, nil, with("restore", place, file)...), statusBad, "不是空的")
		}
	})
}

func TestABrokenBackupIsNotRestored(t *testing.T) {
	flags, dir := begunServer(t, storetest.SQLite(t)), t.TempDir()
	file, into := filepath.Join(dir, "luoshi.zip"), filepath.Join(dir, "data")
	expect(t, execute(t, nil, with("backup", flags, file)...), statusDone, "")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	expect(t, execute(t, nil, "restore", file, "--data", into), statusBad, "不是完整的备份文件")
	expect(t, execute(t, nil, "restore", filepath.Join(dir, "absent.zip"), "--data", into), statusBad, "找不到")
	if _, err := os.Stat(into); !os.IsNotExist(err) {
		t.Error("something was written")
	}
	expect(t, execute(t, nil, "restore"), statusBad, "参数个数不对")
}

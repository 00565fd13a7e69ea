package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"luoshi/calendar"
	"luoshi/internal/audit"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// settledServer makes a server with a small district, whose document's file it has, and returns the flags that name it.
func settledServer(t *testing.T, dsn string) ([]string, storetest.District) {
	t.Helper()
	flags := begunServer(t, dsn)
	s := openedServer(t, testConfig(t, dsn, map[string]string{"data": flags[3]}))
	d := storetest.Settle(t, s.store)
	if _, err := s.blobs.Put(t.Context(), strings.NewReader(d.Document.Text), d.Document.Digest); err != nil {
		t.Fatal(err)
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
	return flags, d
}

func TestAPlanMovesToAnotherServer(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		from, d := settledServer(t, dsn)
		file := filepath.Join(t.TempDir(), "plan.zip")
		expect(t, execute(t, nil, with("export --year 2026", from, file)...), statusDone, "计划《望溪区2026年工作要点》已导出")
		expect(t, execute(t, nil, with("export --plan "+string(d.Plan.ID), from, file)...), statusBad, "已经存在")
		for _, into := range []string{storetest.SQLite(t), storetest.Postgres(t)} {
			to := begunServer(t, into)
			expect(t, execute(t, nil, with("import --dry-run", to, file)...), statusDone, "没有写入")
			expect(t, execute(t, nil, with("import --dry-run --lang en", to, file)...), statusDone, "commitment: 1 new, 0 there already")
			expect(t, execute(t, nil, with("import", to, file)...), statusDone, "承诺事项：新增 1，已有 0")
			expect(t, execute(t, nil, with("import", to, file)...), statusDone, "全部内容都已有")
			expect(t, execute(t, nil, with("audit verify", to)...), statusDone, "校验通过")
			again := filepath.Join(t.TempDir(), "again.zip")
			expect(t, execute(t, nil, with("export --year 2026 --lang en", to, again)...), statusDone, "was written to")
			differ(t, into, to, d)
			expect(t, execute(t, nil, with("import", to, file)...), statusFindings, "望溪区民政局")
			expect(t, execute(t, nil, with("import --lang en", to, file)...), statusFindings, "nothing was brought in")
		}
	})
}

// differ lets a server know a unit by another name.
func differ(t *testing.T, dsn string, flags []string, d storetest.District) {
	t.Helper()
	s := openedServer(t, testConfig(t, dsn, map[string]string{"data": flags[3]}))
	unit, err := s.store.Units().Get(t.Context(), string(d.Bureau.ID))
	if err != nil {
		t.Fatal(err)
	}
	change := ledger.UnitChange{Unit: d.Bureau.ID, On: calendar.Date{Year: 2026, Month: 5, Day: 1}, Kind: ledger.Renamed, Name: "望溪区养老局"}
	if err := s.store.Units().Changed(t.Context(), change, unit.Revision); err != nil {
		t.Fatal(err)
	}
	if err := s.close(); err != nil {
		t.Fatal(err)
	}
}

func TestDocumentsAreUploadedAndRead(t *testing.T) {
	storetest.EachDSN(t, func(t *testing.T, dsn string) {
		flags, d := settledServer(t, dsn)
		dir := t.TempDir()
		doc, broken := filepath.Join(dir, "安排.txt"), filepath.Join(dir, "坏.docx")
		for path, text := range map[string]string{doc: plan, broken: "no document"} {
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		got := execute(t, nil, with("import --year 2026", flags, doc, broken)...)
		expect(t, got, statusFindings, "坏.docx：不能识别")
		if !regexp.MustCompile(`安排\.txt：识别出 [1-9]\d* 项承诺、[1-9]\d* 个数字\n  已打开审核：http://luoshi\.example/intakes/` + string(d.Plan.ID) + `/[0-9a-f]{64}`).
			MatchString(got.stdout) {
			t.Errorf("it says\n%s", got.stdout)
		}
		if !strings.Contains(got.stderr, "[1/2] 正在识别 安排.txt") {
			t.Errorf("it reports\n%s", got.stderr)
		}
		again := execute(t, nil, with("import --year 2026 --lang en", flags, doc)...)
		expect(t, again, statusDone, "uploaded before")
		expect(t, again, statusDone, "its review was opened before")
		expect(t, execute(t, nil, with("import", flags, filepath.Join(dir, "absent.txt"))...), statusFindings, "找不到")
		expect(t, execute(t, nil, with("audit verify", flags)...), statusDone, "校验通过")
		expectImported(t, dsn, flags)
	})
}

// expectImported makes sure that the document is the command's in the log.
func expectImported(t *testing.T, dsn string, flags []string) {
	t.Helper()
	s := openedServer(t, testConfig(t, dsn, map[string]string{"data": flags[3]}))
	documents, err := s.store.Documents().List(t.Context(), store.Page{Descending: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range documents.Records {
		if d.Value.Name != "安排.txt" {
			continue
		}
		entries, err := audit.History(t.Context(), s.store.View(t.Context()), audit.Object{Kind: "documents", ID: string(d.Value.Digest)}, 0, 10)
		if err != nil || len(entries) == 0 || entries[0].Actor.ID != "command: import" {
			t.Errorf("the log says %+v, %v", entries, err)
		}
		return
	}
	t.Error("the document is not there")
}

func TestMisusesOfImportAndExport(t *testing.T) {
	t.Setenv("LUOSHI_LANG", "")
	for line, says := range map[string]string{
		"import":                         "参数个数不对",
		"import a.zip b.docx":            "单独导入",
		"import --year 2026 a.zip":       "自带年份",
		"import --dry-run b.docx":        "只用于计划文件",
		"export x.zip":                   "--plan 或 --year",
		"export --plan a --year 1 b":     "--plan 或 --year",
		"export --year 2026":             "参数个数不对",
		"import --year soon --lang zh a": "soon",
	} {
		expect(t, execute(t, nil, strings.Fields(line)...), statusBad, says)
	}
	flags := begunServer(t, storetest.SQLite(t))
	file := filepath.Join(t.TempDir(), "no.zip")
	expect(t, execute(t, nil, with("import", flags, file)...), statusBad, "找不到")
	expect(t, execute(t, nil, with("export --year 2031", flags, file)...), statusBad, "2031 年没有计划")
	expect(t, execute(t, nil, with("export --plan x", flags, file)...), statusBad, "没有标识为 x 的计划")
	if err := os.WriteFile(file, []byte("no zip"), 0o600); err != nil {
		t.Fatal(err)
	}
	expect(t, execute(t, nil, with("import", flags, file)...), statusBad, "不是 luoshi export 写的")
}

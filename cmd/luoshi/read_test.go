package main

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

const plan = "云溪区2025年工作安排\n一、主要目标\n地区生产总值增长6%左右,城镇登记失业率控制在4%以内。\n二、重点任务\n新建公厕12座。\n"

// outcome is what one run of the command left behind.
type outcome struct {
	status         int
	stdout, stderr string
}

func execute(t *testing.T, stdin io.Reader, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status := run(t.Context(), args, stdin, &stdout, &stderr)
	return outcome{status, stdout.String(), stderr.String()}
}

// folder makes a folder with the given files and goes there.
func folder(t *testing.T, files map[string]string) {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	t.Setenv("LUOSHI_LANG", "")
}

// documents lists the names in the records of JSON lines, each once and in their order.
func documents(t *testing.T, lines string) []string {
	t.Helper()
	var names []string
	for line := range strings.Lines(lines) {
		var record struct{ Doc string }
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Fatalf("%v in %q", err, line)
		}
		if !slices.Contains(names, record.Doc) {
			names = append(names, record.Doc)
		}
	}
	return names
}

func TestExitStatus(t *testing.T) {
	folder(t, map[string]string{"plan.txt": plan, "old.doc": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "empty.txt": ""})
	for _, c := range []struct {
		name   string
		args   []string
		status int
		says   string // on stderr
	}{
		{"a good file", []string{"read", "plan.txt"}, 0, "共读取 1 个文件"},
		{"quiet", []string{"read", "-q", "plan.txt"}, 0, ""},
		{"no path", []string{"read"}, 2, "请给出"},
		{"absent file", []string{"read", "absent.txt"}, 2, "absent.txt"},
		{"pattern without a match", []string{"read", "*.pdf"}, 2, "*.pdf"},
		{"legacy format", []string{"read", "old.doc"}, 2, "old.doc"},
		{"empty file", []string{"read", "empty.txt"}, 2, "empty.txt"},
		{"unknown flag", []string{"read", "--colour", "plan.txt"}, 2, "没有选项“--colour”"},
		{"flag without its value", []string{"read", "plan.txt", "--year"}, 2, "缺少值"},
		{"year that is none", []string{"read", "--year", "soon", "plan.txt"}, 2, "“soon”"},
		{"year out of range", []string{"read", "--year", "21", "plan.txt"}, 2, "“21”"},
		{"unknown format", []string{"read", "--format", "odt", "plan.txt"}, 2, "“odt”"},
		{"unknown part", []string{"read", "--what", "numbers", "plan.txt"}, 2, "“numbers”"},
		{"unknown kind", []string{"read", "--kind", "wish", "plan.txt"}, 2, "“wish”"},
		{"unknown language", []string{"read", "--lang", "fr", "plan.txt"}, 2, "“fr”"},
		{"unknown command", []string{"raed", "plan.txt"}, 2, "没有命令“raed”"},
		{"in English", []string{"read", "--lang", "en", "absent.txt"}, 2, "does not exist"},
		{"folder to write to is absent", []string{"read", "-o", "no/such/folder/out.csv", "plan.txt"}, 2, "不能写出"},
		{"version", []string{"version"}, 0, ""},
		{"help", []string{"--help"}, 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := execute(t, nil, c.args...)
			if got.status != c.status {
				t.Errorf("status %d, want %d; stderr: %s", got.status, c.status, got.stderr)
			}
			if !strings.Contains(got.stderr, c.says) || c.says == "" && got.stderr != "" {
				t.Errorf("stderr says %q, want %q", got.stderr, c.says)
			}
			if strings.Count(got.stderr, "\n") > 1 {
				t.Errorf("more than one line on stderr: %q", got.stderr)
			}
		})
	}
}

func TestOneBadFileAmongGoodOnes(t *testing.T) {
	folder(t, map[string]string{"a.txt": plan, "b.docx": "not a word file at all \x00\x01\x02", "c.txt": plan})
	got := execute(t, nil, "read", "--format", "jsonl", "a.txt", "b.docx", "c.txt")
	if got.status != 2 {
		t.Errorf("status %d, want 2", got.status)
	}
	if names := documents(t, got.stdout); !slices.Equal(names, []string{"a.txt", "c.txt"}) {
		t.Errorf("read %v, want the two good files in their order", names)
	}
	lines := strings.Split(strings.TrimSpace(got.stderr), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], "b.docx") || !strings.Contains(lines[1], "共读取 2 个文件") {
		t.Errorf("stderr is not the fault and the summary:\n%s", got.stderr)
	}
}

func TestPathsBecomeFilesOnceAndInOrder(t *testing.T) {
	files := map[string]string{
		"z.txt": plan, "d/b.txt": plan, "d/a.md": plan, "d/e/f.txt": plan, "d/.hidden.txt": plan, "d/.git/g.txt": plan,
		"d/~$b.docx": "x", "d/readme.bin": "\x00", "[1].txt": plan,
	}
	folder(t, files)
	slash := func(names []string) []string {
		for i, name := range names {
			names[i] = filepath.ToSlash(name)
		}
		return names
	}
	for _, c := range []struct {
		args, want []string
	}{
		{[]string{"d"}, []string{"d/a.md", "d/b.txt", "d/e/f.txt"}},
		{[]string{"z.txt", "d"}, []string{"z.txt", "d/a.md", "d/b.txt", "d/e/f.txt"}},
		{[]string{"d/b.txt", "d", "./d/b.txt"}, []string{"d/b.txt", "d/a.md", "d/e/f.txt"}},
		{[]string{"d/*.txt"}, []string{"d/b.txt"}},
		{[]string{"?.txt", "z.txt"}, []string{"z.txt"}},
		{[]string{"[1].txt"}, []string{"[1].txt"}},
		{[]string{"-", "z.txt", "-"}, []string{"-", "z.txt"}},
	} {
		got := execute(t, strings.NewReader(plan), append([]string{"read", "--format", "jsonl", "--what", "meta"}, c.args...)...)
		if names := slash(documents(t, got.stdout)); !slices.Equal(names, c.want) {
			t.Errorf("%v became %v, want %v; stderr: %s", c.args, names, c.want, got.stderr)
		}
	}
}

func TestManyFilesComeOutTheSameEveryTime(t *testing.T) {
	files := map[string]string{}
	for i := range 40 {
		name := string(rune('a'+i%26)) + strings.Repeat("x", i/26) + ".txt"
		files[name] = strings.Repeat(plan, 1+i*7%13)
	}
	folder(t, files)
	for _, format := range []string{"table", "jsonl", "csv", "html"} {
		first := execute(t, nil, "read", "-q", "--format", format, ".")
		second := execute(t, nil, "read", "-q", "--format", format, ".")
		if first.status != 0 || first.stdout == "" || first != second {
			t.Errorf("%s: two runs differ, or failed: %s", format, first.stderr)
		}
	}
}

func TestArchiveMembersAreReadOneByOne(t *testing.T) {
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for _, member := range []struct{ name, content string }{{"a.txt", plan}, {"bad.pdf", "%PDF-1.7 broken"}, {"c.txt", plan}} {
		w, err := z.Create(member.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, member.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	folder(t, map[string]string{"all.zip": packed.String()})
	got := execute(t, nil, "read", "--format", "jsonl", "--what", "meta", "all.zip")
	if names := documents(t, got.stdout); !slices.Equal(names, []string{"all.zip/a.txt", "all.zip/c.txt"}) {
		t.Errorf("read %v", names)
	}
	if got.status != 2 || !strings.Contains(got.stderr, "all.zip/bad.pdf") {
		t.Errorf("status %d; the bad member is not named: %s", got.status, got.stderr)
	}
}

func TestOutputFile(t *testing.T) {
	folder(t, map[string]string{"plan.txt": plan})
	for name, start := range map[string]string{
		"out.html": "<!doctype html>", "out.xlsx": "PK\x03\x04", "out.csv": "\ufeff", "out.jsonl": `{"doc":"plan.txt"`, "out": "plan.txt",
	} {
		got := execute(t, nil, "read", "-o", name, "plan.txt")
		if got.status != 0 || got.stdout != "" {
			t.Errorf("%s: status %d, stdout %q, stderr %q", name, got.status, got.stdout, got.stderr)
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(content, []byte(start)) {
			t.Errorf("%s does not begin with %q", name, start)
		}
	}
}

func TestFailureLeavesTheOldOutput(t *testing.T) {
	folder(t, map[string]string{"out.xlsx": "kept", "bad.pdf": "%PDF-1.7 broken"})
	if got := execute(t, nil, "read", "-o", "out.xlsx", "bad.pdf"); got.status != 2 {
		t.Errorf("status %d, want 2", got.status)
	}
	if content, err := os.ReadFile("out.xlsx"); err != nil || string(content) != "kept" {
		t.Errorf("the old output is gone: %q, %v", content, err)
	}
	if entries, err := os.ReadDir("."); err != nil || len(entries) != 2 {
		t.Errorf("something was left behind: %v, %v", entries, err)
	}
}

func TestInterruptStopsCleanly(t *testing.T) {
	folder(t, map[string]string{"plan.txt": plan})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr bytes.Buffer
	if status := run(ctx, []string{"read", "-o", "out.csv", "plan.txt"}, nil, &stdout, &stderr); status != 130 {
		t.Errorf("status %d, want 130", status)
	}
	if got := stderr.String(); got != "luoshi: 已中断。\n" {
		t.Errorf("stderr says %q", got)
	}
	if _, err := os.Stat("out.csv"); err == nil {
		t.Error("half a result was left under the name of the whole")
	}
}

func TestBrokenStandardInputIsReported(t *testing.T) {
	folder(t, nil)
	if got := execute(t, iotest.ErrReader(io.ErrUnexpectedEOF), "read", "-"); got.status != 2 || got.stderr == "" {
		t.Errorf("status %d, stderr %q", got.status, got.stderr)
	}
}

func TestYearOverrulesTheDocument(t *testing.T) {
	folder(t, map[string]string{"plan.txt": plan})
	got := execute(t, nil, "read", "--format", "jsonl", "--kind", "target", "--year", "2031", "plan.txt")
	if got.status != 0 || !strings.Contains(got.stdout, `"by":"2031-12-31"`) || strings.Contains(got.stdout, "2025-12-31") {
		t.Errorf("status %d:\n%s%s", got.status, got.stdout, got.stderr)
	}
}

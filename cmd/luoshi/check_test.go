package main

import (
	"context"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"luoshi/checking"
)

// wrongReport states a total that its parts do not make; rightReport one that they do.
const (
	reportHead  = "云溪区2025年上半年计划执行情况报告\n一、项目建设\n"
	wrongReport = reportHead + "项目类别 | 项目数(个) | 完成投资(亿元)\n合计 | 25 | 7.50\n道路 | 10 | 3.20\n学校 | 8 | 2.10\n医院 | 5 | 2.20\n"
)

var rightReport = strings.Replace(wrongReport, "合计 | 25", "合计 | 23", 1)

func TestCheckExitStatus(t *testing.T) {
	folder(t, map[string]string{"wrong.txt": wrongReport, "right.txt": rightReport, "old.doc": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"})
	for _, c := range []struct {
		name   string
		args   []string
		status int
		says   string // on stderr
	}{
		{"what is right", []string{"--fail-on", "warning", "right.txt"}, 0, "共读取 1 个文件，核对"},
		{"what is wrong, unasked", []string{"wrong.txt"}, 0, "错误 1"},
		{"an error", []string{"--fail-on", "error", "wrong.txt"}, 1, "错误 1"},
		{"an error is worse than a warning", []string{"--fail-on", "warning", "-q", "wrong.txt"}, 1, ""},
		{"an error of another rule", []string{"--fail-on", "error", "--only", "quotient", "wrong.txt"}, 0, "错误 0"},
		{"no path", nil, 2, "请给出"},
		{"absent file", []string{"absent.txt"}, 2, "absent.txt"},
		{"absent file and an error", []string{"-q", "--fail-on", "error", "wrong.txt", "absent.txt"}, 2, "absent.txt"},
		{"legacy format", []string{"old.doc"}, 2, "old.doc"},
		{"unknown rule", []string{"--only", "sums", "right.txt"}, 2, "没有规则“sums”，可以是：sum, "},
		{"unknown severity", []string{"--fail-on", "note", "right.txt"}, 2, "error, warning"},
		{"unknown format", []string{"--format", "csv", "right.txt"}, 2, "“csv”"},
		{"format by the output's name", []string{"-o", "out.csv", "right.txt"}, 2, "“csv”"},
		{"folder to write to is absent", []string{"-o", "no/such/folder/out.jsonl", "right.txt"}, 2, "不能写出"},
		{"in English", []string{"--lang", "en", "--only", "sums", "right.txt"}, 2, `there is no rule "sums"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := execute(t, nil, append([]string{"check"}, c.args...)...)
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

func TestCheckNamesTheFigures(t *testing.T) {
	folder(t, map[string]string{"a.txt": rightReport, "b.txt": wrongReport})
	got := execute(t, nil, "check", "--format", "jsonl", "--only", "sum", "a.txt", "b.txt")
	if strings.Count(got.stdout, "\n") != 1 {
		t.Fatalf("not one finding:\n%s", got.stdout)
	}
	var finding struct {
		Doc, Rule, Severity, Message string
		Quantities                   []struct {
			Doc, Surface string
			At           int
		}
	}
	if err := json.Unmarshal([]byte(got.stdout), &finding); err != nil {
		t.Fatal(err)
	}
	if finding.Doc != "b.txt" || finding.Rule != "sum" || finding.Severity != "error" || finding.Message == "" {
		t.Errorf("found %+v", finding)
	}
	text := []rune(wrongReport)
	var surfaces []string
	for _, q := range finding.Quantities {
		surfaces = append(surfaces, q.Surface)
		if at := string(text[q.At : q.At+len([]rune(q.Surface))]); at != q.Surface || q.Doc != "b.txt" {
			t.Errorf("%s of %s is not where the record says: %s", q.Surface, q.Doc, at)
		}
	}
	slices.Sort(surfaces)
	if !slices.Equal(surfaces, []string{"10", "25", "5", "8"}) {
		t.Errorf("the figures are %v", surfaces)
	}
}

func TestCheckListsWhatHoldsWhenAsked(t *testing.T) {
	folder(t, map[string]string{"right.txt": rightReport})
	if got := execute(t, nil, "check", "--format", "jsonl", "--only", "sum", "right.txt"); got.stdout != "" {
		t.Errorf("without --all: %s", got.stdout)
	}
	got := execute(t, nil, "check", "--format", "jsonl", "--only", "sum", "--all", "right.txt")
	if strings.Count(got.stdout, `"severity":"ok"`) != 2 {
		t.Errorf("with --all, not both columns of the table:\n%s", got.stdout)
	}
	if got := execute(t, nil, "check", "--only", "sum", "right.txt"); !strings.Contains(got.stdout, "没有发现问题，共核对 2 组关系。") {
		t.Errorf("the table does not say that nothing is wrong:\n%s", got.stdout)
	}
}

func TestCheckOneBadFileAmongGoodOnes(t *testing.T) {
	folder(t, map[string]string{"a.txt": wrongReport, "b.docx": "no word file \x00\x01", "c.txt": wrongReport})
	got := execute(t, nil, "check", "--format", "jsonl", "--only", "sum", "a.txt", "b.docx", "c.txt")
	if names := documents(t, got.stdout); !slices.Equal(names, []string{"a.txt", "c.txt"}) {
		t.Errorf("checked %v, want the two good files in their order", names)
	}
	lines := strings.Split(strings.TrimSpace(got.stderr), "\n")
	if got.status != 2 || len(lines) != 2 || !strings.Contains(lines[0], "b.docx") || !strings.Contains(lines[1], "共读取 2 个文件") {
		t.Errorf("status %d; stderr is not the fault and the summary:\n%s", got.status, got.stderr)
	}
}

func TestCheckExplainsItsRules(t *testing.T) {
	folder(t, nil)
	zh, en := execute(t, nil, "check", "--rules"), execute(t, nil, "check", "--rules", "--lang", "en")
	for i := range checking.Rules {
		rule := &checking.Rules[i]
		if !strings.Contains(zh.stdout, "\n"+rule.Name+" ") || !strings.Contains(zh.stdout, rule.Doc.ZH) {
			t.Errorf("the rule %s is not explained", rule.Name)
		}
		if !strings.Contains(en.stdout, "\n"+rule.Name+" ") || !strings.Contains(en.stdout, rule.Doc.EN) {
			t.Errorf("the rule %s is not explained in English", rule.Name)
		}
	}
	if zh.status != 0 || en.status != 0 {
		t.Errorf("status %d and %d", zh.status, en.status)
	}
}

func TestCheckOutputFile(t *testing.T) {
	folder(t, map[string]string{"wrong.txt": wrongReport})
	for name, start := range map[string]string{
		"out.html": "<!doctype html>", "out.xlsx": "PK\x03\x04", "out.jsonl": `{"doc":"wrong.txt","rule":"`, "out": "wrong.txt",
	} {
		got := execute(t, nil, "check", "-o", name, "wrong.txt")
		if got.status != 0 || got.stdout != "" {
			t.Errorf("%s: status %d, stdout %q, stderr %q", name, got.status, got.stdout, got.stderr)
		}
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(string(content), start) {
			t.Errorf("%s does not begin with %q", name, start)
		}
	}
}

func TestCheckComesOutTheSameEveryTime(t *testing.T) {
	files := map[string]string{}
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h"} {
		files[name+".txt"], files[name+"2.txt"] = wrongReport, rightReport
	}
	folder(t, files)
	for _, format := range []string{"table", "jsonl", "html"} {
		first := execute(t, nil, "check", "-q", "--format", format, ".")
		second := execute(t, nil, "check", "-q", "--format", format, ".")
		if first.status != 0 || first.stdout == "" || first != second {
			t.Errorf("%s: two runs differ, or failed: %s", format, first.stderr)
		}
	}
}

func TestCheckStopsWhenInterrupted(t *testing.T) {
	folder(t, map[string]string{"wrong.txt": wrongReport})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr strings.Builder
	if status := run(ctx, []string{"check", "-o", "out.jsonl", "wrong.txt"}, nil, &stdout, &stderr); status != 130 {
		t.Errorf("status %d, want 130", status)
	}
	if _, err := os.Stat("out.jsonl"); err == nil {
		t.Error("half a result was left under the name of the whole")
	}
}

func TestCheckAndMatchSpeakOneLanguage(t *testing.T) {
	folder(t, nil)
	for _, name := range []string{"check", "match"} {
		if zh := execute(t, nil, name, "--help"); !strings.Contains(zh.stdout, "用法\uff1a") || strings.Contains(zh.stdout, "Usage") {
			t.Errorf("the help of %s is not in Chinese:\n%s", name, zh.stdout)
		}
		if en := execute(t, nil, name, "--help", "--lang", "en"); han.MatchString(en.stdout) || !strings.Contains(en.stdout, "Usage:") {
			t.Errorf("the help of %s is not in English:\n%s", name, en.stdout)
		}
	}
}

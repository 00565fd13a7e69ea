package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

const (
	yearPlan = "云溪区2025年工作安排\n一、主要目标\n地区生产总值增长6%以上,城镇登记失业率控制在4%以内。\n二、重点任务\n新建公厕12座。开工建设云溪大桥。\n"
	account  = "云溪区2025年工作总结\n一、主要指标\n2025年,地区生产总值增长6.5%,城镇登记失业率4.6%,主要原因是企业搬迁。\n二、重点工作\n新建公厕9座。\n"
)

func TestMatchExitStatus(t *testing.T) {
	folder(t, map[string]string{
		"plan.txt": yearPlan, "report.txt": account, "old.doc": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "d/a.txt": yearPlan, "d/b.txt": account,
	})
	for _, c := range []struct {
		name   string
		args   []string
		status int
		says   string // on stderr
	}{
		{"plan and report", []string{"plan.txt", "report.txt"}, 0, "项承诺"},
		{"quiet", []string{"-q", "plan.txt", "report.txt"}, 0, ""},
		{"one document", []string{"report.txt"}, 0, "项承诺"},
		{"nothing", nil, 2, "请给出一份计划和一份报告"},
		{"three documents", []string{"plan.txt", "report.txt", "d/a.txt"}, 2, "请给出一份计划和一份报告"},
		{"folder for a document", []string{"plan.txt", "d"}, 2, "请给出一份计划和一份报告"},
		{"a document twice", []string{"plan.txt", "./plan.txt"}, 2, "请给出一份计划和一份报告"},
		{"absent report", []string{"plan.txt", "absent.txt"}, 2, "absent.txt"},
		{"legacy format", []string{"old.doc", "report.txt"}, 2, "old.doc"},
		{"unknown format", []string{"--format", "csv", "plan.txt", "report.txt"}, 2, "“csv”"},
		{"folder to write to is absent", []string{"-o", "no/such/out.jsonl", "plan.txt", "report.txt"}, 2, "不能写出"},
		{"in English", []string{"--lang", "en"}, 2, "name one plan and one report"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := execute(t, nil, append([]string{"match"}, c.args...)...)
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

// promise is a record of luoshi match.
type promise struct {
	Plan, Subject, Verdict, Report, Gap, Reason string
	PlanAt                                      int    `json:"plan_at"`
	PlanSurface                                 string `json:"plan_surface"`
	ReportAt                                    *int   `json:"report_at"`
	ReportSurface                               string `json:"report_surface"`
}

func TestMatchFollowsEveryPromise(t *testing.T) {
	folder(t, map[string]string{"plan.txt": yearPlan, "report.txt": account})
	got := execute(t, nil, "match", "--format", "jsonl", "plan.txt", "report.txt")
	verdicts := map[string]string{}
	for line := range strings.Lines(got.stdout) {
		var p promise
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		verdicts[p.PlanSurface] = p.Verdict
		if at := string([]rune(yearPlan)[p.PlanAt:][:len([]rune(p.PlanSurface))]); at != p.PlanSurface || p.Plan != "plan.txt" {
			t.Errorf("the plan reads %q where the record has %q of %s", at, p.PlanSurface, p.Plan)
		}
		if p.ReportAt == nil {
			continue
		}
		if at := string([]rune(account)[*p.ReportAt:][:len([]rune(p.ReportSurface))]); at != p.ReportSurface || p.Report != "report.txt" {
			t.Errorf("the report reads %q where the record has %q of %s", at, p.ReportSurface, p.Report)
		}
	}
	for surface, want := range map[string]string{"4%": "missed", "开工建设云溪大桥": "not_reported"} {
		if verdicts[surface] != want {
			t.Errorf("%s is %s, want %s", surface, verdicts[surface], want)
		}
	}
}

func TestMatchCountsByVerdict(t *testing.T) {
	folder(t, map[string]string{"plan.txt": yearPlan, "report.txt": account})
	zh := execute(t, nil, "match", "plan.txt", "report.txt")
	en := execute(t, nil, "match", "--lang", "en", "plan.txt", "report.txt")
	if !strings.HasPrefix(zh.stderr, "共对照 4 项承诺\uff1a") || !strings.Contains(zh.stderr, "未完成 1") {
		t.Errorf("the summary says %s", zh.stderr)
	}
	if !strings.HasPrefix(en.stderr, "followed 4 promises: ") || !strings.Contains(en.stderr, "1 missed") {
		t.Errorf("the summary says %s", en.stderr)
	}
}

func TestMatchOutputFile(t *testing.T) {
	folder(t, map[string]string{"plan.txt": yearPlan, "report.txt": account})
	for name, start := range map[string]string{
		"out.html": "<!doctype html>", "out.xlsx": "PK\x03\x04", "out.jsonl": `{"plan":"plan.txt","plan_at":`, "out": "plan.txt → report.txt",
	} {
		got := execute(t, nil, "match", "-o", name, "plan.txt", "report.txt")
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

func TestMatchSeriesFollowsTheYears(t *testing.T) {
	next := strings.NewReplacer("2025", "2026", "6%以上", "7%以上").Replace(yearPlan)
	nextAccount := strings.NewReplacer("2025", "2026", "6.5%", "6.8%").Replace(account)
	folder(t, map[string]string{
		"years/2025p.txt": yearPlan, "years/2025r.txt": account, "years/2026p.txt": next, "years/2026r.txt": nextAccount,
	})
	got := execute(t, nil, "match", "--series", "--format", "jsonl", "years")
	type year struct {
		Kind, Indicator, Verdict string
		Year                     int
		Target, Result           *struct{ Doc, Surface string }
	}
	verdicts := map[int]string{}
	for line := range strings.Lines(got.stdout) {
		var y year
		if err := json.Unmarshal([]byte(line), &y); err != nil {
			t.Fatalf("%v in %s", err, line)
		}
		if y.Kind == "year" && y.Indicator == "economy.gdp" && y.Target != nil && y.Result != nil {
			verdicts[y.Year] = y.Target.Surface + " " + y.Result.Surface + " " + y.Verdict
		}
	}
	if verdicts[2025] != "6% 6.5% kept" && verdicts[2025] != "6% 6.5% exceeded" || verdicts[2026] != "7% 6.8% missed" {
		t.Errorf("the years are %v; stderr: %s", verdicts, got.stderr)
	}
	if got.status != 0 || !strings.HasPrefix(got.stderr, "共读取 4 个文件\uff0c跟踪 ") {
		t.Errorf("status %d, stderr %q", got.status, got.stderr)
	}
}

func TestMatchSeriesGoesOnWithoutWhatCannotBeRead(t *testing.T) {
	folder(t, map[string]string{"a.txt": yearPlan, "b.docx": "no word file \x00\x01", "c.txt": account})
	got := execute(t, nil, "match", "--series", "a.txt", "b.docx", "c.txt")
	lines := strings.Split(strings.TrimSpace(got.stderr), "\n")
	if got.status != 2 || len(lines) != 2 || !strings.Contains(lines[0], "b.docx") || !strings.Contains(lines[1], "共读取 2 个文件") {
		t.Errorf("status %d; stderr is not the fault and the summary:\n%s", got.status, got.stderr)
	}
	if !strings.Contains(got.stdout, "地区生产总值") {
		t.Errorf("the two good files were not followed:\n%s", got.stdout)
	}
	if got := execute(t, nil, "match", "--series"); got.status != 2 || !strings.Contains(got.stderr, "请给出") {
		t.Errorf("without a path: status %d, stderr %q", got.status, got.stderr)
	}
}

func TestMatchSeriesOutputFile(t *testing.T) {
	folder(t, map[string]string{"a.txt": yearPlan, "c.txt": account})
	for name, start := range map[string]string{"out.html": "<!doctype html>", "out.xlsx": "PK\x03\x04", "out.jsonl": `{"kind":"year"`, "out": "地区生产总值"} {
		got := execute(t, nil, "match", "-q", "--series", "-o", name, ".")
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got.status != 0 || got.stderr != "" || !strings.HasPrefix(string(content), start) {
			t.Errorf("%s: status %d, stderr %q, begins %.20q", name, got.status, got.stderr, content)
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
	}
}

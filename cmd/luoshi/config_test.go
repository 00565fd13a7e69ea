package main

import (
	"strings"
	"testing"
)

func TestSettingsAreShownWithTheirOriginAndWithoutSecrets(t *testing.T) {
	folder(t, map[string]string{"luoshi.conf": "jobs = 4\nlog-level = debug\n"})
	t.Setenv("LUOSHI_METRICS_TOKEN", "hunter2")
	t.Setenv("LUOSHI_DB", "postgres://luoshi:hunter2@db/luoshi")
	got := execute(t, nil, "config", "--config", "luoshi.conf", "--log-level", "warn", "--demo")
	if got.status != statusDone || strings.Contains(got.stdout, "hunter2") {
		t.Errorf("%+v", got)
	}
	for setting, origin := range map[string]string{
		"jobs = 4":                                "luoshi.conf 第 1 行",
		"log-level = warn":                        "选项 --log-level",
		"demo = true":                             "选项 --demo",
		"listen = 127.0.0.1:8080":                 "默认值",
		"metrics-token = ******":                  "环境变量 LUOSHI_METRICS_TOKEN",
		"db = postgres://luoshi:******@db/luoshi": "环境变量 LUOSHI_DB",
	} {
		found := false
		for line := range strings.Lines(got.stdout) {
			found = found || strings.HasPrefix(line, setting) && strings.HasSuffix(line, "# "+origin+"\n")
		}
		if !found {
			t.Errorf("%s from %s is not in\n%s", setting, origin, got.stdout)
		}
	}
}

func TestWrongSettingsAreExplained(t *testing.T) {
	t.Setenv("LUOSHI_LANG", "")
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"config", "--jobs", "x"}, "选项 --jobs"},
		{[]string{"serve", "--db", "mysql://x", "--data", t.TempDir()}, "数据库地址无法识别"},
		{[]string{"serve", "--db", "sqlite:/no/such/folder/db", "--data", t.TempDir(), "--lang", "en"}, "does not exist"},
		{[]string{"serve", "--data", t.TempDir(), "--listen", "192.0.2.1:1"}, "listen at 192.0.2.1:1"},
	} {
		if got := execute(t, nil, c.args...); got.status != statusBad || !strings.Contains(got.stderr, c.says) {
			t.Errorf("%v: %+v", c.args, got)
		}
	}
}

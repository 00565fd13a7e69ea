package config_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"luoshi/internal/config"
)

func environment(variables map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, set := variables[name]
		return value, set
	}
}

func file(t *testing.T, text string, mode os.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "luoshi.conf")
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	return path
}

func value(t *testing.T, c *config.Config, name string) config.Value {
	t.Helper()
	for _, v := range c.Values() {
		if v.Setting.Name == name {
			return v
		}
	}
	t.Fatalf("there is no setting %s", name)
	return config.Value{}
}

func TestDefaultsAreEnough(t *testing.T) {
	c, err := config.Load(config.Sources{})
	if err != nil {
		t.Fatal(err)
	}
	if c.Database() != "sqlite:luoshi-data/luoshi.db" || c.PublicURL() != "http://127.0.0.1:8080" || c.Secure() || c.Demo() ||
		c.SessionIdle() != 30*time.Minute || c.Jobs() != 2 || c.Backups() != "luoshi-data/backups" {
		t.Errorf("%+v", c.Values())
	}
	if address, account, programs := c.Requests(); address != 100 || account != 30 || programs != 50 {
		t.Errorf("requests in a second: %d, %d, %d", address, account, programs)
	}
	for _, v := range c.Values() {
		if !v.Origin.IsDefault() {
			t.Errorf("%s comes from %+v", v.Setting.Name, v.Origin)
		}
	}
}

func TestAFlagGoesBeforeTheEnvironmentBeforeTheFileBeforeTheDefault(t *testing.T) {
	path := file(t, "# a server\ndata = /srv/a\nlisten=:1000\njobs = 7\nlog-level = \"warn\"\n", 0o644)
	c, err := config.Load(config.Sources{
		Flags: map[string]string{"data": "/srv/c"}, File: path,
		Variable: environment(map[string]string{"LUOSHI_DATA": "/srv/b", "LUOSHI_LISTEN": ":2000"}),
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]struct {
		shown string
		from  config.Origin
	}{
		"data":       {"/srv/c", config.Origin{Flag: true}},
		"listen":     {":2000", config.Origin{Variable: "LUOSHI_LISTEN"}},
		"jobs":       {"7", config.Origin{File: path, Line: 4}},
		"log-level":  {"warn", config.Origin{File: path, Line: 5}},
		"log-format": {"text", config.Origin{}},
		"public-url": {"http://localhost:2000", config.Origin{}},
	} {
		if v := value(t, c, name); v.Shown() != want.shown || v.Origin != want.from {
			t.Errorf("%s is %q from %+v", name, v.Shown(), v.Origin)
		}
	}
}

func TestSecretsAreNotShown(t *testing.T) {
	for address, want := range map[string]string{
		"postgres://luoshi:hunter2@db/luoshi?sslmode=disable": "postgres://luoshi:******@db/luoshi?sslmode=disable",
		"postgres://luoshi@db/luoshi?password=hunter2":        "postgres://luoshi@db/luoshi?password=******",
		"postgres://luoshi:hun%ter2@db/luoshi":                "postgres://******@db/luoshi",
		"sqlite:/srv/落实 100%.db":                              "sqlite:/srv/落实 100%.db",
		"postgres://luoshi@db/luoshi":                         "postgres://luoshi@db/luoshi",
	} {
		c, err := config.Load(config.Sources{Flags: map[string]string{"db": address, "metrics-token": "hunter2"}})
		if err != nil {
			t.Fatal(err)
		}
		if got := value(t, c, "db").Shown(); got != want {
			t.Errorf("%s is shown as %s", address, got)
		}
		if got := value(t, c, "metrics-token").Shown(); got != "******" {
			t.Errorf("a secret is shown as %s", got)
		}
		if c.Database() != address {
			t.Errorf("the database is %s", c.Database())
		}
	}
}

func TestWhatIsWrongIsToldAtOnceAndWhere(t *testing.T) {
	path := file(t, "jobs = many\nlisten = 8080\nlisten = :80\ncolour = red\nnonsense\n", 0o644)
	_, err := config.Load(config.Sources{
		Flags: map[string]string{"log-format": "xml", "tls-cert": path}, File: path,
		Variable: environment(map[string]string{"LUOSHI_DEMO": "perhaps", "LUOSHI_SESSION_IDLE": "-1m", "LUOSHI_PUBLIC_URL": "luoshi.example"}),
	})
	for _, code := range []string{"number", "socket", "file.twice", "file.unknown", "file.line", "choice", "needed", "switch", "term", "web"} {
		if !config.Has(err, code) {
			t.Errorf("%s is not told: %v", code, err)
		}
	}
	for _, said := range []string{
		"jobs (line 1 of " + path + ")", "LUOSHI_DEMO of the environment", "--log-format", "line 4 of " + path, "text, json",
	} {
		if !strings.Contains(err.Error(), said) {
			t.Errorf("%q is not said: %v", said, err)
		}
	}
}

func TestProblemsAreToldInChinese(t *testing.T) {
	_, err := config.Load(config.Sources{Flags: map[string]string{"jobs": "x"}})
	var problems config.Problems
	if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Words.ZH != "选项 --jobs的值“x”应为大于零的整数。" {
		t.Errorf("%v", err)
	}
}

func TestAFileWithSecretsIsItsOwnersAlone(t *testing.T) {
	text := "metrics-token = hunter2\n"
	if _, err := config.Load(config.Sources{File: file(t, text, 0o644)}); !config.Has(err, "file.exposed") || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("%v", err)
	}
	if _, err := config.Load(config.Sources{File: file(t, text, 0o600)}); err != nil {
		t.Error(err)
	}
	if _, err := config.Load(config.Sources{File: filepath.Join(t.TempDir(), "absent")}); !config.Has(err, "file.absent") {
		t.Errorf("%v", err)
	}
}

func TestEverySettingSpeaksBothLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range config.Settings() {
		if seen[s.Name] || s.Words.ZH == "" || s.Words.EN == "" || s.Group.ZH == "" {
			t.Errorf("%+v", s)
		}
		seen[s.Name] = true
	}
	if len(seen) < 20 {
		t.Errorf("%d settings", len(seen))
	}
}

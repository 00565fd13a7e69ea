package config_test

import (
	"maps"
	"testing"

	"luoshi/internal/config"
)

func TestTheMailServer(t *testing.T) {
	if _, used := have(t, nil).Mail(); used {
		t.Error("there is a mail server that nobody named")
	}
	good := map[string]string{
		"smtp-server": "smtp.wangxi.gov.cn:587", "smtp-from": "落实 <luoshi@wangxi.gov.cn>", "smtp-user": "luoshi", "smtp-password": "hunter2",
	}
	c := have(t, good)
	mail, used := c.Mail()
	if !used || mail.Security != "starttls" || mail.User != "luoshi" || mail.Password.Reveal() != "hunter2" || value(t, c, "smtp-password").Shown() != "******" {
		t.Errorf("it is %+v", mail)
	}
	for _, wrong := range []struct{ code, name, value string }{
		{"socket", "smtp-server", "smtp.wangxi.gov.cn"}, {"needed", "smtp-from", ""}, {"needed", "smtp-password", ""}, {"sender", "smtp-from", "落实"},
		{"plain", "smtp-security", "none"}, {"absent", "smtp-ca", "nowhere.pem"}, {"choice", "smtp-security", "ssl"},
	} {
		flags := maps.Clone(good)
		flags[wrong.name] = wrong.value
		if _, err := config.Load(config.Sources{Flags: flags}); !config.Has(err, wrong.code) {
			t.Errorf("%s = %q: %v", wrong.name, wrong.value, err)
		}
	}
}

func have(t *testing.T, flags map[string]string) *config.Config {
	t.Helper()
	c, err := config.Load(config.Sources{Flags: flags})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

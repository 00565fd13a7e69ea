package e2e_test

import (
	"regexp"
	"strings"
	"testing"

	"luoshi/internal/demo"
	"luoshi/internal/web/webtest"
)

var firstPassword = regexp.MustCompile(`[0-9a-z]{5}(-[0-9a-z]{5})+`)

// newColleague: the administrator opens an account, which can do nothing; the security officer grants a role; the
// colleague changes the first password and comes in.
func newColleague(t *testing.T, s *site) {
	admin := s.as(t, "admin")
	admin.Open("/accounts/new")
	fill(admin, "[name=name]", "yuwei")
	fill(admin, "[name=person]", "余微")
	choose(admin, "[name=unit]", "望溪区财政局")
	submit(admin, "form[action='/accounts'] button[type=submit]")
	password := firstPassword.FindString(text(admin))
	if password == "" {
		t.Fatalf("no first password is shown: %s", text(admin))
	}
	account := webtest.Value[string](admin, `document.querySelector("main a[href^='/accounts/0']").pathname`)
	if status := post(admin, account+"/roles", "role=reporter"); status != 403 {
		t.Errorf("the administrator grants a role: %d", status)
	}

	officer := s.as(t, "secure")
	officer.Open("/accounts?q=yuwei")
	submit(officer, "main table a[href^='/accounts/']")
	choose(officer, "form[action$='/roles'] [name=role]", "填报员")
	choose(officer, "form[action$='/roles'] [name=unit]", "望溪区财政局")
	submit(officer, "form[action$='/roles'] button[type=submit]")
	want(officer, "填报员", "望溪区财政局")
	if status := post(officer, "/accounts", "name=another&person=x"); status != 403 {
		t.Errorf("the security officer opens an account: %d", status)
	}

	colleague := s.visitor(t)
	signIn(colleague, "yuwei", password)
	if at := path(colleague); !strings.HasPrefix(at, "/account/password") {
		t.Fatalf("a first password leads to %s", at)
	}
	colleague.Open("/")
	if at := path(colleague); !strings.HasPrefix(at, "/account/password") {
		t.Errorf("with a first password one comes to %s", at)
	}
	next := "Shanshui-2026-wangxi"
	for _, field := range webtest.Value[[]string](colleague, `[...document.querySelectorAll("main input[type=password]")].map(e => e.name)`) {
		fill(colleague, "[name="+field+"]", map[bool]string{true: password, false: next}[field == "password" || field == "present"])
	}
	submit(colleague, "form[action='/account/password'] button[type=submit]")
	if at := path(colleague); strings.HasPrefix(at, "/account/password") {
		t.Fatalf("the password was not changed: %s", text(colleague))
	}
	colleague.Open("/")
	want(colleague, "余微")
}

// signIn types a name and a password.
func signIn(tab *webtest.Tab, name, password string) {
	tab.Helper()
	tab.Open("/sign-in")
	fill(tab, "[name=name]", name)
	fill(tab, "[name=password]", password)
	submit(tab, "form[action='/sign-in'] button[type=submit]")
}

// lockout: whoever guesses has to wait, also with the right password, until the security officer helps.
func lockout(t *testing.T, s *site) {
	tab := s.visitor(t)
	for range 7 {
		signIn(tab, "zhiwei", "not-this-one-2026")
		if strings.Contains(text(tab), "尝试次数过多") {
			break
		}
	}
	want(tab, "尝试次数过多")
	signIn(tab, "zhiwei", demo.Password)
	want(tab, "尝试次数过多")

	officer := s.as(t, "secure")
	officer.Open("/accounts?q=zhiwei")
	submit(officer, "main table a[href^='/accounts/']")
	submit(officer, "form[action$='/unlock'] button[type=submit]")

	signIn(tab, "zhiwei", demo.Password)
	if at := path(tab); at != "/" {
		t.Errorf("after unlocking one comes to %s: %s", at, text(tab))
	}
}

// languages: a visitor reads the pages in English and comes back to Chinese, and stays there.
func languages(t *testing.T, s *site) {
	tab := s.as(t, "jingxing")
	want(tab, "工作台")
	tab.Open("/?lang=en")
	want(tab, "Desk")
	tab.Open("/about")
	if lang := webtest.Value[string](tab, "document.documentElement.lang"); lang != "en" {
		t.Errorf("the next page is in %s", lang)
	}
	tab.Open("/?lang=zh-CN")
	want(tab, "工作台")
}

// forgeries: what pages do not offer is refused to those who ask for it all the same.
func forgeries(t *testing.T, s *site) {
	reporter := s.as(t, "wentao")
	for address, status := range map[string]int{
		"/accounts":     403,
		"/accounts/new": 403,
		"/commitments/0190b7a0-0000-7000-8000-000000000": 404,
		"/plans/no-such-plan":                            404,
		"/projects/%2e%2e%2fetc":                         404,
	} {
		if got := get(reporter, address); got != status {
			t.Errorf("%s answers %d, want %d", address, got, status)
		}
	}
	if got := get(s.visitor(t), "/accounts"); got != 200 {
		t.Errorf("who has not signed in gets %d for a page", got)
	}
}

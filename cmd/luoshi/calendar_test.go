package main

import (
	"context"
	"crypto/sha256"
	"log/slog"
	"net/http"
	"regexp"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/internal/access"
	"luoshi/internal/api"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web"
	"luoshi/internal/web/accounts"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

// withCalendars is a site with the API beside its pages, as the server wires it, where the office is its own account.
func withCalendars(t *testing.T, f *servicetest.Fixture) *webtest.Site {
	t.Helper()
	blobs, err := blob.NewFolder(t.TempDir(), sha256.New)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = blobs.Close() })
	key, err := signing.GenerateKey(signing.SHA256Ed25519, servicetest.Origin)
	if err != nil {
		t.Fatal(err)
	}
	logger := slog.New(slog.DiscardHandler)
	s := &server{config: testConfig(t, "", nil), logger: logger, store: f.Store(), blobs: blobs, key: key, core: f.Core}
	s.makeServices()
	office := service.CallerOf(f.Office(t.Context())).Actor
	options := s.apiOptions()
	options.OnBehalf = func(context.Context, ledger.AccountID, ...access.Action) (access.Actor, error) { return office, nil }
	programs, err := api.New(options)
	if err != nil {
		t.Fatal(err)
	}
	pages := accounts.New(f.Core, s.identity, programs, "https://luoshi.example/")
	return webtest.ServeWith(t, f, web.Options{
		Routes: pages.Routes(), Beside: map[string]http.Handler{api.Base + "/": programs}, Private: api.PrivatePaths(),
	})
}

// addressOf is the path of a calendar on the page that shows it this once.
func addressOf(t *testing.T, p *webtest.Page) string {
	t.Helper()
	found := regexp.MustCompile(`https://luoshi\.example(/api/v1/calendars/[^/<]+/deadlines\.ics)`).FindStringSubmatch(p.Body)
	if found == nil {
		t.Fatalf("%s shows no address", p.Text())
	}
	return found[1]
}

func TestACalendarHasAnAddressThatIsShownOnce(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		site := withCalendars(t, f)
		a := site.Office()
		a.Get("/account/calendar").Want(http.StatusOK, "还没有订阅地址", "怎样添加到日历", "Outlook").Lacks("停用订阅地址")
		first := addressOf(t, a.Post("/account/calendar", nil).Want(http.StatusOK, "只显示这一次"))
		site.Public().Get(first).Want(http.StatusOK, "BEGIN:VCALENDAR")
		a.Get("/account/calendar").Want(http.StatusOK, "订阅地址生成于", "重新生成", "停用订阅地址").Lacks(first)
		second := addressOf(t, a.Post("/account/calendar", nil))
		site.Public().Get(first).Want(http.StatusNotFound)
		site.Public().Get(second).Want(http.StatusOK)
		site.As("leader", f.Government.ID).Get("/account/calendar").Want(http.StatusOK, "还没有订阅地址")
		a.Post("/account/calendar/drop", nil).Want(http.StatusOK, "订阅地址已停用", "还没有订阅地址")
		site.Public().Get(second).Want(http.StatusNotFound)
		a.Get("/account/calendar?lang=en").Want(http.StatusOK, "You have no address for it yet")
		site.Public().Post("/account/calendar", nil).Want(http.StatusUnauthorized)
	}, rooms()...)
}

func TestTheCalendarInABrowser(t *testing.T) {
	options := store.Options{Rooms: servicetest.Rooms(rooms()...)}
	site := withCalendars(t, servicetest.Settle(t, storetest.Open(t, storetest.SQLite(t), options)))
	tab := site.Office().Browse(t)
	tab.Open("/account/calendar")
	tab.Click(`form[action="/account/calendar"] button`)
	tab.Do(chromedp.WaitVisible("code.user-select-all"))
	tab.Picture("calendar-address-zh")
	tab.Axe()
	for name, size := range map[string]func(){"wide": tab.Wide, "narrow": tab.Narrow} {
		size()
		for _, lang := range []string{"zh-CN", "en"} {
			tab.Open("/account/calendar?lang=" + lang)
			tab.Fits()
			tab.Axe()
			tab.Picture("calendar-" + name + "-" + lang)
		}
	}
}

package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"net/http"
	"regexp"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/internal/access"
	"luoshi/internal/access/credential"
	"luoshi/internal/api"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/identity"
	"luoshi/internal/service/intake"
	"luoshi/internal/service/notify"
	"luoshi/internal/service/operations"
	"luoshi/internal/service/planning"
	lights "luoshi/internal/service/progress"
	"luoshi/internal/service/reporting"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web"
	"luoshi/internal/web/accounts"
	"luoshi/internal/web/webtest"
	"luoshi/ledger"
)

// calendarRooms are those of the use cases that the API is made of.
func calendarRooms() []store.Room {
	return []store.Room{
		identity.Room(), intake.Room(), planning.Room(), catalogue.Room(), notify.Room(), operations.Room(), workflow.Room(),
		reporting.Room(), supervision.Room(), api.Room(),
	}
}

// withCalendars is a site with the API beside its pages, where the office is its own account.
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
	office := service.CallerOf(f.Office(t.Context())).Actor
	programs, err := api.New(api.Options{
		Core: f.Core, Planning: planning.New(f.Core, planning.Options{}), Catalogue: catalogue.New(f.Core),
		Intake: intake.New(f.Core, blobs, intake.Options{}), Notify: notify.New(f.Core, notify.Options{}),
		Operations: operations.New(f.Core, operations.Parts{Key: key}), Reporting: reporting.New(f.Core, blobs, reporting.Options{}),
		Progress:    lights.New(f.Core, reporting.New(f.Core, blobs, reporting.Options{})),
		Supervision: supervision.New(f.Core, blobs, supervision.Options{}), Logger: slog.New(slog.DiscardHandler),
		OnBehalf: func(context.Context, ledger.AccountID, ...access.Action) (access.Actor, error) { return office, nil },
		Token: func(context.Context, credential.Secret) (service.Caller, error) {
			return service.Caller{}, errors.New("nobody's token")
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	pages := accounts.New(f.Core, identity.New(f.Core, identity.Options{}), programs, "https://luoshi.example/")
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
	}, calendarRooms()...)
}

func TestTheCalendarInABrowser(t *testing.T) {
	rooms := store.Options{Rooms: servicetest.Rooms(calendarRooms()...)}
	site := withCalendars(t, servicetest.Settle(t, storetest.Open(t, storetest.SQLite(t), rooms)))
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

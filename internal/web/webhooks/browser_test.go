package webhooks_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/internal/service/notify"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

// Every page in a real browser, wide and narrow, in both languages: it fits, and nobody is shut out.
func TestPagesInABrowser(t *testing.T) {
	rooms := store.Options{Rooms: servicetest.Rooms(notify.Room())}
	s := serve(t, servicetest.Settle(t, storetest.Open(t, storetest.SQLite(t), rooms)))
	a, at := s.administrator(), s.subscribed(t, "plan.*", "commitment.correct")
	s.administrator().Post("/webhooks", url.Values{"address": {s.receiver.URL + "/a/long/way/to/a/program"}, "events": {"*"}})
	for _, status := range []int32{http.StatusNoContent, http.StatusBadGateway} {
		s.status.Store(status)
		a.Post(at+"/ping", nil)
		s.work(t)
	}
	tab := a.Browse(t)
	for _, p := range []struct{ name, path string }{
		{"list", "/webhooks"}, {"one", at}, {"edit", at + "/edit"}, {"new", "/webhooks/new"},
	} {
		tab.Wide()
		tab.Open(p.path + "?lang=en")
		tab.Fits()
		tab.Picture("webhooks-" + p.name + "-en")
		tab.Open(p.path + "?lang=zh-CN")
		tab.Fits()
		tab.Axe()
		tab.Picture("webhooks-" + p.name + "-zh")
		tab.Narrow()
		tab.Open(p.path)
		tab.Fits()
		tab.Axe()
		tab.Picture("webhooks-" + p.name + "-narrow")
	}
	tab.Wide()
	tab.Open(at)
	tab.Click("details.confirm summary")
	tab.Picture("webhooks-asked")
	tab.Click("details.confirm[open] form button.btn-danger")
	tab.Do(chromedp.WaitVisible("code.user-select-all"))
	tab.Picture("webhooks-key")
	tab.Axe()
}

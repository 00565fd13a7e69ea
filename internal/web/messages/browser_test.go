package messages_test

import (
	"net/url"
	"testing"

	"luoshi/internal/service/identity"
	"luoshi/internal/service/message"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/webtest"
)

// Every page in a real browser, wide and narrow, in both languages: it fits, and nobody is shut out.
func TestPagesInABrowser(t *testing.T) {
	rooms := store.Options{Rooms: servicetest.Rooms(identity.Room(), message.Room())}
	s := serve(t, servicetest.Settle(t, storetest.Open(t, storetest.SQLite(t), rooms)), mail)
	a, h := s.administrator(), s.head()
	a.Post("/channels", url.Values{
		"name": {"民政局工作群"}, "unit": {string(s.Bureau.ID)}, "channel": {"dingtalk"}, "address": {s.group.URL}, "key": {"SEC1"}, "mode": {"daily"}, "language": {"zh"},
	})
	h.Post("/messages/settings", url.Values{"seen": {"0"}, "mode": {"daily"}, "email": {"head@wangxi.example"}, "language": {"zh"}})
	s.tell(t, "新增养老床位", true)
	s.tell(t, "望溪路改造", false)
	s.work(t)
	h.Post(opening(h.Get("/messages"))[0], nil)
	robot := first(a.Get("/channels"), `href="/channels/`, "/channels/", "new", "rules")
	look := func(c *webtest.Client, pages map[string]string) {
		tab := c.Browse(t)
		for name, path := range pages {
			tab.Wide()
			tab.Open(path + "?lang=en")
			tab.Fits()
			tab.Picture("messages-" + name + "-en")
			tab.Open(path + "?lang=zh-CN")
			tab.Fits()
			tab.Axe()
			tab.Picture("messages-" + name + "-zh")
			tab.Narrow()
			tab.Open(path)
			tab.Fits()
			tab.Axe()
			tab.Picture("messages-" + name + "-narrow")
		}
	}
	look(h, map[string]string{"inbox": "/messages", "settings": "/messages/settings"})
	look(a, map[string]string{"channels": "/channels", "new": "/channels/new", "edit": robot, "rules": "/channels/rules", "sent": "/messages/sent"})
}

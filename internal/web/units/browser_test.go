package units_test

import (
	"net/url"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/internal/web/progress/progresstest"
	"luoshi/internal/web/units"
	"luoshi/internal/web/webtest"
)

// Every page fits the screens that people have, can be read to them, and throws no error; a change is made by keyboard
// and mouse as far as its effect.
func TestPagesOfUnitsInTheBrowser(t *testing.T) {
	s := storetest.Open(t, storetest.SQLite(t), store.Options{Rooms: servicetest.Rooms(progresstest.Rooms()...)})
	f := servicetest.Settle(t, s)
	going, _, _ := progresstest.Uses(t, f.Core)
	site := webtest.Serve(t, f, units.New(catalogue.New(f.Core), going, nil, nil).Routes()...)
	admin := site.As("administrator", site.Government.ID)
	admin.Post(at(site.Bureau.ID, "/posts"), url.Values{"title": {"局长"}})
	tab := admin.Browse(t)
	for name, path := range map[string]string{
		"tree": "/units", "show": at(site.Bureau.ID, ""), "new": "/units/new", "edit": at(site.Bureau.ID, "/edit"),
		"change": at(site.Bureau.ID, "/change"), "import": "/imports/units", "post": postOf(t, site, "局长"),
	} {
		for _, lang := range []string{"zh-CN", "en"} {
			tab.Wide()
			tab.Open(path + "?lang=" + lang)
			tab.Fits()
			tab.Axe()
			tab.Picture("units-" + name + "-" + lang)
			tab.Narrow()
			tab.Fits()
			tab.Picture("units-" + name + "-" + lang + "-narrow")
		}
	}
	tab.Wide()
	tab.Open(at(site.Bureau.ID, "/change?lang=zh-CN"))
	webtest.Value[bool](tab, `(document.querySelector('input[value="abolished"]').checked = true, document.querySelector('#on').value = '2026-03-01', true)`)
	tab.Click(".form-actions .btn-primary")
	tab.Do(chromedp.WaitVisible("#effect"))
	tab.Axe()
	tab.Picture("units-effect")
}

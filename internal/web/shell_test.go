package web_test

import (
	"net/http"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/internal/web/webtest"
)

func TestFrameByKeyboard(t *testing.T) {
	f := district(t)
	site := serve(t, f, "signed-in", web.Route{Handler: func(w http.ResponseWriter, r *http.Request) error {
		return web.Show(w, r, in(page.Layout("标题"), html("正文")))
	}}, web.Options{})
	tab := site.Office().Browse(t)
	tab.Open("/here")
	tab.Press(kb.Tab)
	is(t, tab, "the first thing is the way to the content", `document.activeElement.className`, "skip")
	tab.Press(kb.Enter)
	is(t, tab, "it leads there", `document.activeElement.id`, "main")
	tab.Press("/")
	is(t, tab, "a stroke leads to the search", `document.activeElement.id`, "search-box")
	tab.Do(chromedp.Focus(".topbar-end summary"))
	tab.Press(kb.Enter)
	is(t, tab, "the menu of the account is open", `document.querySelector('.topbar-end details').open`, true)
	tab.Press(kb.Escape)
	is(t, tab, "it is closed", `document.querySelector('.topbar-end details').open`, false)
	is(t, tab, "the focus is where it was", `document.activeElement.tagName`, "SUMMARY")
}

func TestMenuOnATelephone(t *testing.T) {
	f := district(t)
	site := serve(t, f, "signed-in", web.Route{Handler: showGallery}, web.Options{})
	tab := site.Office().Browse(t)
	tab.Narrow()
	tab.Open("/here")
	is(t, tab, "the menu is hidden", `document.getElementById('menu').offsetParent === null`, true)
	tab.Click("[data-toggle=menu]")
	is(t, tab, "the menu is shown", `document.getElementById('menu').offsetParent !== null`, true)
	is(t, tab, "screen readers hear of it", `document.querySelector('[data-toggle]').getAttribute('aria-expanded')`, "true")
	tab.Axe()
}

func TestPolicyKeepsStrangeScriptsFromWorking(t *testing.T) {
	f := district(t)
	site := serve(t, f, "signed-in", web.Route{Handler: showGallery}, web.Options{})
	tab := site.Office().Browse(t)
	tab.Open("/here")
	is(t, tab, "an added script does nothing", `(function () { var s = document.createElement('script'); s.textContent = 'window.intruder = true'; document.body.appendChild(s); return window.intruder === undefined })()`, true)
	is(t, tab, "everything is loaded from here", `performance.getEntriesByType('resource').every(function (e) { return e.name.indexOf(location.origin) === 0 })`, true)
	is(t, tab, "htmx evaluates nothing", `htmx.config.allowEval`, false)
}

// is fails the test where an expression in the page has another value.
func is[T comparable](t *testing.T, tab *webtest.Tab, what, expression string, want T) {
	t.Helper()
	if got := webtest.Value[T](tab, expression); got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

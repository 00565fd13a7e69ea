package orders_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/internal/store/storetest"
	"luoshi/internal/web/webtest"
)

// take takes a step of an order in a browser, with what its form asks for.
func take(tab *webtest.Tab, path, name string, fields map[string]string) {
	tab.Helper()
	tab.Open(path)
	form := `document.querySelector('form:has(input[name=step][value="` + name + `"])')`
	for field, value := range fields {
		webtest.Value[string](tab, form+`.querySelector('[name=`+field+`]').value = `+strconv.Quote(value))
	}
	webtest.Value[bool](tab, form+`.querySelector('button[type=submit]').click() || true`)
	tab.Do(chromedp.WaitVisible(`.alert-success`))
}

// shows fails a test where the page of an order lacks some words.
func shows(tab *webtest.Tab, path string, words ...string) {
	tab.Helper()
	tab.Open(path)
	text := webtest.Value[string](tab, `document.querySelector('main').innerText`)
	for _, w := range words {
		if !strings.Contains(text, w) {
			tab.Errorf("%s lacks %q: %s", path, w, text)
		}
	}
}

// A site is closed over the Spring Festival of 2026, whose days off are 15 to 23 February, with work on the 14th and the
// 28th: while the order is suspended its clock stands still, and afterwards it has as many working days as were left.
func TestAnOrderIsSuspendedOverTheSpringFestival(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is used")
	}
	o := settle(t, storetest.SQLite(t))
	o.clock.On(2, 2)
	path := o.signed(t, o.matter()) // with 15 working days
	head, leader, office := o.head().Browse(t), o.As("leader", o.Government.ID).Browse(t), o.Office().Browse(t)
	shows(head, path, "2026年2月28日")
	o.clock.On(2, 11)
	take(head, path, "ask-suspension", map[string]string{"reason": "春节期间工地停工，工人返乡。"})
	o.clock.On(2, 12)
	take(leader, path, "suspend", map[string]string{"days": "10"})
	shows(head, path, "已中止", "已暂停", "春节期间工地停工")
	o.clock.On(2, 26)
	shows(office, path, "已中止")
	if text := webtest.Value[string](office, `document.querySelector('main').innerText`); strings.Contains(text, "超期") {
		t.Errorf("the clock stands still, and the order is overdue: %s", text)
	}
	office.Axe()
	office.Picture("orders-festival")
	o.clock.On(3, 3)
	take(office, path, "resume", nil)
	shows(head, path, "办理中", "2026年3月12日")
}

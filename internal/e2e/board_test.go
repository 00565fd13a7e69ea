package e2e_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/internal/web/webtest"
)

// wallScreen: the leader opens the screen for a wall, which needs no scrolling there, goes from slide to slide by keys
// without leaving the page, sees it refresh without anything moving, and goes from an area to its page and its file.
func wallScreen(t *testing.T, s *site) {
	leader := s.as(t, "changchuan")
	leader.Open("/board")
	want(leader, "单位进展比较", "各领域", "正常占比")
	leader.Axe()
	follow(leader, "main a[href*='/board/screen']")
	for _, size := range [][2]int64{{1366, 768}, {1920, 1080}} {
		leader.Do(chromedp.EmulateViewport(size[0], size[1]))
		slides := webtest.Value[int](leader, `document.querySelector('.board nav span').textContent.split('/')[1] - 0`)
		for range slides {
			if over := webtest.Value[int](leader, `document.documentElement.scrollHeight - window.innerHeight`); over > 0 {
				t.Errorf("%s at %dx%d is %d too high", path(leader), size[0], size[1], over)
			}
			if cut := webtest.Value[int](leader, `(function () { const c = document.querySelector('.board-columns'); return c.scrollHeight - c.clientHeight; })()`); cut > 1 {
				t.Errorf("%s at %dx%d hides %d of its lines", path(leader), size[0], size[1], cut)
			}
			before := webtest.Value[string](leader, `document.querySelector('.board nav span').textContent`)
			press(leader, "ArrowRight")
			wait(leader, `document.querySelector('.board nav span').textContent !== `+quoted(before))
		}
	}
	leader.Axe()
	refreshes(leader)
	press(leader, "ArrowLeft")
	wait(leader, `location.search.includes('slide=area-')`)
	follow(leader, ".board h2 a")
	want(leader, "承诺事项（", "牵头单位", "时间过去")
	leader.Axe()
	here := strings.SplitN(path(leader), "?", 2)[0]
	for _, file := range []string{"/area.xlsx", "/matters.csv", "/indicators.csv", "/units.csv"} {
		if status := get(leader, here+file); status != 200 {
			t.Errorf("%s%s answers %d", here, file, status)
		}
	}
	leader.Open("/board/screen")
	press(leader, "Escape")
	wait(leader, `location.pathname === '/board'`)
}

// refreshes has the screen fetch itself again, and fails the test where anything is replaced although nothing is new.
func refreshes(tab *webtest.Tab) {
	tab.Helper()
	tab.Do(chromedp.Evaluate[chromedp.Void](`(function () {
		const ask = window.fetch;
		window.asked = window.replaced = 0;
		window.fetch = (...a) => ask(...a).then(r => { window.asked++; return r; });
		new MutationObserver(() => window.replaced++).observe(document.getElementById('board'), {childList: true});
	})()`))
	for n := range 2 { // the first is done with when the second comes back
		press(tab, "r")
		wait(tab, `window.asked === `+strconv.Itoa(n+1))
	}
	if n := webtest.Value[int](tab, `window.replaced`); n != 0 {
		tab.Errorf("the screen is replaced %d times with what it shows already", n)
	}
}

// press presses a key, wherever the page is.
func press(tab *webtest.Tab, key string) {
	tab.Helper()
	tab.Do(chromedp.Evaluate[chromedp.Void](`document.dispatchEvent(new KeyboardEvent('keydown', {key: ` + quoted(key) + `, bubbles: true, cancelable: true}))`))
}

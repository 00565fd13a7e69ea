package e2e_test

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"luoshi/internal/demo"
	"luoshi/internal/web/webtest"
)

// browser is one browser for all tests; every person has a profile of their own in it.
var browser = sync.OnceValues(func() (context.Context, error) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		return nil, err
	}
	allocator, release := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-sync", true), chromedp.Flag("lang", "zh-CN"),
		chromedp.Flag("force-prefers-reduced-motion", true)) // nothing is clicked where it was before the page scrolled smoothly
	ctx, quit := chromedp.NewContext(allocator)
	closers = append(closers, quit, release)
	return ctx, chromedp.Do(ctx)
})

var closers []context.CancelFunc

func closeBrowser() {
	for _, c := range closers {
		c()
	}
}

// visitor is a tab of somebody who has not signed in.
func (s *site) visitor(t *testing.T) *webtest.Tab {
	t.Helper()
	all, err := browser()
	if err != nil {
		if os.Getenv("LUOSHI_REQUIRE_BROWSER") == "1" {
			t.Fatal(err)
		}
		t.Skipf("no browser was found: %v", err)
	}
	ctx, quit := chromedp.NewContext(all, chromedp.WithNewBrowserContext())
	t.Cleanup(quit)
	ctx, cancel := context.WithTimeout(ctx, 20*time.Minute)
	t.Cleanup(cancel)
	tab := webtest.Over(ctx, t, s.url)
	tab.Wide()
	watch(ctx, t)
	return tab
}

// watch fails a test when a page in a tab throws an error.
func watch(tab context.Context, t *testing.T) {
	t.Helper()
	err := chromedp.Listen(tab, func(event any) {
		if thrown, ok := event.(*runtime.EventExceptionThrown); ok {
			t.Errorf("a page threw %s", thrown.ExceptionDetails.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

// as is a tab of somebody who has signed in by typing name and password.
func (s *site) as(t *testing.T, name string) *webtest.Tab {
	t.Helper()
	tab := s.visitor(t)
	signIn(tab, name, demo.Password)
	if path := webtest.Value[string](tab, "location.pathname"); strings.HasPrefix(path, "/sign-in") {
		t.Fatalf("%s was not let in: %s", name, text(tab))
	}
	return tab
}

// submit presses what sends a form or leads on, and waits for the page that comes of it.
func submit(tab *webtest.Tab, selector string) {
	tab.Helper()
	tab.Do(chromedp.Evaluate[chromedp.Void](`window.isOld = true`))
	push(tab, selector)
	wait(tab, `!window.isOld && document.readyState === 'complete'`)
}

// wait waits until an expression is true.
func wait(tab *webtest.Tab, expression string) {
	tab.Helper()
	if !is(tab, expression) {
		tab.Fatalf("%s is never true at %s: %s", expression, path(tab), text(tab))
	}
}

// is tells whether an expression becomes true in time. A page that goes away while it is asked is asked again.
func is(tab *webtest.Tab, expression string) bool {
	tab.Helper()
	ctx, cancel := context.WithTimeout(tab.Context, patience)
	defer cancel()
	again := time.NewTicker(25 * time.Millisecond)
	defer again.Stop()
	for {
		if so, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && so {
			return true
		}
		select {
		case <-ctx.Done():
			return false
		case <-again.C:
		}
	}
}

// path is where a tab is.
func path(tab *webtest.Tab) string {
	tab.Helper()
	return webtest.Value[string](tab, "location.pathname + location.search")
}

// text is what a tab shows.
func text(tab *webtest.Tab) string {
	tab.Helper()
	return webtest.Value[string](tab, "document.body ? document.body.innerText : ''")
}

// want fails the test unless the page shows some words.
func want(tab *webtest.Tab, words ...string) {
	tab.Helper()
	shown := text(tab)
	for _, w := range words {
		if !strings.Contains(shown, w) {
			tab.Errorf("%s does not show %q: %.400s", path(tab), w, shown)
		}
	}
}

// lacks fails the test where the page shows some words.
func lacks(tab *webtest.Tab, words ...string) {
	tab.Helper()
	shown := text(tab)
	for _, w := range words {
		if strings.Contains(shown, w) {
			tab.Errorf("%s shows %q", path(tab), w)
		}
	}
}

// choose picks the option of a list whose text holds some words.
func choose(tab *webtest.Tab, selector, words string) {
	tab.Helper()
	found := webtest.Value[bool](tab, `(function () {
		const list = document.querySelector(`+quoted(selector)+`);
		const option = [...list.options].find(o => o.text.includes(`+quoted(words)+`));
		if (!option) return false;
		list.value = option.value;
		list.dispatchEvent(new Event('change', {bubbles: true}));
		return true;
	})()`)
	if !found {
		tab.Fatalf("%s of %s offers no %s", selector, path(tab), words)
	}
}

// quoted is a text in a script.
func quoted(text string) string {
	data, _ := json.Marshal(text) // a string always can be
	return string(data)
}

// post sends a form that the page does not offer, and returns the status of the answer.
func post(tab *webtest.Tab, path, form string) int {
	tab.Helper()
	return fetch(tab, path, `{method: 'POST', body: new URLSearchParams(`+quoted(form)+`)}`)
}

// get asks for an address, and returns the status of the answer.
func get(tab *webtest.Tab, path string) int { tab.Helper(); return fetch(tab, path, `{}`) }

func fetch(tab *webtest.Tab, path, options string) int {
	tab.Helper()
	if webtest.Value[string](tab, "location.origin") == "null" {
		tab.Open("/sign-in")
	}
	status, err := chromedp.Run(tab.Context, chromedp.Evaluate[int](`fetch(`+quoted(path)+`, `+options+`).then(r => r.status)`, chromedp.EvalAwaitPromise))
	if err != nil {
		tab.Fatal(err)
	}
	return status
}

// patience is how long a test waits for something on a page.
const patience = 15 * time.Second

// fill types into a field.
func fill(tab *webtest.Tab, selector, text string) {
	tab.Helper()
	soon(tab, selector, chromedp.SendKeys(selector, text))
}

// click clicks on an element.
func click(tab *webtest.Tab, selector string) {
	tab.Helper()
	soon(tab, selector, chromedp.Click(selector))
}

// soon takes a step that must not take long.
func soon(tab *webtest.Tab, selector string, step chromedp.Action[chromedp.Void]) {
	tab.Helper()
	ctx, cancel := context.WithTimeout(tab.Context, patience)
	defer cancel()
	if err := chromedp.Do(ctx, step); err != nil {
		tab.Fatalf("%s at %s: %v: %s", selector, path(tab), err, text(tab))
	}
}

// set gives a field a value, as somebody does who chooses a date or overwrites what stands there.
func set(tab *webtest.Tab, selector, value string) {
	tab.Helper()
	if !webtest.Value[bool](tab, `(function () {
		const field = document.querySelector(`+quoted(selector)+`);
		if (!field) return false;
		field.value = `+quoted(value)+`;
		field.dispatchEvent(new Event('input', {bubbles: true}));
		field.dispatchEvent(new Event('change', {bubbles: true}));
		return true;
	})()`) {
		tab.Fatalf("%s has no %s: %s", path(tab), selector, text(tab))
	}
}

// push presses a button as a keyboard does, wherever the page has moved it meanwhile.
func push(tab *webtest.Tab, selector string) {
	tab.Helper()
	soon(tab, selector, chromedp.WaitReady(selector))
	tab.Do(chromedp.Evaluate[chromedp.Void](`document.querySelector(` + quoted(selector) + `).click()`))
}

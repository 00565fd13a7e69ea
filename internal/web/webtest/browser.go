package webtest

import (
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"luoshi/internal/web"
	"luoshi/internal/web/assets"
)

var pictures = flag.String("pictures", "", "a folder to put pictures of the pages into")

// browserNames are looked for in this order.
var browserNames = []string{"chromium", "chromium-browser", "google-chrome", "chrome"}

// browserPath skips the test where there is no browser, unless the environment demands one.
func browserPath(tb testing.TB) string {
	tb.Helper()
	for _, name := range browserNames {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if required() {
		tb.Fatal("LUOSHI_REQUIRE_BROWSER=1 and no browser was found")
	}
	tb.Skip("no browser was found; set LUOSHI_REQUIRE_BROWSER=1 to make this a failure")
	return ""
}

func required() bool { return os.Getenv("LUOSHI_REQUIRE_BROWSER") == "1" }

// Tab is a page in a real browser. Its test fails where the page throws an error.
type Tab struct {
	testing.TB
	// Context is that of chromedp.
	Context context.Context
	site    *Site
}

// Browse opens the browser of a client, 1366 pixels wide and 768 high.
func (c *Client) Browse(tb testing.TB) *Tab {
	tb.Helper()
	if testing.Short() {
		tb.Skip("a browser takes long")
	}
	path := browserPath(tb)
	if err := assets.Missing(); err != nil {
		if required() {
			tb.Fatal(err)
		}
		tb.Skip(err)
	}
	allocator, release := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("lang", "zh-CN"),
		chromedp.UserDataDir(tb.TempDir()), chromedp.WindowSize(1366, 768))
	tb.Cleanup(release)
	ctx, quit := chromedp.NewContext(allocator)
	tb.Cleanup(quit)
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	tb.Cleanup(cancel)
	tab := &Tab{TB: tb, Context: ctx, site: c.site}
	tab.Wide()
	if err := chromedp.Listen(ctx, func(event any) {
		if thrown, ok := event.(*runtime.EventExceptionThrown); ok {
			tb.Errorf("the page threw %s", describe(thrown.ExceptionDetails))
		}
	}); err != nil {
		tb.Fatal(err)
	}
	if c.cookie != "" {
		cookie := network.SetCookieParams{Name: web.CookieName(false), Value: c.cookie, URL: c.site.URL}
		if _, err := chromedp.Call(ctx, network.SetCookie, cookie); err != nil {
			tb.Fatal(err)
		}
	}
	return tab
}

func describe(e *runtime.ExceptionDetails) string {
	if e.Exception != nil {
		return e.Exception.Description
	}
	return e.Text
}

// Do takes steps in the page.
func (t *Tab) Do(steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(t.Context, steps...); err != nil {
		t.Fatal(err)
	}
}

// Open opens a page of the site.
func (t *Tab) Open(path string) { t.Helper(); t.Do(chromedp.Navigate(t.site.URL + path)) }

// Wide is the screen of an office.
func (t *Tab) Wide() { t.Helper(); t.Do(chromedp.EmulateViewport(1366, 768)) }

// Narrow is the screen of a telephone.
func (t *Tab) Narrow() { t.Helper(); t.Do(chromedp.EmulateViewport(390, 844)) }

// Click clicks on an element.
func (t *Tab) Click(selector string) { t.Helper(); t.Do(chromedp.Click(selector)) }

// Point moves the pointer onto an element.
func (t *Tab) Point(selector string) {
	t.Helper()
	type place struct{ X, Y float64 }
	at := Value[place](t, `(function () {
		const e = document.querySelector(`+strconv.Quote(selector)+`);
		e.scrollIntoView({block: 'center', behavior: 'instant'});
		const box = e.getBoundingClientRect();
		return {X: box.x + box.width / 2, Y: box.y + box.height / 2};
	})()`)
	t.Do(chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, at.X, at.Y))
}

// Type types into a field.
func (t *Tab) Type(selector, text string) { t.Helper(); t.Do(chromedp.SendKeys(selector, text)) }

// Press presses a key, wherever the focus is.
func (t *Tab) Press(key string) { t.Helper(); t.Do(chromedp.KeyEvent(key)) }

// Value evaluates an expression in the page.
func Value[T any](t *Tab, expression string) T {
	t.Helper()
	v, err := chromedp.Run(t.Context, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// Fits fails the test where the page is wider than the screen.
func (t *Tab) Fits() {
	t.Helper()
	type widths struct{ Page, Screen int }
	w := Value[widths](t, `({Page: document.documentElement.scrollWidth, Screen: document.documentElement.clientWidth})`)
	if w.Page > w.Screen {
		t.Errorf("the page is %d pixels wide on a screen of %d", w.Page, w.Screen)
	}
}

// Picture takes a picture of the whole page for a person to look at: go test -run NAME -pictures FOLDER. Without a
// folder it does nothing.
func (t *Tab) Picture(name string) {
	t.Helper()
	if *pictures == "" {
		return
	}
	png, err := chromedp.Run(t.Context, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*pictures, name+".png"), png, 0o644); err != nil {
		t.Fatal(err)
	}
}

package page_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	cdp "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// browserNames are looked for in this order.
var browserNames = []string{"chromium", "chromium-browser", "google-chrome", "chrome"}

// browserPath skips the test where there is no browser, unless the environment demands one.
func browserPath(t *testing.T) string {
	t.Helper()
	for _, name := range browserNames {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("LUOSHI_REQUIRE_BROWSER") == "1" {
		t.Fatal("LUOSHI_REQUIRE_BROWSER=1 and no browser was found")
	}
	t.Skip("no browser was found; set LUOSHI_REQUIRE_BROWSER=1 to make this a failure")
	return ""
}

// process is a running browser.
type process struct {
	ctx  context.Context
	stop func()
}

// started is the browser that all tests open their tabs in: starting one takes longer than most tests.
var started struct {
	sync.Once
	process
	err error
}

// browser is the context of the browser.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := browserPath(t)
	started.Do(func() { started.process, started.err = startBrowser(path) })
	if started.err != nil {
		t.Fatal(started.err)
	}
	return started.ctx
}

func startBrowser(path string) (process, error) {
	profile, err := os.MkdirTemp("", "page-test-")
	if err != nil {
		return process{}, err
	}
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.UserDataDir(profile), chromedp.WindowSize(1440, 900),
	}
	allocator, release := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, quit := chromedp.NewContext(allocator)
	stop := func() {
		quit()
		release()
		os.RemoveAll(profile)
	}
	return process{ctx, stop}, chromedp.Do(ctx, chromedp.EmulateViewport(1440, 900))
}

func TestMain(m *testing.M) {
	m.Run()
	if started.stop != nil {
		started.stop()
	}
}

// tab is a page in a browser.
type tab struct {
	*testing.T
	ctx context.Context
}

// open opens the page of some readings from a file, as a person would by a double click.
func open(t *testing.T, content string) *tab {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	ctx, closeTab := chromedp.NewContext(browser(t))
	t.Cleanup(closeTab)
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	b := &tab{T: t, ctx: ctx}
	b.do(chromedp.EmulateViewport(1440, 900))
	if err := chromedp.Listen(ctx, func(event any) {
		if thrown, ok := event.(*cdp.EventExceptionThrown); ok {
			t.Errorf("the page threw %s", describe(thrown.ExceptionDetails))
		}
	}); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate("file://" + filepath.ToSlash(file)))
	return b
}

func describe(e *cdp.ExceptionDetails) string {
	if e.Exception != nil {
		return e.Exception.Description
	}
	return e.Text
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

func (b *tab) click(selector string) { b.Helper(); b.do(chromedp.Click(selector)) }

func (b *tab) press(keys string) { b.Helper(); b.do(chromedp.KeyEvent(keys)) }

// value evaluates an expression in the page.
func value[T any](b *tab, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatalf("evaluate %s: %v", expression, err)
	}
	return v
}

// want checks what an expression comes to.
func want[T comparable](b *tab, what, expression string, expected T) {
	b.Helper()
	if got := value[T](b, expression); got != expected {
		b.Errorf("%s: %v, want %v", what, got, expected)
	}
}

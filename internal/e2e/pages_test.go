package e2e_test

import (
	"context"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"luoshi/internal/web/webtest"
)

// walkers see among them all pages that can be come to by links.
var walkers = []string{"", "shubai", "changchuan", "qingsong", "xiaolou", "mingjing", "admin", "secure", "audit"}

// everyPage opens every page that links lead to, as people of many roles: it answers, is accessible, and fits the screen of
// an office in Chinese and a telephone in English. How pages look does not depend on the database, so they are judged on
// SQLite. It takes minutes, so it is done where pictures are asked for and in CI.
func everyPage(t *testing.T, s *site) {
	if os.Getenv("LUOSHI_SCREENSHOTS") == "" && os.Getenv("CI") != "true" {
		t.Skip("set LUOSHI_SCREENSHOTS to a folder to look at every page")
	}
	judged, names := map[string]bool{}, walkers
	if !strings.HasPrefix(s.dsn, "sqlite") {
		names = []string{"shubai"}
	}
	for _, name := range names {
		t.Run("as "+name, func(t *testing.T) {
			var tab *webtest.Tab
			if name == "" {
				tab = s.visitor(t)
				tab.Open("/sign-in")
			} else {
				tab = s.as(t, name)
			}
			var found []kind
			walk(tab, func(address, shape string) {
				if !judged[shape] && strings.HasPrefix(s.dsn, "sqlite") {
					judged[shape] = true
					found = append(found, kind{address, shape})
				}
			})
			judgeAll(t, s, tab, found)
		})
	}
}

// kind is a kind of page, and the address of one.
type kind struct{ address, shape string }

// judgeAll judges pages in two tabs of one person at once: most of the time goes into looking through what was drawn,
// which a tab does on one processor.
func judgeAll(t *testing.T, s *site, first *webtest.Tab, all []kind) {
	t.Helper()
	second, quit := chromedp.NewContext(first.Context)
	t.Cleanup(quit)
	webtest.Over(second, t, s.url).Wide()
	watch(second, t)
	free := make(chan context.Context, 2)
	free <- first.Context
	free <- second
	var wait sync.WaitGroup
	for _, k := range all {
		wait.Add(1)
		at := <-free
		go func() {
			defer wait.Done()
			defer func() { free <- at }()
			t.Run(k.shape, func(t *testing.T) {
				tab := webtest.Over(at, t, s.url)
				picture(tab, judge(tab, k.address), k.shape)
			})
		}()
	}
	wait.Wait()
}

var variable = regexp.MustCompile(`[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f-]{27}|\b\d+\b`)

// anyRecord are pages that are the same for records of all kinds, and for all figures of a report.
var anyRecord = regexp.MustCompile(`^(/audit/objects|/proofs|/papers/\{\}/figures)/.+`)

// shapeOf is a page's address without what differs from one record to another.
func shapeOf(address string) string {
	path, query, _ := strings.Cut(address, "?")
	shape := anyRecord.ReplaceAllString(variable.ReplaceAllString(path, "{}"), "$1/{}")
	var names []string
	for part := range strings.SplitSeq(query, "&") {
		if name, _, _ := strings.Cut(part, "="); name != "" && name != "after" && name != "order" && name != "sort" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if names = slices.Compact(names); len(names) > 1 {
		return shape + "?…" // lists narrowed in several ways are much the same
	}
	return strings.TrimSuffix(shape+"?"+strings.Join(names, "&"), "?")
}

// looked is what the browser finds at an address without showing it: where it led, and the addresses of pages that it
// leads to.
type looked struct {
	Status int
	Page   bool // not a picture or a file
	Path   string
	Links  []string
	Form   bool // it can be filled: who may only read it sees another page
	Text   string
}

// look asks for a page. Most pages are only walked through, and drawing them would take most of the time.
const look = `(async function (address) {
	const answer = await fetch(address, {headers: {Accept: 'text/html'}});
	const html = (answer.headers.get('Content-Type') || '').startsWith('text/html');
	const page = new DOMParser().parseFromString(html ? await answer.text() : '', 'text/html');
	const at = new URL(answer.url);
	return {
		Status: answer.status, Page: html, Path: at.pathname + at.search,
		Links: [...page.querySelectorAll('a[href]:not([download])')].map(a => new URL(a.getAttribute('href'), at))
			.filter(to => to.origin === at.origin).map(to => to.pathname + to.search),
		Form: page.querySelector('main form[method=post]') !== null,
		Text: page.body.textContent.slice(0, 2000),
	};
})`

// leave are addresses that are no pages: files to download, and other languages of the same page.
var leave = regexp.MustCompile(`lang=|as=|/download|/original|/export|^/evidence/|^/orders/[^/]+/evidence/|\.(xlsx|csv|json|jsonl|ics|pub|txt)\b|^/assets/|^/api/|^/audit/key|format=`)

// walk looks at each kind of page once.
func walk(tab *webtest.Tab, visit func(address, shape string)) {
	tab.Helper()
	seen := map[string]bool{}
	todo := []string{path(tab)}
	for len(todo) > 0 {
		address := todo[0]
		todo = todo[1:]
		shape := shapeOf(address)
		if seen[shape] || leave.MatchString(address) {
			continue
		}
		seen[shape] = true
		page, err := chromedp.Run(tab.Context, chromedp.Evaluate[looked](look+`(`+quoted(address)+`)`, chromedp.EvalAwaitPromise))
		if err != nil {
			tab.Errorf("%s: %v", address, err)
			continue
		}
		if page.Status >= 400 {
			tab.Errorf("a link leads to %s, which answers %d: %.200s", address, page.Status, strings.Join(strings.Fields(page.Text), " "))
			continue
		}
		if at := shapeOf(page.Path); !page.Page || at != shape && seen[at] {
			continue // it is no page, or leads on to one that was seen
		}
		seen[shapeOf(page.Path)] = true
		todo = append(todo, page.Links...)
		kind := shapeOf(page.Path)
		if page.Form {
			kind += " filled"
		}
		visit(address, kind)
	}
	tab.Logf("%d pages", len(seen))
}

// judge looks at a page as somebody with a screen reader and as somebody with a telephone, who prefers English, and returns
// where it is. Each time the language is asked for: what another tab asked for last is remembered.
func judge(tab *webtest.Tab, address string) (here string) {
	tab.Helper()
	tab.Wide()
	tab.Open(with(address, "lang=zh-CN"))
	here = neutral(path(tab))
	tab.Fits()
	tab.Axe()
	tab.Narrow()
	tab.Open(with(here, "lang=en"))
	tab.Fits()
	tab.Axe()
	return here
}

// picture takes pictures of a page in both languages and both sizes.
func picture(tab *webtest.Tab, here, shape string) {
	tab.Helper()
	folder := os.Getenv("LUOSHI_SCREENSHOTS")
	if folder == "" {
		return
	}
	name := strings.Trim(strings.NewReplacer("/", "-", "{}", "x", "?", "+", "&", "+", "=", "", "…", "", "%2F", "-", " ", "-").Replace(shape), "-+")
	if name == "" {
		name = "home"
	}
	for _, lang := range []string{"en", "zh-CN"} {
		for width, size := range map[string]func(){"1366": tab.Wide, "390": tab.Narrow} {
			size()
			tab.Open(with(here, "lang="+lang))
			png, err := chromedp.Run(tab.Context, chromedp.FullScreenshot(100))
			if err != nil {
				tab.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, name+"."+lang+"."+width+".png"), png, 0o644); err != nil {
				tab.Fatal(err)
			}
		}
	}
	tab.Wide()
}

// neutral is an address without a language.
func neutral(address string) string {
	path, query, _ := strings.Cut(address, "?")
	values, _ := url.ParseQuery(query) // the browser wrote it
	values.Del("lang")
	return strings.TrimSuffix(path+"?"+values.Encode(), "?")
}

// with is an address with a further parameter.
func with(address, parameter string) string {
	if strings.Contains(address, "?") {
		return address + "&" + parameter
	}
	return address + "?" + parameter
}

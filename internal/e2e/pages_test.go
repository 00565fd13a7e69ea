package e2e_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
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
			walk(tab, func(shape string) {
				if judged[shape] || !strings.HasPrefix(s.dsn, "sqlite") {
					return
				}
				judged[shape] = true
				t.Run(shape, func(t *testing.T) {
					tab := webtest.Over(tab.Context, t, s.url)
					address := path(tab)
					judge(tab, address)
					picture(tab, address, shape)
				})
			})
		})
	}
}

var variable = regexp.MustCompile(`[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f-]{27}|\b\d+\b`)

// shapeOf is a page's address without what differs from one record to another.
func shapeOf(address string) string {
	path, query, _ := strings.Cut(address, "?")
	shape := variable.ReplaceAllString(path, "{}")
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

// links are the addresses of pages of the site that the page in a tab leads to.
const links = `[...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin && !a.hasAttribute('download'))
	.map(a => a.pathname + a.search)`

// forms says of a page that it can be filled: who may only read it sees another page.
const forms = `document.querySelector('main form[method=post]') ? ' filled' : ''`

// leave are addresses that are no pages: files to download, and other languages of the same page.
var leave = regexp.MustCompile(`lang=|as=|/download|/original|/export|^/evidence/|^/orders/[^/]+/evidence/|\.(xlsx|csv|json|jsonl|ics|pub|txt)\b|^/assets/|^/api/|^/audit/key|format=`)

// walk opens each kind of page once.
func walk(tab *webtest.Tab, visit func(shape string)) {
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
		response, err := chromedp.Run(tab.Context, chromedp.NavigateResponse(tab.Address(address)))
		if err != nil {
			tab.Errorf("%s: %v", address, err)
			continue
		}
		if response.Status >= 400 {
			tab.Errorf("a link leads to %s, which answers %d: %.200s", address, response.Status, text(tab))
			continue
		}
		if at := shapeOf(path(tab)); at != shape && seen[at] {
			continue // it leads on to a page that was seen
		}
		seen[shapeOf(path(tab))] = true
		todo = append(todo, webtest.Value[[]string](tab, links)...)
		visit(shapeOf(path(tab)) + webtest.Value[string](tab, forms))
	}
	tab.Logf("%d pages", len(seen))
}

// judge looks at a page as somebody with a screen reader and as somebody with a telephone, who prefers English.
func judge(tab *webtest.Tab, here string) {
	tab.Helper()
	tab.Fits()
	tab.Axe()
	tab.Narrow()
	tab.Open(with(here, "lang=en"))
	tab.Fits()
	tab.Axe()
	tab.Wide()
	tab.Open(with(here, "lang=zh-CN"))
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

// with is an address with a further parameter.
func with(address, parameter string) string {
	if strings.Contains(address, "?") {
		return address + "&" + parameter
	}
	return address + "?" + parameter
}

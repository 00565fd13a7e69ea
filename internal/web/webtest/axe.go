package webtest

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/chromedp/chromedp"
)

// violation is what axe found, with the first elements that have it.
type violation struct {
	ID, Impact, Help string
	Targets          []string
}

// findViolations runs axe on the page as it stands.
const findViolations = `axe.run(document, {resultTypes: ['violations']}).then(function (r) {
	return r.violations.filter(function (v) { return v.impact !== 'minor' }).map(function (v) {
		return {ID: v.id, Impact: v.impact, Help: v.help, Targets: v.nodes.slice(0, 5).map(function (n) { return n.html.slice(0, 200) + ' — ' + n.failureSummary })}
	})
})`

// Axe fails the test where axe-core finds a violation of accessibility that is more than minor in the page as it stands.
func (t *Tab) Axe() {
	t.Helper()
	t.Do(chromedp.Evaluate[chromedp.Void](axe(t)))
	found, err := chromedp.Run(t.Context, chromedp.Evaluate[[]violation](findViolations, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range found {
		t.Errorf("axe: %s (%s): %s\n\t%s", v.ID, v.Impact, v.Help, strings.Join(v.Targets, "\n\t"))
	}
}

// axe is the script of axe-core, which make assets puts beside this file.
func axe(t *Tab) string {
	t.Helper()
	_, here, _, _ := runtime.Caller(0)
	script, err := os.ReadFile(filepath.Join(filepath.Dir(here), "axe.js"))
	if err != nil && required() {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip("axe.js is not there; make assets fetches it")
	}
	return string(script)
}

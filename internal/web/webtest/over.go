package webtest

import (
	"context"
	"testing"
)

// Over is a tab of a browser that the caller opened, on a server that runs elsewhere.
func Over(ctx context.Context, tb testing.TB, url string) *Tab {
	tb.Helper()
	return &Tab{TB: tb, Context: ctx, site: &Site{URL: url, tb: tb}}
}

// Address is the whole address of a page of the site.
func (t *Tab) Address(path string) string { return t.site.URL + path }

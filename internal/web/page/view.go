// Package page is what all pages are made of: the frame around them, the parts in them, and the words they are written
// in. What a page shows of the request it answers is its View, which Of finds in the context; templates say
//
//	@page.Layout(title, page.Crumb{Title: …, URL: …}) {
//		…
//	}
package page

import (
	"context"
	"net/url"

	"luoshi/internal/access"
	"luoshi/ledger"
)

// View is what pages know of the request that they answer.
type View struct {
	Lang Lang
	// Account is the name of who is signed in; empty for the public.
	Account string
	// Roles names the roles that he holds.
	Roles access.Text
	// URL is the page's own address.
	URL *url.URL
	// Request is the identifier under which the server's log keeps the request.
	Request string
	// Menu is what the account may open.
	Menu []MenuGroup
	// Inbox tells that the account has an inbox, Unread how many messages in it are unread.
	Inbox  bool
	Unread int
	// Flash are messages of the step before, shown once.
	Flash []Message
	// Notice is said above every page, in demonstrations; empty where nothing is.
	Notice ledger.Wording
	// May tells whether the account may do an action to at least some records; nil for nobody.
	May func(access.Action) bool
	// MayOf tells whether the account may do an action to a record that a unit leads; nil for nobody.
	MayOf func(access.Action, ledger.UnitID) bool
	// Fragment tells that htmx asked for a part of the page; Layout leaves its frame out then.
	Fragment bool
}

type viewKey struct{}

// With is a context whose pages have a view.
func With(ctx context.Context, v View) context.Context { return context.WithValue(ctx, viewKey{}, v) }

// Of is the view of a context's pages. Without one it is that of the public, in Chinese.
func Of(ctx context.Context) View {
	v, ok := ctx.Value(viewKey{}).(View)
	if !ok || v.Lang == "" {
		v.Lang = Chinese
	}
	if v.URL == nil {
		v.URL = &url.URL{Path: "/"}
	}
	return v
}

// T is a text of the dictionary in the language of a context's pages.
func T(ctx context.Context, key string, values ...any) string { return Of(ctx).T(key, values...) }

// T is a text of the dictionary in the view's language. Values that have a form in either language take it: dates,
// times, numbers, ledger.Wording, access.Text.
func (v View) T(key string, values ...any) string {
	text, ok := lookUp(v.Lang, key)
	if !ok {
		return Missing + key + "\u27e7"
	}
	shown := make([]string, len(values))
	for i, value := range values {
		shown[i] = v.Show(value)
	}
	return fill(text, shown)
}

// Wording is one of the ledger's texts in the view's language.
func (v View) Wording(w ledger.Wording) string { return v.pick(w.ZH, w.EN) }

// Text is a text of the table of rights in the view's language.
func (v View) Text(t access.Text) string { return v.pick(t.Chinese, t.English) }

func (v View) pick(zh, en string) string {
	if v.Lang == English {
		return en
	}
	return zh
}

// Path is the path of the page's address.
func (v View) Path() string { return v.URL.Path }

// Can tells whether to offer an action at all: whether the account may do it to at least some records.
func (v View) Can(action access.Action) bool { return v.May != nil && v.May(action) }

// CanOf tells whether to offer an action on a record that a unit leads; where no unit is named, whether the account may do
// it whoever leads.
func (v View) CanOf(action access.Action, unit ledger.UnitID) bool {
	return v.MayOf != nil && v.MayOf(action, unit)
}

// WithQuery is the page's own address with one value of the query set anew, and without where it is empty.
func (v View) WithQuery(key, value string) string { return withQuery(v.URL, key, value) }

func withQuery(u *url.URL, pairs ...string) string {
	q := u.Query()
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		} else {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return u.Path
	}
	return u.Path + "?" + q.Encode()
}

package messages

import (
	"net/http"
	"slices"

	"luoshi/internal/service/message"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
)

// box is an inbox as it is shown.
type box struct {
	message.Inbox
	list   page.List
	unread bool
	kind   message.Kind
}

func (p *Pages) inbox(w http.ResponseWriter, r *http.Request) error {
	b := box{list: page.ListOf(r), unread: r.URL.Query().Get("unread") == "1"}
	if kind := message.Kind(b.list.Filter("kind")); slices.ContainsFunc(message.Kinds(), func(k message.KindWords) bool { return k.Kind == kind }) {
		b.kind = kind
	}
	var err error
	b.Inbox, err = p.messages.Inbox(r.Context(), message.Query{Unread: b.unread, Kind: b.kind, Before: b.list.After, Limit: b.list.Limit})
	if err != nil {
		return err
	}
	b.list.Next = b.Inbox.Next
	return web.Show(w, r, inboxPage(b))
}

// open marks a message as read and leads to where something is to be done.
func (p *Pages) open(w http.ResponseWriter, r *http.Request) error {
	letter, err := p.messages.Open(r.Context(), message.ID(r.PathValue("id")))
	if err != nil {
		return err
	}
	if letter.URL == "" {
		return web.Redirect(w, r, inboxURL)
	}
	return web.Redirect(w, r, letter.URL)
}

func (p *Pages) unsee(w http.ResponseWriter, r *http.Request) error {
	if err := p.messages.Unsee(r.Context(), message.ID(r.PathValue("id"))); err != nil {
		return err
	}
	return done(w, r, inboxURL, "messages.unseen")
}

func (p *Pages) readAll(w http.ResponseWriter, r *http.Request) error {
	if err := p.messages.ReadAll(r.Context()); err != nil {
		return err
	}
	return done(w, r, inboxURL, "messages.all-read")
}

// tabs lead to the unread messages and to all.
func (b box) tabs(v page.View) []page.Tab {
	return []page.Tab{
		{Title: v.T("messages.all"), URL: v.WithQuery("unread", ""), Active: !b.unread, Count: -1},
		{Title: v.T("messages.unread"), URL: v.WithQuery("unread", "1"), Active: b.unread, Count: b.Inbox.Unread},
	}
}

func kindOptions(v page.View) []page.Option {
	options := []page.Option{{Label: v.T("messages.kind.any")}}
	for _, k := range message.Kinds() {
		options = append(options, page.Option{Value: string(k.Kind), Label: v.Wording(k.Words)})
	}
	return options
}

// nothing says why an inbox is empty.
func (b box) nothing(v page.View) (title, text string) {
	switch {
	case b.list.Filtered() && b.kind != "":
		return v.T("messages.none.kind"), v.T("messages.none.kind.text")
	case b.unread:
		return v.T("messages.none.unread"), v.T("messages.none.unread.text")
	}
	return v.T("messages.none"), v.T("messages.none.text")
}

package api

import (
	"context"
	"time"

	"luoshi/internal/service/message"
)

// Message is a notice in the caller's own inbox.
type Message struct {
	ID     message.ID   `json:"id"`
	Kind   message.Kind `json:"kind" doc:"What it is about"`
	Title  string       `json:"title"`
	Text   string       `json:"text,omitempty"`
	URL    string       `json:"url,omitempty" doc:"The page where something is to be done"`
	Urgent bool         `json:"urgent"`
	At     time.Time    `json:"at"`
	Seen   time.Time    `json:"seen,omitzero" doc:"Absent while it is unread"`
}

func messageOf(ctx context.Context, l message.Letter) Message {
	x := exchangeOf(ctx)
	return Message{ID: l.ID, Kind: l.Kind, Title: x.in(l.Title), Text: x.in(l.Text), URL: l.URL, Urgent: l.Urgent, At: l.At, Seen: l.Seen}
}

// Unread is how much nobody has opened.
type Unread struct {
	Unread int `json:"unread" doc:"In the whole inbox"`
}

func (a *API) messageOperations() {
	s := a.options.Message
	register(a, "list-messages", func(ctx context.Context, in *struct {
		Paged
		Unread bool         `query:"unread" doc:"Only those that are unread"`
		Kind   message.Kind `query:"kind" maxLength:"40"`
	},
	) (*many[Message], error) {
		inbox, err := s.Inbox(ctx, message.Query{Unread: in.Unread, Kind: in.Kind, Before: in.After, Limit: in.Limit})
		if err != nil {
			return nil, err
		}
		items := make([]Message, len(inbox.Letters))
		for i, l := range inbox.Letters {
			items[i] = messageOf(ctx, l)
		}
		return listed(&in.Paged, inbox.Next, items), nil
	})
	a.orders("list-messages")
	register(a, "count-unread-messages", func(ctx context.Context, _ *struct{}) (*plain[Unread], error) {
		n, err := s.Unread(ctx)
		return &plain[Unread]{Body: Unread{Unread: n}}, err
	})
	register(a, "read-message", func(ctx context.Context, in *ByID[message.ID]) (*plain[Message], error) {
		l, err := s.Open(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		return &plain[Message]{Body: messageOf(ctx, l)}, nil
	})
	register(a, "unread-message", func(ctx context.Context, in *ByID[message.ID]) (*done, error) {
		return &done{}, s.Unsee(ctx, in.ID)
	})
	register(a, "read-all-messages", func(ctx context.Context, _ *struct{}) (*done, error) {
		return &done{}, s.ReadAll(ctx)
	})
}

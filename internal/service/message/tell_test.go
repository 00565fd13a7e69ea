package message_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/message"
	"luoshi/internal/store"
)

func TestANoticeReachesWhomItIsFor(t *testing.T) {
	each(t, message.Options{}, func(t *testing.T, o *town) {
		bureau := func(role access.Role) message.Audience { return message.Audience{Unit: o.Bureau.ID, Role: role} }
		for _, c := range []struct {
			key  string
			to   []message.Audience
			want [3]bool // head, reporter, head of the street
		}{
			{"one", []message.Audience{{Account: o.street}}, [3]bool{false, false, true}},
			{"head", []message.Audience{bureau("unit-head")}, [3]bool{true, false, false}},
			{"all of a unit", []message.Audience{bureau("")}, [3]bool{true, true, false}},
			{"twice the same", []message.Audience{bureau("reporter"), {Account: o.reporter}}, [3]bool{false, true, false}},
			{"nobody has it", []message.Audience{bureau("leader")}, [3]bool{}},
			{"two", []message.Audience{bureau("unit-head"), {Unit: o.Street.ID}}, [3]bool{true, false, true}},
		} {
			o.tell(t, due(c.key, c.to...))
			for i, ctx := range []context.Context{o.asHead, o.asReporter, o.asStreet} {
				if got := slices.Contains(o.titles(ctx, t, message.Query{}), c.key+" is due in 3 days"); got != c.want[i] {
					t.Errorf("%s: person %d has it: %v", c.key, i, got)
				}
			}
		}
	})
}

func TestANoticeIsToldOnce(t *testing.T) {
	each(t, message.Options{}, func(t *testing.T, o *town) {
		to := message.Audience{Account: o.head}
		o.tell(t, due("a", to), due("a", to), due("b", to))
		o.tell(t, due("a", to, message.Audience{Account: o.street}))
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() {
				if err := o.try(o.Office(t.Context()), due("a", to), due("c", to)); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		want := []string{"a is due in 3 days", "b is due in 3 days", "c is due in 3 days"}
		if got := slices.Sorted(slices.Values(o.titles(o.asHead, t, message.Query{}))); !slices.Equal(got, want) {
			t.Errorf("the head reads %v", got)
		}
		if got := o.titles(o.asStreet, t, message.Query{}); got != nil {
			t.Errorf("whoever joins later reads %v", got)
		}
	})
}

func TestWhatIsUndoneIsNotTold(t *testing.T) {
	each(t, message.Options{}, func(t *testing.T, o *town) {
		undone := errors.New("undone")
		err := o.Change(o.Office(t.Context()), func(ctx context.Context, w *service.Work) error {
			if err := o.Tell(ctx, w, due("a", message.Audience{Account: o.head})); err != nil {
				return err
			}
			return undone
		})
		if !errors.Is(err, undone) || o.titles(o.asHead, t, message.Query{}) != nil {
			t.Errorf("with %v the head reads %v", err, o.titles(o.asHead, t, message.Query{}))
		}
	})
}

func TestANoticeThatCannotBeToldIsAnError(t *testing.T) {
	each(t, message.Options{}, func(t *testing.T, o *town) {
		for name, spoil := range map[string]func(*message.Notice){
			"without a key":     func(n *message.Notice) { n.Key = "" },
			"of no kind":        func(n *message.Notice) { n.Kind = "gossip" },
			"without a title":   func(n *message.Notice) { n.Title.EN = "" },
			"leads away":        func(n *message.Notice) { n.URL = "//elsewhere.example" },
			"leads elsewhere":   func(n *message.Notice) { n.URL = "https://elsewhere.example" },
			"for nobody at all": func(n *message.Notice) { n.To = []message.Audience{{Role: "leader"}} },
		} {
			n := due("a", message.Audience{Account: o.head})
			spoil(&n)
			if err := o.try(o.Office(t.Context()), n); err == nil {
				t.Errorf("%s: it is told", name)
			}
		}
	})
}

func TestAnInboxIsReadPartByPart(t *testing.T) {
	each(t, message.Options{}, func(t *testing.T, o *town) {
		to := message.Audience{Account: o.head}
		urged := due("d", to)
		urged.Kind = message.OfReport
		for _, n := range []message.Notice{due("a", to), due("b", to), due("c", to), urged} {
			o.tell(t, n)
		}
		first := have[message.Inbox](t)(o.Inbox(o.asHead, message.Query{Limit: 3}))
		second := have[message.Inbox](t)(o.Inbox(o.asHead, message.Query{Limit: 3, Before: first.Next}))
		if len(first.Letters) != 3 || len(second.Letters) != 1 || second.Next != "" || first.Unread != 4 {
			t.Errorf("the parts are %+v and %+v", first, second)
		}
		opened := have[message.Letter](t)(o.Open(o.asHead, second.Letters[0].ID))
		if opened.URL != "/orders/1" || opened.Title.EN != "a is due in 3 days" {
			t.Errorf("opened is %+v", opened)
		}
		if got := o.titles(o.asHead, t, message.Query{Unread: true, Kind: message.OfOrder}); len(got) != 2 {
			t.Errorf("unread of orders are %v", got)
		}
		if n := have[int](t)(o.Unread(o.asHead)); n != 3 {
			t.Errorf("%d are unread", n)
		}
		must(t, o.Unsee(o.asHead, opened.ID))
		if n := have[int](t)(o.Unread(o.asHead)); n != 4 {
			t.Errorf("after taking one back %d are unread", n)
		}
		must(t, o.ReadAll(o.asHead))
		if n := have[int](t)(o.Unread(o.asHead)); n != 0 {
			t.Errorf("after reading all %d are unread", n)
		}
		var absent *store.NotFound
		if _, err := o.Open(o.asStreet, opened.ID); !errors.As(err, &absent) {
			t.Errorf("another opens it with %v", err)
		}
		var refused *service.Refused
		if _, err := o.Inbox(t.Context(), message.Query{}); !errors.As(err, &refused) {
			t.Errorf("the public reads an inbox with %v", err)
		}
	})
}

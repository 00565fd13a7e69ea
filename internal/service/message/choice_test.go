package message_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/message"
	"luoshi/internal/store"
)

func TestEverybodyChoosesForHimself(t *testing.T) {
	each(t, message.Options{}, func(t *testing.T, o *town) {
		if c := have[store.Record[message.Choice]](t)(o.Choice(o.asHead)); c.Value.Mode != message.Off || c.Revision != 0 {
			t.Errorf("to begin with it is %+v", c)
		}
		for _, c := range []struct {
			code   string
			choice message.Choice
		}{
			{"choice.mode", message.Choice{Mode: "hourly", Email: daily.Email, Language: message.Chinese}},
			{"choice.language", message.Choice{Mode: message.Daily, Email: daily.Email, Language: "fr"}},
			{"choice.email", message.Choice{Mode: message.Daily, Language: message.Chinese}},
			{"choice.email", message.Choice{Mode: message.Daily, Email: "head at wangxi", Language: message.Chinese}},
			{"choice.email", message.Choice{Mode: message.Daily, Email: "Head <head@wangxi.example>", Language: message.Chinese}},
			{"choice.email", message.Choice{Mode: message.Off, Email: "a@b.example\r\nBcc: c@d.example", Language: message.Chinese}},
			{"choice.email", message.Choice{Mode: message.Daily, Email: strings.Repeat("a", 250) + "@b.example", Language: message.Chinese}},
		} {
			if err := o.Choose(o.asHead, c.choice, 0); !service.HasCode(err, c.code) {
				t.Errorf("%+v: %v", c.choice, err)
			}
		}
		must(t, o.Choose(o.asHead, daily, 0))
		if err := o.Choose(o.asHead, daily, 0); !store.IsConflict(err) {
			t.Errorf("who comes late chooses with %v", err)
		}
		if c := have[store.Record[message.Choice]](t)(o.Choice(o.asHead)); !reflect.DeepEqual(c.Value, daily) || c.Revision != 1 {
			t.Errorf("chosen is %+v", c)
		}
		if c := have[store.Record[message.Choice]](t)(o.Choice(o.asStreet)); c.Revision != 0 {
			t.Errorf("another's is %+v", c)
		}
		if got := o.Entries(t, "message_choices", string(o.head)); !slices.Equal(got, []string{"self.messages"}) {
			t.Errorf("the log tells of %v", got)
		}
		if err := o.TryMail(o.asHead); !service.HasCode(err, "mail.none") {
			t.Errorf("without a mail server it is tried with %v", err)
		}
		var refused *service.Refused
		if err := o.Choose(t.Context(), daily, 0); !errors.As(err, &refused) {
			t.Errorf("the public chooses with %v", err)
		}
	})
}

func TestATestNeedsAnAddress(t *testing.T) {
	each(t, message.Options{Mail: message.MailServer{Address: "127.0.0.1:1"}}, func(t *testing.T, o *town) {
		if err := o.TryMail(o.asHead); !service.HasCode(err, "mail.unset") {
			t.Errorf("it is tried with %v", err)
		}
	})
}

// TestTheRecordOfSendingShowsNoBusiness: who watches over channels sees that something was sent and to whom.
func TestTheRecordOfSendingShowsNoBusiness(t *testing.T) {
	post := openPostOffice(t, message.StartTLS)
	each(t, message.Options{Mail: post.MailServer}, func(t *testing.T, o *town) {
		post.refusal = "550 no such user"
		must(t, o.Choose(o.asHead, daily, 0))
		must(t, o.Choose(o.asStreet, message.Choice{Mode: message.Daily, Email: "street@wangxi.example", Language: message.Chinese}, 0))
		report := due("b", message.Audience{Account: o.head})
		report.Kind = message.OfReport
		o.tell(t, due("a", message.Audience{Account: o.head}, message.Audience{Account: o.street}), report)
		must(t, o.Tick(t.Context(), nil))
		o.work(t)
		list := have[message.SentList](t)(o.Sent(o.auditor, message.SentQuery{Account: o.head, State: message.Failed, Channel: message.Email, On: o.Today()}))
		if len(list.Deliveries) != 1 {
			t.Fatalf("on record are %+v", list)
		}
		d := list.Deliveries[0]
		if d.Address != daily.Email || d.Notices != 2 || d.Kinds[message.OfOrder] != 1 || d.Kinds[message.OfReport] != 1 || d.Answer != "550 no such user" {
			t.Errorf("on record is %+v", d)
		}
		part := have[message.SentList](t)(o.Sent(o.admin, message.SentQuery{Limit: 1}))
		rest := have[message.SentList](t)(o.Sent(o.admin, message.SentQuery{Limit: 1, Before: part.Next}))
		if len(part.Deliveries) != 1 || len(rest.Deliveries) != 1 || rest.Next != "" || rest.Deliveries[0].ID == part.Deliveries[0].ID {
			t.Errorf("the parts are %+v and %+v", part, rest)
		}
		var refused *service.Refused
		if _, err := o.Sent(o.asHead, message.SentQuery{}); !errors.As(err, &refused) {
			t.Errorf("a head of unit reads the record with %v", err)
		}
	})
}

func TestWhatWasGivenUpIsSentAgain(t *testing.T) {
	post := openPostOffice(t, message.StartTLS)
	each(t, message.Options{Mail: post.MailServer}, func(t *testing.T, o *town) {
		before := len(post.taken())
		post.Lock()
		post.refusal = "550 no such user"
		post.Unlock()
		must(t, o.Choose(o.asHead, daily, 0))
		must(t, o.TryMail(o.asHead))
		o.work(t)
		failed := o.one(t)
		post.Lock()
		post.refusal = ""
		post.Unlock()
		must(t, o.Resend(o.admin, failed.ID))
		o.work(t)
		if d := o.one(t); d.State != message.Sent || len(post.taken()) != before+1 {
			t.Errorf("it is %+v", d)
		}
		if err := o.Resend(o.admin, failed.ID); !service.HasCode(err, "delivery.sent") {
			t.Errorf("what was delivered is sent again with %v", err)
		}
		var absent *store.NotFound
		if err := o.Resend(o.admin, "nothing"); !errors.As(err, &absent) {
			t.Errorf("what is not there is sent again with %v", err)
		}
	})
}

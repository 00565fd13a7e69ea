package message_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"luoshi/internal/service"
	"luoshi/internal/service/message"
	"luoshi/internal/store"
)

// ruled are the usual rules with some set.
func ruled(set ...message.Rule) message.Rules {
	rules := message.UsualRules()
	for i := range rules {
		for _, rule := range set {
			if rule.Kind == rules[i].Kind {
				rules[i] = rule
			}
		}
	}
	return rules
}

func TestTheAdministratorDecidesWhichKindGoesByWhichChannel(t *testing.T) {
	each(t, message.Options{}, func(t *testing.T, o *town) {
		usual := have[store.Record[message.Rules]](t)(o.Rules(o.auditor))
		if usual.Revision != 0 || !slices.Equal(usual.Value, message.UsualRules()) || !usual.Value.Of(message.OfEscalation).Fixed {
			t.Errorf("to begin with the rules are %+v", usual)
		}
		set := ruled(message.Rule{Kind: message.OfPaper, Email: message.Once, Chats: message.None, Fixed: true})
		var refused *service.Refused
		if err := o.SetRules(o.asHead, set, 0); !errors.As(err, &refused) {
			t.Errorf("a head of a unit sets them with %v", err)
		}
		if err := o.SetRules(o.auditor, set, 0); !errors.As(err, &refused) {
			t.Errorf("the auditor sets them with %v", err)
		}
		for code, rule := range map[string]message.Rule{
			"rules.way": {Kind: message.OfPaper, Email: "twice", Chats: message.None}, "rules.fixed": {Kind: message.OfPaper, Email: message.None, Chats: message.Usual, Fixed: true},
		} {
			if err := o.SetRules(o.admin, ruled(rule), 0); !service.HasCode(err, code) {
				t.Errorf("%+v: %v", rule, err)
			}
		}
		must(t, o.SetRules(o.admin, set, 0))
		if err := o.SetRules(o.admin, message.UsualRules(), 0); !store.IsConflict(err) {
			t.Errorf("who comes late sets them with %v", err)
		}
		if now := have[store.Record[message.Rules]](t)(o.Rules(o.admin)); now.Revision != 1 || !slices.Equal(now.Value, set) {
			t.Errorf("they are %+v", now)
		}
		must(t, o.SetRules(o.admin, message.UsualRules(), 1))
		if got := o.Entries(t, message.RulesKind, "rules"); !slices.Equal(got, []string{"message.channel", "message.channel"}) {
			t.Errorf("the log tells of %v", got)
		}
		if own := have[message.Rules](t)(o.OwnRules(o.asStreet)); !slices.Equal(own, message.UsualRules()) {
			t.Errorf("who chooses for himself sees %+v", own)
		}
	})
}

// tellKinds tells the head a notice of each kind, all together.
func (o *town) tellKinds(t *testing.T, mark string, urgent bool, kinds ...message.Kind) {
	t.Helper()
	var notices []message.Notice
	for _, kind := range kinds {
		n := due(mark+"-"+string(kind), message.Audience{Unit: o.Bureau.ID, Role: "unit-head"})
		n.Kind, n.Urgent = kind, urgent
		notices = append(notices, n)
	}
	o.tell(t, notices...)
}

// TestWhatGoesOutByTheRules: each line is what was told at an hour, and what of it is in which e-mails.
func TestWhatGoesOutByTheRules(t *testing.T) {
	post := openPostOffice(t, message.StartTLS)
	rules := ruled(
		message.Rule{Kind: message.OfOrder, Email: message.Once, Chats: message.Usual}, message.Rule{Kind: message.OfTour, Email: message.None, Chats: message.Usual},
		message.Rule{Kind: message.OfPlan, Email: message.Once, Chats: message.Usual},
	)
	all := []message.Kind{message.OfOrder, message.OfPlan, message.OfTour, message.OfReport, message.OfEscalation}
	for _, c := range []struct {
		name        string
		mode        message.Mode
		muted       []message.Kind
		hour        int
		urgent      bool
		kinds       []message.Kind
		now, digest []int // how many notices stand in each e-mail
	}{
		{"by day", message.Daily, nil, 10, false, all, []int{2}, []int{2}},
		{"by night it waits", message.Daily, nil, 22, false, all, nil, []int{2, 2}},
		{"what is urgent", message.Daily, nil, 22, true, all, []int{1, 1, 1, 1}, nil},
		{"who wants urgent notices only has what the rules send", message.Urgent, nil, 10, false, all, []int{2}, nil},
		{"who wants none", message.Off, nil, 10, true, all, nil, nil},
		{"without what he leaves out, but for what is fixed", message.Daily, []message.Kind{message.OfPlan, message.OfReport, message.OfEscalation}, 10, false, all, []int{1}, []int{1}},
		{"and left out is what is urgent too", message.Daily, []message.Kind{message.OfPlan, message.OfReport, message.OfEscalation}, 10, true, all, []int{1, 1}, nil},
		{"of what no e-mail tells", message.Daily, nil, 10, false, []message.Kind{message.OfTour}, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, message.Options{Mail: post.MailServer}, func(t *testing.T, o *town) {
				must(t, o.SetRules(o.admin, rules, 0))
				must(t, o.Choose(o.asHead, message.Choice{Mode: c.mode, Email: daily.Email, Language: message.English, Muted: c.muted}, 0))
				o.clock.at(time.March, 2, c.hour, 0)
				o.tellKinds(t, "a", c.urgent, c.kinds...)
				o.work(t)
				if got := o.held(t, message.Sent); !slices.Equal(got, c.now) {
					t.Errorf("at once go e-mails of %v notices, not %v", got, c.now)
				}
				o.clock.at(time.March, 3, 9, 0)
				must(t, o.Tick(t.Context(), nil))
				o.work(t)
				if got := o.held(t, message.Sent); !slices.Equal(got, append(c.now, c.digest...)) {
					t.Errorf("the next morning they are of %v notices, not %v and %v", got, c.now, c.digest)
				}
				if inbox := have[message.Inbox](t)(o.Inbox(o.asHead, message.Query{})); len(inbox.Letters) != len(c.kinds) {
					t.Errorf("%d are in the inbox", len(inbox.Letters))
				}
			})
		})
	}
}

// held are how many notices each delivery in a state holds, the oldest first.
func (o *town) held(t *testing.T, state message.State) []int {
	t.Helper()
	var held []int
	for _, d := range o.sent(t, message.SentQuery{State: state}) {
		held = append(held, d.Notices)
	}
	slices.Reverse(held)
	return held
}

func TestWhatGroupChatsAreToldByTheRules(t *testing.T) {
	chat := openGroup(t, `{"errcode":0,"errmsg":"ok"}`)
	each(t, message.Options{Inside: here}, func(t *testing.T, o *town) {
		o.robot(t, message.WeCom, chat.URL, "")
		must(t, o.SetRules(o.admin, ruled(
			message.Rule{Kind: message.OfOrder, Email: message.Usual, Chats: message.Once}, message.Rule{Kind: message.OfTour, Email: message.Usual, Chats: message.None},
		), 0))
		o.tellKinds(t, "a", false, message.OfOrder, message.OfTour, message.OfReport)
		o.work(t)
		if got := o.held(t, message.Sent); !slices.Equal(got, []int{1}) {
			t.Errorf("at once the group is told of %v", got)
		}
		must(t, o.Tick(t.Context(), nil))
		o.work(t)
		if got := o.held(t, message.Sent); !slices.Equal(got, []int{1, 1}) {
			t.Errorf("altogether the group is told of %v", got)
		}
		o.tellKinds(t, "b", true, message.OfTour)
		o.work(t)
		if got := o.held(t, message.Sent); !slices.Equal(got, []int{1, 1}) {
			t.Errorf("with what no group is told it is told of %v", got)
		}
	})
}

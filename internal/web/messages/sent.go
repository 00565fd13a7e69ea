package messages

import (
	"net/http"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/service/message"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// record is what was sent, as it is shown.
type record struct {
	message.SentList
	list    page.List
	query   message.SentQuery
	names   forms.Names
	persons map[ledger.AccountID]string
}

func (p *Pages) sent(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	s := record{list: page.ListOf(r, sentColumns(page.Of(ctx))...)}
	s.query = message.SentQuery{Before: s.list.After, Limit: s.list.Limit}
	if state := message.State(s.list.Filter("state")); slices.Contains(message.States, state) {
		s.query.State = state
	}
	if channel := message.Channel(s.list.Filter("channel")); slices.Contains(message.Channels, channel) {
		s.query.Channel = channel
	}
	s.query.On, _ = calendar.ParseDate(s.list.Filter("on")) // what is no date narrows nothing
	var err error
	if s.SentList, err = p.messages.Sent(ctx, s.query); err != nil {
		return err
	}
	s.list.Next = s.SentList.Next
	if s.names, err = forms.NamesOf(ctx, p.core); err != nil {
		return err
	}
	var accounts []ledger.AccountID
	for _, d := range s.Deliveries {
		if d.Account != "" {
			accounts = append(accounts, d.Account)
		}
	}
	if s.persons, err = p.persons(ctx, accounts...); err != nil {
		return err
	}
	return web.Show(w, r, sentPage(s))
}

func (p *Pages) resend(w http.ResponseWriter, r *http.Request) error {
	if err := p.messages.Resend(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	return done(w, r, sentURL, "sent.resent")
}

// to is who was sent something.
func (s record) to(d message.Delivery) string {
	if d.Robot != "" {
		return d.Name
	}
	if name := s.persons[d.Account]; name != "" {
		return name
	}
	return string(d.Account)
}

// where is by which address, or in which unit.
func (s record) where(d message.Delivery) string {
	if d.Robot != "" {
		return s.names.Unit(d.Unit)
	}
	return d.Address
}

// about says what was sent: how much of which kinds.
func about(v page.View, d message.Delivery) string {
	if d.Sort == message.Test {
		return v.T("sent.sort.test")
	}
	var parts []string
	for _, k := range message.Kinds() {
		if n := d.Kinds[k.Kind]; n > 0 {
			parts = append(parts, v.T("sent.of", v.Wording(k.Words), n))
		}
	}
	return v.T("sent.about", v.T("sent.sort."+string(d.Sort)), listed(v, parts))
}

// listed are parts of a sentence, one after the other.
func listed(v page.View, parts []string) string {
	return strings.Join(parts, map[bool]string{true: ", ", false: "、"}[v.Lang == page.English])
}

func sentColumns(v page.View) []page.Column {
	columns := []page.Column{
		{Title: v.T("sent.created")}, {Title: v.T("sent.to")}, {Title: v.T("channels.channel"), Narrow: true}, {Title: v.T("sent.what")},
		{Title: v.T("sent.state")},
	}
	if v.Can("message.channel") {
		columns = append(columns, page.Column{})
	}
	return columns
}

// sentTones say how deliveries are.
var sentTones = map[message.State]page.Tone{
	message.Waiting: page.Info, message.Sent: page.Success, message.Failed: page.Danger, message.Dropped: page.Neutral,
}

func stateOptions(v page.View) []page.Option {
	options := []page.Option{{Label: v.T("sent.state.any")}}
	for _, state := range message.States {
		options = append(options, page.Option{Value: string(state), Label: v.T("sent.state." + string(state))})
	}
	return options
}

func sentChannelOptions(v page.View) []page.Option {
	options := []page.Option{{Label: v.T("sent.channel.any")}}
	for _, c := range message.Channels {
		options = append(options, page.Option{Value: string(c), Label: v.T("channels." + string(c))})
	}
	return options
}

// keepers lead to the pages of those who keep the server, of which one is shown.
func keepers(v page.View, shown string) []page.Tab {
	return []page.Tab{
		{Title: v.T("channels.title"), URL: channelsURL, Active: shown == channelsURL, Count: -1},
		{Title: v.T("rules.title"), URL: rulesURL, Active: shown == rulesURL, Count: -1},
		{Title: v.T("sent.title"), URL: sentURL, Active: shown == sentURL, Count: -1},
	}
}

package webhooks

import (
	"slices"
	"strings"

	"luoshi/internal/access"
	"luoshi/internal/service/notify"
	"luoshi/internal/web/page"
)

// everything is the event that stands for all of them.
const everything = "*"

// eventMark begins the type of every event as it is sent.
const eventMark = "luoshi."

// names are what events are called: as the table of rights calls actions.
type names struct{ rights *access.Table }

func (p *Pages) names() names { return names{p.notify.Rights()} }

// of is what an event is called.
func (n names) of(v page.View, event string) string {
	kind, all := strings.CutSuffix(event, ".*")
	switch {
	case event == everything:
		return v.T("webhooks.event.everything")
	case event == "webhook.ping":
		return v.T("webhooks.event.ping")
	case all:
		return v.T("webhooks.event.all-of", n.kind(v, kind))
	default:
		return v.Text(n.rights.ActionTitle(access.Action(event)))
	}
}

// kind is what the objects of an event are called.
func (n names) kind(v page.View, kind string) string {
	for _, chapter := range n.rights.Chapters() {
		if len(kindsIn(chapter)) > 0 && kindsIn(chapter)[0] == kind {
			return v.Text(chapter.Title)
		}
	}
	return kind
}

// listed are events one after the other.
func (n names) listed(v page.View, events []string) string {
	var texts []string
	for _, event := range events {
		texts = append(texts, n.of(v, event))
	}
	return strings.Join(texts, map[bool]string{true: ", ", false: "、"}[v.Lang == page.English])
}

// sent is what an event is called by its type.
func (n names) sent(v page.View, eventType string) string {
	return n.of(v, strings.TrimPrefix(eventType, eventMark))
}

// choice is an event to choose, chapter those of one kind.
type choice struct {
	event, label string
	ticked       bool
}

type chapter struct {
	title   string
	choices []choice
	ticked  int
}

// chapters are the events to choose from, with those of a form ticked. What nobody is told of is not among them.
func (f form) chapters(v page.View) []chapter {
	var all []chapter
	for _, c := range f.names.rights.Chapters() {
		shown := chapter{title: v.Text(c.Title)}
		add := func(event, label string) {
			ticked := slices.Contains(f.Events, event)
			if ticked {
				shown.ticked++
			}
			shown.choices = append(shown.choices, choice{event, label, ticked})
		}
		for _, kind := range kindsIn(c) {
			add(kind+".*", v.T("webhooks.event.all", kind))
		}
		for _, line := range c.Actions {
			if !silent(line.Action) || slices.Contains(f.Events, string(line.Action)) {
				add(string(line.Action), v.Text(line.Title))
			}
		}
		if len(shown.choices) > len(kindsIn(c)) {
			all = append(all, shown)
		}
	}
	return all
}

// silent tells of an action that nobody is ever told of: it changes nothing, or it changes webhooks themselves.
func silent(action access.Action) bool {
	return strings.HasSuffix(string(action), ".read") || action == "search.run" || strings.HasPrefix(string(action), "webhook.")
}

// kindsIn are the kinds of the actions of a chapter.
func kindsIn(c access.Chapter) []string {
	var kinds []string
	for _, line := range c.Actions {
		kind, _, _ := strings.Cut(string(line.Action), ".")
		if !slices.Contains(kinds, kind) {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// deliveryStates are those that a list can be narrowed to.
var deliveryStates = []notify.DeliveryState{notify.Waiting, notify.Delivered, notify.Failed, notify.Dropped}

// tones say how subscriptions and messages are.
var (
	hookTones = map[notify.State]page.Tone{
		notify.Active: page.Success, notify.Paused: page.Neutral, notify.Disabled: page.Danger,
	}
	deliveryTones = map[notify.DeliveryState]page.Tone{
		notify.Waiting: page.Info, notify.Delivered: page.Success, notify.Failed: page.Danger, notify.Dropped: page.Neutral,
	}
)

func stateOptions(v page.View) []page.Option {
	options := []page.Option{{Label: v.T("webhooks.state.any")}}
	for _, state := range deliveryStates {
		options = append(options, page.Option{Value: string(state), Label: v.T("webhooks.delivery." + string(state))})
	}
	return options
}

func hookColumns(v page.View) []page.Column {
	return []page.Column{
		{Title: v.T("webhooks.address")}, {Title: v.T("webhooks.events"), Narrow: true}, {Title: v.T("webhooks.state")},
		{Title: v.T("webhooks.failures"), Number: true, Narrow: true},
	}
}

func deliveryColumns(v page.View) []page.Column {
	columns := []page.Column{
		{Title: v.T("webhooks.delivery.created")}, {Title: v.T("webhooks.delivery.event")}, {Title: v.T("webhooks.delivery.state")},
		{Title: v.T("webhooks.delivery.attempts"), Number: true, Narrow: true}, {Title: v.T("webhooks.delivery.answer")},
	}
	if v.Can("webhook.edit") {
		columns = append(columns, page.Column{Title: v.T("webhooks.deeds")})
	}
	return columns
}

// differences are what was typed beside what somebody else has made of the subscription meanwhile.
func differences(v page.View, f form, current notify.Webhook) []page.Difference {
	return []page.Difference{
		{Field: v.T("webhooks.address"), Mine: f.Address, Theirs: current.Address},
		{Field: v.T("webhooks.note"), Mine: f.Note, Theirs: current.Note},
		{Field: v.T("webhooks.events"), Mine: f.names.listed(v, f.Events), Theirs: f.names.listed(v, current.Events)},
	}
}

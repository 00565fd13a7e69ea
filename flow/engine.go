package flow

import (
	"fmt"
	"slices"

	"luoshi/calendar"
)

// Case is one run through a definition: an amendment, a submission, an order. It is a value: steps make
// new ones.
type Case struct {
	Flow    string
	Version int
	State   string
	// Last is the date of the last step.
	Last calendar.Date
	// Clocks are those that run or stand still, in the order of the definition.
	Clocks []Term
	// Doers are who did which action, each once, in the order of the steps.
	Doers []Doer
}

// Doer is who did an action.
type Doer struct{ Action, Actor string }

// Step is one action that somebody did or wants to do.
type Step struct {
	Action string
	// Role is that of the definition in which Actor does it.
	Role, Actor string
	On          calendar.Date
	// Facts are the guards that hold.
	Facts  []string
	Reason string
	// Days is by how much a clock is to be extended or how long a term is that is given, in the clock's unit.
	Days int
	// Until is the last day of a term that is given, instead of Days.
	Until calendar.Date
}

// Begin opens a case in the first state.
func (d *Definition) Begin(on calendar.Date, days *calendar.Workdays) (Case, []Event) {
	c := Case{Flow: d.Name, Version: d.Version, Last: on}
	return d.enter(c, &Action{}, Step{On: on}, d.States[0].Name, days)
}

// Apply does one step. The events say what changed. Where the step is not allowed, the error is a
// *Refusal and the case stays as it was.
func (d *Definition) Apply(c Case, s Step, days *calendar.Workdays) (Case, []Event, error) {
	a, to, refusal := d.allows(c, s)
	if refusal != nil {
		return c, nil, refusal
	}
	next := c
	next.Last = s.On
	next.Doers = remember(c.Doers, Doer{s.Action, s.Actor})
	next, events := d.enter(next, a, s, to, days)
	return next, append([]Event{{Kind: Done, On: s.On, Name: a.Name}}, events...), nil
}

// Replay begins a case and does its steps one after another: what a case is, and when its terms end, after
// the calendar was corrected.
func (d *Definition) Replay(begun calendar.Date, steps []Step, days *calendar.Workdays) (Case, []Event, error) {
	c, events := d.Begin(begun, days)
	for i, s := range steps {
		next, more, err := d.Apply(c, s, days)
		if err != nil {
			return c, events, fmt.Errorf("step %d, %s: %w", i+1, s.Action, err)
		}
		c, events = next, append(events, more...)
	}
	return c, events, nil
}

// Offer is an action that may be tried now, and what still stands against it.
type Offer struct {
	Action *Action
	Role   string
	// Against is nil where the action may be done; else a guard or an actor stands in the way.
	Against *Refusal
}

// Offers are the actions of the case's state that an actor with some roles may do, in the order of the
// definition. A missing reason is no obstacle: it is asked for when the action is done.
func (d *Definition) Offers(c Case, roles []string, s Step) []Offer {
	var offers []Offer
	for i := range d.Actions {
		a := &d.Actions[i]
		at := slices.IndexFunc(a.Roles, func(role string) bool { return slices.Contains(roles, role) })
		if _, leaves := a.from(c.State); !leaves || at < 0 {
			continue
		}
		try := s
		try.Action, try.Role, try.Reason, try.Days, try.Until = a.Name, a.Roles[at], "-", 1, calendar.Date{}
		_, _, against := d.allows(c, try)
		offers = append(offers, Offer{Action: a, Role: try.Role, Against: against})
	}
	return offers
}

// from is the state to which the action leads from another.
func (a *Action) from(state string) (to string, ok bool) {
	for _, move := range a.Moves {
		if slices.Contains(move.From, state) {
			return move.To, true
		}
	}
	return "", false
}

// allows is where a step leads, or why it may not be done.
func (d *Definition) allows(c Case, s Step) (*Action, string, *Refusal) {
	if c.Flow != d.Name || c.Version != d.Version {
		return nil, "", &Refusal{Why: OtherFlow, Subject: d.Title}
	}
	a := d.Action(s.Action)
	if a == nil {
		return nil, "", &Refusal{Why: UnknownAction, Subject: Text{s.Action, s.Action}}
	}
	to, leaves := a.from(c.State)
	refuse := func(why Why, detail Text) (*Action, string, *Refusal) {
		return nil, "", &Refusal{Why: why, Subject: a.Title, Detail: detail}
	}
	switch {
	case !leaves:
		return refuse(NotNow, d.title(c.State))
	case !slices.Contains(a.Roles, s.Role):
		return refuse(NotYours, Text{})
	case s.On.Before(c.Last):
		return refuse(TooEarly, Text{c.Last.String(), c.Last.String()})
	case a.NeedsReason && s.Reason == "":
		return refuse(NoReason, Text{})
	}
	for _, guard := range a.If {
		if !slices.Contains(s.Facts, guard) {
			return refuse(Guarded, d.Guard(guard).Title)
		}
	}
	for _, guard := range a.Unless {
		if slices.Contains(s.Facts, guard) {
			return refuse(Blocked, d.Guard(guard).Title)
		}
	}
	for _, doer := range c.Doers {
		if slices.Contains(a.OtherThan, doer.Action) && sameActor(doer.Actor, s.Actor) {
			return refuse(SameActor, d.Action(doer.Action).Title)
		}
	}
	if why := extension(a, c, s); why != "" {
		return refuse(why, d.Clock(a.Extends[0].Clock).Title)
	}
	if set := a.badSetting(s); set != nil {
		return refuse(BadTerm, d.Clock(set.Clock).Title)
	}
	return a, to, nil
}

// title is that of a state; of one that the definition does not know its name.
func (d *Definition) title(state string) Text {
	if s := d.State(state); s != nil {
		return s.Title
	}
	return Text{state, state}
}

// sameActor tells whether two actors may be one person: where one is not named, they may.
func sameActor(a, b string) bool { return a == "" || b == "" || a == b }

func remember(doers []Doer, who Doer) []Doer {
	if slices.Contains(doers, who) {
		return doers
	}
	return append(slices.Clip(doers), who)
}

package flow

import (
	"slices"

	"luoshi/calendar"
)

// Term is a clock of a case.
type Term struct {
	Clock string
	// Due is the last day of the term. While it stands still it is the day that held before.
	Due calendar.Date
	// Estimated tells that the holidays on the way are not all known yet.
	Estimated bool
	// Paused tells that the clock stands still; Left is then what remains of it.
	Paused bool
	Left   int
	// Extensions is how often it was lengthened.
	Extensions int
}

// Overdue are the clocks that ran out before a day, in the order of the definition.
func (c Case) Overdue(on calendar.Date) []Term {
	var over []Term
	for _, t := range c.Clocks {
		if !t.Paused && t.Due.Before(on) {
			over = append(over, t)
		}
	}
	return over
}

// Term is the clock of that name, if it runs or stands still.
func (c Case) Term(clock string) (Term, bool) {
	i := slices.IndexFunc(c.Clocks, func(t Term) bool { return t.Clock == clock })
	if i < 0 {
		return Term{}, false
	}
	return c.Clocks[i], true
}

// enter brings a case into a state and sets its clocks.
func (d *Definition) enter(c Case, a *Action, s Step, state string, days *calendar.Workdays) (Case, []Event) {
	var events []Event
	if state != c.State {
		events = append(events, Event{Kind: Entered, On: s.On, Name: state})
	}
	c.State = state
	var clocks []Term
	for i := range d.Clocks {
		clock := &d.Clocks[i]
		before, known := c.Term(clock.Name)
		t, on := clock.next(before, known, a, s, state, days)
		if on {
			clocks = append(clocks, t)
		}
		if kind := changed(before, known, t, on); kind != "" {
			events = append(events, Event{Kind: kind, On: s.On, Name: clock.Name, Due: t.Due, Estimated: t.Estimated})
		}
	}
	c.Clocks = clocks
	return c, events
}

// next is the clock after a step into a state; on tells whether it is there at all.
func (c *Clock) next(t Term, known bool, a *Action, s Step, state string, days *calendar.Workdays) (next Term, on bool) {
	runs, pauses := slices.Contains(c.RunsIn, state), slices.Contains(c.PausesIn, state)
	switch {
	case runs && s.gives() && a.sets(c.Name):
		t = c.given(s, days)
	case runs && !known && c.Term == 0:
		return Term{}, false
	case runs && (!known || slices.Contains(a.Restarts, c.Name)):
		t = Term{Clock: c.Name}
		t.Due, t.Estimated = c.after(s.On, c.Term, days)
	case runs && t.Paused:
		t = c.resume(t, s.On, days)
	case pauses && known && !t.Paused:
		t.Paused, t.Left = true, c.left(s.On, t.Due, days)
	case !runs && (!pauses || !known):
		return Term{}, false
	}
	for _, e := range a.Extends {
		if e.Clock == c.Name {
			t = c.extend(t, s.Days, days)
		}
	}
	return t, true
}

// gives tells whether a step says how long a term is.
func (s *Step) gives() bool { return s.Days != 0 || !s.Until.IsZero() }

// sets tells whether an action may give a clock its term.
func (a *Action) sets(clock string) bool {
	return slices.ContainsFunc(a.Sets, func(s Setting) bool { return s.Clock == clock })
}

// given is a clock with the term that a step gives it. A last day that is off moves to the next working day.
func (c *Clock) given(s Step, days *calendar.Workdays) Term {
	t := Term{Clock: c.Name}
	if s.Until.IsZero() {
		t.Due, t.Estimated = c.after(s.On, s.Days, days)
	} else {
		t.Due, t.Estimated = days.Add(s.Until, 0)
	}
	return t
}

// Latest is the last day of a clock's term, as it is known on a day: of one that stands still, when it would end if it
// ran on from that day.
func (c *Clock) Latest(t Term, on calendar.Date, days *calendar.Workdays) (due calendar.Date, estimated bool) {
	if t.Paused {
		t = c.resume(t, on, days)
	}
	return t.Due, t.Estimated
}

// resume lets a clock run on with what was left of it. What had run out before the pause stays overdue.
func (c *Clock) resume(t Term, on calendar.Date, days *calendar.Workdays) Term {
	if t.Left >= 0 {
		t.Due, t.Estimated = c.after(on, t.Left, days)
	}
	t.Paused, t.Left = false, 0
	return t
}

func (c *Clock) extend(t Term, by int, days *calendar.Workdays) Term {
	t.Extensions++
	if t.Paused {
		t.Left += by
		return t
	}
	due, estimated := c.after(t.Due, by, days)
	t.Due, t.Estimated = due, t.Estimated || estimated
	return t
}

func (c *Clock) after(from calendar.Date, n int, days *calendar.Workdays) (calendar.Date, bool) {
	if c.Unit == Days {
		return days.AddDays(from, n)
	}
	return days.Add(from, n)
}

func (c *Clock) left(on, due calendar.Date, days *calendar.Workdays) int {
	if c.Unit == Days {
		return on.DaysTo(due)
	}
	return days.Between(on, due)
}

// extension is what forbids the lengthening that a step asks for; empty where nothing does.
func extension(a *Action, c Case, s Step) Why {
	for _, e := range a.Extends {
		t, known := c.Term(e.Clock)
		switch {
		case !known || s.Days < 1 || s.Days > e.Most:
			return TooLong
		case t.Extensions >= e.Times:
			return TooOften
		}
	}
	return ""
}

// badSetting is the clock whose term a step gives as it may not; nil where there is none.
func (a *Action) badSetting(s Step) *Setting {
	for i, set := range a.Sets {
		switch {
		case s.Days < 0 || s.Days > set.Most || s.Days != 0 && !s.Until.IsZero():
			return &a.Sets[i]
		case !s.Until.IsZero() && (s.Until.Before(s.On) || s.On.DaysTo(s.Until) > longestTerm):
			return &a.Sets[i]
		}
	}
	return nil
}

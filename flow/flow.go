// Package flow holds workflows as data: states, actions, who may do them, what must hold, and clocks in
// working days. A definition is read from a small file (see definitions/), checked as a whole, and then
// carries any number of cases. Everything is pure: a case and a step give the next case, so the steps of a
// case, replayed, always give the same.
package flow

// Text is a title in both languages.
type Text struct{ Chinese, English string }

// Definition is a workflow. Parse makes it and guarantees that every state can be reached, that from every
// state an end can be reached, and that all names are known.
type Definition struct {
	Name    string
	Version int
	Title   Text
	Roles   []string
	Guards  []Guard
	States  []State // a case begins in the first
	Clocks  []Clock
	Actions []Action
}

// State is where a case stands between two actions.
type State struct {
	Name  string
	Title Text
	// End tells that nothing more is due. An end may have actions all the same: reopening.
	End  bool
	line int
}

// Guard is a condition that the caller knows about: Title reads as what must hold.
type Guard struct {
	Name  string
	Title Text
	line  int
}

// Clock is a term. It starts when a case enters one of the states in which it runs, stands still in those in
// which it pauses, and ends in any other.
type Clock struct {
	Name  string
	Title Text
	// Term is 0 where each case is given its own: such a clock starts only when an action sets it.
	Term     int
	Unit     TermUnit
	RunsIn   []string
	PausesIn []string
	line     int
}

// TermUnit is what a term is counted in.
type TermUnit string

// A term in days that ends on a holiday ends on the working day after it.
const (
	Workdays TermUnit = "workdays"
	Days     TermUnit = "days"
)

// Action is what somebody may do to a case.
type Action struct {
	Name  string
	Title Text
	Moves []Move
	Roles []string
	// If are guards that must hold, Unless those that must not.
	If, Unless []string
	// OtherThan are actions whose actors may not do this one: who proposes does not approve.
	OtherThan []string
	// NeedsReason tells that a reason must be given.
	NeedsReason bool
	// Restarts are clocks that begin anew.
	Restarts []string
	Extends  []Extension
	// Sets are clocks that begin anew with a term that the step gives; none where it gives none.
	Sets []Setting
	line int
}

// Move leads from any of some states to one.
type Move struct {
	From []string
	To   string
	line int
}

// Extension lets an action lengthen a clock by up to Most at a time, in the clock's unit.
type Extension struct {
	Clock string
	Most  int
	Times int
}

// Setting lets an action give a clock its term, of up to Most in the clock's unit, or a last day.
type Setting struct {
	Clock string
	Most  int
}

// Action is the action of that name, nil where there is none.
func (d *Definition) Action(name string) *Action {
	return named(d.Actions, name, func(a *Action) string { return a.Name })
}

// State is the state of that name, nil where there is none.
func (d *Definition) State(name string) *State {
	return named(d.States, name, func(s *State) string { return s.Name })
}

// Clock is the clock of that name, nil where there is none.
func (d *Definition) Clock(name string) *Clock {
	return named(d.Clocks, name, func(c *Clock) string { return c.Name })
}

// Guard is the guard of that name, nil where there is none.
func (d *Definition) Guard(name string) *Guard {
	return named(d.Guards, name, func(g *Guard) string { return g.Name })
}

func named[T any](list []T, name string, of func(*T) string) *T {
	for i := range list {
		if of(&list[i]) == name {
			return &list[i]
		}
	}
	return nil
}

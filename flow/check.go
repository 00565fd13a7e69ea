package flow

import (
	"fmt"
	"slices"
)

// fault is what is wrong with a definition, and the line to look at.
type fault struct {
	line int
	err  error
}

func wrong(line int, format string, args ...any) *fault {
	return &fault{line, fmt.Errorf(format, args...)}
}

// check finds the first fault of a definition as a whole.
func (d *Definition) check() *fault {
	if d.Name == "" || len(d.States) == 0 || len(d.Actions) == 0 {
		return wrong(1, "a definition has a flow, states and actions")
	}
	for _, part := range []func() *fault{d.checkTwice, d.checkClocks, d.checkActions, d.checkUnused, d.checkPaths} {
		if f := part(); f != nil {
			return f
		}
	}
	return nil
}

func (d *Definition) checkTwice() *fault {
	seen := map[string]bool{}
	twice := func(kind, name string, line int) *fault {
		if key := kind + " " + name; !seen[key] {
			seen[key] = true
			return nil
		}
		return wrong(line, "%s %s stands twice", kind, name)
	}
	for _, role := range d.Roles {
		if f := twice("role", role, 1); f != nil {
			return f
		}
	}
	for i := range d.States {
		if f := twice("state", d.States[i].Name, d.States[i].line); f != nil {
			return f
		}
	}
	for i := range d.Guards {
		if f := twice("guard", d.Guards[i].Name, d.Guards[i].line); f != nil {
			return f
		}
	}
	for i := range d.Clocks {
		if f := twice("clock", d.Clocks[i].Name, d.Clocks[i].line); f != nil {
			return f
		}
	}
	for i := range d.Actions {
		if f := twice("action", d.Actions[i].Name, d.Actions[i].line); f != nil {
			return f
		}
	}
	return nil
}

func (d *Definition) checkStates(names []string, line int) *fault {
	for _, name := range names {
		if d.State(name) == nil {
			return wrong(line, "unknown state %q", name)
		}
	}
	return nil
}

func (d *Definition) checkClocks() *fault {
	for i := range d.Clocks {
		c := &d.Clocks[i]
		if c.Unit == "" || len(c.RunsIn) == 0 {
			return wrong(c.line, "clock %s has no term or runs nowhere", c.Name)
		}
		if f := d.checkStates(slices.Concat(c.RunsIn, c.PausesIn), c.line); f != nil {
			return f
		}
		for _, state := range c.RunsIn {
			if slices.Contains(c.PausesIn, state) {
				return wrong(c.line, "clock %s both runs and pauses in %s", c.Name, state)
			}
		}
		if c.Term == 0 && !slices.ContainsFunc(d.Actions, func(a Action) bool { return a.sets(c.Name) }) {
			return wrong(c.line, "clock %s is given its term by no action", c.Name)
		}
	}
	return nil
}

func (d *Definition) checkActions() *fault {
	for i := range d.Actions {
		a := &d.Actions[i]
		if len(a.Moves) == 0 || len(a.Roles) == 0 {
			return wrong(a.line, "action %s has no move, or nobody may do it", a.Name)
		}
		for _, part := range []func(*Action) *fault{d.checkMoves, d.checkNames, d.checkRestarts, d.checkExtensions, d.checkSettings} {
			if f := part(a); f != nil {
				return f
			}
		}
	}
	return nil
}

func (d *Definition) checkMoves(a *Action) *fault {
	var from []string
	for _, move := range a.Moves {
		if f := d.checkStates(append(slices.Clone(move.From), move.To), move.line); f != nil {
			return f
		}
		for _, state := range move.From {
			if slices.Contains(from, state) {
				return wrong(move.line, "action %s leaves %s twice", a.Name, state)
			}
			from = append(from, state)
		}
	}
	return nil
}

func (d *Definition) checkNames(a *Action) *fault {
	for _, role := range a.Roles {
		if !slices.Contains(d.Roles, role) {
			return wrong(a.line, "action %s: unknown role %q", a.Name, role)
		}
	}
	for _, guard := range slices.Concat(a.If, a.Unless) {
		if d.Guard(guard) == nil {
			return wrong(a.line, "action %s: unknown guard %q", a.Name, guard)
		}
	}
	for _, other := range a.OtherThan {
		if d.Action(other) == nil {
			return wrong(a.line, "action %s: unknown action %q", a.Name, other)
		}
	}
	return nil
}

// checkRestarts sees that a clock has a term and runs where it is restarted.
func (d *Definition) checkRestarts(a *Action) *fault {
	for _, name := range a.Restarts {
		c := d.Clock(name)
		if c == nil || c.Term == 0 {
			return wrong(a.line, "action %s: unknown clock %q, or one whose term is given", a.Name, name)
		}
		if f := c.runsAfter(a, "restarted"); f != nil {
			return f
		}
	}
	return nil
}

// checkSettings sees that a clock runs where it is given its term. A step gives one number of days.
func (d *Definition) checkSettings(a *Action) *fault {
	for i, set := range a.Sets {
		c := d.Clock(set.Clock)
		if c == nil || i > 0 || len(a.Extends) > 0 {
			return wrong(a.line, "action %s: sets one known clock and extends none, not %q", a.Name, set.Clock)
		}
		if f := c.runsAfter(a, "set"); f != nil {
			return f
		}
	}
	return nil
}

// runsAfter sees that a clock runs wherever an action leads.
func (c *Clock) runsAfter(a *Action, done string) *fault {
	for _, move := range a.Moves {
		if !slices.Contains(c.RunsIn, move.To) {
			return wrong(move.line, "clock %s does not run in %s and cannot be %s", c.Name, move.To, done)
		}
	}
	return nil
}

// checkExtensions sees that a clock is there where it is extended.
func (d *Definition) checkExtensions(a *Action) *fault {
	for i, e := range a.Extends {
		c := d.Clock(e.Clock)
		if c == nil || i > 0 {
			return wrong(a.line, "action %s: extends one known clock, not %q", a.Name, e.Clock)
		}
		for _, move := range a.Moves {
			for _, state := range append(slices.Clone(move.From), move.To) {
				if !slices.Contains(c.RunsIn, state) && !slices.Contains(c.PausesIn, state) {
					return wrong(move.line, "clock %s has ended in %s and cannot be extended", e.Clock, state)
				}
			}
		}
	}
	return nil
}

// checkUnused finds roles and guards that no action names: most often a slip in a name.
func (d *Definition) checkUnused() *fault {
	for _, role := range d.Roles {
		if !slices.ContainsFunc(d.Actions, func(a Action) bool { return slices.Contains(a.Roles, role) }) {
			return wrong(1, "role %s may do nothing", role)
		}
	}
	for _, guard := range d.Guards {
		if !slices.ContainsFunc(d.Actions, func(a Action) bool {
			return slices.Contains(a.If, guard.Name) || slices.Contains(a.Unless, guard.Name)
		}) {
			return wrong(guard.line, "guard %s guards nothing", guard.Name)
		}
	}
	return nil
}

// checkPaths finds states that cannot be reached, and those from which no end can.
func (d *Definition) checkPaths() *fault {
	reached := d.spread([]string{d.States[0].Name}, func(m Move) ([]string, []string) { return m.From, []string{m.To} })
	var ends []string
	for _, s := range d.States {
		if !reached[s.Name] {
			return wrong(s.line, "state %s cannot be reached", s.Name)
		}
		if s.End {
			ends = append(ends, s.Name)
		}
	}
	ending := d.spread(ends, func(m Move) ([]string, []string) { return []string{m.To}, m.From })
	for _, s := range d.States {
		if !ending[s.Name] {
			return wrong(s.line, "state %s is a dead end: no end can be reached from it", s.Name)
		}
	}
	return nil
}

// spread is everything that can be reached from some states over moves, taken in the direction given.
func (d *Definition) spread(from []string, direction func(Move) (here, there []string)) map[string]bool {
	reached := map[string]bool{}
	for _, name := range from {
		reached[name] = true
	}
	for grown := true; grown; {
		grown = false
		for _, a := range d.Actions {
			for _, m := range a.Moves {
				here, there := direction(m)
				if !slices.ContainsFunc(here, func(s string) bool { return reached[s] }) {
					continue
				}
				for _, s := range there {
					grown = grown || !reached[s]
					reached[s] = true
				}
			}
		}
	}
	return reached
}

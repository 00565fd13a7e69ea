package ledger

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"luoshi/calendar"
)

// Tree is the units of a government with all their changes: who was called what, and who answered to
// whom, on any date.
type Tree struct {
	units   []Unit // in the order in which they are listed
	byID    map[UnitID]int
	changes map[UnitID][]UnitChange // by date
	below   below
}

// NewTree puts units and their changes together. A tree with problems still answers for what is sound.
func NewTree(units []Unit, changes []UnitChange) (*Tree, Problems) {
	t := &Tree{units: slices.Clone(units), byID: map[UnitID]int{}, changes: map[UnitID][]UnitChange{}}
	slices.SortStableFunc(t.units, func(a, b Unit) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	for i, unit := range t.units {
		t.byID[unit.ID] = i
	}
	for _, change := range changes {
		t.changes[change.Unit] = append(t.changes[change.Unit], change)
	}
	for _, unit := range t.units {
		own := t.changes[unit.ID]
		slices.SortStableFunc(own, func(a, b UnitChange) int { return compareDates(a.On, b.On) })
	}
	return t, t.problems(units, changes)
}

func compareDates(a, b calendar.Date) int {
	switch {
	case a.Before(b):
		return -1
	case b.Before(a):
		return 1
	}
	return 0
}

// Unit is the unit as it was founded.
func (t *Tree) Unit(id UnitID) (Unit, bool) {
	i, ok := t.byID[id]
	if !ok {
		return Unit{}, false
	}
	return t.units[i], true
}

// Units are all units that ever were, in the order in which they are listed.
func (t *Tree) Units() []Unit { return slices.Clone(t.units) }

// Len is how many units there ever were.
func (t *Tree) Len() int { return len(t.units) }

// until are the changes of a unit that have taken effect on a date.
func (t *Tree) until(id UnitID, on calendar.Date) []UnitChange {
	own := t.changes[id]
	n := 0
	for n < len(own) && !on.Before(own[n].On) {
		n++
	}
	return own[:n]
}

// Exists tells whether a unit is there on a date.
func (t *Tree) Exists(id UnitID, on calendar.Date) bool {
	unit, ok := t.Unit(id)
	if !ok || on.Before(unit.Since) {
		return false
	}
	_, ended := t.end(id, on)
	return !ended
}

// end is the change by which a unit has ended on a date.
func (t *Tree) end(id UnitID, on calendar.Date) (UnitChange, bool) {
	for _, change := range t.until(id, on) {
		if change.Kind.ends() {
			return change, true
		}
	}
	return UnitChange{}, false
}

// Name is what a unit is called on a date: its last name if it has ended, its first before it was founded.
func (t *Tree) Name(id UnitID, on calendar.Date) string {
	name, _ := t.names(id, on)
	return name
}

func (t *Tree) names(id UnitID, on calendar.Date) (name string, aliases []string) {
	unit, ok := t.Unit(id)
	if !ok {
		return "", nil
	}
	name, aliases = unit.Name, unit.Aliases
	for _, change := range t.until(id, on) {
		if change.Kind == Renamed {
			name, aliases = change.Name, change.Aliases
		}
	}
	return name, aliases
}

// Parent is whom a unit answers to on a date; empty at the top. A parent that has ended is replaced by
// the one unit that took over, where there is one.
func (t *Tree) Parent(id UnitID, on calendar.Date) UnitID {
	unit, ok := t.Unit(id)
	if !ok {
		return ""
	}
	parent := unit.Parent
	for _, change := range t.until(id, on) {
		if change.Kind == Moved {
			parent = change.Parent
		}
	}
	if heirs := t.Successors(parent, on); len(heirs) == 1 {
		return heirs[0]
	}
	return parent
}

// Successors are the units that stand for a unit on a date: itself while it exists, otherwise all that
// took over from it, step by step. None stand for a unit that was abolished.
func (t *Tree) Successors(id UnitID, on calendar.Date) []UnitID {
	var heirs []UnitID
	seen := map[UnitID]bool{}
	var follow func(UnitID)
	follow = func(id UnitID) {
		if seen[id] {
			return
		}
		seen[id] = true
		change, ended := t.end(id, on)
		if !ended {
			if _, known := t.Unit(id); known {
				heirs = append(heirs, id)
			}
			return
		}
		for _, into := range change.Into {
			follow(into)
		}
	}
	follow(id)
	return heirs
}

// Children are the units that answer to a unit on a date, in their order.
func (t *Tree) Children(id UnitID, on calendar.Date) []UnitID {
	t.below.mu.Lock()
	defer t.below.mu.Unlock()
	known, there := t.below.on[on]
	if !there {
		if len(t.below.on) == mostDates || t.below.on == nil {
			t.below.on = map[calendar.Date]map[UnitID][]UnitID{}
		}
		known = t.belowOn(on)
		t.below.on[on] = known
	}
	return slices.Clone(known[id])
}

// below is who answers to whom on the dates that were asked for: pages that list a tree ask for the children of every
// unit on one date, and forms for those on the last days of their periods.
type below struct {
	mu sync.Mutex
	on map[calendar.Date]map[UnitID][]UnitID
}

// mostDates is for how many dates it is kept who answers to whom: those of a year's periods and today.
const mostDates = 24

func (t *Tree) belowOn(on calendar.Date) map[UnitID][]UnitID {
	of := map[UnitID][]UnitID{}
	for _, unit := range t.units {
		if parent := t.Parent(unit.ID, on); parent != unit.ID && t.Exists(unit.ID, on) {
			of[parent] = append(of[parent], unit.ID)
		}
	}
	return of
}

// Within tells whether a unit is another one or answers to it, directly or through others, on a date.
func (t *Tree) Within(id, above UnitID, on calendar.Date) bool {
	for range len(t.units) + 1 {
		if id == above {
			return id != ""
		}
		if id == "" {
			return false
		}
		id = t.Parent(id, on)
	}
	return false
}

// shortest is the least length of a name that may be recognised by its end: 区财政局.
const shortest = 3

// Find is the unit that a text names on a date: by its name, an alias, or the end of its name, as 区财政局
// for 望溪区财政局. Nothing is found where the text fits several units.
func (t *Tree) Find(name string, on calendar.Date) (UnitID, bool) {
	name = strings.TrimSpace(name)
	var exact, ending []UnitID
	for _, unit := range t.units {
		if !t.Exists(unit.ID, on) {
			continue
		}
		full, aliases := t.names(unit.ID, on)
		switch {
		case full == name || slices.Contains(aliases, name):
			exact = append(exact, unit.ID)
		case utf8.RuneCountInString(name) >= shortest && strings.HasSuffix(full, name):
			ending = append(ending, unit.ID)
		}
	}
	if len(exact) > 0 {
		return exact[0], len(exact) == 1
	}
	if len(ending) != 1 {
		return "", false
	}
	return ending[0], true
}

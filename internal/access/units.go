package access

import (
	"slices"

	"luoshi/calendar"
	"luoshi/ledger"
)

// Units is the tree of units as it stands on one day. What belonged to a unit that was merged into another
// belongs to that one; what belonged to a unit that was split stays its own until it is assigned anew.
type Units struct {
	order  []Unit
	heir   map[Unit]Unit
	parent map[Unit]Unit
}

// UnitsOn is the tree on a day. It never changes once made, so it may be shared.
func UnitsOn(tree *ledger.Tree, on calendar.Date) *Units {
	u := &Units{heir: map[Unit]Unit{}, parent: map[Unit]Unit{}}
	for _, unit := range tree.Units() {
		u.order = append(u.order, unit.ID)
		u.heir[unit.ID] = unit.ID
		if heirs := tree.Successors(unit.ID, on); len(heirs) == 1 {
			u.heir[unit.ID] = heirs[0]
		}
		u.parent[unit.ID] = tree.Parent(unit.ID, on)
	}
	return u
}

// Object is what of an object bears on access, by the units that are written down for it.
func (u *Units) Object(lead Unit, cooperating []Unit, published bool) Object {
	o := Object{Unit: u.heirOf(lead), Published: published}
	o.Above = u.above(o.Unit)
	for _, unit := range cooperating {
		o.Cooperating = append(o.Cooperating, u.heirOf(unit))
	}
	return o
}

func (u *Units) heirOf(unit Unit) Unit {
	if heir, known := u.heir[unit]; known {
		return heir
	}
	return unit
}

// above are the units above another. A tree that goes in a circle is broken; the walk ends all the same.
func (u *Units) above(unit Unit) []Unit {
	var above []Unit
	for parent := u.parent[unit]; parent != "" && !slices.Contains(above, parent); parent = u.parent[parent] {
		above = append(above, parent)
	}
	return above
}

// reach are the units, as they are written down, whose objects a scope covers as their own or from above,
// and those whose cooperation it covers.
func (u *Units) reach(s Scope) (owners, cooperating []Unit) {
	for _, unit := range u.order {
		heir := u.heir[unit]
		if slices.Contains(s.Own, heir) || slices.ContainsFunc(u.above(heir), func(above Unit) bool { return slices.Contains(s.Above, above) }) {
			owners = append(owners, unit)
		}
		if slices.Contains(s.Cooperating, heir) {
			cooperating = append(cooperating, unit)
		}
	}
	return owners, cooperating
}

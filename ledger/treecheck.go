package ledger

import "luoshi/calendar"

// problems tells what is wrong with units and changes, by themselves and among each other.
func (t *Tree) problems(units []Unit, changes []UnitChange) Problems {
	var found Problems
	seen := map[UnitID]bool{}
	for i, unit := range units {
		place := at("units", i)
		found.within(place, unit.Validate())
		found.add(!seen[unit.ID], "unit.twice", place+"/id", unit.Name)
		seen[unit.ID] = true
		_, known := t.byID[unit.Parent]
		found.add(unit.Parent == "" || known, "unit.parent_unknown", place+"/parent", unit.Name)
		found.add(!t.circular(unit.ID, unit.Since), "unit.circle", place+"/parent", unit.Name)
	}
	for i, change := range changes {
		found.within(at("changes", i), change.Validate())
		found.within(at("changes", i), t.changeProblems(change))
	}
	return found
}

// changeProblems tells how a change does not fit the units and the other changes.
func (t *Tree) changeProblems(change UnitChange) Problems {
	var found Problems
	unit, known := t.Unit(change.Unit)
	found.add(known, "unit_change.unit_unknown", "unit")
	if !known {
		return found
	}
	end, ended := t.end(change.Unit, change.On)
	later := ended && (end.On != change.On || end.Kind != change.Kind)
	found.add(!later, "unit_change.after_end", "on", unit.Name)
	found.add(!change.On.Before(unit.Since), "unit_change.before_founding", "on", unit.Name)
	for i, heir := range change.Into {
		found.add(t.Exists(heir, change.On), "unit_change.heir_missing", at("into", i))
	}
	if change.Kind == Moved {
		found.add(t.Exists(change.Parent, change.On), "unit_change.parent", "parent")
		found.add(!t.circular(change.Unit, change.On), "unit.circle", "parent", unit.Name)
	}
	return found
}

// circular tells whether a unit is above itself on a date.
func (t *Tree) circular(id UnitID, on calendar.Date) bool {
	above := t.Parent(id, on)
	for range len(t.units) {
		if above == "" {
			return false
		}
		if above == id {
			return true
		}
		above = t.Parent(above, on)
	}
	return above != ""
}

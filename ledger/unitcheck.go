package ledger

import "slices"

// Validate tells what is wrong with a unit by itself; NewTree tells what is wrong among units.
func (u Unit) Validate() Problems {
	var found Problems
	found.add(wellFormed(u.ID), "id.malformed", "id", string(u.ID))
	found.add(u.Parent == "" || wellFormed(u.Parent), "id.malformed", "parent", string(u.Parent))
	found.add(u.Parent == "" || u.Parent != u.ID, "unit.own_parent", "parent", u.Name)
	found.add(slices.Contains(UnitKinds(), u.Kind), "unit.kind", "kind", string(u.Kind))
	found.add(!blank(u.Name), "unit.name", "name")
	for i, alias := range u.Aliases {
		found.add(!blank(alias), "unit.alias", at("aliases", i))
	}
	return found
}

// Validate tells what is wrong with a change by itself.
func (c UnitChange) Validate() Problems {
	var found Problems
	found.add(wellFormed(c.Unit), "id.malformed", "unit", string(c.Unit))
	found.add(!c.On.IsZero(), "unit_change.date", "on")
	found.add(!slices.Contains(c.Into, c.Unit), "unit_change.into_itself", "into")
	switch c.Kind {
	case Renamed:
		found.add(!blank(c.Name), "unit_change.name", "name")
	case Moved:
		found.add(wellFormed(c.Parent) && c.Parent != c.Unit, "unit_change.parent", "parent")
	case Merged:
		found.add(len(c.Into) == 1, "unit_change.merged_into", "into")
	case Split:
		found.add(len(c.Into) > 1 && distinct(c.Into), "unit_change.split_into", "into")
	case Abolished:
		found.add(len(c.Into) == 0, "unit_change.abolished_into", "into")
	default:
		found.add(false, "unit_change.kind", "kind", string(c.Kind))
	}
	return found
}

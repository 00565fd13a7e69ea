package access

import "slices"

// Scope says for which units' objects an action is allowed: what a list may show. The zero Scope is empty.
type Scope struct {
	All       bool // whatever unit, or none
	NoUnit    bool // what belongs to no unit
	Published bool // what was made public
	// Own, Above and Cooperating are the actor's units, sorted: objects of those units, of units beneath
	// those, and objects in which those cooperate.
	Own, Above, Cooperating []Unit
}

// Scope is what an actor may do an action to. Every object for which Can allows it is covered, and no other.
func (t *Table) Scope(actor Actor, action Action) Scope {
	entry := t.actions[action]
	if entry == nil || actor.limited(action) {
		return Scope{}
	}
	var s Scope
	for _, post := range actor.posts() {
		if post.holds(action) {
			s.add(post.Unit, entry.grants[post.Role])
		}
	}
	if s.All {
		return Scope{All: true}
	}
	for _, units := range []*[]Unit{&s.Own, &s.Above, &s.Cooperating} {
		slices.Sort(*units)
		*units = slices.Compact(*units)
	}
	return s
}

func (s *Scope) add(unit Unit, grant relation) {
	s.All = s.All || grant&anyUnit != 0
	s.NoUnit = s.NoUnit || grant&noUnit != 0
	s.Published = s.Published || grant&published != 0
	if unit == "" {
		return
	}
	if grant&own != 0 {
		s.Own = append(s.Own, unit)
	}
	if grant&subordinate != 0 {
		s.Above = append(s.Above, unit)
	}
	if grant&cooperating != 0 {
		s.Cooperating = append(s.Cooperating, unit)
	}
}

// IsEmpty tells whether the scope covers nothing.
func (s Scope) IsEmpty() bool {
	return !s.All && !s.NoUnit && !s.Published && len(s.Own)+len(s.Above)+len(s.Cooperating) == 0
}

// Covers tells whether an object is within the scope.
func (s Scope) Covers(o Object) bool {
	common := func(mine, its []Unit) bool {
		return slices.ContainsFunc(its, func(u Unit) bool { return slices.Contains(mine, u) })
	}
	return s.All || s.NoUnit && o.Unit == "" || s.Published && o.Published ||
		slices.Contains(s.Own, o.Unit) || common(s.Above, o.Above) || common(s.Cooperating, o.Cooperating)
}

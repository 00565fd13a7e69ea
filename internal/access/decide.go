package access

import "slices"

// Decision is the answer to whether an actor may do something to an object.
type Decision struct {
	Allowed bool
	// By is the post that allows it; its For names whom the actor stands in for.
	By Post
	// Refusal says why not; its zero value where it is allowed.
	Refusal Refusal
}

// Can tells whether an actor may do something to an object, and if not, why and whom to ask.
func (t *Table) Can(actor Actor, action Action, object Object) Decision {
	entry := t.actions[action]
	if entry == nil {
		return Decision{Refusal: t.refuse(UnknownAction, actor, action, object)}
	}
	if actor.limited(action) {
		return Decision{Refusal: t.refuse(BeyondToken, actor, action, object)}
	}
	why := NoRole
	for _, post := range actor.posts() {
		grant := entry.grants[post.Role]
		if grant == 0 || !post.holds(action) {
			continue
		}
		if grant&post.relations(object) != 0 {
			return Decision{Allowed: true, By: post}
		}
		if post.Role != Public {
			why = OtherUnit
		}
	}
	return Decision{Refusal: t.refuse(t.sharpen(why, actor, entry), actor, action, object)}
}

// May tells whether an actor may do something to at least some objects: whether a menu shows it.
func (t *Table) May(actor Actor, action Action) bool {
	return !t.Scope(actor, action).IsEmpty()
}

// sharpen tells apart the reasons for which no role of the actor allows an action.
func (t *Table) sharpen(why Why, actor Actor, entry *actionEntry) Why {
	if why != NoRole {
		return why
	}
	if actor.Account == "" {
		return NotSignedIn
	}
	for _, apart := range t.apart {
		mine, theirs := false, len(entry.grants) > 0
		for _, post := range actor.Posts {
			mine = mine || slices.Contains(apart, post.Role)
		}
		for role := range entry.grants {
			theirs = theirs && slices.Contains(apart, role)
		}
		if mine && theirs {
			return Separated
		}
	}
	return NoRole
}

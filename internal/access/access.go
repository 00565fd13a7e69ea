// Package access says who may do what. One table, rights.txt, gives for every role and action the
// relations of an object to the actor's unit under which the action is allowed. The check of a page (Can)
// and the scope of a list (Scope) are both read from it, so that a list never shows what a page refuses.
package access

import (
	"slices"

	"luoshi/ledger"
)

// Role is a name of rights.txt: unit-head.
type Role string

// Public is the role that everybody holds, signed in or not.
const Public Role = "public"

// Action is a name of rights.txt: what is done to which kind of object, commitment.correct.
type Action string

// Unit identifies a unit of the tree; empty where there is none.
type Unit = ledger.UnitID

// Text is something said to users, in both languages.
type Text struct{ Chinese, English string }

// Object is what of an object bears on access to it.
type Object struct {
	// Unit leads or owns the object; empty for what belongs to none: settings, the log.
	Unit Unit
	// Above are the units above Unit in the tree, in any order. Units.Object fills them in.
	Above []Unit
	// Cooperating are the units that take part.
	Cooperating []Unit
	// Published tells that the object was made public.
	Published bool
}

// Post is a role held in a unit.
type Post struct {
	Role Role
	Unit Unit
	// For is the account whose post it is where the actor only stands in for it.
	For ledger.AccountID
	// Only are the actions to which a delegation is limited; nil means all of the role.
	Only []Action
}

// Actor is somebody on one day: Standing makes it of appointments and delegations. The zero Actor has not
// signed in.
type Actor struct {
	Account ledger.AccountID
	Posts   []Post
	// Limit are the actions of an API token; nil means no limit.
	Limit []Action
}

// posts are the actor's and the one that everybody has.
func (a Actor) posts() []Post {
	return append(slices.Clip(a.Posts), Post{Role: Public})
}

func (a Actor) limited(action Action) bool {
	return a.Limit != nil && !slices.Contains(a.Limit, action)
}

// holds tells whether the post stands for the action at all.
func (p Post) holds(action Action) bool {
	return p.Only == nil || slices.Contains(p.Only, action)
}

// relations are all that an object has to the unit of the post.
func (p Post) relations(o Object) relation {
	r := anyUnit
	if o.Unit == "" {
		r |= noUnit
	}
	if o.Published {
		r |= published
	}
	if p.Unit == "" {
		return r
	}
	if o.Unit == p.Unit {
		r |= own
	}
	if slices.Contains(o.Above, p.Unit) {
		r |= subordinate
	}
	if slices.Contains(o.Cooperating, p.Unit) {
		r |= cooperating
	}
	return r
}

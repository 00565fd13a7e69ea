package access

import "slices"

// Holder says who may do an action, where that is no matter of roles.
type Holder string

const (
	ByRole  Holder = ""        // the roles of its line
	Oneself Holder = "oneself" // everybody who has signed in, to his own account
	Program Holder = "program" // the program itself, as it happens
)

// HolderOf tells who may do an action; an unknown one is a matter of roles, of which none has it.
func (t *Table) HolderOf(action Action) Holder {
	if e := t.actions[action]; e != nil {
		return e.holder
	}
	return ByRole
}

// MayOwn tells whether an actor may do an action of everybody's to his own account, and if not, why.
func (t *Table) MayOwn(actor Actor, action Action) Decision {
	switch {
	case t.HolderOf(action) != Oneself:
		return Decision{Refusal: t.refuse(UnknownAction, actor, action, Object{})}
	case actor.Account == "":
		return Decision{Refusal: t.refuse(NotSignedIn, actor, action, Object{})}
	case actor.Limit != nil && !slices.Contains(actor.Limit, action):
		return Decision{Refusal: t.refuse(BeyondToken, actor, action, Object{})}
	}
	return Decision{Allowed: true}
}

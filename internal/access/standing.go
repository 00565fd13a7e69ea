package access

import (
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/ledger"
)

// Appointment gives a role in a unit to an account for a span of days. A zero From or Until is open.
type Appointment struct {
	Account ledger.AccountID
	Role    Role
	Unit    Unit
	During  calendar.Period
}

// Delegation lets one account stand in for another in a post, for a span of days with both ends.
type Delegation struct {
	From, To ledger.AccountID
	Role     Role
	Unit     Unit
	During   calendar.Period
	// Only are the actions that are handed over; nil means all of the role.
	Only []Action
	// Reason is what the log says of it.
	Reason string
}

// Standing is an account on one day: its own posts, then those in which it stands in for others. A
// delegation counts only while who gave it holds the post himself, so a right cannot be handed on, and
// only where the rules of CheckDelegation allow it.
func (t *Table) Standing(account ledger.AccountID, on calendar.Date, appointments []Appointment, delegations []Delegation) Actor {
	actor := Actor{Account: account}
	for _, a := range appointments {
		if a.Account == account && during(a.During, on) {
			actor.Posts = append(actor.Posts, Post{Role: a.Role, Unit: a.Unit})
		}
	}
	for _, d := range delegations {
		if d.To == account && during(d.During, on) && t.CheckDelegation(d, on, appointments) == nil {
			actor.Posts = append(actor.Posts, Post{Role: d.Role, Unit: d.Unit, For: d.From, Only: slices.Clone(d.Only)})
		}
	}
	return actor
}

func during(p calendar.Period, on calendar.Date) bool {
	return (p.From.IsZero() || !on.Before(p.From)) && (p.To.IsZero() || !p.To.Before(on))
}

// CheckDelegation tells what forbids a delegation on a day; nil where nothing does.
func (t *Table) CheckDelegation(d Delegation, on calendar.Date, appointments []Appointment) error {
	switch {
	case d.From == d.To:
		return fmt.Errorf("delegate %s: nobody stands in for himself", d.Role)
	case d.During.From.IsZero() || d.During.To.IsZero() || d.During.To.Before(d.During.From):
		return fmt.Errorf("delegate %s: a delegation has a first and a last day", d.Role)
	case slices.Contains(t.undelegated, d.Role):
		return fmt.Errorf("delegate %s: this role is never delegated", d.Role)
	case d.Only != nil && len(d.Only) == 0:
		return fmt.Errorf("delegate %s: no action is named", d.Role)
	}
	for _, action := range d.Only {
		if entry := t.actions[action]; entry == nil || entry.grants[d.Role] == 0 {
			return fmt.Errorf("delegate %s: the role has no action %s to hand over", d.Role, action)
		}
	}
	for _, a := range appointments {
		if a.Account == d.From && a.Role == d.Role && a.Unit == d.Unit && during(a.During, on) {
			return nil
		}
	}
	return fmt.Errorf("delegate %s: %s does not hold the post on %s", d.Role, d.From, on)
}

// CheckRoles tells whether one account may hold these roles together: roles that are kept apart
// (三员分立) may not meet in one account.
func (t *Table) CheckRoles(roles ...Role) error {
	for _, role := range roles {
		if !t.Knows(role) {
			return fmt.Errorf("unknown role %q", role)
		}
	}
	for _, apart := range t.apart {
		var held []Role
		for _, role := range roles {
			if slices.Contains(apart, role) && !slices.Contains(held, role) {
				held = append(held, role)
			}
		}
		if len(held) > 1 {
			return &Combination{Roles: held, titles: [2]Text{t.Title(held[0]), t.Title(held[1])}}
		}
	}
	return nil
}

// Combination is the error of roles that one account may not hold together.
type Combination struct {
	Roles  []Role
	titles [2]Text
}

// Text is the error as a user reads it.
func (c *Combination) Text() Text {
	a, b := c.titles[0], c.titles[1]
	return Text{
		"三员分立：一个账号不能同时担任" + a.Chinese + "和" + b.Chinese + "。",
		"Duties are kept apart: one account cannot be both " + a.English + " and " + b.English + ".",
	}
}

func (c *Combination) Error() string { return c.Text().English }

package access_test

import (
	"testing"

	"luoshi/internal/access"
)

func TestChaptersHoldTheWholeTable(t *testing.T) {
	table := access.Rights()
	var actions []access.Action
	for _, c := range table.Chapters() {
		for _, line := range c.Actions {
			actions = append(actions, line.Action)
			if len(line.Cells) != len(table.Roles()) {
				t.Fatalf("%s has %d cells for %d roles", line.Action, len(line.Cells), len(table.Roles()))
			}
			for i, role := range table.Roles() {
				actor := access.Actor{Account: "a", Posts: []access.Post{{Role: role, Unit: "u"}}}
				if role == access.Public {
					actor = access.Actor{}
				}
				may := table.MayOwn(actor, line.Action).Allowed || holds(table, actor, line.Action, role)
				if (line.Cells[i].Chinese != "") != may {
					t.Errorf("%s, %s: the cell says %q", line.Action, role, line.Cells[i].Chinese)
				}
			}
		}
	}
	if want := table.Actions(); len(actions) != len(want) {
		t.Errorf("%d actions are shown, there are %d", len(actions), len(want))
	}
}

// holds tells whether the role itself, and not what the public may do, allows an action to anything.
func holds(table *access.Table, actor access.Actor, action access.Action, role access.Role) bool {
	scope := table.Scope(actor, action)
	if role != access.Public {
		scope.Published = scope.Published && !table.Scope(access.Actor{}, action).Published
	}
	return !scope.IsEmpty()
}

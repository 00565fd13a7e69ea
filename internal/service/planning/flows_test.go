package planning

import (
	"slices"
	"testing"

	"luoshi/flow"
	"luoshi/internal/access"
)

// TestStepsAndRightsAgree holds the workflows against the table of rights: whoever a workflow lets take a step has
// the right to it, and nobody else.
func TestStepsAndRightsAgree(t *testing.T) {
	s := New(nil, Options{})
	table := access.Rights()
	named := 0
	for _, d := range []*flow.Definition{s.publication, s.amendment} {
		for _, action := range d.Actions {
			right, ours := rights()[d.Name+"/"+action.Name]
			if !ours {
				if action.Name != "object" {
					t.Errorf("%s of %s has no right", action.Name, d.Name)
				}
				continue
			}
			named++
			if !table.Has(right) {
				t.Errorf("there is no action %s", right)
			}
			for _, role := range table.Roles() {
				actor := access.Actor{Account: "a", Posts: []access.Post{{Role: role, Unit: "u"}}}
				if role == access.Public {
					continue
				}
				if may := table.May(actor, right); may != slices.Contains(action.Roles, string(role)) {
					t.Errorf("%s of %s by a %s: the workflow says %t, %s says %t", action.Name, d.Name, role, !may, right, may)
				}
			}
		}
	}
	if named != len(rights()) {
		t.Errorf("steps.txt names %d steps, %d are in the workflows", len(rights()), named)
	}
}

package access_test

import (
	"slices"
	"testing"

	"luoshi/flow"
	"luoshi/internal/access"
)

// A workflow names roles, and the table of rights knows them; a step that is also an action of the table
// is open to none who may not do the action.
func TestWorkflowsAgreeWithTheRights(t *testing.T) {
	shipped, err := flow.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	steps := map[string]map[string]access.Action{
		"amendment": {"propose": "amendment.propose", "return": "amendment.review", "pass": "amendment.review", "delay": "amendment.review",
			"approve": "amendment.approve", "refuse": "amendment.approve", "withdraw": "amendment.withdraw", "supplement": "amendment.propose"},
		"plan-publication": {"consult": "plan.submit", "submit": "plan.submit", "extend": "plan.submit", "rework": "plan.edit",
			"approve": "plan.approve", "publish": "plan.publish", "object": "assignment.object"},
	}
	for _, d := range shipped {
		for _, role := range d.Roles {
			if !slices.Contains(access.Rights().Roles(), access.Role(role)) {
				t.Errorf("%s: the table has no role %s", d.Name, role)
			}
		}
		for _, step := range d.Actions {
			action, asked := steps[d.Name][step.Name]
			for _, role := range step.Roles {
				if asked && !access.Rights().May(as(access.Role(role), "bureau"), action) {
					t.Errorf("%s: %s may do the step %s, but not %s", d.Name, role, step.Name, action)
				}
			}
		}
	}
}

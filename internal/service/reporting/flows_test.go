package reporting

import (
	"slices"
	"testing"

	"luoshi/flow"
	"luoshi/internal/access"
	"luoshi/internal/service/workflow"
	"luoshi/ledger/reporting"
)

// TestStepsAndRightsAgree holds the workflows against the table of rights: whoever a workflow lets take a step has the
// right to it, and nobody else.
func TestStepsAndRightsAgree(t *testing.T) {
	table, steps := access.Rights(), workflow.ParseSteps(stepLines)
	named := 0
	for _, name := range []string{"submission", "correction"} {
		for _, action := range workflow.Shipped(name).Actions {
			right, ours := steps[name+"/"+action.Name]
			if !ours {
				if action.Name != "refer" { // the program does it, with the head's word
					t.Errorf("%s of %s has no right", action.Name, name)
				}
				continue
			}
			named++
			for _, role := range table.Roles() {
				actor := access.Actor{Account: "a", Posts: []access.Post{{Role: role, Unit: "u"}}}
				if may := table.May(actor, right); role != access.Public && may != slices.Contains(action.Roles, string(role)) {
					t.Errorf("%s of %s by a %s: the workflow says %t, %s says %t", action.Name, name, role, !may, right, may)
				}
			}
		}
	}
	if named != len(steps) {
		t.Errorf("steps.txt names %d steps, %d are in the workflows", len(steps), named)
	}
}

// TestStatesHaveTheirNames: what the ledger calls the states of a submission and a correction are those of the workflows.
func TestStatesHaveTheirNames(t *testing.T) {
	for name, states := range map[string][]string{
		"submission": {
			string(reporting.Drafted), string(reporting.Returned), string(reporting.Submitted), string(reporting.Approved),
			string(reporting.Statistic), string(reporting.Reviewed), string(reporting.Locked),
		},
		"correction": {"draft", string(Proposed), string(Agreed), string(Rejected), string(Withdrawn)},
	} {
		var want []string
		for _, state := range workflow.Shipped(name).States {
			want = append(want, state.Name)
		}
		if !slices.Equal(states, want) {
			t.Errorf("%s has the states %v, and here they are called %v", name, want, states)
		}
	}
	for _, h := range handled {
		for _, step := range h.steps {
			leaves := slices.ContainsFunc(workflow.Shipped("submission").Action(step).Moves, func(m flow.Move) bool {
				return slices.Contains(m.From, string(h.state))
			})
			if !leaves {
				t.Errorf("%s does not leave %s", step, h.state)
			}
		}
	}
}

// TestTheJobMayDoWhatItDoes: the actions of the job are those of the table of rights.
func TestTheJobMayDoWhatItDoes(t *testing.T) {
	for _, action := range TickMay {
		if !access.Rights().Has(action) {
			t.Errorf("there is no action %s", action)
		}
	}
}

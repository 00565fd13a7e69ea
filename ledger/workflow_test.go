package ledger

import (
	"testing"

	"luoshi/flow"
)

// TestWorkflowsMoveAsTheLedgerAllows: each state of the shipped workflows means one of the ledger, and
// each of their moves is one that the ledger allows or that leaves it where it is.
func TestWorkflowsMoveAsTheLedgerAllows(t *testing.T) {
	shipped, err := flow.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, d := range shipped {
		for _, a := range d.Actions {
			for _, move := range a.Moves {
				for _, from := range move.From {
					switch d.Name {
					case "plan-publication":
						checkMove(t, PlanStateIn, planMoves, from, move.To)
					case "amendment":
						checkMove(t, AmendmentStateIn, amendmentMoves, from, move.To)
					default:
						continue
					}
					checked++
				}
			}
		}
	}
	if checked < 15 {
		t.Errorf("only %d moves were found", checked)
	}
}

func checkMove[S comparable](t *testing.T, meaning func(string) (S, bool), allowed moves[S], from, to string) {
	t.Helper()
	before, known := meaning(from)
	after, knownToo := meaning(to)
	if !known || !knownToo {
		t.Errorf("%s → %s means nothing", from, to)
	}
	if before != after && !allowed.allow(before, after) {
		t.Errorf("%s → %s would take %v to %v", from, to, before, after)
	}
}

package ledger

import (
	"slices"
	"testing"
)

func TestAProjectThroughItsStages(t *testing.T) {
	allowed := map[Stage][]Stage{
		Reserve: {Preparing, Exited}, Preparing: {Starting, Reserve, Exited}, Starting: {Ongoing, Finished, Exited},
		Ongoing: {Finished, Exited}, Exited: {Reserve},
	}
	for _, from := range Stages() {
		for _, to := range Stages() {
			p := sampleProject()
			p.Stage = from
			p.Nodes[0].Done = day("2026-06-20")
			moved, found := p.Move(to, "投资方撤资")
			if want := slices.Contains(allowed[from], to); want != (len(found) == 0) || want && moved.Stage != to {
				t.Errorf("%s to %s: %v", from, to, found)
			}
			if len(found) == 0 && len(moved.Validate()) > 0 {
				t.Errorf("%s to %s makes a project that is wrong: %v", from, to, moved.Validate())
			}
		}
	}
}

func TestStagesDemandWhatTheyAre(t *testing.T) {
	p := sampleProject()
	if _, found := p.Move(Finished, ""); !found.Has("project.open_node") {
		t.Errorf("a node is open, got %v", found)
	}
	if _, found := p.Move(Exited, " "); !found.Has("project.no_reason") {
		t.Errorf("an exit needs a reason, got %v", found)
	}
	exited, _ := p.Move(Exited, "投资方撤资")
	back, found := exited.Move(Reserve, "")
	if len(found) > 0 || back.ExitReason != "" {
		t.Errorf("got %q, %v", back.ExitReason, found)
	}
}

func TestFundsAreAddedExactly(t *testing.T) {
	p := sampleProject()
	p.Funds = append(p.Funds, Fund{Source: OwnBudget, Planned: figure("0.1"), Arrived: figure("0.1"), Paid: figure("0.1")},
		Fund{Source: BankLoan, Planned: figure("0.2")})
	planned, arrived, paid := p.Funded()
	if text(planned) != "200000000.3" || text(arrived) != "150000000.1" || text(paid) != "100000000.1" {
		t.Errorf("got %s, %s, %s", text(planned), text(arrived), text(paid))
	}
}

package supervision

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/service/workflow"
	"luoshi/ledger/supervision"
)

// TestEveryFaultIsSaid compares the codes in the program with those in faults.txt.
func TestEveryFaultIsSaid(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range regexp.MustCompile(`(?:fault\(|because\(\w+, )"([a-z_.]+)"`).FindAllStringSubmatch(string(text), -1) {
			used[found[1]] = true
		}
	}
	for code := range used {
		if words, known := faults()[code]; !known || words.ZH == "" || words.EN == "" {
			t.Errorf("%s is not said in faults.txt", code)
		}
	}
	for code, words := range faults() {
		if !used[code] {
			t.Errorf("nothing is wrong in the way of %s", code)
		}
		if strings.Count(words.ZH, "{") != strings.Count(words.EN, "{") {
			t.Errorf("%s tells other facts in one language than in the other", code)
		}
	}
}

// TestEveryStepIsSomebodys: each step of the flow is called something in the table of rights, and somebody whose role may
// take it holds that right; each is told of as told.txt says, or nobody is to hear of it.
func TestEveryStepIsSomebodys(t *testing.T) {
	silent := map[string]bool{"drop": true, "sign": true, "accept": true} // who took them knows, and nobody has to do anything
	rights := workflow.ParseSteps(stepLines)
	for _, action := range workflow.Shipped("order").Actions {
		right, known := rights["order/"+action.Name]
		if !known || !access.Rights().Has(right) {
			t.Errorf("%s is no right: %s", action.Name, right)
		}
		if _, told := tellings()[action.Name]; told == silent[action.Name] {
			t.Errorf("whether anybody hears of %s is not said", action.Name)
		}
	}
	for _, occasion := range supervision.Occasions() {
		if words := tellings()["urge-"+string(occasion)].words; words.ZH == "" || words.EN == "" {
			t.Errorf("nothing is said on the occasion of %s", occasion)
		}
	}
}

// TestTheInboxKnowsItsStates compares inbox.txt with the flow and the table of rights.
func TestTheInboxKnowsItsStates(t *testing.T) {
	for _, g := range groups() {
		if !access.Rights().Has(g.right) || g.title.ZH == "" || g.title.EN == "" || len(g.states) == 0 {
			t.Errorf("%+v is no group", g)
		}
		for _, state := range g.states {
			if workflow.Shipped("order").State(state) == nil {
				t.Errorf("%s waits in %s, which is no state", g.name, state)
			}
		}
	}
}

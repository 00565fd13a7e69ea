package plans

import (
	"strings"
	"testing"

	"luoshi/flow"
	"luoshi/internal/service/planning"
)

func TestWayOfACase(t *testing.T) {
	shipped, err := flow.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct{ flow, steps, state, want string }{
		{"amendment", "", "draft", "draft review decision approved"},
		{"amendment", "propose pass", "decision", "draft review decision approved"},
		{"amendment", "propose return", "suspended", "draft review suspended decision approved"},
		{"amendment", "propose return supplement", "review", "draft review decision approved"},
		{"amendment", "propose pass approve", "approved", "draft review decision approved"},
		{"amendment", "propose refuse", "refused", "draft review refused"},
		{"amendment", "propose pass withdraw", "withdrawn", "draft review decision withdrawn"},
		{"amendment", "", "refused", "draft refused"},
		{"plan-publication", "submit", "approval", "draft approval approved published"},
		{"plan-publication", "consult extend submit return", "draft", "draft consultation approval approved published"},
	} {
		t.Run(row.flow+" "+row.steps+" "+row.state, func(t *testing.T) {
			c := planning.Case{Definition: named(t, shipped, row.flow)}
			c.State = row.state
			for _, action := range strings.Fields(row.steps) {
				c.Steps = append(c.Steps, planning.Step{Step: flow.Step{Action: action}})
			}
			var names []string
			for _, state := range way(c) {
				names = append(names, state.Name)
			}
			if got := strings.Join(names, " "); got != row.want {
				t.Errorf("got %s, want %s", got, row.want)
			}
		})
	}
}

func named(t *testing.T, all []*flow.Definition, name string) *flow.Definition {
	t.Helper()
	for _, d := range all {
		if d.Name == name {
			return d
		}
	}
	t.Fatalf("there is no flow %s", name)
	return nil
}

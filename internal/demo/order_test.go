package demo_test

import (
	"context"
	"strings"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/demo"
	"luoshi/internal/service"
	"luoshi/internal/service/progress"
	desk "luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/supervision"
)

// ordersDiffer sees that the orders are of every kind and in every state, and that some had a hard life.
func ordersDiffer(ctx context.Context, t *testing.T, parts demo.Parts) {
	t.Helper()
	ctx = service.As(ctx, service.Caller{System: "a test", May: []access.Action{"order.read"}})
	list, err := parts.Supervision.List(ctx, desk.Filter{}, store.Page{Limit: 200})
	if err != nil {
		t.Fatal(err)
	}
	kinds, actions, overdue := map[supervision.Kind]int{}, map[string]int{}, 0
	for _, o := range list.Orders {
		kinds[o.Kind]++
		if o.Overdue {
			overdue++
		}
		view, err := parts.Supervision.Order(ctx, o.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range view.Trail {
			actions[step.Action]++
		}
	}
	for _, state := range workflow.Shipped("order").States {
		if list.States[state.Name] == 0 {
			t.Errorf("no order is %s", state.Title.English)
		}
	}
	for _, kind := range supervision.Kinds() {
		if kinds[kind] == 0 {
			t.Errorf("there is no %s", kind.Label().EN)
		}
	}
	for _, action := range []string{"return", "extend", "suspend", "resume", "reopen", "forward", "decline", "prepare"} {
		if actions[action] == 0 {
			t.Errorf("nobody has done %s", action)
		}
	}
	if overdue < 2 || len(list.Orders) < 25 {
		t.Errorf("%d orders, %d overdue", len(list.Orders), overdue)
	}
}

// monthsBehindGrade sees that what has been behind for months would get a graded sheet that says for how long.
func monthsBehindGrade(ctx context.Context, t *testing.T, parts demo.Parts, plan ledger.PlanID) {
	t.Helper()
	ctx = service.As(ctx, service.Caller{System: "a test", May: []access.Action{"order.read", "light.read", "commitment.read", "plan.read"}})
	list, err := parts.Progress.Lights(ctx, progress.LightQuery{Plan: plan, Colours: []light.Colour{light.Red}}, store.Page{Limit: store.MaxLimit})
	if err != nil {
		t.Fatal(err)
	}
	sheets := map[supervision.Sheet]int{}
	for _, l := range list.Lights {
		proposed, err := parts.Supervision.Proposed(ctx, l.Commitment.ID)
		if err != nil {
			t.Fatal(err)
		}
		sheets[proposed.Sheet]++
		if proposed.Sheet == supervision.Red && !strings.Contains(proposed.Basis, "个月滞后") {
			t.Errorf("%s gets a red sheet because of: %s", proposed.Title, proposed.Basis)
		}
	}
	if sheets[supervision.Red] == 0 {
		t.Errorf("of %d red lights none has been so for months: %v", len(list.Lights), sheets)
	}
}

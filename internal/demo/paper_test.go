package demo_test

import (
	"context"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/demo"
	"luoshi/internal/service"
	"luoshi/internal/service/accounting"
	"luoshi/internal/store"
)

// papersDiffer sees that reports are in several states, that the half-year report and its summary are frozen, and that
// they lead each of their figures somewhere.
func papersDiffer(ctx context.Context, t *testing.T, parts demo.Parts) {
	t.Helper()
	ctx = service.As(ctx, service.Caller{System: "a test", May: []access.Action{"account.read", "account.edit", "account.review", "submission.read"}})
	list, err := parts.Papers.List(ctx, accounting.Filter{}, store.Page{})
	if err != nil {
		t.Fatal(err)
	}
	states, frozen := map[accounting.State]bool{}, map[string]accounting.ID{}
	for _, r := range list.Reports {
		if states[r.State] = true; r.State == accounting.Frozen {
			frozen[r.Template] = r.ID
		}
	}
	for _, state := range []accounting.State{accounting.Drafted, accounting.Reviewed, accounting.Waiting} {
		if !states[state] {
			t.Errorf("no report is %s", state.Label().EN)
		}
	}
	for template, least := range map[string]int{"summary": 50, "half-year": 700} {
		if frozen[template] == "" {
			t.Errorf("no report of the template %s is frozen", template)
			continue
		}
		everyFigureIsSourced(ctx, t, parts, frozen[template], least)
	}
}

// everyFigureIsSourced sees that a frozen report has a number and so many figures, each of which leads to its source.
func everyFigureIsSourced(ctx context.Context, t *testing.T, parts demo.Parts, id accounting.ID, least int) {
	t.Helper()
	frozen, err := parts.Papers.Report(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]string{}
	for key, f := range frozen.Shown.Figures {
		if len(f.Sources) == 0 {
			t.Errorf("%s of %s is from nowhere", f.Name, frozen.Title())
		}
		for _, source := range f.Sources {
			if source.ID != "" || len(source.Of) > 0 {
				kinds[string(source.Kind)] = key
			}
		}
	}
	for kind, key := range kinds {
		traced, err := parts.Papers.Figure(ctx, id, key)
		if err != nil || len(traced.From) == 0 {
			t.Errorf("%s of %s, from its %s, leads to %+v: %v", key, frozen.Title(), kind, traced.From, err)
		}
	}
	if n := len(frozen.Shown.Figures); n < least || !frozen.Public || frozen.Number.IsZero() {
		t.Errorf("%s has %d figures and number %s", frozen.Title(), n, frozen.Number)
	}
	if frozen.Shown.Lacks != nil {
		t.Errorf("%s lacks %d figures, such as %+v", frozen.Title(), len(frozen.Shown.Lacks), frozen.Shown.Lacks[0])
	}
}

package demo_test

import (
	"context"
	"testing"

	"luoshi/internal/access"
	"luoshi/internal/demo"
	"luoshi/internal/service"
	"luoshi/internal/service/publication"
	"luoshi/internal/store"
)

// thePublicIsTold sees that the plan is public, was told of month by month, and that citizens have said something.
func thePublicIsTold(ctx context.Context, t *testing.T, parts demo.Parts) {
	t.Helper()
	ctx = service.As(ctx, service.Caller{})
	opened, err := parts.Publication.Plan(ctx, "2026")
	if err != nil {
		t.Fatal(err)
	}
	tally, err := parts.Publication.Count(ctx, opened)
	if err != nil || tally.All < 80 || len(tally.Colours) < 4 {
		t.Errorf("the public is told of %d promises: %v", tally.All, err)
	}
	pictures, asked := 0, 0
	all, err := parts.Publication.Promises(ctx, opened, publication.Query{}, store.Page{Limit: store.MaxLimit})
	if err != nil {
		t.Error(err)
	}
	for _, p := range all.Promises {
		pictures, asked = pictures+len(p.Pictures), asked+len(p.Satisfaction)
	}
	if pictures < 8 || asked < 3 {
		t.Errorf("the public sees %d pictures, and how satisfied people are with %d items", pictures, asked)
	}
	editions, err := parts.Publication.Editions(ctx, opened)
	if err != nil || len(editions) < 8 {
		t.Errorf("%d editions: %v", len(editions), err)
	}
	office := service.As(ctx, service.Caller{System: "a test", May: []access.Action{"feedback.moderate"}})
	said, err := parts.Publication.Feedback(office, publication.Waiting, store.Page{})
	if err != nil || said.Counts[publication.Waiting] == 0 || said.Counts[publication.Rejected] == 0 {
		t.Errorf("citizens have said %v: %v", said.Counts, err)
	}
}

package service_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/service/servicetest"
)

func TestObserversHearOfEveryChange(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		var heard []string
		f.Observe(func(ctx context.Context, w *service.Work, changes []audit.Change) error {
			for _, c := range changes {
				heard = append(heard, c.Action+" "+c.Object.ID)
			}
			return w.Enqueue(ctx, service.Task{Kind: "heard"})
		})
		if err := rename(f.Office(t.Context()), f, "新的名称", nil); err != nil {
			t.Fatal(err)
		}
		if want := []string{"plan.edit " + string(f.Plan.ID)}; !slices.Equal(heard, want) || len(f.Queue.Tasks()) != 1 {
			t.Errorf("heard %v, asked for %v", heard, f.Queue.Tasks())
		}
		if err := rename(f.Office(t.Context()), f, "再改", errors.New("broken")); err == nil || len(heard) != 1 {
			t.Errorf("a change that failed was told: %v", heard)
		}
	})
}

func TestAnObserverThatFailsUndoesTheChange(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		before, deaf := title(t, f), errors.New("deaf")
		f.Observe(func(context.Context, *service.Work, []audit.Change) error { return deaf })
		if err := rename(f.Office(t.Context()), f, "新的名称", nil); !errors.Is(err, deaf) || title(t, f) != before {
			t.Errorf("%v, and the title is %s", err, title(t, f))
		}
	})
}

package service_test

import (
	"context"
	"errors"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// found adds a unit.
func found(ctx context.Context, t *testing.T, f *servicetest.Fixture, name string) {
	t.Helper()
	unit := ledger.Unit{ID: store.NewID[ledger.UnitID](f.Store()), Kind: ledger.Department, Parent: f.Government.ID, Name: name}
	if _, err := f.Store().Units().Add(ctx, unit); err != nil {
		t.Fatal(err)
	}
}

func units(ctx context.Context, t *testing.T, f *servicetest.Fixture) int {
	t.Helper()
	tree, err := f.Tree(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return len(tree.Units())
}

func TestARequestGoesByTheUnitsThatItSawFirst(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		request := service.InRequest(f.Office(t.Context()))
		before := units(request, t, f)
		found(t.Context(), t, f, "新局") // by somebody else, perhaps on another server
		if n := units(request, t, f); n != before {
			t.Errorf("the request sees %d units after %d", n, before)
		}
		if n := units(service.InRequest(t.Context()), t, f); n != before+1 {
			t.Errorf("the next request sees %d units, there are %d", n, before+1)
		}
	})
}

func TestARequestSeesTheUnitsThatItChanged(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		request := service.InRequest(f.Office(t.Context()))
		before := units(request, t, f)
		undone := errors.New("undone")
		for _, end := range []error{undone, nil} {
			err := f.Change(request, func(ctx context.Context, w *service.Work) error {
				if err := w.AllowFor(ctx, "plan.edit", service.Owned{Lead: f.Government.ID}); err != nil {
					return err
				}
				found(ctx, t, f, "新局")
				if n := units(ctx, t, f); n != before+1 {
					t.Errorf("within the change there are %d units, want %d", n, before+1)
				}
				w.Record("plan.edit", "plans", string(f.Plan.ID), f.Plan, f.Plan, nil)
				return end
			})
			if !errors.Is(err, end) {
				t.Fatal(err)
			}
			want := before
			if end == nil {
				want++
			}
			if n := units(request, t, f); n != want {
				t.Errorf("after a change that ended with %v there are %d units, want %d", end, n, want)
			}
		}
	})
}

func TestWithinATransactionUnitsAreLookedAtAnew(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		request := service.InRequest(t.Context())
		before := units(request, t, f)
		found(t.Context(), t, f, "新局")
		err := f.Store().Within(request, func(ctx context.Context, _ bun.Tx) error {
			if n := units(ctx, t, f); n != before+1 {
				t.Errorf("%d units, want %d", n, before+1)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

package service_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// rename is a use case as every one is made: ask, change, record.
func rename(ctx context.Context, f *servicetest.Fixture, title string, fails error) error {
	return f.Change(ctx, func(ctx context.Context, w *service.Work) error {
		record, err := f.Store().Plans().Get(ctx, string(f.Plan.ID))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "plan.edit", service.Owned{Lead: record.Value.Government}); err != nil {
			return err
		}
		after := record.Value
		after.Title = title
		if _, err := f.Store().Plans().Change(ctx, after, record.Revision); err != nil {
			return err
		}
		w.Record("plan.edit", "plans", string(after.ID), record.Value, after, nil)
		return fails
	})
}

func title(t *testing.T, f *servicetest.Fixture) string {
	t.Helper()
	record, err := f.Store().Plans().Get(t.Context(), string(f.Plan.ID))
	if err != nil {
		t.Fatal(err)
	}
	return record.Value.Title
}

func TestAChangeIsAllOrNothing(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		before, broken := title(t, f), errors.New("broken")
		if err := rename(f.Office(t.Context()), f, "新的名称", broken); !errors.Is(err, broken) {
			t.Fatalf("%v", err)
		}
		if title(t, f) != before || len(f.Entries(t, "plans", string(f.Plan.ID))) != 0 {
			t.Error("a change that failed left something behind")
		}
		if err := rename(f.Office(t.Context()), f, "新的名称", nil); err != nil {
			t.Fatal(err)
		}
		if title(t, f) != "新的名称" || !slices.Equal(f.Entries(t, "plans", string(f.Plan.ID)), []string{"plan.edit"}) {
			t.Error("a change left no record or no entry")
		}
	})
}

func TestWhoMayNotIsRefusedAndKept(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		before := title(t, f)
		var refused *service.Refused
		for _, ctx := range []context.Context{t.Context(), f.As(t.Context(), "reporter", f.Bureau.ID)} {
			if err := rename(ctx, f, "别的名称", nil); !errors.As(err, &refused) || refused.Action != "plan.edit" {
				t.Fatalf("%v", err)
			}
		}
		if title(t, f) != before {
			t.Error("what was refused was done")
		}
		if got := f.Entries(t, "accounts", "reporter"); !slices.Equal(got, []string{string(service.Refuse)}) {
			t.Errorf("the log keeps %v", got)
		}
	})
}

func TestTheProgramMayDoOnlyItsPart(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		job := service.Caller{System: "job: tidy", May: []access.Action{"document.read"}}
		var refused *service.Refused
		if err := rename(service.As(t.Context(), job), f, "别的名称", nil); !errors.As(err, &refused) {
			t.Fatalf("%v", err)
		}
		job.May = []access.Action{"plan.edit"}
		if err := rename(service.As(t.Context(), job), f, "别的名称", nil); err != nil {
			t.Fatal(err)
		}
		entries, err := audit.ByActor(t.Context(), f.Store().View(t.Context()), "job: tidy", 0, 10)
		if err != nil || len(entries) != 1 || entries[0].Actor.Role != "system" {
			t.Errorf("%+v, %v", entries, err)
		}
	})
}

func TestAChangeWithoutAnEntryIsRolledBack(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		unit := ledger.Unit{ID: store.NewID[ledger.UnitID](f.Store()), Kind: ledger.Department, Parent: f.Government.ID, Name: "新局"}
		err := f.Change(f.Office(t.Context()), func(ctx context.Context, _ *service.Work) error {
			_, err := f.Store().Units().Add(ctx, unit)
			return err
		})
		var absent *store.NotFound
		if _, found := f.Store().Units().Get(t.Context(), string(unit.ID)); err == nil || !errors.As(found, &absent) {
			t.Errorf("%v, %v", err, found)
		}
	})
}

func TestTheTreeFollowsItsUnits(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		tree, err := f.Tree(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		unit := ledger.Unit{ID: store.NewID[ledger.UnitID](f.Store()), Kind: ledger.Department, Parent: f.Government.ID, Name: "新局"}
		if _, err := f.Store().Units().Add(t.Context(), unit); err != nil {
			t.Fatal(err)
		}
		now, err := f.Tree(t.Context())
		if err != nil || len(now.Units()) != len(tree.Units())+1 {
			t.Errorf("%d units after %d, %v", len(now.Units()), len(tree.Units()), err)
		}
	})
}

// A tree that was read in a transaction is not kept: when that is undone, another unit may take the place of its own.
func TestTheTreeForgetsWhatWasUndone(t *testing.T) {
	servicetest.Each(t, func(t *testing.T, f *servicetest.Fixture) {
		add := func(ctx context.Context, name string) error {
			unit := ledger.Unit{ID: store.NewID[ledger.UnitID](f.Store()), Kind: ledger.Department, Parent: f.Government.ID, Name: name}
			_, err := f.Store().Units().Add(ctx, unit)
			return err
		}
		undone := errors.New("undone")
		err := f.Store().Within(t.Context(), func(ctx context.Context, _ bun.Tx) error {
			if err := add(ctx, "甲局"); err != nil {
				return err
			}
			_, err := f.Tree(ctx)
			return errors.Join(err, undone)
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		if err := add(t.Context(), "乙局"); err != nil {
			t.Fatal(err)
		}
		tree, err := f.Tree(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		units := tree.Units()
		if !slices.ContainsFunc(units, func(u ledger.Unit) bool { return u.Name == "乙局" }) {
			t.Errorf("the tree has %v", units)
		}
	})
}

package catalogue

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Effect is what a dated change of a unit would do, for people to see before it is done.
type Effect struct {
	Change      ledger.UnitChange
	Before      Branch
	After       Branch // without a name where the unit ends
	Ends        bool
	Heirs       []Named
	Children    []Named // units beneath it that answer to another one afterwards, or to nobody
	Commitments int64   // that the unit leads
	Cooperating int64   // in which it takes part
	Projects    int64
	Posts       int64
	Unsettled   bool // what it leads has no one heir, and is to be assigned anew
	Ahead       bool // it takes effect on a day that is still to come
}

// ForeseeChange tells what a dated change would do.
func (s *Service) ForeseeChange(ctx context.Context, change ledger.UnitChange) (Effect, error) {
	if err := s.Check(ctx, "unit.edit", service.Owned{Lead: change.Unit}); err != nil {
		return Effect{}, err
	}
	record, err := s.Store().Units().Get(ctx, string(change.Unit))
	if err != nil {
		return Effect{}, err
	}
	before, err := s.Tree(ctx)
	if err != nil {
		return Effect{}, err
	}
	after, err := s.treeWith(ctx, record.Value, []ledger.UnitChange{change})
	if err != nil {
		return Effect{}, err
	}
	e := Effect{Change: change, Ahead: s.Today().Before(change.On)}
	e.compare(before, after)
	return e, s.countOwned(ctx, &e)
}

func (e *Effect) compare(before, after *ledger.Tree) {
	unit, eve, day := e.Change.Unit, e.Change.On.AddDays(-1), e.Change.On
	e.Before = Branch{Name: before.Name(unit, eve), Above: before.Parent(unit, eve)}
	e.After = Branch{Name: after.Name(unit, day), Above: after.Parent(unit, day)}
	e.Ends = !after.Exists(unit, day)
	if e.Ends {
		e.After = Branch{}
		for _, heir := range after.Successors(unit, day) {
			e.Heirs = append(e.Heirs, Named{ID: heir, Name: after.Name(heir, day)})
		}
	}
	e.Unsettled = e.Ends && len(e.Heirs) != 1
	for _, child := range before.Children(unit, day) {
		if after.Parent(child, day) != unit || e.Ends {
			e.Children = append(e.Children, Named{ID: child, Name: before.Name(child, day)})
		}
	}
}

func (s *Service) countOwned(ctx context.Context, e *Effect) (err error) {
	unit := e.Change.Unit
	if e.Commitments, err = s.Store().Commitments().Count(ctx, store.LedBy(unit)); err != nil {
		return err
	}
	if e.Projects, err = s.Store().Projects().Count(ctx, store.LedBy(unit)); err != nil {
		return err
	}
	if e.Posts, err = s.Store().Posts().Count(ctx, store.Where("unit", unit)); err != nil {
		return err
	}
	with, err := s.Store().Commitments().Count(ctx, store.WithUnit(unit))
	e.Cooperating = with - e.Commitments
	return err
}

// ChangeUnit adds a dated change of a unit: it is renamed, moved, merged, split or abolished. The unit must be at
// the revision that was seen.
func (s *Service) ChangeUnit(ctx context.Context, change ledger.UnitChange, seen int64) error {
	return s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, "unit.edit", service.Owned{Lead: change.Unit}); err != nil {
			return err
		}
		record, err := s.Store().Units().Get(ctx, string(change.Unit))
		if err != nil {
			return err
		}
		if _, err := s.treeWith(ctx, record.Value, []ledger.UnitChange{change}); err != nil {
			return err
		}
		changes, err := s.Store().Units().Changes(ctx)
		if err != nil {
			return fmt.Errorf("reading the changes of units: %w", err)
		}
		if err := s.Store().Units().Changed(ctx, change, seen); err != nil {
			return err
		}
		before := changesOf(change.Unit, changes)
		w.Record("unit.edit", ChangesKind, string(change.Unit), before, append(slices.Clone(before), change), nil)
		return nil
	})
}

// standing are a unit and all those that it stands for today: what was merged into it, step by step.
func standing(tree *ledger.Tree, unit ledger.UnitID, s *Service) []ledger.UnitID {
	today := s.Today()
	units := []ledger.UnitID{unit}
	for _, other := range tree.Units() {
		if other.ID != unit && slices.Equal(tree.Successors(other.ID, today), []ledger.UnitID{unit}) {
			units = append(units, other.ID)
		}
	}
	return units
}

// reach are the units whose records a list for a unit shows: those that it stands for and, where asked for, those of
// the units beneath it.
func (s *Service) reach(ctx context.Context, unit ledger.UnitID, below bool) ([]ledger.UnitID, error) {
	tree, err := s.Tree(ctx)
	if err != nil {
		return nil, fmt.Errorf("finding what unit %s stands for: %w", unit, err)
	}
	units := standing(tree, unit, s)
	if !below {
		return units, nil
	}
	for _, other := range tree.Units() {
		if other.ID != unit && tree.Exists(other.ID, s.Today()) && tree.Within(other.ID, unit, s.Today()) {
			units = append(units, standing(tree, other.ID, s)...)
		}
	}
	return units, nil
}

// ledByAny is a filter for what one of several units leads.
func ledByAny(units []ledger.UnitID) store.Filter {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("?TableAlias.lead_unit IN (?)", bun.List(units))
	}
}

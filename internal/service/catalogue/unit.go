package catalogue

import (
	"context"
	"fmt"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// What the log calls units, and their dated changes under the identifier of the unit.
const (
	unitKind    = "units"
	ChangesKind = "unit_changes"
)

// Branch is a unit in the tree of a day.
type Branch struct {
	Unit  ledger.Unit
	Name  string // on that day
	Above ledger.UnitID
	Level int // 1 at the top
}

// TreeOn is the units that there are on a day, each behind the one that it answers to.
func (s *Service) TreeOn(ctx context.Context, on calendar.Date) ([]Branch, error) {
	if err := s.Check(ctx, "unit.read", service.Owned{}); err != nil {
		return nil, err
	}
	tree, err := s.Tree(ctx)
	if err != nil {
		return nil, err
	}
	return branches(tree, on), nil
}

func branches(tree *ledger.Tree, on calendar.Date) []Branch {
	below := map[ledger.UnitID][]ledger.Unit{}
	for _, unit := range tree.Units() {
		if tree.Exists(unit.ID, on) {
			above := tree.Parent(unit.ID, on)
			below[above] = append(below[above], unit)
		}
	}
	var found []Branch
	var add func(above ledger.UnitID, level int)
	add = func(above ledger.UnitID, level int) {
		for _, unit := range below[above] {
			found = append(found, Branch{Unit: unit, Name: tree.Name(unit.ID, on), Above: above, Level: level})
			add(unit.ID, level+1)
		}
	}
	add("", 1)
	return found
}

// Unit is a unit with what became of it and what it has to do.
type Unit struct {
	store.Record[ledger.Unit]
	Name    string // today; its last name if it has ended
	Aliases []string
	Exists  bool
	Above   []Named // from the top down to the unit that it answers to today
	Below   []Named
	Heirs   []Named // who stand for it today, where it has ended
	Before  []Named // units that ended and were merged into it, or that it is a part of
	Changes []ledger.UnitChange
}

// Named is a unit with its name of today.
type Named struct {
	ID   ledger.UnitID
	Name string
}

// Unit is the unit with an identifier.
func (s *Service) Unit(ctx context.Context, id ledger.UnitID) (Unit, error) {
	if err := s.Check(ctx, "unit.read", service.Owned{Lead: id}); err != nil {
		return Unit{}, err
	}
	record, err := s.Store().Units().Get(ctx, string(id))
	if err != nil {
		return Unit{}, err
	}
	tree, err := s.Tree(ctx)
	if err != nil {
		return Unit{}, err
	}
	changes, err := s.Store().Units().Changes(ctx)
	if err != nil {
		return Unit{}, fmt.Errorf("reading the changes of units: %w", err)
	}
	today := s.Today()
	unit := Unit{Record: record, Name: tree.Name(id, today), Aliases: record.Value.Aliases, Exists: tree.Exists(id, today)}
	named := func(ids ...ledger.UnitID) []Named {
		list := make([]Named, len(ids))
		for i, id := range ids {
			list[i] = Named{ID: id, Name: tree.Name(id, today)}
		}
		return list
	}
	for above := tree.Parent(id, today); above != "" && len(unit.Above) < len(tree.Units()); above = tree.Parent(above, today) {
		unit.Above = append(named(above), unit.Above...)
	}
	unit.Below = named(tree.Children(id, today)...)
	if !unit.Exists {
		unit.Heirs = named(tree.Successors(id, today)...)
	}
	unit.Changes = changesOf(id, changes)
	for _, change := range changes {
		if change.Unit == id {
			if change.Kind == ledger.Renamed && !today.Before(change.On) {
				unit.Aliases = change.Aliases
			}
			continue
		}
		for _, heir := range change.Into {
			if heir == id {
				unit.Before = append(unit.Before, named(change.Unit)...)
			}
		}
	}
	return unit, nil
}

func changesOf(unit ledger.UnitID, all []ledger.UnitChange) []ledger.UnitChange {
	var own []ledger.UnitChange
	for _, change := range all {
		if change.Unit == unit {
			own = append(own, change)
		}
	}
	return own
}

// FoundUnit adds a unit. Its identifier is given here.
func (s *Service) FoundUnit(ctx context.Context, unit ledger.Unit) (ledger.UnitID, error) {
	err := s.Change(ctx, func(ctx context.Context, w *service.Work) (err error) {
		unit.ID, err = s.found(ctx, w, unit)
		return err
	})
	return unit.ID, err
}

func (s *Service) found(ctx context.Context, w *service.Work, unit ledger.Unit) (ledger.UnitID, error) {
	if err := w.AllowFor(ctx, "unit.edit", service.Owned{Lead: unit.Parent}); err != nil {
		return "", err
	}
	unit.ID = store.NewID[ledger.UnitID](s.Store())
	if err := s.fits(ctx, unit, nil); err != nil {
		return "", err
	}
	if _, err := s.Store().Units().Add(ctx, unit); err != nil {
		return "", err
	}
	w.Record("unit.edit", unitKind, string(unit.ID), nil, unit, nil)
	return unit.ID, nil
}

// CorrectUnit sets right how a unit was written down at its founding. What changed later is for ChangeUnit.
func (s *Service) CorrectUnit(ctx context.Context, unit ledger.Unit, seen int64) error {
	return s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, "unit.edit", service.Owned{Lead: unit.ID}); err != nil {
			return err
		}
		before, err := s.Store().Units().Get(ctx, string(unit.ID))
		if err != nil {
			return err
		}
		if err := s.fits(ctx, unit, nil); err != nil {
			return err
		}
		if _, err := s.Store().Units().Change(ctx, unit, seen); err != nil {
			return err
		}
		w.Record("unit.edit", unitKind, string(unit.ID), before.Value, unit, nil)
		return nil
	})
}

// fits tells what is wrong with a tree in which a unit stands as given, with further changes. The places of the
// problems are the fields of the unit or of the change.
func (s *Service) fits(ctx context.Context, unit ledger.Unit, further []ledger.UnitChange) error {
	_, err := s.treeWith(ctx, unit, further)
	return err
}

func (s *Service) treeWith(ctx context.Context, unit ledger.Unit, further []ledger.UnitChange) (*ledger.Tree, error) {
	records, err := service.All(ctx, s.Store().Units().List)
	if err != nil {
		return nil, fmt.Errorf("reading the units: %w", err)
	}
	changes, err := s.Store().Units().Changes(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the changes of units: %w", err)
	}
	var units []ledger.Unit
	for _, r := range records {
		if r.Value.ID != unit.ID {
			units = append(units, r.Value)
		}
	}
	tree, problems := ledger.NewTree(append(units, unit), append(changes, further...))
	return tree, fields(problems).Err()
}

// fields are problems of a tree as problems of the one form that a user has before him: “units/17/name” is the
// form's name. A fault that shows at the unit and at its change is told once.
func fields(problems ledger.Problems) ledger.Problems {
	var found ledger.Problems
	for _, p := range problems {
		parts := strings.SplitN(p.Where, "/", 3)
		p.Where = parts[len(parts)-1]
		if !found.Has(p.Code) {
			found = append(found, p)
		}
	}
	return found
}

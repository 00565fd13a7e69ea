package load

import (
	"context"
	"fmt"
	"slices"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// batch is how many records are written in one transaction.
const batch = 250

// actions are those that filling a store does.
var actions = []access.Action{
	"unit.edit", "document.upload", "plan.create", "indicator.edit", "project.create", "commitment.create",
}

// District is what a store was filled with, as far as measuring wants to know.
type District struct {
	Government ledger.UnitID
	Units      []ledger.UnitID
	Plans      []ledger.PlanID     // the youngest last
	Statistics ledger.UnitID       // the statistics office
	Rounds     []reporting.RoundID // of the youngest plan, once the units have reported; the last one is open

	youngest planned
}

// Fill writes a generated district into an empty store, with an entry in the log for every record.
func Fill(ctx context.Context, core *service.Core, size Size) (District, error) {
	ctx = service.As(ctx, service.Caller{System: "load: generate", May: actions, Request: "load"})
	newID := func() string { return store.NewID[string](core.Store()) }
	d := newDice()
	o := organise(d, size, newID)
	f := filling{core: core}
	s := core.Store()
	err := add(ctx, f, "unit.edit", "units", o.Units, s.Units().Add, func(u ledger.Unit) string { return string(u.ID) })
	if err != nil {
		return District{}, err
	}
	if err := add(ctx, f, "unit.edit", "posts", o.Posts, f.held, func(p ledger.Post) string { return string(p.ID) }); err != nil {
		return District{}, err
	}
	made := District{Government: o.Units[0].ID, Statistics: o.Units[len(o.Units)-1].ID}
	for _, u := range o.Units {
		made.Units = append(made.Units, u.ID)
	}
	p := planner{dice: d, organisation: o, newID: newID}
	for back := size.Years - 1; back >= 0; back-- {
		year := p.year(size, lastYear-back)
		if err := f.year(ctx, year); err != nil {
			return District{}, err
		}
		made.Plans, made.youngest = append(made.Plans, year.Plan.ID), year
	}
	return made, nil
}

type filling struct{ core *service.Core }

func (f filling) year(ctx context.Context, y planned) error {
	s := f.core.Store()
	for _, write := range []func() error{
		func() error {
			return f.document(ctx, y.Document)
		},
		func() error {
			return add(ctx, f, "plan.create", "plans", []ledger.Plan{y.Plan}, s.Plans().Add, func(p ledger.Plan) string { return string(p.ID) })
		},
		func() error {
			return add(ctx, f, "indicator.edit", "indicators", y.Indicators, s.Indicators().Add,
				func(i ledger.Indicator) string { return string(i.ID) })
		},
		func() error {
			return add(ctx, f, "project.create", "projects", y.Projects, s.Projects().Add,
				func(p ledger.Project) string { return string(p.ID) })
		},
		func() error {
			return add(ctx, f, "commitment.create", "commitments", y.Commitments, s.Commitments().Add,
				func(c ledger.Commitment) string { return string(c.ID) })
		},
	} {
		if err := write(); err != nil {
			return err
		}
	}
	return nil
}

// held adds a post that somebody holds.
func (f filling) held(ctx context.Context, post ledger.Post) (store.Record[ledger.Post], error) {
	record, err := f.core.Store().Posts().Add(ctx, post)
	if err != nil {
		return record, err
	}
	holder := ledger.Holder{Post: post.ID, Person: "负责人", From: founded}
	return record, f.core.Store().Posts().Hold(ctx, post.ID, []ledger.Holder{holder}, record.Revision)
}

// document writes a document. The log knows it by its digest; its text would be too long for an entry.
func (f filling) document(ctx context.Context, d store.Document) error {
	return f.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.Allow("document.upload", access.Object{}); err != nil {
			return err
		}
		if _, err := f.core.Store().Documents().Add(ctx, d); err != nil {
			return err
		}
		w.Record("document.upload", "documents", string(d.Digest), nil, map[string]any{"name": d.Name, "size": d.Size}, nil)
		return nil
	})
}

// add writes records in batches.
func add[T any](ctx context.Context, f filling, action access.Action, kind string, values []T,
	write func(context.Context, T) (store.Record[T], error), id func(T) string,
) error {
	for part := range slices.Chunk(values, batch) {
		err := f.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
			if err := w.Allow(action, access.Object{}); err != nil {
				return err
			}
			for _, value := range part {
				if _, err := write(ctx, value); err != nil {
					return err
				}
				w.Record(action, kind, id(value), nil, value, nil)
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("load: adding %s: %w", kind, err)
		}
	}
	return nil
}

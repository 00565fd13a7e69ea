package workflow

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/store"
)

// Case is the run of a record through a workflow. One of which no step was taken yet began on the given day.
func (k *Keeper) Case(ctx context.Context, d *flow.Definition, kind, id string, begun calendar.Date) (Case, error) {
	cases, err := k.Cases(ctx, d, kind, map[string]calendar.Date{id: begun})
	return cases[id], err
}

// atOnce is how many cases one query asks for.
const atOnce = 400

// Cases are the runs of several records, with the day on which each begins that has taken no step yet. It costs two
// queries for some hundred cases, however many steps they have.
func (k *Keeper) Cases(ctx context.Context, d *flow.Definition, kind string, begun map[string]calendar.Date) (map[string]Case, error) {
	cases := make(map[string]Case, len(begun))
	var ids []string
	for id, on := range begun {
		cases[id] = Case{Definition: d, Begun: on}
		if ids = append(ids, id); len(ids) == atOnce {
			if err := k.read(ctx, cases, kind, ids); err != nil {
				return nil, err
			}
			ids = ids[:0]
		}
	}
	if err := k.read(ctx, cases, kind, ids); err != nil {
		return nil, err
	}
	for id, c := range cases {
		steps := make([]flow.Step, len(c.Steps))
		for i, step := range c.Steps {
			steps[i] = step.Step
		}
		var err error
		if c.Case, _, err = d.Replay(c.Begun, steps, k.days()); err != nil {
			return nil, fmt.Errorf("replaying the steps of %s %s: %w", kind, id, err)
		}
		cases[id] = c
	}
	return cases, nil
}

// read puts what is kept of some cases into them.
func (k *Keeper) read(ctx context.Context, cases map[string]Case, kind string, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	db := k.core.Store().View(ctx)
	var rows []caseRow
	if err := db.NewSelect().Model(&rows).Where("kind = ?", kind).Where("object IN (?)", bun.List(ids)).Scan(ctx); err != nil {
		return fmt.Errorf("reading how far %s are: %w", kind, err)
	}
	for _, row := range rows {
		c := cases[row.Object]
		c.kept, c.Begun = true, store.DateOf(row.Begun)
		cases[row.Object] = c
	}
	var steps []stepRow
	if err := db.NewSelect().Model(&steps).Where("kind = ?", kind).Where("object IN (?)", bun.List(ids)).
		Order("object", "number").Scan(ctx); err != nil {
		return fmt.Errorf("reading the steps of %s: %w", kind, err)
	}
	for _, row := range steps {
		step, err := row.step()
		if err != nil {
			return err
		}
		c := cases[row.Object]
		c.Steps = append(c.Steps, step)
		cases[row.Object] = c
	}
	return nil
}

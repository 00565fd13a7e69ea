package publication

import (
	"context"
	"fmt"
	"slices"

	"luoshi/ledger/light"
)

// Tally is how many promises a public plan has.
type Tally struct {
	All      int
	Colours  map[light.Colour]int // without those that show none
	Sections map[int]map[light.Colour]int
	Units    []string // that lead any, by name
}

// Of is how many promises a section and what is beneath it have, by colour; under the empty colour all of them.
func (t Tally) Of(o Opened, section int) map[light.Colour]int {
	sum := map[light.Colour]int{}
	for _, number := range o.Beneath(section) {
		for colour, n := range t.Sections[number] {
			sum[colour] += n
			if colour != "" {
				sum[""] += n
			}
		}
	}
	return sum
}

// Count counts the promises of a public plan.
func (s *Service) Count(ctx context.Context, o Opened) (Tally, error) {
	t := Tally{Colours: map[light.Colour]int{}, Sections: map[int]map[light.Colour]int{}}
	var rows []struct {
		Section      int
		Colour, Unit string
		Number       int
	}
	err := o.filter(s.core.Store().View(ctx).NewSelect().Table("publication_records").ColumnExpr("section, colour, unit, count(*) AS number"), Query{}).
		GroupExpr("section, colour, unit").Scan(ctx, &rows)
	if err != nil {
		return t, fmt.Errorf("publication: counting the promises of plan %s: %w", o.Plan, err)
	}
	for _, r := range rows {
		t.All += r.Number
		if r.Colour != "" {
			t.Colours[light.Colour(r.Colour)] += r.Number
		}
		if t.Sections[r.Section] == nil {
			t.Sections[r.Section] = map[light.Colour]int{}
		}
		t.Sections[r.Section][light.Colour(r.Colour)] += r.Number
		if r.Unit != "" && !slices.Contains(t.Units, r.Unit) {
			t.Units = append(t.Units, r.Unit)
		}
	}
	slices.Sort(t.Units)
	return t, nil
}

// Found is how many promises a query finds.
func (s *Service) Found(ctx context.Context, o Opened, query Query) (int, error) {
	n, err := o.filter(s.core.Store().View(ctx).NewSelect().Table("publication_records"), query).Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("publication: counting the promises of plan %s: %w", o.Plan, err)
	}
	return int(n), nil
}

package progress

import (
	"context"
	"fmt"

	"luoshi/ledger"
	"luoshi/ledger/light"
)

// Tally is how many lights there are of each colour.
type Tally struct {
	All     int                  `json:"all"`
	Colours map[light.Colour]int `json:"colours"`
	ByHand  int                  `json:"by_hand"`
	Overdue int                  `json:"overdue"` // deadline over and not done
	Differs int                  `json:"differs"` // what the unit says is not what figures show
}

func (t *Tally) add(c tallyRow) {
	if t.Colours == nil {
		t.Colours = map[light.Colour]int{}
	}
	t.All += c.Number
	t.Colours[light.Colour(c.Colour)] += c.Number
	t.ByHand += c.ByHand
	t.Overdue += c.Overdue
	t.Differs += c.Differs
}

// join adds the lights of another tally.
func (t *Tally) join(other Tally) {
	if t.Colours == nil {
		t.Colours = map[light.Colour]int{}
	}
	t.All += other.All
	for colour, n := range other.Colours {
		t.Colours[colour] += n
	}
	t.ByHand += other.ByHand
	t.Overdue += other.Overdue
	t.Differs += other.Differs
}

// Share is how many of a hundred lights have a colour, rounded.
func (t Tally) Share(c light.Colour) int {
	if t.All == 0 {
		return 0
	}
	return (t.Colours[c]*100 + t.All/2) / t.All
}

// AreaTally is what is in a section of the outline and beneath it.
type AreaTally struct {
	Section ledger.Section // zero for what stands in no section
	Alone   bool           // what is directly in it: other areas are beneath it
	Tally
}

// UnitTally is what a unit leads.
type UnitTally struct {
	Unit ledger.UnitID
	Name string
	Tally
}

type tallyRow struct {
	Section, Number, ByHand, Overdue, Differs int
	Unit, Colour                              string
}

// tally counts the lights that the caller may see, by section, unit and colour.
func (s *Service) tally(ctx context.Context, plan ledger.PlanID) ([]tallyRow, error) {
	scope, err := s.core.Scope(ctx, readLight, commitmentColumns)
	if err != nil {
		return nil, err
	}
	query := s.core.Store().View(ctx).NewSelect().Table("commitments").Join("JOIN lights AS l ON l.commitment = commitments.id").
		ColumnExpr("commitments.section, coalesce(commitments.lead_unit, '') AS unit, l.colour, count(*) AS number").
		ColumnExpr("sum(CASE WHEN l.by_hand <> '' THEN 1 ELSE 0 END) AS by_hand").
		ColumnExpr("sum(CASE WHEN l.calendar = ? AND l.colour <> ? THEN 1 ELSE 0 END) AS overdue", light.Overdue, light.Blue).
		ColumnExpr("sum(CASE WHEN "+differing+" THEN 1 ELSE 0 END) AS differs", differingArgs()...).
		Where("l.plan = ? AND l.colour <> ''", plan).GroupExpr("commitments.section, commitments.lead_unit, l.colour")
	rows, err := recall[tallyRow](ctx, s, plan, scope(query))
	if err != nil {
		return nil, fmt.Errorf("progress: counting the lights of plan %s: %w", plan, err)
	}
	return rows, nil
}

// areas are the tallies of the highest sections in their order, and of what stands in none at the end. A heading that
// holds the whole plan, as the title of its document does, is no area.
func areas(plan ledger.Plan, rows []tallyRow) []AreaTally {
	sections := make([]int, len(rows))
	for i, r := range rows {
		sections[i] = r.Section
	}
	bySection, tops := map[int]*AreaTally{}, plan.Tops(sections)
	for _, r := range rows {
		top := tops[r.Section]
		if bySection[top.Number] == nil {
			bySection[top.Number] = &AreaTally{Section: top}
		}
		bySection[top.Number].add(r)
	}
	for number := range bySection {
		for _, above := range plan.Path(number) {
			if area, there := bySection[above.Number]; there && above.Number != number {
				area.Alone = true
			}
		}
	}
	var all []AreaTally
	for _, section := range plan.Outline {
		if area, there := bySection[section.Number]; there {
			all = append(all, *area)
		}
	}
	if loose, there := bySection[0]; there {
		all = append(all, *loose)
	}
	return all
}

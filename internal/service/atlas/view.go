package atlas

import (
	"context"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/service/progress"
	"luoshi/ledger"
	"luoshi/ledger/atlas"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Map is what of a plan lies where, as far as the caller may see it. Only locked figures count.
type Map struct {
	Plan  ledger.Plan
	On    calendar.Date
	Sheet atlas.Sheet
	// Parts are the areas of the sheet in their order, and behind them streets and towns that it does not show.
	Parts []Part
	Spots []Spot
}

// Part is a street or town.
type Part struct {
	Name   string
	Unit   ledger.UnitID // empty where no unit bears the name
	Drawn  bool
	Lights progress.Tally // of what the unit leads or cooperates in
	Money
}

// Money is what projects come to.
type Money struct {
	Projects int
	Planned  ledger.Decimal
	Done     ledger.Decimal
}

// Share is how much of the planned money was done, in per cent with one decimal; absent where nothing was planned or said.
func (m Money) Share() ledger.Decimal {
	return reporting.Rounded(reporting.Share(m.Done, m.Planned), 1)
}

// OnCourse is how many of a hundred lights are done or on their way; absent where there are none.
func (p Part) OnCourse() ledger.Decimal {
	if p.Lights.All == 0 {
		return ledger.Decimal{}
	}
	return ledger.Int(int64(p.Lights.OnCourse()))
}

// Spot is a project with where it lies.
type Spot struct {
	progress.Standing
	Part   int // among the parts; -1 where it lies in none
	Point  atlas.Point
	Placed bool // it has a point
}

// Map is the map of a published plan.
func (s *Service) Map(ctx context.Context, id ledger.PlanID) (Map, error) {
	m := Map{On: s.core.Today()}
	record, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return m, err
	}
	m.Plan = record.Value
	if err := s.core.Check(ctx, read, service.Owned{Lead: m.Plan.Government}); err != nil {
		return m, err
	}
	boundaries, err := s.boundaries(ctx, m.Plan.Government)
	if err != nil {
		return m, err
	}
	m.Sheet = boundaries.Sheet
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return m, err
	}
	m.lay(tree)
	partOf := m.finder(tree)
	tallies, err := s.progress.PartTallies(ctx, id)
	if err != nil {
		return m, err
	}
	for _, t := range tallies {
		if i := partOf(t.Unit); i >= 0 {
			m.Parts[i].lit(t.Tally)
		}
	}
	standings, err := s.progress.Standings(ctx, id)
	if err != nil {
		return m, err
	}
	m.Spots = make([]Spot, 0, len(standings))
	for _, standing := range standings {
		m.put(standing, partOf(standing.Project.Place.Unit))
	}
	return m, nil
}

// lay makes the parts of a map: the areas of its sheet, each with the unit that bears its name, and further streets.
func (m *Map) lay(tree *ledger.Tree) {
	for _, a := range m.Sheet.Areas {
		m.Parts = append(m.Parts, Part{Name: a.Name, Drawn: true})
	}
	for _, u := range tree.Units() {
		if u.Kind != ledger.StreetOffice || !tree.Exists(u.ID, m.On) || tree.Parent(u.ID, m.On) != m.Plan.Government {
			continue
		}
		name := tree.Name(u.ID, m.On)
		if i := m.Sheet.Find(append([]string{name}, u.Aliases...)...); i >= 0 {
			m.Parts[i].Unit = u.ID
		} else {
			m.Parts = append(m.Parts, Part{Name: name, Unit: u.ID})
		}
	}
}

// finder finds the street or town that a unit is, or beneath which it stands; -1 where it is none. It keeps what it found,
// since thousands of projects lie in the same few hundred units.
func (m *Map) finder(tree *ledger.Tree) func(ledger.UnitID) int {
	found := map[ledger.UnitID]int{"": -1}
	for i, p := range m.Parts {
		if p.Unit != "" {
			found[p.Unit] = i
		}
	}
	const deepest = 20
	var find func(unit ledger.UnitID, depth int) int
	find = func(unit ledger.UnitID, depth int) int {
		i, known := found[unit]
		switch {
		case known:
			return i
		case depth == deepest:
			return -1
		}
		heir := unit
		if heirs := tree.Successors(unit, m.On); len(heirs) == 1 {
			heir = heirs[0]
		}
		if i, known = found[heir]; !known {
			i = find(tree.Parent(heir, m.On), depth+1)
		}
		found[unit] = i
		return i
	}
	return func(unit ledger.UnitID) int { return find(unit, 0) }
}

// lit adds lights to those of a part.
func (p *Part) lit(t progress.Tally) {
	if p.Lights.Colours == nil {
		p.Lights.Colours = map[light.Colour]int{}
	}
	p.Lights.All += t.All
	p.Lights.Overdue += t.Overdue
	for colour, n := range t.Colours {
		p.Lights.Colours[colour] += n
	}
}

// put puts a project on the map: in the part that its place names, or else where its point lies. Those in reserve and
// those given up are on no map.
func (m *Map) put(standing progress.Standing, part int) {
	p := standing.Project
	if p.Stage == ledger.Reserve || p.Stage == ledger.Exited {
		return
	}
	spot := Spot{Standing: standing, Part: part}
	if p.Place.Longitude.Known() && p.Place.Latitude.Known() {
		spot.Point, spot.Placed = atlas.Point{Longitude: degrees(p.Place.Longitude), Latitude: degrees(p.Place.Latitude)}, true
		if spot.Part < 0 {
			spot.Part = m.Sheet.At(spot.Point)
		}
	}
	m.Spots = append(m.Spots, spot)
	if spot.Part >= 0 {
		money := &m.Parts[spot.Part].Money
		money.Projects++
		money.Planned, money.Done = sum(money.Planned, standing.Planned), sum(money.Done, standing.Done)
	}
}

// sum adds what is known.
func sum(a, b ledger.Decimal) ledger.Decimal {
	switch {
	case !a.Known():
		return b
	case !b.Known():
		return a
	}
	return reporting.Sum(a, b)
}

// degrees are a decimal as the number that drawing takes; figures of the ledger are never made so.
func degrees(d ledger.Decimal) float64 {
	f, _ := d.Rat().Float64()
	return f
}

package progress

import (
	"context"
	"slices"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/progress/sdmx"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Exchange is the locked figures of a plan's indicators in the form in which statistical offices exchange them, as far
// as the caller may read them.
func (s *Service) Exchange(ctx context.Context, id ledger.PlanID) (sdmx.Set, error) {
	var set sdmx.Set
	plan, err := s.plan(ctx, id)
	if err != nil {
		return set, err
	}
	if err := s.core.Check(ctx, "indicator.read", ofPlan(plan)); err != nil {
		return set, err
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return set, err
	}
	on := s.core.Today()
	named := func(u ledger.UnitID) sdmx.Code { return sdmx.Code{ID: string(u), Words: plainly(tree.Name(u, on))} }
	set = sdmx.Set{ID: string(id), Title: plainly(plan.Title), Sender: named(plan.Government), Prepared: s.core.Store().Now()}
	indicators, err := service.All(ctx, s.core.Store().Indicators().List, store.InPlan(id))
	if err != nil {
		return set, err
	}
	for _, i := range store.Values(indicators) {
		set.Indicators = append(set.Indicators, sdmx.Indicator{
			ID: i.ID, Name: i.Name, Unit: i.Unit, Scope: i.Scope, Aggregation: i.Aggregation, Direction: i.Direction,
		})
	}
	g := &ground{plan: plan, on: on, tree: tree}
	if err := s.readFigures(ctx, g, narrow{kinds: accountedKinds}); err != nil {
		return set, err
	}
	may, err := s.readers(ctx)
	if err != nil {
		return set, err
	}
	for _, i := range set.Indicators {
		for _, unit := range g.figures.units(reporting.IndicatorSubject(i.ID)) {
			if !may(unit) {
				continue
			}
			if !slices.ContainsFunc(set.Units, func(c sdmx.Code) bool { return c.ID == string(unit) }) {
				set.Units = append(set.Units, named(unit))
			}
			for _, p := range g.figures.points(reporting.IndicatorSubject(i.ID), unit) {
				set.Figures = append(set.Figures, exchanged(i.ID, unit, p)...)
			}
		}
	}
	return set, nil
}

// readers tells whose figures the caller may read.
func (s *Service) readers(ctx context.Context) (func(ledger.UnitID) bool, error) {
	units, err := s.core.Units(ctx)
	if err != nil {
		return nil, err
	}
	caller := service.CallerOf(ctx)
	scope := s.core.Rights().Scope(caller.Actor, "observation.read")
	if caller.System != "" {
		scope = access.Scope{All: true}
	}
	return func(u ledger.UnitID) bool { return scope.Covers(units.Object(u, nil, false)) }, nil
}

// exchanged is a point in both views, as far as they are known. Growth belongs to the view that was given.
func exchanged(i ledger.IndicatorID, unit ledger.UnitID, p reporting.Point) []sdmx.Figure {
	var both []sdmx.Figure
	for _, basis := range []reporting.Basis{reporting.OfPeriod, reporting.Cumulative} {
		f := sdmx.Figure{
			Indicator: i, Unit: unit, Basis: basis, Period: p.Period, Value: p.In(basis), Derived: basis != p.Given, Corrected: p.Corrected,
			Source: p.Observation,
		}
		f.Numerator, f.Denominator = p.Numerator, p.Denominator
		if basis == reporting.OfPeriod {
			f.Numerator, f.Denominator = p.NumeratorOfPeriod, p.DenominatorOfPeriod
		}
		if basis == p.Given {
			f.Growth = p.Growth
		}
		if f.Value.Known() || f.Growth.Known() {
			both = append(both, f)
		}
	}
	return both
}

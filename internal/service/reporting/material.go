package reporting

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// material is what forms of a plan are made of, as it was at one moment. It never changes once made.
type material struct {
	state      string
	through    atomic.Int64 // entry of the log up to which nothing of it has changed
	units      *access.Units
	tree       *ledger.Tree
	on         calendar.Date // the day of the tree's last look at who has ended
	plan       ledger.Plan
	settings   Settings
	indicators map[ledger.IndicatorID]ledger.Indicator
	reached    map[ledger.CommitmentID][]int // the milestones of which that is known
	parts      struct {
		commitments map[ledger.UnitID][]ledger.Commitment
		indicators  []ledger.Indicator
		projects    map[ledger.UnitID][]ledger.Project
	}
	asked struct {
		once sync.Once
		all  *Askable
	}
	titles struct {
		once sync.Once
		of   map[string]string // of projects and commitments, by their identifiers
	}
	// followers are the units that lead a target which follows an indicator.
	followers map[ledger.IndicatorID][]ledger.UnitID
	leads     []ledger.UnitID // units that lead something, in the order of the tree
	forms     sync.Map        // of formKey to reporting.Form
	sizes     sync.Map        // of formKey to the number of its rows
}

type formKey struct {
	period reporting.Period
	unit   ledger.UnitID
}

// cache keeps the material of plans while nothing of it changes.
type cache struct{ plans sync.Map }

// lookedKey is under which a context carries what a use case has looked at.
type lookedKey struct{}

// looked is the material that one use case works with, so that it looks only once whether a plan has changed.
type looked struct {
	mu    sync.Mutex
	plans map[ledger.PlanID]*material
}

// once is a context in which a use case looks at each plan once.
func once(ctx context.Context) context.Context {
	if _, already := ctx.Value(lookedKey{}).(*looked); already {
		return ctx
	}
	return context.WithValue(ctx, lookedKey{}, &looked{plans: map[ledger.PlanID]*material{}})
}

// material is what the forms of a plan are made of now.
func (s *Service) material(ctx context.Context, plan ledger.PlanID) (*material, error) {
	at, ok := ctx.Value(lookedKey{}).(*looked)
	if !ok {
		return s.look(ctx, plan)
	}
	at.mu.Lock()
	defer at.mu.Unlock()
	if m := at.plans[plan]; m != nil {
		return m, nil
	}
	m, err := s.look(ctx, plan)
	if err == nil {
		at.plans[plan] = m
	}
	return m, err
}

// look looks whether a plan has changed, and reads it anew where it has.
func (s *Service) look(ctx context.Context, plan ledger.PlanID) (*material, error) {
	units, err := s.core.Units(ctx)
	if err != nil {
		return nil, err
	}
	size, err := audit.Size(ctx, s.core.Store().View(ctx))
	if err != nil {
		return nil, err
	}
	kept, _ := s.known.plans.Load(plan)
	m, _ := kept.(*material)
	if m != nil && m.units == units {
		if touched, err := s.touched(ctx, m, size); err != nil || !touched {
			return m, err
		}
	}
	state, err := s.stateOf(ctx, plan)
	if err != nil {
		return nil, err
	}
	if m != nil && m.state == state && m.units == units {
		if !s.core.Store().Inside(ctx) {
			m.through.Store(size)
		}
		return m, nil
	}
	m = &material{state: state, units: units}
	m.through.Store(size)
	if err := s.gather(ctx, m, plan); err != nil {
		return nil, err
	}
	// What a transaction sees may be undone, and another change may then count up to the same state.
	if !s.core.Store().Inside(ctx) {
		s.known.plans.Store(plan, m)
	}
	return m, nil
}

// besides are the kinds of records, changed every moment, of which no form is made.
var besides = []string{SubmissionKind, CorrectionKind, "light_runs", "lights", "accounts", "exports", "saved_views", "tokens"}

// touched tells whether something was changed since the last look of which a form may be made. A transaction sees changes
// of its own that are not in the log yet, and looks itself.
func (s *Service) touched(ctx context.Context, m *material, size int64) (bool, error) {
	through := m.through.Load()
	if s.core.Store().Inside(ctx) || size < through {
		return true, nil
	}
	if size == through {
		return false, nil
	}
	touched, err := s.core.Touched(ctx, through, size, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("object_kind NOT IN (?)", bun.List(besides))
	})
	if err == nil && !touched {
		m.through.Store(size)
	}
	return touched, err
}

// stateOf changes whenever something changes of which forms are made: every change raises a revision, and
// each mark of a milestone has its moment.
func (s *Service) stateOf(ctx context.Context, plan ledger.PlanID) (string, error) {
	var counts []struct{ Number, Revisions int64 }
	const of = "SELECT count(*) AS number, coalesce(sum(revision), 0) AS revisions FROM "
	err := s.core.Store().View(ctx).NewRaw(of+"plans WHERE id = ?0 UNION ALL "+of+"report_settings WHERE plan = ?0 UNION ALL "+
		of+"commitments WHERE plan = ?0 UNION ALL "+of+"indicators WHERE plan = ?0 UNION ALL "+of+"projects WHERE plan = ?0 UNION ALL "+marksState, plan).Scan(ctx, &counts)
	if err != nil {
		return "", fmt.Errorf("looking whether plan %s has changed: %w", plan, err)
	}
	return fmt.Sprint(counts), nil
}

// gather reads material.
func (s *Service) gather(ctx context.Context, m *material, id ledger.PlanID) error {
	plan, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return err
	}
	settings, err := s.settings(ctx, id)
	if err != nil {
		return err
	}
	commitments, err := service.All(ctx, s.core.Store().Commitments().List, store.InPlan(id))
	if err != nil {
		return fmt.Errorf("reading the commitments of plan %s: %w", id, err)
	}
	indicators, err := service.All(ctx, s.core.Store().Indicators().List, store.InPlan(id))
	if err != nil {
		return fmt.Errorf("reading the indicators of plan %s: %w", id, err)
	}
	projects, err := service.All(ctx, s.core.Store().Projects().List, store.InPlan(id))
	if err != nil {
		return fmt.Errorf("reading the projects of plan %s: %w", id, err)
	}
	if m.tree, err = s.core.Tree(ctx); err != nil {
		return err
	}
	if m.reached, err = s.marks(ctx, id); err != nil {
		return err
	}
	m.on = s.core.Today()
	m.plan, m.settings = plan.Value, settings.Value
	m.fill(store.Values(commitments), store.Values(indicators), store.Values(projects))
	return nil
}

// fill sorts what a plan holds by who leads it today: what a merged unit led is its heir's.
func (m *material) fill(commitments []ledger.Commitment, indicators []ledger.Indicator, projects []ledger.Project) {
	m.indicators = map[ledger.IndicatorID]ledger.Indicator{}
	for _, i := range indicators {
		m.indicators[i.ID] = i
	}
	m.followers = map[ledger.IndicatorID][]ledger.UnitID{}
	m.parts.indicators, m.parts.commitments = indicators, map[ledger.UnitID][]ledger.Commitment{}
	m.parts.projects = map[ledger.UnitID][]ledger.Project{}
	leads := map[ledger.UnitID]bool{}
	for _, c := range commitments {
		c.Lead = m.heir(c.Lead)
		m.parts.commitments[c.Lead] = append(m.parts.commitments[c.Lead], c)
		leads[c.Lead] = true
		for _, t := range c.Targets {
			if t.Indicator != "" && !slices.Contains(m.followers[t.Indicator], c.Lead) {
				m.followers[t.Indicator] = append(m.followers[t.Indicator], c.Lead)
			}
		}
	}
	for _, p := range projects {
		p.Lead = m.heir(p.Lead)
		m.parts.projects[p.Lead] = append(m.parts.projects[p.Lead], p)
		leads[p.Lead] = true
	}
	for _, unit := range m.tree.Units() {
		if leads[unit.ID] {
			m.leads = append(m.leads, unit.ID)
		}
	}
}

// heir is the unit that stands for another one today.
func (m *material) heir(unit ledger.UnitID) ledger.UnitID {
	return m.units.Object(unit, nil, false).Unit
}

// form is what a unit is asked in a round.
func (m *material) form(round reporting.Round, unit ledger.UnitID) reporting.Form {
	key := formKey{round.Period, unit}
	if kept, ok := m.forms.Load(key); ok {
		if form, ok := kept.(reporting.Form); ok {
			form.Round = round
			return form
		}
	}
	form := m.made(round, unit)
	m.forms.Store(key, form)
	return form
}

// made is a form that nobody is about to fill, and that is not kept.
func (m *material) made(round reporting.Round, unit ledger.UnitID) reporting.Form {
	return m.formOf(round, m.settings.Asking, unit).Without(m.reached)
}

// asks is how many rows a unit is asked in a round: for lists of thousands of units, whose forms would fill the memory.
func (m *material) asks(round reporting.Round, unit ledger.UnitID) int {
	key := formKey{round.Period, unit}
	if kept, ok := m.sizes.Load(key); ok {
		if n, ok := kept.(int); ok {
			return n
		}
	}
	n := len(m.made(round, unit).Rows)
	m.sizes.Store(key, n)
	return n
}

// formOf is what a unit would be asked.
func (m *material) formOf(round reporting.Round, asking reporting.Asking, unit ledger.UnitID) reporting.Form {
	return reporting.FormOf(round, asking, unit, m.plan, m.parts.commitments[unit], m.parts.indicators, m.parts.projects[unit])
}

// name is what a unit is called on the last day of a period. Of one that was split since it says who took over: what is
// its own stays under its name until it is given to one of them.
func (m *material) name(unit ledger.UnitID, p reporting.Period) string {
	return reporting.NameOf(m.tree, unit, p.Span().To, m.on)
}

// statisticsUnit tells whose the word of the statistics office is.
func (m *material) statistics() service.Owned {
	return service.Owned{Lead: m.settings.Asking.StatisticsUnit}
}

func needsStatistics(rows []reporting.Row) bool {
	return slices.ContainsFunc(rows, func(r reporting.Row) bool { return r.Statistics })
}

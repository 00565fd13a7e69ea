package assessment

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
)

//go:embed scheme.txt
var usualLines string

// Usual is the scheme that a new assessment of a plan begins with: all departments, street offices and companies of its
// government, each kind in a group of its own, over the plan's year.
func (s *Service) Usual(ctx context.Context, plan ledger.PlanID) (assessment.Scheme, error) {
	p, err := s.plan(ctx, plan)
	if err != nil {
		return assessment.Scheme{}, err
	}
	scheme := usualMeasures()
	scheme.Title = fmt.Sprintf("%d年度目标考核", p.Year)
	scheme.From = calendar.Date{Year: int16(p.Year), Month: 1, Day: 1}
	scheme.To = calendar.LastDay(p.Year, 12)
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return scheme, err
	}
	for _, kind := range []ledger.UnitKind{ledger.Department, ledger.StreetOffice, ledger.Company} {
		group := assessment.Group{Name: kind.Label().ZH}
		for _, u := range tree.Units() {
			if u.Kind == kind && tree.Exists(u.ID, s.core.Today()) && tree.Within(u.ID, p.Government, s.core.Today()) {
				group.Units = append(group.Units, u.ID)
			}
		}
		if len(group.Units) > 0 {
			scheme.Groups = append(scheme.Groups, group)
		}
	}
	return scheme, nil
}

// usual hands on the lines of scheme.txt of which a kind is asked for.
func usual(take func(kind string, cells []string)) {
	for line := range strings.Lines(usualLines) {
		kind, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		cells := strings.Split(rest, "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		take(kind, cells)
	}
}

// usualMeasures are the measures and rules of scheme.txt.
func usualMeasures() assessment.Scheme {
	var s assessment.Scheme
	usual(func(kind string, cells []string) {
		switch kind {
		case "measure":
			s.Measures = append(s.Measures, assessment.Measure{Title: cells[1], Formula: assessment.FormulaName(cells[0]), Weight: points(cells[2])})
		case string(assessment.Bonus), string(assessment.Deduction):
			s.Rules = append(s.Rules, assessment.Rule{Title: cells[1], Kind: assessment.RuleKind(kind), Each: points(cells[2]), Cap: points(cells[3])})
		}
	})
	return Coded(s)
}

// usualCriteria are the criteria of scheme.txt.
func usualCriteria() []assessment.Criterion {
	var all []assessment.Criterion
	usual(func(kind string, cells []string) {
		if kind == "criterion" {
			all = append(all, assessment.Criterion{Title: cells[1], Most: points(cells[2])})
		}
	})
	return all
}

func points(text string) ledger.Decimal {
	d, err := ledger.ParseDecimal(text)
	if err != nil {
		panic(err) // the program's own file
	}
	return d
}

// Coded is a scheme whose new measures and rules have codes, which those that have one keep.
func Coded(s assessment.Scheme) assessment.Scheme {
	taken := map[string]bool{}
	for _, m := range s.Measures {
		taken[m.Code] = true
	}
	for _, r := range s.Rules {
		taken[r.Code] = true
	}
	next := func(code, sign string) string {
		for n := 1; code == ""; n++ {
			if try := fmt.Sprint(sign, n); !taken[try] {
				code = try
			}
		}
		taken[code] = true
		return code
	}
	s.Measures, s.Rules = slices.Clone(s.Measures), slices.Clone(s.Rules)
	for i := range s.Measures {
		s.Measures[i].Code = next(s.Measures[i].Code, "m")
	}
	for i := range s.Rules {
		s.Rules[i].Code = next(s.Rules[i].Code, "r")
	}
	return s
}

// plan is a published plan that the caller may read.
func (s *Service) plan(ctx context.Context, id ledger.PlanID) (ledger.Plan, error) {
	record, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return ledger.Plan{}, err
	}
	if err := s.core.Check(ctx, "plan.read", service.Owned{Lead: record.Value.Government}); err != nil {
		return ledger.Plan{}, err
	}
	if record.Value.State != ledger.Published {
		return ledger.Plan{}, fault("plan.not_published")
	}
	return record.Value, nil
}

// Create begins an assessment of the units of a published plan.
func (s *Service) Create(ctx context.Context, plan ledger.PlanID, scheme assessment.Scheme) (Assessment, error) {
	var made Assessment
	p, err := s.plan(ctx, plan)
	if err != nil {
		return made, err
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, editScheme, service.Owned{Lead: p.Government}); err != nil {
			return err
		}
		scheme, err := s.sound(ctx, scheme)
		if err != nil {
			return err
		}
		r := row{
			ID: store.NewID[string](s.core.Store()), Revision: 1, Plan: string(plan), Government: string(p.Government),
			Title: scheme.Title, State: s.assessment.States[0].Name, Begun: s.core.Today().String(),
			Updated: s.core.Store().NowText(), Scheme: written(scheme),
		}
		if err := store.Insert(ctx, w.Tx(), r); err != nil {
			return err
		}
		if err := s.cases.Open(ctx, w, s.assessment, Kind, r.ID); err != nil {
			return err
		}
		if made, err = r.assessment(); err != nil {
			return err
		}
		w.Record(editScheme, Kind, r.ID, nil, made, nil)
		return nil
	})
	return made, err
}

// SaveScheme changes a scheme that is being drawn up.
func (s *Service) SaveScheme(ctx context.Context, id ID, scheme assessment.Scheme, seen int64) (Assessment, error) {
	err := s.change(ctx, id, editScheme, government, seen, func(ctx context.Context, w *work) error {
		if w.before.State != s.assessment.States[0].Name {
			return fault("assessment.fixed")
		}
		scheme, err := s.sound(ctx, scheme)
		w.row.Title, w.row.Scheme = scheme.Title, written(scheme)
		return err
	})
	if err != nil {
		return Assessment{}, err
	}
	r, err := s.readRow(ctx, id)
	if err != nil {
		return Assessment{}, err
	}
	return r.assessment()
}

// sound is a scheme in which nothing is wrong.
func (s *Service) sound(ctx context.Context, scheme assessment.Scheme) (assessment.Scheme, error) {
	scheme = Coded(scheme)
	if err := unsound("assessment.unsound", scheme.Validate()); err != nil {
		return scheme, err
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return scheme, err
	}
	for _, unit := range scheme.Units() {
		if _, known := tree.Unit(unit); !known {
			return scheme, fault("assessment.unit")
		}
	}
	return scheme, nil
}

// heirs are the units of a scheme that have taken over from others by a day. What was split up goes to nobody, because
// nobody can say whose it was.
func (s *Service) heirs(ctx context.Context, scheme assessment.Scheme, on calendar.Date) (map[ledger.UnitID]ledger.UnitID, error) {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	heirs := map[ledger.UnitID]ledger.UnitID{}
	for _, u := range tree.Units() {
		after := tree.Successors(u.ID, on)
		if len(after) == 1 && after[0] != u.ID && scheme.GroupOf(u.ID) == "" && scheme.GroupOf(after[0]) != "" {
			heirs[u.ID] = after[0]
		}
	}
	return heirs, nil
}

// Tried is what other weights would do: the scores by them, and how units move.
type Tried struct {
	Scheme assessment.Scheme
	Result assessment.Result
	Shifts []assessment.Shift
	Moved  int // how many units change places
}

// Simulate tries other weights on the figures as they are, by the codes of measures. Nothing is kept.
func (s *Service) Simulate(ctx context.Context, id ID, weights map[string]ledger.Decimal) (Tried, error) {
	var tried Tried
	r, err := s.readRow(ctx, id)
	if err != nil {
		return tried, err
	}
	a, err := r.assessment()
	if err != nil {
		return tried, err
	}
	if err := s.core.Check(ctx, editScheme, a.owned()); err != nil {
		return tried, err
	}
	tried.Scheme = a.Scheme.Reweighted(weights)
	if err := unsound("assessment.unsound", tried.Scheme.Validate()); err != nil {
		return tried, err
	}
	material, err := s.material(ctx, a)
	if err != nil {
		return tried, err
	}
	tried.Result = assessment.Compute(tried.Scheme, material)
	tried.Shifts = assessment.Compare(assessment.Compute(a.Scheme, material), tried.Result)
	for _, shift := range tried.Shifts {
		if cmp.Compare(shift.Was, shift.Is) != 0 {
			tried.Moved++
		}
	}
	return tried, nil
}

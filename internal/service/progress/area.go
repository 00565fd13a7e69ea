package progress

import (
	"cmp"
	"context"
	"slices"

	"luoshi/calendar"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// AreaView is a section of a plan with all beneath it, and how it goes, as far as the caller may see it.
type AreaView struct {
	Plan    ledger.Plan
	Section ledger.Section
	On      calendar.Date
	Elapsed int // per cent of the year that is over
	Run     Run // when the lights were computed
	Total   Tally
	Parts   []AreaTally       // of the sections directly beneath it
	Units   []UnitTally       // that lead, the one with the largest share of red first
	Lights  []CommitmentLight // the worst first
}

// AreaView is a section of a published plan.
func (s *Service) AreaView(ctx context.Context, id ledger.PlanID, section int) (AreaView, error) {
	v := AreaView{On: s.core.Today()}
	var err error
	if v.Plan, err = s.plan(ctx, id); err != nil {
		return v, err
	}
	if v.Plan.State != ledger.Published {
		return v, faults.New("plan.not_published")
	}
	path := v.Plan.Path(section)
	if len(path) == 0 {
		return v, &store.NotFound{Kind: "sections", ID: string(id)}
	}
	v.Section, v.Elapsed = path[len(path)-1], elapsed(v.Plan.Year, v.On)
	run, err := s.lastRun(ctx, id)
	if err != nil {
		return v, err
	}
	v.Run = run.run()
	rows, err := s.tally(ctx, id)
	if err != nil {
		return v, err
	}
	rows = v.count(rows)
	if v.Units, err = s.unitTallies(ctx, rows); err != nil {
		return v, err
	}
	v.Lights, err = s.allLights(ctx, LightQuery{Plan: id, Section: section})
	return v, err
}

// count adds up what lies in the section, and returns it.
func (v *AreaView) count(rows []tallyRow) []tallyRow {
	within := sectionsBelow(v.Plan, v.Section.Number)
	rows = slices.Collect(func(yield func(tallyRow) bool) {
		for _, r := range rows {
			if slices.Contains(within, r.Section) && !yield(r) {
				return
			}
		}
	})
	for _, r := range rows {
		v.Total.add(r)
	}
	for _, part := range v.Plan.Outline {
		if part.Parent != v.Section.Number {
			continue
		}
		t, beneath := AreaTally{Section: part}, sectionsBelow(v.Plan, part.Number)
		for _, r := range rows {
			if slices.Contains(beneath, r.Section) {
				t.add(r)
			}
		}
		if t.All > 0 {
			v.Parts = append(v.Parts, t)
		}
	}
	return rows
}

// allLights are all lights that a query finds, the worst first.
func (s *Service) allLights(ctx context.Context, query LightQuery) ([]CommitmentLight, error) {
	var all []CommitmentLight
	for page := (store.Page{Order: Severity, Limit: store.MaxLimit}); ; {
		listing, err := s.Lights(ctx, query, page)
		if err != nil {
			return nil, err
		}
		all = append(all, listing.Lights...)
		if page.After = listing.Next; page.After == "" {
			return all, nil
		}
	}
}

// AreaCourses are the courses of the indicators that the commitments of an area follow, in the order of the plan: of
// each one for every unit and bound.
func (s *Service) AreaCourses(ctx context.Context, v AreaView) ([]Course, error) {
	var subjects []reporting.Subject
	var followers []ledger.Commitment
	for _, l := range v.Lights {
		for _, t := range l.Commitment.Targets {
			subject := reporting.IndicatorSubject(t.Indicator)
			if t.Indicator == "" || l.Commitment.Parent != "" {
				continue // a part of another commitment, which is counted with it
			}
			followers = append(followers, l.Commitment)
			if !slices.Contains(subjects, subject) {
				subjects = append(subjects, subject)
			}
		}
	}
	if len(subjects) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(followers, ledger.InOrder)
	followers = slices.CompactFunc(followers, func(a, b ledger.Commitment) bool { return a.ID == b.ID })
	g, err := s.ground(ctx, v.Plan, narrow{commitment: none, subjects: subjects})
	if err != nil {
		return nil, err
	}
	var all []Course
	for _, c := range followers {
		c.Lead = g.leadOf(c.Lead)
		for _, m := range g.measure(c) {
			if m.subject.Kind != reporting.OfIndicator {
				continue
			}
			course, err := s.course(ctx, g, m)
			if err != nil {
				return nil, err
			}
			course.Title = cmp.Or(g.indicators[ledger.IndicatorID(m.subject.ID)].Name, course.Title)
			all = append(all, course)
		}
	}
	return all, nil
}

// AreaProjects are where the projects stand that the commitments of an area are about, as far as the caller may read them.
func (s *Service) AreaProjects(ctx context.Context, v AreaView) ([]Standing, error) {
	served := map[ledger.ProjectID]bool{}
	for _, l := range v.Lights {
		served[l.Commitment.Project] = l.Commitment.Project != ""
	}
	standings, err := s.Standings(ctx, v.Plan.ID)
	var all []Standing
	for _, standing := range standings {
		if served[standing.Project.ID] {
			all = append(all, standing)
		}
	}
	return all, err
}

// OnCourse is how many of a hundred lights are done or on their way, rounded: neither behind nor without anything to judge
// them by.
func (t Tally) OnCourse() int {
	if t.All == 0 {
		return 0
	}
	return ((t.Colours[light.Blue]+t.Colours[light.Green])*100 + t.All/2) / t.All
}

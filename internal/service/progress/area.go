package progress

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

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
	Parts   []AreaTally // of the sections directly beneath it
	Units   []UnitTally // that lead, the one with the largest share of red first
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
	v.Units, err = s.unitTallies(ctx, rows)
	return v, err
}

// count adds up what lies in the section, and returns it.
func (v *AreaView) count(rows []tallyRow) []tallyRow {
	within := v.Sections()
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

// Sections are the numbers of the section and of all beneath it.
func (v AreaView) Sections() []int { return sectionsBelow(v.Plan, v.Section.Number) }

// query finds the lights of the area.
func (v AreaView) query() LightQuery { return LightQuery{Plan: v.Plan.ID, Section: v.Section.Number} }

// AreaLights are the first lights of an area that the caller may see, the worst in front; all of them where most is 0.
func (s *Service) AreaLights(ctx context.Context, v AreaView, most int) ([]CommitmentLight, error) {
	var all []CommitmentLight
	for page := (store.Page{Order: Severity, Limit: cmp.Or(most, store.MaxLimit)}); ; {
		listing, err := s.Lights(ctx, v.query(), page)
		if err != nil {
			return nil, err
		}
		all = append(all, listing.Lights...)
		if page.After = listing.Next; page.After == "" || most > 0 {
			return all, nil
		}
	}
}

// AreaCourses are the courses of the indicators that the commitments of an area follow, as far as the caller may see their
// lights, in the order of the plan: of each one for every unit and bound. Those of the first commitments alone are
// found where most is not 0, and whether there are more. A part of another commitment is counted with it.
func (s *Service) AreaCourses(ctx context.Context, v AreaView, most int) (all []Course, more bool, err error) {
	followers, more, err := s.followersIn(ctx, v, most)
	if err != nil || len(followers) == 0 {
		return nil, false, err
	}
	var subjects []reporting.Subject
	for _, c := range followers {
		for _, t := range c.Targets {
			subject := reporting.IndicatorSubject(t.Indicator)
			if t.Indicator != "" && !slices.Contains(subjects, subject) {
				subjects = append(subjects, subject)
			}
		}
	}
	g, err := s.ground(ctx, v.Plan, narrow{commitment: none, subjects: subjects})
	if err != nil {
		return nil, false, err
	}
	for _, c := range followers {
		c.Lead = g.leadOf(c.Lead)
		for _, m := range g.measure(c) {
			if m.subject.Kind != reporting.OfIndicator {
				continue
			}
			course, err := s.course(ctx, g, m)
			if err != nil {
				return nil, false, err
			}
			course.Title = cmp.Or(g.indicators[ledger.IndicatorID(m.subject.ID)].Name, course.Title)
			all = append(all, course)
		}
	}
	return all, more, nil
}

// followersIn are the commitments of an area that follow indicators, the first in the plan in front, and whether there are
// more.
func (s *Service) followersIn(ctx context.Context, v AreaView, most int) (all []ledger.Commitment, more bool, err error) {
	filters, err := s.filters(ctx, v.Plan, v.query())
	if err != nil {
		return nil, false, err
	}
	filters = append(filters, func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("commitments.parent IS NULL").
			Where("EXISTS (SELECT 1 FROM commitment_targets AS t WHERE t.commitment = commitments.id AND t.indicator IS NOT NULL)")
	})
	page := store.Page{Order: "section", Limit: most}
	if most == 0 {
		page.Limit = store.MaxLimit
	}
	for {
		part, err := s.core.Store().Commitments().List(ctx, page, filters...)
		if err != nil {
			return nil, false, fmt.Errorf("progress: reading what follows indicators in section %d of plan %s: %w", v.Section.Number, v.Plan.ID, err)
		}
		all = append(all, store.Values(part.Records)...)
		if page.After = part.Next; page.After == "" || most > 0 {
			slices.SortStableFunc(all, ledger.InOrder)
			return all, page.After != "", nil
		}
	}
}

// AreaProjects are where the projects stand that the commitments of an area are about, as far as the caller may read them.
func (s *Service) AreaProjects(ctx context.Context, v AreaView) ([]Standing, error) {
	filters, err := s.filters(ctx, v.Plan, v.query())
	if err != nil {
		return nil, err
	}
	query := s.core.Store().View(ctx).NewSelect().Model((*weighed)(nil)).ColumnExpr("DISTINCT commitments.project").Where("commitments.project IS NOT NULL")
	for _, filter := range filters {
		query = filter(query)
	}
	rows, err := recall[struct{ Project string }](ctx, s, v.Plan.ID, query)
	if err != nil {
		return nil, fmt.Errorf("progress: reading which projects section %d of plan %s is about: %w", v.Section.Number, v.Plan.ID, err)
	}
	served := map[ledger.ProjectID]bool{}
	for _, r := range rows {
		served[ledger.ProjectID(r.Project)] = true
	}
	standings, err := s.Standings(ctx, v.Plan.ID)
	var about []Standing
	for _, standing := range standings {
		if served[standing.Project.ID] {
			about = append(about, standing)
		}
	}
	return about, err
}

// OnCourse is how many of a hundred lights are done or on their way, rounded: neither behind nor without anything to judge
// them by.
func (t Tally) OnCourse() int {
	if t.All == 0 {
		return 0
	}
	return ((t.Colours[light.Blue]+t.Colours[light.Green])*100 + t.All/2) / t.All
}

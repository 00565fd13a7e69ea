package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	desk "luoshi/internal/service/assessment"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
)

// tourDeeds are what people do about an observation round.
var tourDeeds = []access.Action{"tour.read", "tour.edit", "tour.mark", "tour.publish", "assessment.appeal", "plan.read", "project.read"}

// tourChapters are the observation round of the first half of the year.
func (t *teller) tourChapters() ([]chapter, error) { return told("toursteps", 11, t.tourStep) }

// tourStep lets somebody do something about the round.
func (t *teller) tourStep(step step) error {
	ctx, err := t.standing(step.who, tourDeeds)
	if err != nil {
		return err
	}
	switch step.do {
	case "prepare":
		return t.prepareTour(ctx, step)
	case "mark":
		return t.markProjects(ctx, step.who)
	}
	return t.Assessment.TakeTour(ctx, t.tour, desk.Step{Action: step.do, Reason: step.words}, 0)
}

// seenProject is a line of tourmarks.txt: a project, and what judges give it.
type seenProject struct {
	row
	project ledger.ProjectID
	sheets  map[string][]string // by judge; without marks where the judge steps back
}

// prepareTour plans the round with the projects and the judges of tourmarks.txt. Of each project the best and the worst
// sheet do not count.
func (t *teller) prepareTour(ctx context.Context, step step) error {
	seen, err := t.seenProjects()
	if err != nil {
		return err
	}
	tour := t.Assessment.UsualTour()
	if tour.On, err = calendar.ParseDate(step.many); err != nil {
		return err
	}
	tour.Title, tour.Drop = step.words, 1
	for _, p := range seen {
		tour.Projects = append(tour.Projects, assessment.Shown{Project: p.project})
		for name := range p.sheets {
			if judge := t.account[name]; !slices.Contains(tour.Judges, judge) {
				tour.Judges = append(tour.Judges, judge)
			}
		}
	}
	slices.Sort(tour.Judges)
	made, err := t.Assessment.CreateTour(ctx, t.plan, tour)
	t.tour = made.ID
	return err
}

// seenProjects are the lines of tourmarks.txt.
func (t *teller) seenProjects() ([]seenProject, error) {
	projects, err := service.All(t.ctx, t.Core.Store().Projects().List, store.InPlan(t.plan))
	if err != nil {
		return nil, err
	}
	all, err := rows("tourmarks", 2, 2)
	if err != nil {
		return nil, err
	}
	list := make([]seenProject, len(all))
	for i, r := range all {
		p := slices.IndexFunc(projects, func(p store.Record[ledger.Project]) bool { return p.Value.Number == r.columns[0] })
		if p < 0 {
			return nil, r.fault(fmt.Errorf("project %q: %w", r.columns[0], errUnknownKey))
		}
		list[i] = seenProject{row: r, project: projects[p].Value.ID, sheets: map[string][]string{}}
		for part := range parts(r.columns[1]) {
			words := strings.Fields(part)
			list[i].sheets[words[0]] = words[1:]
		}
	}
	return list, nil
}

// markProjects hands in the sheets of a judge.
func (t *teller) markProjects(ctx context.Context, judge string) error {
	seen, err := t.seenProjects()
	if err != nil {
		return err
	}
	for _, p := range seen {
		sheet := assessment.Sheet{Project: p.project, Recused: len(p.sheets[judge]) == 0}
		for _, text := range p.sheets[judge] {
			mark, err := ledger.ParseDecimal(text)
			if err != nil {
				return p.fault(err)
			}
			sheet.Marks = append(sheet.Marks, mark)
		}
		if err := t.Assessment.Mark(ctx, t.tour, sheet); err != nil {
			return p.fault(err)
		}
	}
	return nil
}

package progress

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// commitmentRows are commitments across the year, by their identifiers.
func (s *Service) commitmentRows(ctx context.Context, plan ledger.Plan, ids []string) (map[string]WallRow, error) {
	commitments, err := fetched(ctx, s.core.Store().Commitments().Some, ids)
	if err != nil {
		return nil, err
	}
	lights, err := s.shown(ctx, plan, commitments)
	if err != nil {
		return nil, err
	}
	var projects []string
	for _, c := range commitments {
		if c.Project != "" {
			projects = append(projects, string(c.Project))
		}
	}
	built, err := s.projectsByID(ctx, projects)
	if err != nil {
		return nil, err
	}
	begins, err := s.begins(ctx, plan, ids)
	if err != nil {
		return nil, err
	}
	reached, err := s.reachedOf(ctx, plan, commitments)
	if err != nil {
		return nil, err
	}
	slips, err := s.slips(ctx, commitments)
	if err != nil {
		return nil, err
	}
	rows := map[string]WallRow{}
	for _, l := range lights {
		c := l.Commitment
		row := WallRow{
			Commitment: c.ID, Number: c.Number, Title: c.Title, UnitName: l.UnitName, Colour: l.Colour, Why: light.Explain(l.Light.Why),
			Begins: begins(c.ID), By: c.By, Progress: l.Light.Progress, Standing: l.Calendar,
			Finished: l.Colour == light.Blue || c.State == ledger.Fulfilled,
			MayMove:  c.State == ledger.InForce && s.core.Can(ctx, "amendment.propose", ofCommitment(c)),
		}
		for _, m := range c.Milestones {
			one := s.milestone(m.Number, m.Title, m.By, reached[reporting.TaskSubject(c.ID)][m.Number])
			one.MayMove = row.MayMove && one.Reached.IsZero()
			row.Milestones = append(row.Milestones, one)
		}
		slips.on(&row, s.core.Can(ctx, "amendment.read", ofCommitment(c)))
		if p, there := built[c.Project]; there {
			row.Milestones = append(row.Milestones, s.nodes(p, reached[reporting.ProjectSubject(p.ID)])...)
		}
		rows[string(c.ID)] = row
	}
	return rows, nil
}

// projectRows are projects across the year, by their identifiers. Light and progress of each are those of the worst
// commitment that it serves.
func (s *Service) projectRows(ctx context.Context, plan ledger.Plan, ids []string) (map[string]WallRow, error) {
	built, err := s.projectsByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	scope, err := s.core.Scope(ctx, readLight, commitmentColumns)
	if err != nil {
		return nil, err
	}
	served, err := service.All(ctx, s.core.Store().Commitments().List, scope, store.InPlan(plan.ID), in("project", ids),
		in("state", []ledger.CommitmentState{ledger.InForce, ledger.Fulfilled}))
	if err != nil {
		return nil, err
	}
	lights, err := s.shown(ctx, plan, store.Values(served))
	if err != nil {
		return nil, err
	}
	worst := map[ledger.ProjectID]CommitmentLight{}
	for _, l := range lights {
		if before, there := worst[l.Commitment.Project]; !there || severity(string(l.Colour)) < severity(string(before.Colour)) {
			worst[l.Commitment.Project] = l
		}
	}
	reached, err := s.reachedOf(ctx, plan, store.Values(served))
	if err != nil {
		return nil, err
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	rows := map[string]WallRow{}
	for id, p := range built {
		l := worst[id]
		rows[string(id)] = WallRow{
			Project: id, Number: p.Number, Title: p.Name, UnitName: tree.Name(p.Lead, s.core.Today()), Colour: l.Colour,
			Why: light.Explain(l.Light.Why), Begins: p.Start, By: p.Completion, Progress: l.Light.Progress,
			Standing: light.Calendar(p.Start, p.Completion, s.core.Today()), Milestones: s.nodes(p, reached[reporting.ProjectSubject(id)]),
			Finished: l.Colour == light.Blue || p.Stage == ledger.Finished,
		}
	}
	return rows, nil
}

// projectsByID are projects as whoever may see what they serve sees them.
func (s *Service) projectsByID(ctx context.Context, ids []string) (map[ledger.ProjectID]ledger.Project, error) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	projects, err := fetched(ctx, s.core.Store().Projects().Some, slices.Compact(ids))
	byID := map[ledger.ProjectID]ledger.Project{}
	for _, p := range projects {
		byID[p.ID] = p
	}
	return byID, err
}

func (s *Service) milestone(number int, title string, by, reached calendar.Date) WallMilestone {
	if s.core.Today().Before(reached) {
		reached = calendar.Date{}
	}
	return WallMilestone{
		Number: number, Title: title, By: by, Reached: reached, Missed: reached.IsZero() && !by.IsZero() && by.Before(s.core.Today()),
	}
}

// nodes are those of a project as milestones.
func (s *Service) nodes(p ledger.Project, reached map[int]calendar.Date) []WallMilestone {
	var all []WallMilestone
	for _, n := range p.Nodes {
		on := n.Done
		if on.IsZero() {
			on = reached[n.Number]
		}
		all = append(all, s.milestone(n.Number, n.Title, n.By, on))
	}
	return all
}

// reachedOf tells which milestones of commitments, and nodes of their projects, were reached when: as the unit marked
// them, or as locked figures say.
func (s *Service) reachedOf(ctx context.Context, plan ledger.Plan, commitments []ledger.Commitment) (map[reporting.Subject]map[int]calendar.Date, error) {
	g := ground{reached: map[reporting.Subject]map[int]calendar.Date{}}
	var subjects []reporting.Subject
	var ids []string
	for _, c := range commitments {
		ids, subjects = append(ids, string(c.ID)), append(subjects, reporting.TaskSubject(c.ID))
		if c.Project != "" {
			subjects = append(subjects, reporting.ProjectSubject(c.Project))
		}
	}
	if len(ids) == 0 {
		return g.reached, nil
	}
	var figures []figureRow
	err := s.core.Store().View(ctx).NewSelect().TableExpr("figures").Column("subject", "body").Where("plan = ?", plan.ID).
		Where("subject IN (?)", bun.List(texts(subjects))).Where(`?(body, '"nodes"') > 0`, bun.Safe(s.finding())).Scan(ctx, &figures)
	if err != nil {
		return nil, fmt.Errorf("progress: reading which nodes of plan %s were reached: %w", plan.ID, err)
	}
	for _, f := range figures {
		var said reporting.Observation
		if err := json.Unmarshal([]byte(f.Body), &said); err != nil {
			return nil, fmt.Errorf("progress: reading which nodes of %s were reached: %w", f.Subject, err)
		}
		if err := g.arrived(f.Subject, said.Nodes); err != nil {
			return nil, err
		}
	}
	return g.reached, s.addMarks(ctx, ids, g.reached)
}

// addMarks adds the milestones of commitments that their units marked as reached, which count before what figures say.
func (s *Service) addMarks(ctx context.Context, ids []string, reached map[reporting.Subject]map[int]calendar.Date) error {
	var rows []struct {
		Commitment string
		Number     int
		Reached    string
	}
	err := s.core.Store().View(ctx).NewSelect().Table("milestone_marks").Column("commitment", "number", "reached").
		Where("commitment IN (?)", bun.List(ids)).Scan(ctx, &rows)
	if err != nil {
		return fmt.Errorf("progress: reading which milestones were reached: %w", err)
	}
	for _, r := range rows {
		subject := reporting.TaskSubject(ledger.CommitmentID(r.Commitment))
		if reached[subject] == nil {
			reached[subject] = map[int]calendar.Date{}
		}
		reached[subject][r.Number] = store.DateOf(r.Reached)
	}
	return nil
}

// scheduled is what has a day: a commitment, or one of its milestones by its number.
type scheduled struct {
	commitment ledger.CommitmentID
	milestone  int
}

// slipped are the days of commitments and milestones that were moved, and those that somebody wishes to move.
type slipped struct {
	moved  map[scheduled][]Slip
	wished map[scheduled]Slip
}

// slips reads how the deadlines of commitments and the days of their milestones were moved.
func (s *Service) slips(ctx context.Context, commitments []ledger.Commitment) (slipped, error) {
	found := slipped{map[scheduled][]Slip{}, map[scheduled]Slip{}}
	if len(commitments) == 0 {
		return found, nil
	}
	ids := make([]ledger.CommitmentID, len(commitments))
	for i, c := range commitments {
		ids[i] = c.ID
	}
	records, err := service.All(ctx, s.core.Store().Amendments().List, in("commitment", ids),
		in("state", []ledger.AmendmentState{ledger.Proposed, ledger.Agreed, ledger.Applied}))
	if err != nil {
		return found, fmt.Errorf("progress: reading how deadlines were moved: %w", err)
	}
	amendments := store.Values(records)
	slices.SortStableFunc(amendments, func(a, b ledger.Amendment) int {
		return cmp.Or(cmp.Compare(a.Version, b.Version), b.Effective.DaysTo(a.Effective))
	})
	for _, a := range amendments {
		for _, change := range a.Changes {
			slip := Slip{Amendment: a.ID, Since: a.Effective}
			switch {
			case change.Field == ledger.DeadlineField:
				slip.From, slip.To = change.Old.Date, change.New.Date
			case change.Old.Milestone != nil && change.New.Milestone != nil:
				slip.From, slip.To = change.Old.Milestone.By, change.New.Milestone.By
			default:
				continue
			}
			if of := (scheduled{a.Commitment, change.Target}); a.State == ledger.Applied {
				found.moved[of] = append(found.moved[of], slip)
			} else {
				found.wished[of] = slip
			}
		}
	}
	return found, nil
}

// on puts the slips of a row and of its milestones on it; wishes are for those who may read amendments.
func (all slipped) on(row *WallRow, wishes bool) {
	of := func(milestone int) ([]Slip, *Slip) {
		key := scheduled{row.Commitment, milestone}
		if wish, there := all.wished[key]; there && wishes {
			return all.moved[key], &wish
		}
		return all.moved[key], nil
	}
	row.Slips, row.Wish = of(0)
	for i, m := range row.Milestones {
		row.Milestones[i].Slips, row.Milestones[i].Wish = of(m.Number)
	}
}

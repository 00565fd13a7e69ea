package progress

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// ground is everything that the lights of a plan rest on, on a day. The same ground gives the same lights.
type ground struct {
	plan        ledger.Plan
	on          calendar.Date
	tree        *ledger.Tree
	terms       Terms
	own         map[ledger.CommitmentID]OwnTerms
	commitments []ledger.Commitment // in the order of the plan, with who leads them today
	leads       map[ledger.IndicatorID][]ledger.UnitID
	indicators  map[ledger.IndicatorID]ledger.Indicator
	projects    map[ledger.ProjectID]ledger.Project
	marks       map[ledger.CommitmentID]map[int]calendar.Date
	figures     locked
	reached     map[reporting.Subject]map[int]calendar.Date // nodes and milestones of which locked figures say so
	evidence    map[about]int                               // files that are locked
	due         map[reporting.Frequency]reporting.Period    // the last period that is closed
	asking      reporting.Asking
}

// about is what a unit reports on.
type about struct {
	subject reporting.Subject
	unit    ledger.UnitID
}

// narrow says of what a ground is read: a whole plan, or one commitment of it.
type narrow struct {
	commitment ledger.CommitmentID     // of a whole plan where it is empty
	subjects   []reporting.Subject     // of all where there are none
	accounts   bool                    // of what stands in the tables alone: commitments that follow indicators
	kinds      []reporting.SubjectKind // of all where there are none
}

// projects narrows a list to the projects among the subjects.
func (n narrow) projects(q *bun.SelectQuery) *bun.SelectQuery {
	if len(n.subjects) == 0 {
		return q
	}
	ids := []string{""} // a list in SQL is never empty
	for _, subject := range n.subjects {
		if subject.Kind == reporting.OfProject {
			ids = append(ids, subject.ID)
		}
	}
	return q.Where("projects.id IN (?)", bun.List(ids))
}

// ground reads what the lights of a plan rest on. Everything is read whoever asks: what a caller may see is decided by
// the commitment whose light it is.
func (s *Service) ground(ctx context.Context, plan ledger.Plan, only narrow) (*ground, error) {
	return s.read(ctx, plan, only, s.readTree, s.readCommitments, s.readIndicators, s.readProjects, s.readLeads, s.readTerms, s.readMarks,
		s.readFigures, s.readEvidence, s.readRounds)
}

// read reads some of what the lights of a plan rest on.
func (s *Service) read(ctx context.Context, plan ledger.Plan, only narrow, steps ...func(context.Context, *ground, narrow) error) (*ground, error) {
	g := &ground{plan: plan, on: s.core.Today()}
	ctx = service.As(ctx, reader)
	return g, s.core.Store().Snapshot(ctx, func(ctx context.Context, _ bun.Tx) error {
		for _, step := range steps {
			if err := step(ctx, g, only); err != nil {
				return err
			}
		}
		return nil
	})
}

// reader is the part of the program that reads what lights rest on.
var reader = service.Caller{System: "progress", May: []access.Action{
	"plan.read", "commitment.read", "indicator.read", "project.read", "period.read", "observation.read", "submission.read",
}}

func (s *Service) readTree(ctx context.Context, g *ground, _ narrow) (err error) {
	g.tree, err = s.core.Tree(ctx)
	return err
}

func (s *Service) readCommitments(ctx context.Context, g *ground, only narrow) error {
	filters := []store.Filter{store.InPlan(g.plan.ID)}
	if only.commitment != "" {
		filters = append(filters, store.Where("id", string(only.commitment)))
	}
	if only.accounts {
		filters = append(filters, func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where("EXISTS (SELECT 1 FROM commitment_targets AS t WHERE t.commitment = commitments.id AND t.indicator IS NOT NULL)").
				Where("commitments.state IN (?, ?)", string(ledger.InForce), string(ledger.Fulfilled))
		})
	}
	records, err := service.All(ctx, s.core.Store().Commitments().List, filters...)
	if err != nil {
		return fmt.Errorf("progress: reading the commitments of plan %s: %w", g.plan.ID, err)
	}
	g.commitments = store.Values(records)
	for i, c := range g.commitments {
		g.commitments[i].Lead = g.leadOf(c.Lead)
	}
	slices.SortStableFunc(g.commitments, ledger.InOrder)
	return nil
}

func (s *Service) readIndicators(ctx context.Context, g *ground, _ narrow) error {
	indicators, err := service.All(ctx, s.core.Store().Indicators().List, store.InPlan(g.plan.ID))
	if err != nil {
		return fmt.Errorf("progress: reading the indicators of plan %s: %w", g.plan.ID, err)
	}
	g.indicators = map[ledger.IndicatorID]ledger.Indicator{}
	for _, i := range store.Values(indicators) {
		g.indicators[i.ID] = i
	}
	return nil
}

func (s *Service) readProjects(ctx context.Context, g *ground, only narrow) error {
	projects, err := service.All(ctx, s.core.Store().Projects().List, store.InPlan(g.plan.ID), only.projects)
	if err != nil {
		return fmt.Errorf("progress: reading the projects of plan %s: %w", g.plan.ID, err)
	}
	g.projects = map[ledger.ProjectID]ledger.Project{}
	for _, p := range store.Values(projects) {
		p.Lead = g.leadOf(p.Lead)
		g.projects[p.ID] = p
	}
	return nil
}

// readMarks finds which milestones were reached.
func (s *Service) readMarks(ctx context.Context, g *ground, only narrow) error {
	var rows []struct {
		Commitment string
		Number     int
		Reached    string
	}
	query := s.core.Store().View(ctx).NewSelect().TableExpr("milestone_marks AS m").ColumnExpr("m.commitment, m.number, m.reached").
		Join("JOIN commitments AS c ON c.id = m.commitment").Where("c.plan = ?", g.plan.ID)
	if only.commitment != "" {
		query = query.Where("c.id = ?", only.commitment)
	}
	if err := query.Scan(ctx, &rows); err != nil {
		return fmt.Errorf("progress: reading which milestones of plan %s were reached: %w", g.plan.ID, err)
	}
	g.marks = map[ledger.CommitmentID]map[int]calendar.Date{}
	for _, r := range rows {
		c := ledger.CommitmentID(r.Commitment)
		if g.marks[c] == nil {
			g.marks[c] = map[int]calendar.Date{}
		}
		g.marks[c][r.Number] = store.DateOf(r.Reached)
	}
	return nil
}

// inTime orders points by the end of their periods, the shorter period first where they end together.
func inTime(a, b reporting.Point) int { return periodsInTime(a.Period, b.Period) }

func periodsInTime(a, b reporting.Period) int {
	x, y := a.Span(), b.Span()
	return cmp.Or(y.To.DaysTo(x.To), x.From.DaysTo(y.From))
}

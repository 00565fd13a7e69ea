package reporting

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/planning"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// projectKind is what the log calls projects.
const projectKind = "projects"

// report is a locked observation, and where it is from.
type report struct {
	reporting.Observation
	by     ledger.AccountID // who filled it, or proposed the correction
	source any              // for the log
}

// reach lets milestones and nodes be reached of which the submission on a desk says so, now that it is locked, so that
// nobody is asked for them again.
func (s *Service) reach(ctx context.Context, w *service.Work, d *desk) error {
	subjects := slices.SortedFunc(maps.Keys(d.said), func(a, b reporting.Subject) int { return cmp.Compare(a.String(), b.String()) })
	for _, subject := range subjects {
		row := d.said[subject]
		o, err := row.observation()
		if err != nil {
			return err
		}
		o.Subject = subject
		said := report{o, ledger.AccountID(row.Account), map[string]string{"submission": d.row.ID}}
		if err := s.reachBy(ctx, w, lockSubmission, said); err != nil {
			return err
		}
	}
	return nil
}

// reachBy lets milestones and nodes be reached of which a report says so. What was marked by hand stays.
func (s *Service) reachBy(ctx context.Context, w *service.Work, action access.Action, said report) error {
	if len(said.Nodes) == 0 {
		return nil
	}
	switch said.Subject.Kind {
	case reporting.OfTask:
		var marks []planning.Mark
		for _, n := range said.Nodes {
			marks = append(marks, planning.Mark{Number: n.Number, Reached: n.On, Account: said.by})
		}
		return planning.MarkReported(ctx, s.core, w, action, ledger.CommitmentID(said.Subject.ID), marks, said.source)
	case reporting.OfProject:
		return s.reachNodes(ctx, w, action, said)
	}
	return nil
}

// takeBack takes back what a report had said was reached and a corrected one no longer says, or says of another day. What
// was marked by hand on another day stays.
func (s *Service) takeBack(ctx context.Context, w *service.Work, action access.Action, before []reporting.NodeReached, said report) error {
	gone := slices.DeleteFunc(slices.Clone(before), func(n reporting.NodeReached) bool { return slices.Contains(said.Nodes, n) })
	if len(gone) == 0 {
		return nil
	}
	switch said.Subject.Kind {
	case reporting.OfTask:
		var marks []planning.Mark
		for _, n := range gone {
			marks = append(marks, planning.Mark{Number: n.Number, Reached: n.On})
		}
		return planning.UnmarkReported(ctx, s.core, w, action, ledger.CommitmentID(said.Subject.ID), marks, said.source)
	case reporting.OfProject:
		return s.changeNodes(ctx, w, action, said, func(node *ledger.Node) {
			if slices.Contains(gone, reporting.NodeReached{Number: node.Number, On: node.Done}) {
				node.Done = calendar.Date{}
			}
		})
	}
	return nil
}

// reachNodes writes into a project which of its nodes were reached.
func (s *Service) reachNodes(ctx context.Context, w *service.Work, action access.Action, said report) error {
	return s.changeNodes(ctx, w, action, said, func(node *ledger.Node) {
		i := slices.IndexFunc(said.Nodes, func(n reporting.NodeReached) bool { return n.Number == node.Number })
		if i >= 0 && node.Done.IsZero() && !s.core.Today().Before(said.Nodes[i].On) {
			node.Done = said.Nodes[i].On
		}
	})
}

// changeNodes writes into a project what a report makes of its nodes, if that is anything else.
func (s *Service) changeNodes(ctx context.Context, w *service.Work, action access.Action, said report, change func(*ledger.Node)) error {
	if err := s.hold(ctx, w.Tx(), projectKind, said.Subject.ID); err != nil {
		return err
	}
	before, err := s.core.Store().Projects().Get(ctx, said.Subject.ID)
	if err != nil {
		return err
	}
	after := before.Value
	after.Nodes = slices.Clone(after.Nodes)
	for i := range after.Nodes {
		change(&after.Nodes[i])
	}
	if slices.Equal(after.Nodes, before.Value.Nodes) {
		return nil
	}
	if _, err := s.core.Store().Projects().Change(ctx, after, before.Revision); err != nil {
		return fmt.Errorf("writing which nodes of project %s were reached: %w", after.ID, err)
	}
	w.Record(action, projectKind, string(after.ID), before.Value, after, said.source)
	return nil
}

// marksState changes whenever a milestone is marked or a mark is taken back: they are counted, and the moment of the last
// is read as a number.
const marksState = `SELECT count(*) AS number,
	coalesce(max(CAST(substr(replace(replace(replace(replace(replace(at_time, '-', ''), 'T', ''), ':', ''), '.', ''), 'Z', ''), 3) AS BIGINT)), 0)
	AS revisions FROM milestone_marks WHERE commitment IN (SELECT id FROM commitments WHERE plan = ?0)`

// marks are the milestones of a plan's commitments that were reached.
func (s *Service) marks(ctx context.Context, plan ledger.PlanID) (map[ledger.CommitmentID][]int, error) {
	var rows []struct {
		Commitment string
		Number     int
	}
	err := s.core.Store().View(ctx).NewSelect().TableExpr("milestone_marks AS m").ColumnExpr("m.commitment, m.number").
		Join("JOIN commitments AS c ON c.id = m.commitment").Where("c.plan = ?", plan).Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("reading which milestones of plan %s were reached: %w", plan, err)
	}
	found := map[ledger.CommitmentID][]int{}
	for _, row := range rows {
		id := ledger.CommitmentID(row.Commitment)
		found[id] = append(found[id], row.Number)
	}
	return found, nil
}

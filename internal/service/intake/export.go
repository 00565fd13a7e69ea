package intake

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue/workbook"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/tasktable"
)

const (
	readCommitment access.Action = "commitment.read"
	runExport      access.Action = "export.run"
	// exportKind is what the log calls lists that were taken out of the house.
	exportKind = "exports"
)

// commitmentColumns is where lists of commitments find whose they are.
var commitmentColumns = access.Columns{
	Unit:        "commitments.lead_unit",
	Cooperating: access.Link{Table: "cooperating_units", Object: "commitment", Unit: "unit", ID: "commitments.id"},
}

// Export writes the commitments of a plan that the caller may see and take out of the house, as a task table of Excel.
// Imported again it gives the same commitments. That he took it is in the log before the first byte goes out.
func (s *Service) Export(ctx context.Context, id ledger.PlanID, w io.Writer) error {
	plan, owned, err := s.plan(ctx, id)
	if err != nil {
		return err
	}
	if err := s.core.Check(ctx, readPlan, owned); err != nil {
		return err
	}
	commitments, err := s.taken(ctx, id)
	if err != nil {
		return err
	}
	setting, err := s.setting(ctx)
	if err != nil {
		return err
	}
	if err := s.noteExport(ctx, id, len(commitments)); err != nil {
		return err
	}
	return writeTable(w, plan.Value, tasktable.Write(plan.Value, commitments, setting))
}

// taken are the commitments of a plan that the caller may see and take out.
func (s *Service) taken(ctx context.Context, id ledger.PlanID) ([]ledger.Commitment, error) {
	seen, err := s.core.Scope(ctx, readCommitment, commitmentColumns)
	if err != nil {
		return nil, err
	}
	out, err := s.core.Scope(ctx, runExport, commitmentColumns)
	if err != nil {
		return nil, err
	}
	commitments, err := service.All(ctx, s.core.Store().Commitments().List, store.InPlan(id), seen, out)
	if err != nil {
		return nil, fmt.Errorf("reading the commitments of the plan: %w", err)
	}
	return store.Values(commitments), nil
}

// noteExport keeps in the log that the caller took a table out. Who may take out nothing at all is refused.
func (s *Service) noteExport(ctx context.Context, id ledger.PlanID, rows int) error {
	var owned service.Owned
	for _, post := range service.CallerOf(ctx).Actor.Posts {
		if post.Unit != "" {
			owned.Lead = post.Unit
			break
		}
	}
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, runExport, owned); err != nil {
			return err
		}
		w.Record(runExport, exportKind, "plans/"+string(id)+"/task-table", nil, nil, map[string]int{"rows": rows})
		return nil
	})
}

// widths are those of the columns, in characters, where they are not the usual.
var widths = map[tasktable.Column]float64{
	tasktable.Order: 6, tasktable.Number: 12, tasktable.Parent: 12, tasktable.Section: 24, tasktable.Kind: 10, tasktable.Title: 28,
	tasktable.Task: 60, tasktable.Target: 44, tasktable.Lead: 20, tasktable.Cooperating: 24, tasktable.Leader: 24, tasktable.Milestones: 36,
}

func writeTable(w io.Writer, plan ledger.Plan, table tasktable.Table) error {
	sheet := workbook.Sheet{Name: strconv.Itoa(plan.Year) + "年任务分解表"}
	for i, column := range tasktable.Written() {
		sheet.Columns = append(sheet.Columns, workbook.Column{Heading: table.Headings[i], Width: widths[column], Wrap: widths[column] > 20})
	}
	rows := make([][]workbook.Cell, len(table.Rows))
	for i, row := range table.Rows {
		for _, text := range row {
			rows[i] = append(rows[i], workbook.Text(text))
		}
	}
	sheet.Rows = workbook.Rows(rows...)
	return workbook.Write(w, sheet)
}

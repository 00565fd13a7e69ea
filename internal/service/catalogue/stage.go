package catalogue

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// StageMove is a step of a project from one stage to another.
type StageMove struct {
	On       calendar.Date
	From, To ledger.Stage
	Reason   string
	Account  ledger.AccountID
}

type moveRow struct {
	bun.BaseModel `bun:"table:project_moves"`
	Project       string `bun:"project,pk"`
	Number        int    `bun:"number,pk"`
	OnDay         string `bun:"on_day"`
	FromStage     string `bun:"from_stage"`
	ToStage       string `bun:"to_stage"`
	Reason        string `bun:"reason"`
	Account       string `bun:"account"`
}

// Stage is a step that somebody wants a project to take.
type Stage struct {
	To     ledger.Stage
	Reason string // why; whoever reads the history a year later asks
	// Date is that of the beginning of construction or of its completion, where the new stage demands one that the
	// project does not have yet.
	Date calendar.Date
}

// MoveProject takes a project to another stage.
func (s *Service) MoveProject(ctx context.Context, id ledger.ProjectID, step Stage, seen int64) error {
	return s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		p, err := s.project(ctx, id)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "project.stage", p.Owned()); err != nil {
			return err
		}
		after, err := moved(p.Value, step)
		if err != nil {
			return err
		}
		if _, err := s.Store().Projects().Change(ctx, after, seen); err != nil {
			return err
		}
		move := StageMove{
			On: s.Today(), From: p.Value.Stage, To: step.To, Reason: strings.TrimSpace(step.Reason),
			Account: service.CallerOf(ctx).Account(),
		}
		if err := s.keepMove(ctx, w, id, move); err != nil {
			return err
		}
		w.Record("project.stage", projectKind, string(id), p.Value, after, map[string]string{"reason": move.Reason})
		return nil
	})
}

func moved(p ledger.Project, step Stage) (ledger.Project, error) {
	if strings.TrimSpace(step.Reason) == "" {
		return p, ledger.Problems{{Code: "amendment.reason", Where: "reason"}}
	}
	if !step.Date.IsZero() {
		if step.To == ledger.Finished {
			p.Completion = step.Date
		} else {
			p.Start = step.Date
		}
	}
	after, problems := p.Move(step.To, step.Reason)
	if problems = append(problems, after.Validate()...); len(problems) > 0 {
		return p, problems
	}
	return after, nil
}

func (s *Service) keepMove(ctx context.Context, w *service.Work, id ledger.ProjectID, move StageMove) error {
	earlier, err := w.Tx().NewSelect().Model((*moveRow)(nil)).Where("project = ?", id).Count(ctx)
	if err != nil {
		return fmt.Errorf("counting the moves of project %s: %w", id, err)
	}
	row := moveRow{
		Project: string(id), Number: int(earlier) + 1, OnDay: move.On.String(), FromStage: string(move.From),
		ToStage: string(move.To), Reason: move.Reason, Account: string(move.Account),
	}
	if _, err := w.Tx().NewInsert().Model(&row).Exec(ctx); err != nil {
		return fmt.Errorf("keeping the move of project %s: %w", id, err)
	}
	return nil
}

// moves are the steps of a project, the first one first.
func (s *Service) moves(ctx context.Context, id ledger.ProjectID) ([]StageMove, error) {
	var rows []moveRow
	err := s.Store().View(ctx).NewSelect().Model(&rows).Where("project = ?", id).Order("number").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the moves of project %s: %w", id, err)
	}
	moves := make([]StageMove, len(rows))
	for i, r := range rows {
		on, err := calendar.ParseDate(r.OnDay)
		if err != nil {
			return nil, fmt.Errorf("reading the moves of project %s: %w", id, err)
		}
		moves[i] = StageMove{
			On: on, From: ledger.Stage(r.FromStage), To: ledger.Stage(r.ToStage), Reason: r.Reason, Account: ledger.AccountID(r.Account),
		}
	}
	return moves, nil
}

package planning

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Mark says that a milestone was reached.
type Mark struct {
	Number  int              `json:"number"` // of the milestone
	Reached calendar.Date    `json:"reached"`
	Note    string           `json:"note,omitempty"`
	Account ledger.AccountID `json:"account"`
	At      time.Time        `json:"at"`
}

type markRow struct {
	bun.BaseModel `bun:"table:milestone_marks,alias:milestone_marks"`
	Commitment    string `bun:"commitment,pk"`
	Number        int    `bun:"number,pk"`
	Reached       string `bun:"reached"`
	Note          string `bun:"note"`
	Account       string `bun:"account"`
	AtTime        string `bun:"at_time"`
}

// Marks are the milestones of a commitment that were reached, in order.
func (s *Service) Marks(ctx context.Context, id ledger.CommitmentID) ([]Mark, error) {
	if _, err := s.Commitment(ctx, id); err != nil {
		return nil, err
	}
	return s.marks(ctx, id)
}

func (s *Service) marks(ctx context.Context, id ledger.CommitmentID) ([]Mark, error) {
	var rows []markRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("commitment = ?", id).Order("number").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading which milestones of %s were reached: %w", id, err)
	}
	marks := make([]Mark, len(rows))
	for i, r := range rows {
		marks[i] = Mark{r.Number, store.DateOf(r.Reached), r.Note, ledger.AccountID(r.Account), store.TimeOf(r.AtTime)}
	}
	return marks, nil
}

// SetMilestones gives a commitment these milestones and no others, in their order in time. Those without a number
// are new. One that was reached stays.
func (s *Service) SetMilestones(ctx context.Context, id ledger.CommitmentID, milestones []ledger.Milestone, seen int64) (store.Record[ledger.Commitment], error) {
	var changed store.Record[ledger.Commitment]
	right := actionOf{action: "milestone.edit"}
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		before, err := s.open(ctx, w, right, id)
		if err != nil {
			return err
		}
		if err := s.running(ctx, w, before.Value.Plan); err != nil {
			return err
		}
		marks, err := s.marks(ctx, id)
		if err != nil {
			return err
		}
		after := before.Value
		if after.Milestones, err = milestonesWith(milestones, before.Value, marks); err != nil {
			return err
		}
		changed, err = s.change(ctx, w, right, before, after, seen)
		return err
	})
	return changed, err
}

// milestonesWith are milestones with a number each that none ever had before.
func milestonesWith(milestones []ledger.Milestone, before ledger.Commitment, marks []Mark) ([]ledger.Milestone, error) {
	numbered := slices.Clone(milestones)
	last := 0
	for _, m := range slices.Concat(milestones, before.Milestones) {
		last = max(last, m.Number)
	}
	for i := range numbered {
		if numbered[i].Number == 0 {
			last++
			numbered[i].Number = last
		}
	}
	slices.SortFunc(numbered, func(a, b ledger.Milestone) int { return a.Number - b.Number })
	for _, mark := range marks {
		stays := slices.ContainsFunc(numbered, func(m ledger.Milestone) bool { return m.Number == mark.Number })
		if !stays {
			return nil, fault("milestone.reached", said(milestoneOf(before, mark.Number).Title))
		}
	}
	return numbered, nil
}

func milestoneOf(c ledger.Commitment, number int) ledger.Milestone {
	for _, m := range c.Milestones {
		if m.Number == number {
			return m
		}
	}
	return ledger.Milestone{}
}

// Reach says that a milestone was reached on a day, or takes that back where the day is zero.
func (s *Service) Reach(ctx context.Context, id ledger.CommitmentID, number int, on calendar.Date, note string) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		c, err := s.core.Store().Commitments().Get(ctx, string(id))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "milestone.mark", ofCommitment(c.Value)); err != nil {
			return err
		}
		if err := s.running(ctx, w, c.Value.Plan); err != nil {
			return err
		}
		if c.Value.State == ledger.Withdrawn {
			return fault("commitment.settled", said(c.Value.Title))
		}
		if milestoneOf(c.Value, number).Number == 0 {
			return fault("milestone.unknown", said(c.Value.Title), said(strconv.Itoa(number)))
		}
		if s.core.Today().Before(on) {
			return fault("milestone.future", said(on.String()))
		}
		before, err := s.marks(ctx, id)
		if err != nil {
			return err
		}
		if err := s.mark(ctx, w, id, number, on, note); err != nil {
			return err
		}
		after, err := s.marks(ctx, id)
		if err != nil {
			return err
		}
		w.Record("milestone.mark", MilestonesKind, string(id), listed(before), listed(after), nil)
		return nil
	})
}

// mark writes a mark, or takes it away.
func (s *Service) mark(ctx context.Context, w *service.Work, id ledger.CommitmentID, number int, on calendar.Date, note string) error {
	row := markRow{
		Commitment: string(id), Number: number, Reached: on.String(), Note: note,
		Account: string(service.CallerOf(ctx).Account()), AtTime: s.core.Store().NowText(),
	}
	if _, err := w.Tx().NewDelete().Model(&row).WherePK().Exec(ctx); err != nil {
		return fmt.Errorf("taking a mark of %s back: %w", id, err)
	}
	if on.IsZero() {
		return nil
	}
	return store.Insert(ctx, w.Tx(), row)
}

// listed is a list as the log keeps it, nil where it is empty.
func listed[T any](list []T) any {
	if len(list) == 0 {
		return nil
	}
	return map[string][]T{"list": list}
}

package planning

import (
	"context"
	"fmt"
	"slices"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// MarkReported marks milestones of a commitment as reached because a figure says so that counts from now on, as part of
// the change that makes it count: by an action that was allowed there, and with what is to be known of it. What was
// marked before stays as it is, and milestones that the commitment has no more are left out.
func MarkReported(
	ctx context.Context, core *service.Core, w *service.Work, action access.Action, id ledger.CommitmentID, reached []Mark, detail any,
) error {
	c, err := core.Store().Commitments().Get(ctx, string(id))
	if err != nil {
		return err
	}
	s := &Service{core: core}
	before, err := s.marks(ctx, id)
	if err != nil {
		return err
	}
	var rows []markRow
	after := slices.Clone(before)
	for _, m := range reached {
		marked := slices.ContainsFunc(after, func(b Mark) bool { return b.Number == m.Number })
		if marked || milestoneOf(c.Value, m.Number).Number == 0 || core.Today().Before(m.Reached) {
			continue
		}
		after = append(after, m)
		rows = append(rows, markRow{
			Commitment: string(id), Number: m.Number, Reached: m.Reached.String(), Note: m.Note, Account: string(m.Account), AtTime: s.core.Store().NowText(),
		})
	}
	if len(rows) == 0 {
		return nil
	}
	// Somebody may mark the same by hand at the same moment; his mark stays then.
	if _, err := w.Tx().NewInsert().Model(&rows).On("CONFLICT (commitment, number) DO NOTHING").Exec(ctx); err != nil {
		return fmt.Errorf("marking what was reported of %s: %w", id, err)
	}
	if after, err = s.marks(ctx, id); err != nil {
		return err
	}
	w.Record(action, MilestonesKind, string(id), listed(before), listed(after), detail)
	return nil
}

// UnmarkReported takes marks back that a figure had made and that it makes no longer, as part of the change that corrects
// it. A milestone that was marked by hand on another day stays as it is.
func UnmarkReported(
	ctx context.Context, core *service.Core, w *service.Work, action access.Action, id ledger.CommitmentID, gone []Mark, detail any,
) error {
	s := &Service{core: core}
	before, err := s.marks(ctx, id)
	if err != nil {
		return err
	}
	for _, m := range gone {
		_, err := w.Tx().NewDelete().Table("milestone_marks").Where("commitment = ?", id).Where("number = ?", m.Number).
			Where("reached = ?", m.Reached.String()).Exec(ctx)
		if err != nil {
			return fmt.Errorf("taking back what was reported of %s: %w", id, err)
		}
	}
	after, err := s.marks(ctx, id)
	if err != nil || len(after) == len(before) {
		return err
	}
	w.Record(action, MilestonesKind, string(id), listed(before), listed(after), detail)
	return nil
}

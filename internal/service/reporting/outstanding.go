package reporting

import (
	"context"
	"fmt"

	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// Outstanding are the forms of opened rounds that units have not sent in, as far as the caller may see them.
type Outstanding struct {
	Missing, Returned           []DueItem // those that are due first
	MissingCount, ReturnedCount int64     // of all
}

// Outstanding counts what was not sent in and what was returned, and names the first of each: what the supervising office
// wants to know at a glance. Whether a unit is still asked for anything is left to Board.
func (s *Service) Outstanding(ctx context.Context, most int) (Outstanding, error) {
	var o Outstanding
	var err error
	if o.Missing, o.MissingCount, err = s.outstanding(ctx, reporting.Drafted, most); err != nil {
		return o, err
	}
	o.Returned, o.ReturnedCount, err = s.outstanding(ctx, reporting.Returned, most)
	return o, err
}

func (s *Service) outstanding(ctx context.Context, state reporting.State, most int) ([]DueItem, int64, error) {
	scope, err := s.core.Scope(ctx, readSubmission, submissionColumns)
	if err != nil {
		return nil, 0, err
	}
	var rows []listedRow
	query := scope(s.list(ctx, &rows).Where("submissions.state = ?", string(state)).Where("rounds.state <> ?", string(reporting.Planned)))
	if err := query.OrderExpr("rounds.due, submissions.id").Limit(int64(most)).Scan(ctx); err != nil {
		return nil, 0, fmt.Errorf("reading what was not sent in: %w", err)
	}
	counting := s.core.Store().View(ctx).NewSelect().Table("submissions").Join("JOIN rounds ON rounds.id = submissions.round").
		Where("submissions.state = ?", string(state)).Where("rounds.state <> ?", string(reporting.Planned))
	count, err := scope(counting).Count(ctx)
	if err != nil {
		return nil, 0, fmt.Errorf("counting what was not sent in: %w", err)
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, 0, err
	}
	today := s.core.Today()
	items := make([]DueItem, len(rows))
	for i, row := range rows {
		items[i] = DueItem{
			Submission: row.submission(), Round: row.round(), Plan: row.Title, UnitName: tree.Name(ledger.UnitID(row.Unit), today),
			DaysLeft: today.DaysTo(store.DateOf(row.Due)), Returned: row.Returned, Reminded: store.TimeOf(row.Reminded),
		}
	}
	return items, count, nil
}

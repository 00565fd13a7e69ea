package bulletin

import (
	"context"
	"fmt"
	"strings"

	"luoshi/ledger/bulletin"
)

// Correct begins a bulletin that puts right a published one, with what the ledger says now. The published one stays as it
// is, and names its correction once that is published.
func (s *Service) Correct(ctx context.Context, id ID, reason string) (View, error) {
	b, err := s.get(ctx, id)
	if err != nil {
		return View{}, err
	}
	if err := s.core.Check(ctx, edit, b.owned()); err != nil {
		return View{}, err
	}
	reason = strings.TrimSpace(reason)
	if b.State != Issued {
		return View{}, faults.New("correct.published")
	}
	if reason == "" {
		return View{}, faults.New("correct.reason")
	}
	by, err := s.correction(ctx, id)
	if err != nil {
		return View{}, err
	}
	if by.ID != "" {
		return View{}, faults.New("correct.twice", by.Title)
	}
	return s.begin(ctx, b.Plan, b.Period, Bulletin{
		Title: "关于更正《" + b.Title + "》的通报", Corrects: id, Blocks: bulletin.Blocks{bulletin.Opening: reason},
		Omitted: b.Omitted, Recipients: b.Recipients, Public: b.Public,
	})
}

// correction is the bulletin that corrects another one, published or not; none where its identifier is empty.
func (s *Service) correction(ctx context.Context, id ID) (Summary, error) {
	var rows []row
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Column(listed...).Where("corrects = ?", id).
		Where("state <> ?", string(Dropped)).Scan(ctx)
	if err != nil {
		return Summary{}, fmt.Errorf("bulletin: looking for the correction of %s: %w", id, err)
	}
	if len(rows) == 0 {
		return Summary{}, nil
	}
	return rows[0].summary(), nil
}

package assessment

import (
	"context"
	"fmt"
	"strings"

	"luoshi/calendar"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
)

// ItemsCounted is the kind of the sources that are livelihood items.
const ItemsCounted = "livelihood_items"

// items counts the livelihood items due within the span, and those of them that are closed; and of all items that a unit
// leads the answers of those who were asked whether they are satisfied. One without a deadline is due when the year of the
// plan is over.
func (s *Service) items(ctx context.Context, t *tally, plan ledger.PlanID, from, to calendar.Date) error {
	if s.options.Livelihood == nil {
		return nil
	}
	all, err := s.options.Livelihood.Counted(ctx, plan)
	if err != nil {
		return err
	}
	for _, item := range all {
		if item.Lead == "" {
			continue
		}
		source := assessment.Source{
			Kind: ItemsCounted, ID: string(item.Commitment), Title: strings.TrimSpace(item.Number + " " + item.Title), Said: item.State,
		}
		by := item.By
		if by.IsZero() {
			by = calendar.LastDay(int(from.Year), 12)
		}
		if !by.Before(from) && !to.Before(by) {
			t.count(item.Lead, "items-due", "items-closed", item.Closed(), source)
		}
		if item.Score.Answers > 0 {
			source.Said = fmt.Sprintf("%d/%d", item.Score.Satisfied, item.Score.Answers)
			add(t.of(item.Lead, "answers"), item.Score.Answers, source)
			add(t.of(item.Lead, "satisfied"), item.Score.Satisfied, source)
		}
	}
	return nil
}

// add adds a number to a figure, and what it comes from.
func add(f *assessment.Fact, n int, source assessment.Source) {
	f.Value, f.Sources = ledger.Int(f.Value.Number().Coef+int64(n)), append(f.Sources, source)
}

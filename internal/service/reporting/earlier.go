package reporting

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// EarlierItem is a form that a unit of the caller's has sent in.
type EarlierItem struct {
	Submission Submission
	Round      reporting.Round
	Plan       string // its title
	UnitName   string
}

// Earlier are the forms that the units of the caller have sent in, those of the last period first. What is past the
// limit of the page follows after next, which is empty behind the last.
func (s *Service) Earlier(ctx context.Context, page store.Page) (items []EarlierItem, next string, err error) {
	scope, err := s.core.Scope(ctx, fillObservation, submissionColumns)
	if err != nil {
		return nil, "", err
	}
	limit := page.Limit
	if limit <= 0 || limit > mostEarlier {
		limit = mostEarlier
	}
	var rows []listedRow
	query := s.list(ctx, &rows).Where("submissions.state NOT IN (?)", bun.List(waiting)).
		OrderExpr("submissions.ends DESC, submissions.id DESC").Limit(int64(limit) + 1)
	if ends, id, found := strings.Cut(page.After, " "); found {
		query = query.Where("(submissions.ends < ? OR submissions.ends = ? AND submissions.id < ?)", ends, ends, id)
	}
	if err := scope(query).Scan(ctx); err != nil {
		return nil, "", fmt.Errorf("reading what was reported earlier: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		next = rows[limit-1].Ends + " " + rows[limit-1].ID
	}
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, "", err
	}
	for _, row := range rows {
		round := row.round()
		items = append(items, EarlierItem{
			Submission: row.submission(), Round: round, Plan: row.Title,
			UnitName: tree.Name(ledger.UnitID(row.Unit), round.Period.Span().To),
		})
	}
	return items, next, nil
}

// mostEarlier is how many forms one page lists at most.
const mostEarlier = 100

package progress

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// Severity is the order of lights that has the worst first: by colour, and by how far behind its path a matter is among
// those of one colour.
const Severity = "severity"

// weighed is a commitment with what it is ordered by.
type weighed struct {
	bun.BaseModel `bun:"table:commitments,alias:commitments"`
	ID            string `bun:"id,pk"`
	Rank          int    `bun:"rank,scanonly"`
	Gap           int64  `bun:"gap,scanonly"`
}

// String is the place behind it, as Page.After names it.
func (w weighed) String() string { return fmt.Sprintf("%d %d %s", w.Rank, w.Gap, w.ID) }

func readWeighed(text string) (weighed, error) {
	parts := strings.SplitN(text, " ", 3)
	if len(parts) < 3 {
		return weighed{}, faults.New("page.place")
	}
	rank, unread := strconv.Atoi(parts[0])
	gap, unreadable := strconv.ParseInt(parts[1], 10, 64)
	if unread != nil || unreadable != nil {
		return weighed{}, faults.New("page.place")
	}
	return weighed{ID: parts[2], Rank: rank, Gap: gap}, nil
}

// ranked numbers the colours from the worst on, in SQL.
func ranked() string {
	text := "CASE l.colour"
	for i, c := range light.Colours() {
		text += fmt.Sprintf(" WHEN '%s' THEN %d", c, i)
	}
	return text + fmt.Sprintf(" ELSE %d END", len(light.Colours()))
}

// bySeverity is a part of the commitments that filters let through, the worst first, or last where the page descends.
func (s *Service) bySeverity(ctx context.Context, plan ledger.PlanID, page store.Page, filters []store.Filter) (store.Listing[ledger.Commitment], error) {
	direction, behind := "ASC", ">"
	if page.Descending {
		direction, behind = "DESC", "<"
	}
	limit := min(page.Limit, store.MaxLimit)
	if limit <= 0 {
		limit = store.DefaultLimit
	}
	query := s.core.Store().View(ctx).NewSelect().Model((*weighed)(nil)).
		Join("JOIN lights AS l ON l.commitment = commitments.id").
		ColumnExpr("commitments.id, l.gap, " + ranked() + " AS rank").
		OrderExpr("rank " + direction + ", -l.gap " + direction + ", commitments.id " + direction).Limit(int64(limit) + 1)
	if page.After != "" {
		last, err := readWeighed(page.After)
		if err != nil {
			return store.Listing[ledger.Commitment]{}, err
		}
		query = query.Where("("+ranked()+", -l.gap, commitments.id) "+behind+" (?, ?, ?)", last.Rank, -last.Gap, last.ID)
	}
	for _, filter := range filters {
		query = filter(query)
	}
	found, err := recall[weighed](ctx, s, plan, query)
	if err != nil {
		return store.Listing[ledger.Commitment]{}, fmt.Errorf("progress: ordering lights: %w", err)
	}
	var listing store.Listing[ledger.Commitment]
	if len(found) > limit {
		found = found[:limit]
		listing.Next = found[limit-1].String()
	}
	listing.Records, err = s.inThatOrder(ctx, found)
	return listing, err
}

// inThatOrder are commitments in the order in which they were found.
func (s *Service) inThatOrder(ctx context.Context, found []weighed) ([]store.Record[ledger.Commitment], error) {
	at, ids := map[ledger.CommitmentID]int{}, make([]string, len(found))
	for i, f := range found {
		at[ledger.CommitmentID(f.ID)], ids[i] = i, f.ID
	}
	records, err := s.core.Store().Commitments().Some(ctx, ids...)
	slices.SortFunc(records, func(a, b store.Record[ledger.Commitment]) int { return at[a.Value.ID] - at[b.Value.ID] })
	return records, err
}

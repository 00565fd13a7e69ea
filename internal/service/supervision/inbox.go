package supervision

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/ledger"
)

// Waiting is orders that wait for the caller in one way.
type Waiting struct {
	Name    string // of inbox.txt: approve, decide, issue, assign, review, sign, answer, reply
	Title   ledger.Wording
	States  []string // in which they are: the list with this filter shows them all
	Count   int
	Overdue int
	Orders  []Summary // the most pressing ones
}

//go:embed inbox.txt
var inboxLines string

// group is a line of inbox.txt.
type group struct {
	name   string
	right  access.Action
	states []string
	title  ledger.Wording
}

var groups = sync.OnceValue(func() []group {
	var all []group
	for line := range strings.Lines(inboxLines) {
		cells := strings.Split(line, "|")
		if len(cells) != 3 || strings.HasPrefix(line, "#") {
			continue
		}
		words := strings.Fields(cells[0])
		all = append(all, group{
			name: words[0], right: access.Action(words[1]), states: words[2:],
			title: ledger.Wording{ZH: strings.TrimSpace(cells[1]), EN: strings.TrimSpace(cells[2])},
		})
	}
	return all
})

// shownWaiting is how many orders of a group an inbox shows.
const shownWaiting = 8

// leadColumns is where steps find whose they are: those of the units that lead.
var leadColumns = access.Columns{Unit: "orders.lead"}

// Inbox is what waits for the caller, in the groups in which something does.
func (s *Service) Inbox(ctx context.Context) ([]Waiting, error) {
	var all []Waiting
	for _, g := range groups() {
		if !s.core.May(ctx, g.right) {
			continue
		}
		waiting, err := s.waiting(ctx, g)
		if err != nil {
			return nil, err
		}
		if waiting.Count > 0 {
			all = append(all, waiting)
		}
	}
	return all, nil
}

func (s *Service) waiting(ctx context.Context, g group) (Waiting, error) {
	found := Waiting{Name: g.name, Title: g.title, States: g.states}
	scope, err := s.core.Scope(ctx, g.right, leadColumns)
	if err != nil {
		return found, err
	}
	db := s.core.Store().View(ctx)
	var counts struct{ Number, Late int }
	err = scope(db.NewSelect().Table("orders").ColumnExpr("count(*) AS number").
		ColumnExpr("coalesce(sum(CASE WHEN running AND due < ? THEN 1 ELSE 0 END), 0) AS late", s.core.Today().String()).
		Where("orders.state IN (?)", bun.List(g.states))).Scan(ctx, &counts)
	if err != nil {
		return found, fmt.Errorf("counting what waits: %w", err)
	}
	found.Count, found.Overdue = counts.Number, counts.Late
	if found.Count == 0 {
		return found, nil
	}
	var rows []orderRow
	err = scope(db.NewSelect().Model(&rows).ExcludeColumn("body").Where("orders.state IN (?)", bun.List(g.states))).
		Order("orders.due", "orders.id").Limit(shownWaiting).Scan(ctx)
	if err != nil {
		return found, fmt.Errorf("reading what waits: %w", err)
	}
	found.Orders, err = s.summaries(ctx, rows)
	return found, err
}

package supervision

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// Summary is an order as lists show it.
type Summary struct {
	ID       supervision.OrderID
	Number   string
	Kind     supervision.Kind
	Parent   supervision.OrderID
	Plan     ledger.PlanID
	Title    string
	Lead     ledger.UnitID
	LeadName string
	State    string // of flow order
	Label    ledger.Wording
	Urgency  supervision.Urgency
	Sheet    supervision.Sheet
	Drafter  ledger.AccountID
	// Issued, Signed, Replied and Ended are zero before it was issued, signed for, replied to for good, and ended.
	Issued, Signed, Replied, Ended calendar.Date
	// Due is the latest legal date; SignDue and InterimDue are zero where nothing is to be signed and no interim reply is
	// waited for.
	Due, SignDue, InterimDue calendar.Date
	// Running tells that the unit's time runs; Paused that it stands still; Estimated that holidays on the way are not all
	// announced.
	Running, Paused, Estimated bool
	// Left is how many working days are left to the due day; negative is how many it is overdue.
	Left     int
	Overdue  bool
	Revision int64
	Updated  time.Time
}

// Filter narrows a list of orders. What is empty narrows nothing.
type Filter struct {
	States     []string // of flow order
	Kinds      []supervision.Kind
	Units      []ledger.UnitID // that lead or cooperate
	Plan       ledger.PlanID
	Parent     supervision.OrderID
	Commitment ledger.CommitmentID
	Project    ledger.ProjectID
	Sheet      supervision.Sheet
	Open       bool // not ended
	Overdue    bool
	DueBefore  calendar.Date // due before this day, or on it
	Text       string        // in number, title, basis or requirement
}

// Listing is a part of a list of orders.
type Listing struct {
	Orders []Summary
	Next   string // store.Page.After of the next part
	// States are how many orders are in each state, of those that the filter lets through but for its States.
	States map[string]int
}

// orderColumns is where lists of orders find whose they are.
var orderColumns = access.Columns{
	Unit: "orders.lead", Cooperating: access.Link{Table: "order_units", Object: "order_id", Unit: "unit", ID: "orders.id"},
}

// sorts are the orders of a list by name; behind each stands the identifier.
var sorts = map[string]string{
	"": "due", "due": "due", "number": "number", "issued": "issued", "updated": "updated", "title": "title", "lead": "lead",
}

// List are the orders that the caller may see, by due day where nothing else is asked (due, number, issued, updated,
// title, lead).
func (s *Service) List(ctx context.Context, filter Filter, page store.Page) (Listing, error) {
	var listing Listing
	scope, err := s.core.Scope(ctx, readOrder, orderColumns)
	if err != nil {
		return listing, err
	}
	column, known := sorts[page.Order]
	if !known {
		return listing, fault("list.sort", said(page.Order))
	}
	if listing.States, err = s.countStates(ctx, scope, filter); err != nil {
		return listing, err
	}
	query := scope(s.narrow(ctx, s.core.Store().View(ctx).NewSelect().Model((*orderRow)(nil)), filter))
	if len(filter.States) > 0 {
		query = query.Where("orders.state IN (?)", bun.List(filter.States))
	}
	if query, err = behind(query, column, page); err != nil {
		return listing, err
	}
	limit := bounded(page.Limit)
	var rows []orderRow
	if err := query.ExcludeColumn("body").Limit(int64(limit)+1).Scan(ctx, &rows); err != nil {
		return listing, fmt.Errorf("listing orders: %w", err)
	}
	if len(rows) > limit {
		rows = rows[:limit]
		listing.Next = cursor(rows[limit-1], column)
	}
	listing.Orders, err = s.summaries(ctx, rows)
	return listing, err
}

// bounded is how many records a part of a list has.
func bounded(limit int) int {
	if limit <= 0 {
		return store.DefaultLimit
	}
	return min(limit, store.MaxLimit)
}

// narrow applies a filter, but for its states.
func (s *Service) narrow(ctx context.Context, q *bun.SelectQuery, f Filter) *bun.SelectQuery {
	db := s.core.Store().View(ctx)
	if len(f.Kinds) > 0 {
		q = q.Where("orders.kind IN (?)", bun.List(f.Kinds))
	}
	if len(f.Units) > 0 {
		taking := db.NewSelect().Table("order_units").Column("order_id").Where("unit IN (?)", bun.List(f.Units))
		q = q.Where("(orders.lead IN (?) OR orders.id IN (?))", bun.List(f.Units), taking)
	}
	for column, value := range map[string]string{"plan": string(f.Plan), "parent": string(f.Parent), "sheet": string(f.Sheet)} {
		if value != "" {
			q = q.Where("orders.? = ?", bun.Ident(column), value)
		}
	}
	for kind, subject := range map[string]string{ofCommitment: string(f.Commitment), ofProject: string(f.Project)} {
		if subject != "" {
			q = q.Where("orders.id IN (?)", db.NewSelect().Table("order_subjects").Column("order_id").
				Where("kind = ?", kind).Where("subject = ?", subject))
		}
	}
	if f.Open || f.Overdue {
		q = q.Where("orders.ended = ''")
	}
	if f.Overdue {
		q = q.Where("orders.running").Where("orders.due < ?", s.core.Today().String())
	}
	if !f.DueBefore.IsZero() {
		q = q.Where("orders.running").Where("orders.due <= ?", f.DueBefore.String())
	}
	if words := strings.Fields(f.Text); len(words) > 0 {
		found := db.NewSelect().Table("order_words").Column("order_id")
		for _, word := range words {
			found = found.Where(`words LIKE ? ESCAPE '\'`, holding(word))
		}
		q = q.Where("orders.id IN (?)", found)
	}
	return q
}

// holding is a pattern of LIKE for what holds a text, in small letters: the databases do not agree on large ones.
func holding(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text)) + "%"
}

// countStates counts by state what the caller may see.
func (s *Service) countStates(ctx context.Context, scope store.Filter, filter Filter) (map[string]int, error) {
	var counts []struct {
		State  string
		Number int
	}
	query := s.core.Store().View(ctx).NewSelect().Table("orders").Column("state").ColumnExpr("count(*) AS number").Group("state")
	if err := scope(s.narrow(ctx, query, filter)).Scan(ctx, &counts); err != nil {
		return nil, fmt.Errorf("counting orders: %w", err)
	}
	states := map[string]int{}
	for _, c := range counts {
		states[c.State] = c.Number
	}
	return states, nil
}

// place is where a part of a list ends.
type place struct{ Value, ID string }

// cursor tells where a part of a list ends.
func cursor(last orderRow, column string) string {
	value := map[string]string{
		"due": last.Due, "number": last.Number, "issued": last.Issued, "updated": last.Updated, "title": last.Title, "lead": last.Lead,
	}[column]
	return base64.RawURLEncoding.EncodeToString([]byte(written(place{value, last.ID})))
}

// behind puts a list in order, from where the part before it ended.
func behind(q *bun.SelectQuery, column string, page store.Page) (*bun.SelectQuery, error) {
	direction, later := "ASC", ">"
	if page.Descending {
		direction, later = "DESC", "<"
	}
	q = q.OrderExpr("orders.? ?, orders.id ?", bun.Ident(column), bun.Safe(direction), bun.Safe(direction))
	if page.After == "" {
		return q, nil
	}
	var last place
	data, err := base64.RawURLEncoding.DecodeString(page.After)
	if err == nil {
		err = json.Unmarshal(data, &last)
	}
	if err != nil {
		return q, because(err, "list.place")
	}
	return q.Where("(orders.?, orders.id) ? (?, ?)", bun.Ident(column), bun.Safe(later), last.Value, last.ID), nil
}

// summaries are rows as lists show them.
func (s *Service) summaries(ctx context.Context, rows []orderRow) ([]Summary, error) {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	today, days := s.core.Today(), s.options.Workdays()
	all := make([]Summary, len(rows))
	for i, row := range rows {
		all[i] = row.summary()
		o := &all[i]
		o.LeadName, o.Label = tree.Name(o.Lead, today), s.label(o.State)
		if !o.Due.IsZero() && o.Ended.IsZero() {
			o.Left = days.Between(today, o.Due)
		}
		o.Overdue = o.Running && o.Due.Before(today)
	}
	return all, nil
}

// label is what pages call a state of an order.
func (s *Service) label(state string) ledger.Wording {
	if known := s.order.State(state); known != nil {
		return ledger.Wording{ZH: known.Title.Chinese, EN: known.Title.English}
	}
	return said(state)
}

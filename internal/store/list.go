package store

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/uptrace/bun"
)

// Filter narrows a list. What somebody may see at all is a filter too, made by the room of access.
type Filter func(*bun.SelectQuery) *bun.SelectQuery

// Page asks for a part of a list. Parts are told apart by the last record of the one before and not by
// counting, so that a list that grows meanwhile neither repeats nor skips, and its end is as fast as its
// beginning.
type Page struct {
	Order      string // a name that the kind of records knows; by identifier, that is by age, where empty
	Descending bool
	Limit      int    // at most MaxLimit; DefaultLimit where 0
	After      string // Listing.Next of the part before
}

const (
	DefaultLimit = 50
	MaxLimit     = 500
)

func (p Page) limit() int {
	if p.Limit <= 0 {
		return DefaultLimit
	}
	return min(p.Limit, MaxLimit)
}

// Listing is a part of a list.
type Listing[T any] struct {
	Records []Record[T]
	Next    string // Page.After of the next part; empty behind the last
}

// order is an order of a list by one column, and by identifier among equals.
type order[R any] struct {
	expr string // of the column
	of   string // the same of a value, with ? where it stands
	key  func(*R) any
}

func byColumn[R any](column string, key func(*R) any) order[R] {
	return order[R]{expr: column, of: "?", key: key}
}

// byFigure orders a column of figures; absent ones stand first.
func byFigure[R any](column string, key func(*R) decimal) order[R] {
	const form = "decimal_key(CASE WHEN %s = '' THEN '-1e99' ELSE %s END)"
	return order[R]{
		expr: fmt.Sprintf(form, column, column), of: "decimal_key(?)",
		key: func(row *R) any {
			if d := key(row); d.Known() {
				return d.String()
			}
			return "-1e99"
		},
	}
}

// cursor is where a part of a list ended. It names the order, so that it cannot be taken for one of
// another order.
type cursor struct {
	Order      string `json:"o,omitempty"`
	Descending bool   `json:"d,omitempty"`
	Key        any    `json:"k,omitempty"`
	ID         string `json:"i"`
}

func (c cursor) String() string {
	data, _ := json.Marshal(c) // strings and numbers
	return base64.RawURLEncoding.EncodeToString(data)
}

func badCursor(cause error) error {
	return fault("page.cursor", cause, "翻页位置无效，请从第一页重新开始。", "The place in the list is not valid; begin again at the first page.")
}

// cursor reads where the part before ended.
func (p Page) cursor() (cursor, error) {
	data, err := base64.RawURLEncoding.DecodeString(p.After)
	if err != nil {
		return cursor{}, badCursor(err)
	}
	var c cursor
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&c); err != nil {
		return cursor{}, badCursor(err)
	}
	if c.Order != p.Order || c.Descending != p.Descending {
		return cursor{}, badCursor(fmt.Errorf("it is of a list in another order"))
	}
	switch key := c.Key.(type) {
	case nil, string:
	case json.Number:
		if c.Key, err = key.Int64(); err != nil {
			return cursor{}, badCursor(err)
		}
	default:
		return cursor{}, badCursor(fmt.Errorf("its key is a %T", key))
	}
	return c, nil
}

// List is a part of the records that all filters let through.
func (r Records[T, R, P]) List(ctx context.Context, page Page, filters ...Filter) (Listing[T], error) {
	by, known := r.shape.orders[page.Order]
	if !known && page.Order != "" {
		return Listing[T]{}, fmt.Errorf("store: %s cannot be ordered by %q", r.shape.table, page.Order)
	}
	var rows []R
	db := r.store.View(ctx)
	part, err := by.page(filtered(db.NewSelect().Model(&rows), filters), page, r.shape.table)
	if err != nil {
		return Listing[T]{}, err
	}
	part = part.Limit(int64(page.limit()) + 1)
	if by.expr != "" {
		// Sorting identifiers takes a database far less than sorting whole rows.
		part = by.sort(db.NewSelect().Model(&rows), page, r.shape.table).Where("?TableAlias.id IN (?)", part.Column("id"))
	}
	if err := part.Scan(ctx); err != nil {
		return Listing[T]{}, fmt.Errorf("store: list %s: %w", r.shape.table, err)
	}
	listing := Listing[T]{}
	if len(rows) > page.limit() {
		rows = rows[:page.limit()]
		last := &rows[len(rows)-1]
		next := cursor{Order: page.Order, Descending: page.Descending, ID: P(last).top().ID}
		if by.key != nil {
			next.Key = by.key(last)
		}
		listing.Next = next.String()
	}
	listing.Records, err = r.records(ctx, db, rows)
	return listing, err
}

// page orders a query and lets it begin behind the part before.
func (o order[R]) page(query *bun.SelectQuery, page Page, table string) (*bun.SelectQuery, error) {
	query = o.sort(query, page, table)
	if page.After == "" {
		return query, nil
	}
	id, behind := table+".id", " > "
	if page.Descending {
		behind = " < "
	}
	c, err := page.cursor()
	if err != nil {
		return nil, err
	}
	if o.expr == "" {
		return query.Where(id+behind+"?", c.ID), nil
	}
	return query.Where("("+o.expr+", "+id+")"+behind+"("+o.of+", ?)", c.Key, c.ID), nil
}

// sort orders a query.
func (o order[R]) sort(query *bun.SelectQuery, page Page, table string) *bun.SelectQuery {
	direction := " ASC"
	if page.Descending {
		direction = " DESC"
	}
	if o.expr != "" {
		query = query.OrderExpr(o.expr + direction)
	}
	return query.OrderExpr(table + ".id" + direction)
}

func filtered(query *bun.SelectQuery, filters []Filter) *bun.SelectQuery {
	for _, filter := range filters {
		query = filter(query)
	}
	return query
}

// Count is how many records all filters let through.
func (r Records[T, R, P]) Count(ctx context.Context, filters ...Filter) (int64, error) {
	n, err := filtered(r.store.View(ctx).NewSelect().Model((*R)(nil)), filters).Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("store: count %s: %w", r.shape.table, err)
	}
	return n, nil
}

// Where is a filter by a column of the records' own table.
func Where(column string, value any) Filter {
	return func(q *bun.SelectQuery) *bun.SelectQuery {
		return q.Where("?TableAlias.? = ?", bun.Ident(column), value)
	}
}

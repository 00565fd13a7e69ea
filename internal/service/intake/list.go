package intake

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/document"
	"luoshi/internal/service"
)

// Query narrows the list of documents. Its zero value asks for the youngest of all.
type Query struct {
	Words  string // in the title or the file's name
	State  State
	Kind   document.Kind
	Format document.Format
	// ByName orders by title rather than by age; Descending turns that round.
	ByName, Descending bool
	Limit              int
	After              string // Documents.Next of the part before
}

// Listed is a document as the list shows it.
type Listed struct {
	Progress
	Name, Title string
	Size        int64
	Created     time.Time
	Plans       int // plans for which it is or was reviewed
}

// Documents are a part of the list.
type Documents struct {
	Documents []Listed
	Next      string // empty behind the last
}

// usualLimit and longestList are how many documents a part of the list holds.
const (
	usualLimit  = 25
	longestList = 200
)

type listedRow struct {
	ID      string `bun:"id"`
	Name    string `bun:"name"`
	Title   string `bun:"title"`
	Size    int64  `bun:"size"`
	Created moment `bun:"created"`
	Plans   int    `bun:"plans"`
	readingRow
}

// List is a part of the documents.
func (s *Service) List(ctx context.Context, q Query) (Documents, error) {
	if err := s.core.Check(ctx, readDocument, service.Owned{}); err != nil {
		return Documents{}, err
	}
	limit := usualLimit
	if q.Limit > 0 {
		limit = min(q.Limit, longestList)
	}
	var rows []listedRow
	query := s.core.Store().View(ctx).NewSelect().ModelTableExpr("documents AS d").Model(&rows).
		Join("JOIN intake_readings AS r ON r.document = d.id").
		ColumnExpr("d.id, d.name, d.title, d.size, d.created, r.*").
		ColumnExpr("(SELECT count(*) FROM intake_reviews AS v WHERE v.document = d.id) AS plans").
		Limit(int64(limit) + 1)
	if err := q.narrow(query).Scan(ctx); err != nil {
		return Documents{}, fmt.Errorf("listing the documents: %w", err)
	}
	var found Documents
	for i, row := range rows {
		if i == limit {
			found.Next = q.cursor(rows[i-1])
			break
		}
		found.Documents = append(found.Documents, Listed{
			Progress: row.progress(), Name: row.Name, Title: row.Title, Size: row.Size, Created: row.Created.Time, Plans: row.Plans,
		})
	}
	return found, nil
}

// escapes keeps what is looked for from being taken for a pattern.
var escapes = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// narrow adds the conditions and the order of a query.
func (q Query) narrow(query *bun.SelectQuery) *bun.SelectQuery {
	for word := range strings.FieldsSeq(q.Words) {
		pattern := "%" + escapes.Replace(word) + "%"
		query = query.Where(`(d.title LIKE ? ESCAPE '\' OR d.name LIKE ? ESCAPE '\')`, pattern, pattern)
	}
	for _, condition := range []struct{ column, value string }{
		{"r.state", string(q.State)}, {"r.kind", string(q.Kind)}, {"r.format", string(q.Format)},
	} {
		if condition.value != "" {
			query = query.Where("? = ?", bun.Ident(condition.column), condition.value)
		}
	}
	key, id, behind := q.after()
	if q.ByName {
		comparison, direction := bun.Safe(">"), bun.Safe("ASC")
		if q.Descending {
			comparison, direction = bun.Safe("<"), bun.Safe("DESC")
		}
		if behind {
			query = query.Where("(d.title ? ? OR d.title = ? AND d.id ? ?)", comparison, key, key, comparison, id)
		}
		return query.OrderExpr("d.title ?, d.id ?", direction, direction)
	}
	if behind {
		query = query.Where("(d.created < ? OR d.created = ? AND d.id < ?)", key, key, id)
	}
	return query.OrderExpr("d.created DESC, d.id DESC")
}

// cursor is where a part ended: what it is ordered by, and the document.
func (q Query) cursor(row listedRow) string {
	if q.ByName {
		return row.ID + " " + row.Title
	}
	return row.ID + " " + row.Created.UTC().Format(momentForm)
}

func (q Query) after() (key, id string, behind bool) {
	id, key, behind = strings.Cut(q.After, " ")
	return key, id, behind
}

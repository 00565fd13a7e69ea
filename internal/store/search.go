package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/store/bigram"
)

// Query is what somebody looks for in documents, commitments and projects.
type Query struct {
	Text  string
	Kinds []string // "documents", "commitments", "projects"; all where empty
	// Scopes narrow what of a kind may be found, as they narrow its lists.
	Scopes map[string]Filter
	Limit  int
	After  string // Hits.Next of the part before
}

// Hit is one thing that was found.
type Hit struct {
	Kind  string
	ID    string
	Words string // the first passage that has the first of the words looked for
}

// Hits are a part of what was found: kind by kind, of each the youngest first.
type Hits struct {
	Hits []Hit
	Next string
}

// searched are the kinds that can be found, each with its table.
var searched = map[string]any{
	"documents":   (*documentRow)(nil),
	"commitments": (*commitmentRow)(nil),
	"projects":    (*projectRow)(nil),
}

// passageLength bounds a passage, in code points, so that PostgreSQL keeps the place of every token: it
// forgets places of a token beyond the 256th. Passages of one text overlap by as much as a phrase is
// long, so that none is cut apart.
const passageLength = 240

type searchRow struct {
	bun.BaseModel `bun:"table:search_passages,alias:p"`
	Seq           int64  `bun:"seq,pk,autoincrement"`
	Kind          string `bun:"kind"`
	Object        string `bun:"object"`
	Part          int    `bun:"part"`
	Words         string `bun:"words"`
}

// index keeps the words by which an object is found in step with it.
func (s *Store) index(ctx context.Context, tx bun.Tx, kind, object string, texts []string) error {
	wanted := passages(texts)
	var there []searchRow
	err := tx.NewSelect().Model(&there).Where("kind = ?", kind).Where("object = ?", object).Order("part").Scan(ctx)
	if err != nil {
		return fmt.Errorf("store: read search: %w", err)
	}
	if slices.EqualFunc(there, wanted, func(r searchRow, words string) bool { return r.Words == words }) {
		return nil
	}
	if err := s.forget(ctx, tx, there); err != nil {
		return fmt.Errorf("store: search: %w", err)
	}
	for i, words := range wanted {
		row := searchRow{Kind: kind, Object: object, Part: i, Words: words}
		if err := s.remember(ctx, tx, row); err != nil {
			return fmt.Errorf("store: search: %w", err)
		}
	}
	return nil
}

func (s *Store) forget(ctx context.Context, tx bun.Tx, rows []searchRow) error {
	if len(rows) == 0 {
		return nil
	}
	seqs := mapped(rows, func(_ int, r searchRow) int64 { return r.Seq })
	if s.dialect == SQLite {
		if _, err := tx.ExecContext(ctx, "DELETE FROM search_tokens WHERE rowid IN (?)", bun.List(seqs)); err != nil {
			return err
		}
	}
	_, err := tx.NewDelete().Model((*searchRow)(nil)).Where("seq IN (?)", bun.List(seqs)).Exec(ctx)
	return err
}

func (s *Store) remember(ctx context.Context, tx bun.Tx, row searchRow) error {
	tokens := bigram.Tokens(row.Words)
	if s.dialect == Postgres {
		_, err := tx.ExecContext(ctx, "INSERT INTO search_passages (kind, object, part, words, tokens) VALUES (?, ?, ?, ?, ?::tsvector)",
			row.Kind, row.Object, row.Part, row.Words, vector(tokens))
		return err
	}
	if _, err := tx.NewInsert().Model(&row).Exec(ctx); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO search_tokens (rowid, tokens) VALUES (?, ?)", row.Seq, strings.Join(tokens, " "))
	return err
}

// passages are the texts line by line, long lines in pieces that overlap.
func passages(texts []string) []string {
	var found []string
	for _, text := range texts {
		for line := range strings.Lines(text) {
			for piece := []rune(strings.TrimSpace(line)); len(piece) > 0; {
				end := min(passageLength, len(piece))
				found = append(found, string(piece[:end]))
				if end == len(piece) {
					break
				}
				piece = piece[end-bigram.Longest:]
			}
		}
	}
	return found
}

// vector is tokens with their places as PostgreSQL reads them. It is written out, because the server's
// own reading of text depends on its locale.
func vector(tokens []string) string {
	var b strings.Builder
	for i, token := range tokens {
		b.WriteString(lexeme(token) + ":" + strconv.Itoa(i+1) + " ")
	}
	return b.String()
}

func lexeme(token string) string { return "'" + strings.ReplaceAll(token, "'", "''") + "'" }

// matches is the condition that a passage, under an alias, holds a phrase.
func (s *Store) matches(alias string, phrase bigram.Phrase) (condition, phraseInSQL string) {
	if s.dialect == SQLite {
		return alias + ".seq IN (SELECT rowid FROM search_tokens WHERE search_tokens MATCH ?)",
			`"` + strings.Join(phrase, " ") + `" *`
	}
	lexemes := mapped(phrase, func(_ int, token string) string { return lexeme(token) })
	return alias + ".tokens @@ ?::tsquery", strings.Join(lexemes, " <-> ") + ":*"
}

// Search finds what holds all the words of a query; each need not be in the same passage. The answers
// of both databases are the same.
func (s *Store) Search(ctx context.Context, query Query) (Hits, error) {
	phrases := bigram.Query(query.Text)
	if len(phrases) == 0 {
		return Hits{}, nil
	}
	limit := Page{Limit: query.Limit}.limit()
	sql, err := s.searchQuery(ctx, query, phrases)
	if err != nil {
		return Hits{}, err
	}
	var rows []searchRow
	if err := sql.Limit(int64(limit)+1).Scan(ctx, &rows); err != nil {
		return Hits{}, fmt.Errorf("store: search: %w", err)
	}
	hits := Hits{}
	if len(rows) > limit {
		rows = rows[:limit]
		last := rows[limit-1]
		hits.Next = cursor{Order: "search", Key: last.Kind, ID: last.Object}.String()
	}
	hits.Hits, err = s.quote(ctx, rows)
	return hits, err
}

func (s *Store) searchQuery(ctx context.Context, query Query, phrases []bigram.Phrase) (*bun.SelectQuery, error) {
	db := s.View(ctx)
	sql := db.NewSelect().TableExpr("search_passages AS p").
		ColumnExpr("p.kind, p.object, MIN(p.part) AS part").
		GroupExpr("p.kind, p.object").OrderExpr("p.kind, p.object DESC")
	condition, phrase := s.matches("p", phrases[0])
	sql = sql.Where(condition, phrase)
	for _, further := range phrases[1:] {
		condition, phrase := s.matches("q", further)
		sql = sql.Where("EXISTS (SELECT 1 FROM search_passages AS q WHERE q.kind = p.kind AND q.object = p.object AND "+condition+")", phrase)
	}
	if len(query.Kinds) > 0 {
		sql = sql.Where("p.kind IN (?)", bun.List(query.Kinds))
	}
	for kind, model := range searched {
		if scope := query.Scopes[kind]; scope != nil {
			allowed := scope(db.NewSelect().Model(model).Column("id"))
			sql = sql.Where("(p.kind <> ? OR p.object IN (?))", kind, allowed)
		}
	}
	if query.After == "" {
		return sql, nil
	}
	after, err := Page{Order: "search", After: query.After}.cursor()
	if err != nil {
		return nil, err
	}
	return sql.Where("(p.kind > ? OR p.kind = ? AND p.object < ?)", after.Key, after.Key, after.ID), nil
}

// quote fetches the passages that were found.
func (s *Store) quote(ctx context.Context, rows []searchRow) ([]Hit, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	var found []searchRow
	query := s.View(ctx).NewSelect().Model(&found)
	for _, r := range rows {
		query = query.WhereOr("kind = ? AND object = ? AND part = ?", r.Kind, r.Object, r.Part)
	}
	if err := query.Scan(ctx); err != nil {
		return nil, fmt.Errorf("store: search: %w", err)
	}
	words := map[[2]string]string{}
	for _, r := range found {
		words[[2]string{r.Kind, r.Object}] = r.Words
	}
	return mapped(rows, func(_ int, r searchRow) Hit {
		return Hit{Kind: r.Kind, ID: r.Object, Words: words[[2]string{r.Kind, r.Object}]}
	}), nil
}

// Reindex makes all words to search by anew, as after a backup was read back.
func (s *Store) Reindex(ctx context.Context) error {
	return s.Within(ctx, func(ctx context.Context, _ bun.Tx) error {
		if err := s.Documents().reindex(ctx); err != nil {
			return err
		}
		if err := s.Commitments().reindex(ctx); err != nil {
			return err
		}
		return s.Projects().reindex(ctx)
	})
}

func (r Records[T, R, P]) reindex(ctx context.Context) error {
	return r.store.Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		for page := (Page{Limit: MaxLimit}); ; {
			listing, err := r.List(ctx, page)
			if err != nil {
				return err
			}
			for _, found := range listing.Records {
				row := r.shape.row(found.Value)
				if err := r.store.index(ctx, tx, r.shape.table, P(&row).top().ID, r.shape.words(found.Value)); err != nil {
					return err
				}
			}
			if page.After = listing.Next; page.After == "" {
				return nil
			}
		}
	})
}

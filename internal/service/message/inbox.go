package message

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
	"luoshi/ledger"
)

// ID names a notice.
type ID string

// Letter is a notice as it stands in an inbox.
type Letter struct {
	ID          ID
	Kind        Kind
	Title, Text ledger.Wording
	URL         string
	Urgent      bool
	At          time.Time
	Seen        time.Time // zero while it is unread
}

// Query asks for a part of an inbox, the youngest first.
type Query struct {
	Unread bool
	Kind   Kind   // all where it is empty
	Before string // Inbox.Next of the part before
	Limit  int    // the usual one where 0
}

// Inbox is a part of an inbox.
type Inbox struct {
	Letters []Letter
	Next    string // empty behind the last
	Unread  int    // in the whole inbox
}

// letterRow is a notice with when its reader saw it.
type letterRow struct {
	noticeRow `bun:",extend"`
	Seen      string `bun:"seen"`
}

func (r letterRow) letter() Letter {
	return Letter{
		ID: ID(r.ID), Kind: Kind(r.Kind), Title: ledger.Wording{ZH: r.TitleZH, EN: r.TitleEN}, Text: ledger.Wording{ZH: r.TextZH, EN: r.TextEN},
		URL: r.URL, Urgent: r.Urgent, At: store.TimeOf(r.Created), Seen: store.TimeOf(r.Seen),
	}
}

// Inbox is a part of the caller's own.
func (s *Service) Inbox(ctx context.Context, q Query) (Inbox, error) {
	account, err := s.account(ctx)
	if err != nil {
		return Inbox{}, err
	}
	if q.Limit <= 0 || q.Limit > store.MaxLimit {
		q.Limit = store.DefaultLimit
	}
	var rows []letterRow
	query := s.letters(ctx, account).Order("p.notice DESC").Limit(int64(q.Limit) + 1)
	if q.Before != "" {
		query = query.Where("p.notice < ?", q.Before)
	}
	if q.Unread {
		query = query.Where("p.seen IS NULL")
	}
	if q.Kind != "" {
		query = query.Where("n.kind = ?", q.Kind)
	}
	if err := query.Scan(ctx, &rows); err != nil {
		return Inbox{}, fmt.Errorf("reading an inbox: %w", err)
	}
	inbox := Inbox{}
	if len(rows) > q.Limit {
		rows = rows[:q.Limit]
		inbox.Next = rows[q.Limit-1].ID
	}
	for _, row := range rows {
		inbox.Letters = append(inbox.Letters, row.letter())
	}
	inbox.Unread, err = s.unread(ctx, account)
	return inbox, err
}

// letters are the notices to an account.
func (s *Service) letters(ctx context.Context, account ledger.AccountID) *bun.SelectQuery {
	return s.core.Store().View(ctx).NewSelect().Model((*noticeRow)(nil)).ColumnExpr("n.*").ColumnExpr("COALESCE(p.seen, '') AS seen").
		Join("JOIN message_persons AS p ON p.notice = n.id").Where("p.account = ?", account)
}

// Unread is how many notices to the caller nobody has opened; 0 for who has not signed in.
func (s *Service) Unread(ctx context.Context) (int, error) {
	account, err := s.account(ctx)
	if err != nil {
		return 0, nil //nolint:nilerr // somebody without an inbox has nothing in it
	}
	return s.unread(ctx, account)
}

func (s *Service) unread(ctx context.Context, account ledger.AccountID) (int, error) {
	count, err := s.core.Store().View(ctx).NewSelect().Model((*personRow)(nil)).Where("p.account = ?", account).Where("p.seen IS NULL").Count(ctx)
	if err != nil {
		return 0, fmt.Errorf("counting unread notices: %w", err)
	}
	return int(count), nil
}

// Open is a notice to the caller, which is read from now on.
//
// Who read what when is nobody's business but the reader's: it stands in his inbox and not in the log.
func (s *Service) Open(ctx context.Context, id ID) (Letter, error) {
	account, err := s.account(ctx)
	if err != nil {
		return Letter{}, err
	}
	var row letterRow
	err = s.letters(ctx, account).Where("p.notice = ?", id).Scan(ctx, &row)
	if noRows(err) {
		return Letter{}, &store.NotFound{Kind: "messages", ID: string(id)}
	}
	if err != nil {
		return Letter{}, fmt.Errorf("reading a notice: %w", err)
	}
	return row.letter(), s.mark(ctx, account, id)
}

// ReadAll marks everything in the caller's inbox as read.
func (s *Service) ReadAll(ctx context.Context) error {
	account, err := s.account(ctx)
	if err != nil {
		return err
	}
	return s.mark(ctx, account)
}

// mark marks notices to an account as read, all of them where none is named.
func (s *Service) mark(ctx context.Context, account ledger.AccountID, ids ...ID) error {
	return s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		query := tx.NewUpdate().Model((*personRow)(nil)).Set("seen = ?", s.core.Store().NowText()).Where("account = ?", account).Where("seen IS NULL")
		if len(ids) > 0 {
			query = query.Where("notice IN (?)", bun.List(ids))
		}
		if _, err := query.Exec(ctx); err != nil {
			return fmt.Errorf("marking notices as read: %w", err)
		}
		return nil
	})
}

// Unsee makes a notice to the caller unread again.
func (s *Service) Unsee(ctx context.Context, id ID) error {
	account, err := s.account(ctx)
	if err != nil {
		return err
	}
	return s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewUpdate().Model((*personRow)(nil)).Set("seen = NULL").Where("account = ?", account).Where("notice = ?", id).Exec(ctx)
		if err != nil {
			return fmt.Errorf("marking a notice as unread: %w", err)
		}
		return nil
	})
}

package store

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/ledger"
)

// Posts are the posts that answer for commitments, and who held them when.
type Posts struct {
	Records[ledger.Post, postRow, *postRow]
}

// Posts gives access to the posts.
func (s *Store) Posts() Posts {
	return Posts{Records[ledger.Post, postRow, *postRow]{s, &postShape}}
}

type postRow struct {
	bun.BaseModel `bun:"table:posts,alias:posts"`
	head
	Unit  string `bun:"unit"`
	Title string `bun:"title"`
}

var postShape = shape[ledger.Post, postRow]{
	table: "posts",
	row: func(p ledger.Post) postRow {
		return postRow{head: head{ID: string(p.ID)}, Unit: string(p.Unit), Title: p.Title}
	},
	values: func(_ context.Context, _ bun.IDB, rows []postRow) ([]ledger.Post, error) {
		return mapped(rows, func(_ int, r postRow) ledger.Post {
			return ledger.Post{ID: ledger.PostID(r.ID), Unit: ledger.UnitID(r.Unit), Title: r.Title}
		}), nil
	},
}

type holderRow struct {
	bun.BaseModel `bun:"table:post_holders,alias:post_holders"`
	Post          string `bun:"post,pk"`
	FirstDay      day    `bun:"first_day,pk"`
	LastDay       day    `bun:"last_day"`
	Person        string `bun:"person"`
	Account       string `bun:"account"`
}

// Hold sets who held a post, over all its time; the post must be at the revision that was seen.
func (p Posts) Hold(ctx context.Context, post ledger.PostID, holders []ledger.Holder, seen int64) error {
	return p.store.Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		held, err := p.Get(ctx, string(post))
		if err != nil {
			return err
		}
		if _, err := p.Change(ctx, held.Value, seen); err != nil {
			return err
		}
		return replace(ctx, tx, "post", string(post), "first_day", mapped(holders, func(_ int, h ledger.Holder) holderRow {
			return holderRow{
				Post: string(post), FirstDay: day{h.From}, LastDay: day{h.To},
				Person: h.Person, Account: string(h.Account),
			}
		}))
	})
}

// Holders are who held a post, the first one first.
func (p Posts) Holders(ctx context.Context, post ledger.PostID) ([]ledger.Holder, error) {
	return p.HoldersOf(ctx, post)
}

// HoldersOf are who held some posts, post by post, the first one first.
func (p Posts) HoldersOf(ctx context.Context, posts ...ledger.PostID) ([]ledger.Holder, error) {
	owners := mapped(posts, func(_ int, id ledger.PostID) string { return string(id) })
	var holders []ledger.Holder
	err := parts(ctx, p.store.View(ctx), "post", owners, "first_day", func(r *holderRow) {
		holders = append(holders, ledger.Holder{
			Post: ledger.PostID(r.Post), Person: r.Person, Account: ledger.AccountID(r.Account), From: r.FirstDay.Date, To: r.LastDay.Date,
		})
	})
	if err != nil {
		return nil, fmt.Errorf("store: read holders: %w", err)
	}
	return holders, nil
}

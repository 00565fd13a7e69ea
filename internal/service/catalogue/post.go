package catalogue

import (
	"context"
	"fmt"

	"luoshi/calendar"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// What the log calls posts, and the times of their holders under the identifier of the post.
const (
	postKind    = "posts"
	HoldersKind = "post_holders"
)

// Post is a post with all who held it, the first one first.
type Post struct {
	store.Record[ledger.Post]
	Holders []ledger.Holder
}

// On is who holds the post on a day.
func (p Post) On(day calendar.Date) (ledger.Holder, bool) {
	return ledger.HolderOn(p.Holders, p.Value.ID, day)
}

// Posts are the posts of a unit.
func (s *Service) Posts(ctx context.Context, unit ledger.UnitID) ([]Post, error) {
	if err := s.Check(ctx, "unit.read", service.Owned{Lead: unit}); err != nil {
		return nil, err
	}
	records, err := service.All(ctx, s.Store().Posts().List, store.Where("unit", unit))
	if err != nil {
		return nil, fmt.Errorf("reading the posts of unit %s: %w", unit, err)
	}
	posts := make([]Post, len(records))
	for i, r := range records {
		if posts[i], err = s.withHolders(ctx, r); err != nil {
			return nil, err
		}
	}
	return posts, nil
}

// Post is the post with an identifier.
func (s *Service) Post(ctx context.Context, id ledger.PostID) (Post, error) {
	record, err := s.Store().Posts().Get(ctx, string(id))
	if err != nil {
		return Post{}, err
	}
	if err := s.Check(ctx, "unit.read", service.Owned{Lead: record.Value.Unit}); err != nil {
		return Post{}, err
	}
	return s.withHolders(ctx, record)
}

func (s *Service) withHolders(ctx context.Context, record store.Record[ledger.Post]) (Post, error) {
	holders, err := s.Store().Posts().Holders(ctx, record.Value.ID)
	return Post{Record: record, Holders: holders}, err
}

// AddPost adds a post to a unit.
func (s *Service) AddPost(ctx context.Context, post ledger.Post) (ledger.PostID, error) {
	err := s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, "post.edit", service.Owned{Lead: post.Unit}); err != nil {
			return err
		}
		post.ID = store.NewID[ledger.PostID](s.Store())
		if err := post.Validate().Err(); err != nil {
			return err
		}
		if _, err := s.Store().Units().Get(ctx, string(post.Unit)); err != nil {
			return err
		}
		if _, err := s.Store().Posts().Add(ctx, post); err != nil {
			return err
		}
		w.Record("post.edit", postKind, string(post.ID), nil, post, nil)
		return nil
	})
	return post.ID, err
}

// RenamePost gives a post another title.
func (s *Service) RenamePost(ctx context.Context, id ledger.PostID, title string, seen int64) error {
	return s.changePost(ctx, id, func(ctx context.Context, w *service.Work, before ledger.Post) error {
		after := before
		after.Title = title
		if err := after.Validate().Err(); err != nil {
			return err
		}
		if _, err := s.Store().Posts().Change(ctx, after, seen); err != nil {
			return err
		}
		w.Record("post.edit", postKind, string(id), before, after, nil)
		return nil
	})
}

// Succeed lets somebody hold a post from a day on. Whoever held it until then leaves it on the day before; a
// commitment needs no change, since the post answers for it.
func (s *Service) Succeed(ctx context.Context, next ledger.Holder, seen int64) error {
	return s.hold(ctx, next.Post, seen, func(holders []ledger.Holder) ([]ledger.Holder, error) {
		for i := range holders {
			if holders[i].To.IsZero() && holders[i].From.Before(next.From) {
				holders[i].To = next.From.AddDays(-1)
			}
		}
		return append(holders, next), nil
	})
}

// Leave lets the holder of a post leave it, with a last day and without a successor yet.
func (s *Service) Leave(ctx context.Context, post ledger.PostID, last calendar.Date, seen int64) error {
	return s.hold(ctx, post, seen, func(holders []ledger.Holder) ([]ledger.Holder, error) {
		for i := range holders {
			if holders[i].To.IsZero() {
				holders[i].To = last
				return holders, nil
			}
		}
		return nil, fault("post.vacant")
	})
}

// SetHolders sets right who held a post, over all its time.
func (s *Service) SetHolders(ctx context.Context, post ledger.PostID, holders []ledger.Holder, seen int64) error {
	return s.hold(ctx, post, seen, func([]ledger.Holder) ([]ledger.Holder, error) { return holders, nil })
}

func (s *Service) hold(ctx context.Context, id ledger.PostID, seen int64, change func([]ledger.Holder) ([]ledger.Holder, error)) error {
	return s.changePost(ctx, id, func(ctx context.Context, w *service.Work, _ ledger.Post) error {
		before, err := s.Store().Posts().Holders(ctx, id)
		if err != nil {
			return err
		}
		after, err := change(append([]ledger.Holder(nil), before...))
		if err != nil {
			return err
		}
		if err := fields(ledger.ValidateHolders(after)).Err(); err != nil {
			return err
		}
		if err := s.Store().Posts().Hold(ctx, id, after, seen); err != nil {
			return err
		}
		w.Record("post.edit", HoldersKind, string(id), before, after, nil)
		return nil
	})
}

func (s *Service) changePost(ctx context.Context, id ledger.PostID, do func(context.Context, *service.Work, ledger.Post) error) error {
	return s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		record, err := s.Store().Posts().Get(ctx, string(id))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "post.edit", service.Owned{Lead: record.Value.Unit}); err != nil {
			return err
		}
		return do(ctx, w, record.Value)
	})
}

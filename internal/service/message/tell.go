package message

import (
	"context"
	"fmt"
	"slices"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/identity"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Tell says what people are to hear of, in the transaction of the change that gives rise to it. It asks for no right: it
// is the change that is allowed or not. A notice whose key was told before is left out, so it may be told again and again.
func (s *Service) Tell(ctx context.Context, w *service.Work, notices ...Notice) error {
	for _, n := range notices {
		if err := n.sound(); err != nil {
			return err
		}
	}
	for some := range slices.Chunk(notices, atOnce) {
		if err := s.tell(ctx, w, some); err != nil {
			return err
		}
	}
	return nil
}

// atOnce is how many notices are written in one statement.
const atOnce = 200

func (s *Service) tell(ctx context.Context, w *service.Work, notices []Notice) error {
	fresh, err := s.fresh(ctx, w, notices)
	if err != nil || len(fresh) == 0 {
		return err
	}
	holders, err := s.holders(ctx, fresh)
	if err != nil {
		return err
	}
	var persons []personRow
	var units []unitRow
	for _, t := range fresh {
		accounts, of := t.reaches(holders)
		for _, account := range accounts {
			persons = append(persons, personRow{Notice: t.row.ID, Account: string(account)})
		}
		for _, unit := range of {
			units = append(units, unitRow{Notice: t.row.ID, Unit: string(unit)})
		}
	}
	if err := insertAll(ctx, w.Tx(), persons); err != nil {
		return err
	}
	if err := insertAll(ctx, w.Tx(), units); err != nil {
		return err
	}
	return s.hurry(ctx, w.Tx(), fresh, persons, units)
}

// told is a notice that is told for the first time, with its row.
type told struct {
	Notice
	row noticeRow
}

// fresh writes down those notices whose keys were not told before.
func (s *Service) fresh(ctx context.Context, w *service.Work, notices []Notice) ([]told, error) {
	now := s.core.Store().NowText()
	rows := make([]noticeRow, 0, len(notices))
	asked := map[string]Notice{}
	for _, n := range notices {
		if _, twice := asked[n.Key]; twice {
			continue
		}
		asked[n.Key] = n
		rows = append(rows, noticeRow{
			ID: store.NewID[string](s.core.Store()), Key: n.Key, Kind: string(n.Kind), Urgent: n.Urgent, TitleZH: n.Title.ZH, TitleEN: n.Title.EN,
			TextZH: n.Text.ZH, TextEN: n.Text.EN, URL: n.URL, Created: now,
		})
	}
	var written []string
	_, err := w.Tx().NewInsert().Model(&rows).On("CONFLICT (key) DO NOTHING").Returning("id").Exec(ctx, &written)
	if err != nil {
		return nil, fmt.Errorf("writing notices down: %w", err)
	}
	var fresh []told
	for _, row := range rows {
		if slices.Contains(written, row.ID) {
			fresh = append(fresh, told{Notice: asked[row.Key], row: row})
		}
	}
	return fresh, nil
}

// holders are those who hold the posts that notices are for.
func (s *Service) holders(ctx context.Context, notices []told) ([]identity.Holder, error) {
	var posts []access.Post
	for _, n := range notices {
		for _, a := range n.To {
			if a.Account == "" {
				posts = append(posts, access.Post{Role: a.Role, Unit: a.Unit})
			}
		}
	}
	if len(posts) == 0 {
		return nil, nil
	}
	return s.people.Holding(ctx, posts...)
}

// reaches are the accounts and units that a notice is for, each once.
func (t told) reaches(holders []identity.Holder) (accounts []ledger.AccountID, units []ledger.UnitID) {
	for _, a := range t.To {
		if a.Account != "" {
			accounts = append(accounts, a.Account)
			continue
		}
		units = append(units, a.Unit)
		for _, h := range holders {
			if h.Unit == a.Unit && (a.Role == "" || h.Role == a.Role) {
				accounts = append(accounts, h.Account)
			}
		}
	}
	slices.Sort(accounts)
	slices.Sort(units)
	return slices.Compact(accounts), slices.Compact(units)
}

// insertAll adds rows, some at a time: a statement holds only so many.
func insertAll[R any](ctx context.Context, tx bun.Tx, rows []R) error {
	for some := range slices.Chunk(rows, atOnce) {
		if err := store.Insert(ctx, tx, some...); err != nil {
			return err
		}
	}
	return nil
}

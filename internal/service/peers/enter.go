package peers

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// inTime puts the last period first, and keeps the order of names in it.
func inTime(all []Peer) []Peer {
	slices.SortStableFunc(all, func(a, b Peer) int {
		return cmp.Or(a.Period.Span().To.DaysTo(b.Period.Span().To), a.Period.Span().From.DaysTo(b.Period.Span().From))
	})
	return all
}

// Set enters a figure, or changes one that was seen at a revision, with a reason. Revision 0 is of none.
func (s *Service) Set(ctx context.Context, p Peer, reason string, seen int64) error {
	p.Name, p.Source, reason = strings.TrimSpace(p.Name), strings.TrimSpace(p.Source), strings.TrimSpace(reason)
	return s.change(ctx, p, reason, seen, p.check)
}

// Drop takes a figure away that was seen at a revision, with a reason.
func (s *Service) Drop(ctx context.Context, id ledger.IndicatorID, name string, period reporting.Period, reason string, seen int64) error {
	reason = strings.TrimSpace(reason)
	return s.change(ctx, Peer{Indicator: id, Name: name, Period: period}, reason, seen, nil)
}

// change puts a figure in place of what is there, or takes that away where there is nothing to check.
func (s *Service) change(ctx context.Context, p Peer, reason string, seen int64, check func() error) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		plan, err := s.plan(ctx, p.Indicator)
		if err != nil {
			return err
		}
		owned, err := s.owned(ctx, plan)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, enter, owned); err != nil {
			return err
		}
		if check != nil {
			if err := check(); err != nil {
				return err
			}
		}
		before, there, err := s.row(ctx, p)
		if err != nil {
			return err
		}
		if !there && check == nil {
			return &store.NotFound{Kind: Kind, ID: p.key()}
		}
		if there && !fits(reason, longestReason) {
			return faults.New("peer.reason")
		}
		if expected := before.Revision; there && expected != seen || !there && seen != 0 {
			return p.conflict(before, seen)
		}
		return s.write(ctx, w, p, before, there, check == nil, reason)
	})
}

func (p Peer) key() string { return string(p.Indicator) + "/" + p.Name + "/" + p.Period.Key() }

func (p Peer) conflict(now peerRow, seen int64) error {
	current, err := now.peer()
	if err != nil {
		current = Peer{}
	}
	return &store.Conflict[Peer]{Kind: Kind, ID: p.key(), Seen: seen, Current: store.Record[Peer]{Value: current, Revision: now.Revision}}
}

// row is the figure as it is; there tells whether it was not taken away.
func (s *Service) row(ctx context.Context, p Peer) (row peerRow, there bool, err error) {
	row = peerRow{Indicator: string(p.Indicator), Name: p.Name, Period: p.Period.Key()}
	err = s.core.Store().View(ctx).NewSelect().Model(&row).WherePK().Scan(ctx)
	if errors.Is(err, sql.ErrNoRows) {
		return row, false, nil
	}
	if err != nil {
		return row, false, fmt.Errorf("peers: reading a figure of %s: %w", p.Name, err)
	}
	return row, !row.Dropped, nil
}

func (s *Service) write(ctx context.Context, w *service.Work, p Peer, before peerRow, there, drop bool, reason string) error {
	row := peerRow{
		Indicator: string(p.Indicator), Name: p.Name, Period: p.Period.Key(), Revision: before.Revision + 1, Figure: written(p.Figure),
		Growth: written(p.Growth), Source: p.Source, Whole: p.Whole, Account: string(service.CallerOf(ctx).Account()), AtTime: s.core.Store().NowText(), Dropped: drop,
	}
	result, err := w.Tx().NewInsert().Model(&row).On("CONFLICT (indicator, name, period) DO UPDATE").
		Set("revision = excluded.revision, figure = excluded.figure, growth = excluded.growth, source = excluded.source").
		Set("whole = excluded.whole, account = excluded.account, at_time = excluded.at_time, dropped = excluded.dropped").
		Where("indicator_peers.revision = ?", before.Revision).Exec(ctx)
	if err != nil {
		return fmt.Errorf("peers: writing a figure of %s: %w", p.Name, err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return p.conflict(before, before.Revision)
	}
	var was, is, why any
	if there {
		if was, err = before.peer(); err != nil {
			return err
		}
		why = map[string]string{"reason": reason}
	}
	if !drop {
		is = p
	}
	w.Record(enter, Kind, p.key(), was, is, why)
	return nil
}

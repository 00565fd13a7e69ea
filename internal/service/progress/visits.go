package progress

import (
	"context"
	"fmt"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// sitting is how long a visit lasts: whoever looks at the page again within it sees the same changes again.
const sitting = 30 * time.Minute

type visitRow struct {
	bun.BaseModel `bun:"table:plan_visits,alias:plan_visits"`
	Account       string `bun:"account,pk"`
	Plan          string `bun:"plan,pk"`
	AtTime        string `bun:"at_time"`
	Earlier       string `bun:"earlier"`
}

// since is from when on the caller has not seen what changed: his visit before this one; zero at the first.
func (v visitRow) since(now time.Time) time.Time {
	if now.Sub(store.TimeOf(v.AtTime)) > sitting {
		return store.TimeOf(v.AtTime)
	}
	return store.TimeOf(v.Earlier)
}

func (s *Service) lastVisit(ctx context.Context, plan ledger.PlanID) (visitRow, error) {
	v := visitRow{Account: string(service.CallerOf(ctx).Account()), Plan: string(plan)}
	err := s.core.Store().View(ctx).NewSelect().Model(&v).WherePK().Scan(ctx)
	if err != nil && !noRows(err) {
		return v, fmt.Errorf("progress: reading the last visit to plan %s: %w", plan, err)
	}
	return v, nil
}

// Visit notes that the caller has looked at a plan, so that his next visit shows what changed since. It is his own
// bookmark and no change of the ledger: the log does not hear of it, and nobody else can read it.
func (s *Service) Visit(ctx context.Context, plan ledger.PlanID) error {
	if service.CallerOf(ctx).Account() == "" {
		return nil
	}
	if _, err := s.plan(ctx, plan); err != nil {
		return err
	}
	return s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		v, err := s.lastVisit(ctx, plan)
		if err != nil {
			return err
		}
		if s.core.Store().Now().Sub(store.TimeOf(v.AtTime)) <= sitting {
			return nil
		}
		v.Earlier, v.AtTime = v.AtTime, s.core.Store().NowText()
		result, err := tx.NewInsert().Model(&v).On("CONFLICT (account, plan) DO UPDATE").
			Set("at_time = EXCLUDED.at_time").Set("earlier = EXCLUDED.earlier").Exec(ctx)
		return stored("a visit", result, err)
	})
}

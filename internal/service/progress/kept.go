package progress

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// accountKey is of what tables are.
type accountKey struct {
	plan   ledger.PlanID
	period reporting.Period
}

// keptAccount is tables that were made, and the state of what they were made of. They are the same for everybody who may
// read them, and are made of more figures than a page has time for.
type keptAccount struct {
	state  accountState
	tables Tables
}

// accountState is of what tables were made: the day, the units, and how often everything else has changed.
type accountState struct {
	on     calendar.Date
	units  *access.Units
	counts string
}

// accountState is what the tables of a plan are made of now. Every change raises a revision, and what is corrected counts
// as well.
func (s *Service) accountState(ctx context.Context, plan ledger.PlanID) (accountState, error) {
	units, err := s.core.Units(ctx)
	if err != nil {
		return accountState{}, err
	}
	var counts []struct{ Number, Revisions int64 }
	const of = "SELECT count(*) AS number, coalesce(sum(revision), 0) AS revisions FROM "
	err = s.core.Store().View(ctx).NewRaw(of+"plans WHERE id = ?0 UNION ALL "+of+"report_settings WHERE plan = ?0 UNION ALL "+
		of+"commitments WHERE plan = ?0 UNION ALL "+of+"indicators WHERE plan = ?0 UNION ALL "+of+"projects WHERE plan = ?0 UNION ALL "+
		of+"rounds WHERE plan = ?0 UNION ALL "+of+"corrections WHERE plan = ?0 UNION ALL "+
		of+"submissions WHERE plan = ?0 AND state IN (?1)", plan, bun.List(append([]reporting.State{reporting.Locked}, sentIn...))).Scan(ctx, &counts)
	if err != nil {
		return accountState{}, fmt.Errorf("progress: looking whether the accounts of plan %s have changed: %w", plan, err)
	}
	return accountState{s.core.Today(), units, fmt.Sprint(counts)}, nil
}

package progress

import (
	"context"
	"fmt"
	"sync"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	report "luoshi/internal/service/reporting"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// kept is things that are the same for everybody who may read them, and are made of more figures than a page has time
// for, by their keys.
type kept struct {
	slots  sync.Map
	making sync.Mutex // one thing is made at a time: each takes a hundred times the memory of a page
}

// slot holds what was made last, unless somebody has taken it out to make it anew.
type slot chan made

// made is a thing, and the state of what it was made of.
type made struct {
	state accountState
	thing any
}

func (k *kept) slot(key any) slot {
	empty := make(slot, 1)
	empty <- made{}
	found, _ := k.slots.LoadOrStore(key, empty)
	of, _ := found.(slot)
	return of
}

// take takes out what was made last, and waits where somebody else makes it, unless in a hurry.
func (of slot) take(ctx context.Context, hurry bool) (last made, taken bool, err error) {
	select {
	case last = <-of:
		return last, true, nil
	default:
	}
	if hurry {
		return made{}, false, nil
	}
	select {
	case last = <-of:
		return last, true, nil
	case <-ctx.Done():
		return made{}, false, ctx.Err()
	}
}

// keep gives what is kept under a key, which says of what type it is, made anew where anything of what it is made of has
// changed since; by one at a time, since a hundred who ask at once want the same. Within a transaction nobody waits: it
// may hold what the maker needs. Callers change nothing in it, and what makes it keeps nothing itself.
func keep[T any](ctx context.Context, s *Service, key any, plan ledger.PlanID, anew func(context.Context) (T, error)) (T, error) {
	var thing T
	state, err := s.accountState(ctx, plan)
	if err != nil {
		return thing, err
	}
	of, inside := s.kept.slot(key), s.core.Store().Inside(ctx)
	last, taken, err := of.take(ctx, inside)
	if err != nil {
		return thing, err
	}
	if taken {
		defer func() { of <- last }()
	}
	if thing, fits := last.thing.(T); fits && last.state == state {
		return thing, nil
	}
	if inside {
		return anew(ctx)
	}
	s.kept.making.Lock()
	defer s.kept.making.Unlock()
	if ctx.Err() != nil {
		return thing, ctx.Err()
	}
	if thing, err = anew(ctx); err == nil {
		last = made{state, thing}
	}
	return thing, err
}

// accountState is of what accounts were made: the day, the units, and how often everything else has changed.
type accountState struct {
	on     calendar.Date
	units  *access.Units
	counts string
}

// accountState is what the accounts of a plan are made of now. Every change raises a revision, and what is corrected counts
// as well; what is not locked does not count.
func (s *Service) accountState(ctx context.Context, plan ledger.PlanID) (accountState, error) {
	units, err := s.core.Units(ctx)
	if err != nil {
		return accountState{}, err
	}
	counts, err := s.standing(plan).accounts.State(ctx, s.core, ofAccounts, func(ctx context.Context) (string, error) {
		return s.countAccounts(ctx, plan)
	})
	return accountState{s.core.Today(), units, counts}, err
}

// besides are the kinds of records, changed every moment, of which no account and no light is made.
var besides = []string{"accounts", "exports", "saved_views", "tokens"}

// ofAccounts lets entries of the log through that may change what accounts are made of. What is filled in counts once it
// is locked.
func ofAccounts(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("object_kind NOT IN (?)", bun.List(append([]string{LightKind, RunKind}, besides...))).
		Where("NOT (object_kind = ? AND action IN (?))", report.SubmissionKind, bun.List(report.FillActions))
}

func (s *Service) countAccounts(ctx context.Context, plan ledger.PlanID) (string, error) {
	var counts []struct{ Number, Revisions int64 }
	const of = "SELECT count(*) AS number, coalesce(sum(revision), 0) AS revisions FROM "
	err := s.core.Store().View(ctx).NewRaw(of+"plans WHERE id = ?0 UNION ALL "+of+"report_settings WHERE plan = ?0 UNION ALL "+
		of+"commitments WHERE plan = ?0 UNION ALL "+of+"indicators WHERE plan = ?0 UNION ALL "+of+"projects WHERE plan = ?0 UNION ALL "+
		of+"rounds WHERE plan = ?0 UNION ALL "+of+"corrections WHERE plan = ?0 UNION ALL "+
		of+"submissions WHERE plan = ?0 AND state = ?1", plan, string(reporting.Locked)).Scan(ctx, &counts)
	if err != nil {
		return "", fmt.Errorf("progress: looking whether the accounts of plan %s have changed: %w", plan, err)
	}
	return fmt.Sprint(counts), nil
}

// standing are the states of what is kept of a plan.
type standing struct {
	accounts service.Standing[string]
	lights   service.Standing[lightState]
}

func (s *Service) standing(plan ledger.PlanID) *standing {
	found, _ := s.states.LoadOrStore(plan, &standing{})
	of, _ := found.(*standing)
	return of
}

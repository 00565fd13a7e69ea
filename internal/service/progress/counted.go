package progress

import (
	"context"
	"fmt"
	"sync"

	"github.com/uptrace/bun"

	report "luoshi/internal/service/reporting"
	"luoshi/ledger"
)

// answers are what queries over all lights of a plan found: counts, and what to ask about. A screen that everybody looks
// at makes some ten of them, each over thousands of rows that change when lights are computed and not in between.
type answers struct {
	mu    sync.Mutex
	plans map[ledger.PlanID]*answered
}

// answered are the answers of one plan, and the state that they were found in.
type answered struct {
	state lightState
	found map[string]any // slices of rows by the text of the query, which says what the caller may see
	rows  int            // of all of them
}

// mostRows is how many rows are kept of a plan: some twenty megabytes.
const mostRows = 200_000

// lightState is what queries over commitments with their lights depend on: how often lights were written, how many
// commitments there are, and how often those were changed.
type lightState struct{ Written, Number, Revisions int64 }

// looked is the key under which a context carries the state of a plan's lights.
type looked struct{ plan ledger.PlanID }

// look finds the state of a plan's lights once for the queries of one screen.
func (s *Service) look(ctx context.Context, plan ledger.PlanID) (context.Context, error) {
	state, err := s.lightState(ctx, plan)
	return context.WithValue(ctx, looked{plan}, state), err
}

func (s *Service) lightState(ctx context.Context, plan ledger.PlanID) (lightState, error) {
	state, known := ctx.Value(looked{plan}).(lightState)
	if known {
		return state, nil
	}
	return s.standing(plan).lights.State(ctx, s.core, ofLights, func(ctx context.Context) (lightState, error) {
		return s.countLights(ctx, plan)
	})
}

// ofLights lets entries of the log through that may change which commitments and lights there are. Figures turn lights
// when those are computed, which is an entry of its own.
func ofLights(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("object_kind NOT IN (?)", bun.List(append([]string{report.SubmissionKind}, besides...)))
}

func (s *Service) countLights(ctx context.Context, plan ledger.PlanID) (lightState, error) {
	var state lightState
	err := s.core.Store().View(ctx).NewRaw("SELECT count(*) AS number, coalesce(sum(revision), 0) AS revisions, "+
		"coalesce((SELECT written FROM light_runs WHERE plan = ?0), 0) AS written FROM commitments WHERE plan = ?0", plan).Scan(ctx, &state)
	if err != nil {
		return state, fmt.Errorf("progress: looking whether the lights of plan %s have changed: %w", plan, err)
	}
	return state, nil
}

// recall gives the rows that a query over the commitments and lights of a plan finds. They are shared: callers change
// nothing in them. Within a transaction nothing is kept, since it may be undone.
func recall[T any](ctx context.Context, s *Service, plan ledger.PlanID, query *bun.SelectQuery) ([]T, error) {
	if s.core.Store().Inside(ctx) {
		return scanned[T](ctx, query)
	}
	state, err := s.lightState(ctx, plan)
	if err != nil {
		return nil, err
	}
	text := query.String()
	if kept, there := s.answers.get(plan, state, text); there {
		if rows, fit := kept.([]T); fit {
			return rows, nil
		}
	}
	rows, err := scanned[T](ctx, query)
	if err != nil {
		return nil, err
	}
	s.answers.keep(plan, state, text, rows, 1+len(rows))
	return rows, nil
}

func scanned[T any](ctx context.Context, query *bun.SelectQuery) ([]T, error) {
	var rows []T
	err := query.Scan(ctx, &rows)
	return rows, err
}

func (a *answers) get(plan ledger.PlanID, state lightState, query string) (any, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	p := a.plans[plan]
	if p == nil || p.state != state {
		return nil, false
	}
	rows, there := p.found[query]
	return rows, there
}

// keep drops what was found in another state: states only move on.
func (a *answers) keep(plan ledger.PlanID, state lightState, query string, found any, rows int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	p := a.plans[plan]
	if p == nil || p.state != state || p.rows+rows > mostRows {
		if a.plans == nil {
			a.plans = map[ledger.PlanID]*answered{}
		}
		p = &answered{state: state, found: map[string]any{}}
		a.plans[plan] = p
	}
	p.found[query] = found
	p.rows += rows
}

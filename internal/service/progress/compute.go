package progress

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// Kinds of tasks: ComputeKind computes the lights of a plan when something that they rest on has changed, DailyKind
// those of all published plans that are not of this day, because lights go with the date as well; it may run more often
// than daily. Both run Service.Compute.
const (
	ComputeKind = "progress.compute"
	DailyKind   = "progress.daily"
)

// ComputeMay are the actions of these tasks.
var ComputeMay = []access.Action{compute}

const compute access.Action = "light.compute"

// Run is when the lights of a plan were computed last.
type Run struct {
	Plan   ledger.PlanID `json:"plan"`
	On     calendar.Date `json:"on"` // the day for which they hold; zero where they never were computed
	At     time.Time     `json:"at"`
	Judged int           `json:"judged"` // commitments that have a light
	Turned int           `json:"turned"` // how many changed their colour
}

type runRow struct {
	bun.BaseModel  `bun:"table:light_runs,alias:light_runs"`
	Plan           string `bun:"plan,pk"`
	Begun          int64  `bun:"begun"`
	Finished       int64  `bun:"finished"`
	OnDay          string `bun:"on_day"`
	AtTime         string `bun:"at_time"`
	Judged         int    `bun:"judged"`
	Turned         int    `bun:"turned"`
	Contradictions string `bun:"contradictions"`
}

func (r runRow) run() Run {
	return Run{Plan: ledger.PlanID(r.Plan), On: store.DateOf(r.OnDay), At: store.TimeOf(r.AtTime), Judged: r.Judged, Turned: r.Turned}
}

// Compute is the task: it computes the lights of the plan that args name, or else those that are behind. It may run as
// often as anybody likes.
func (s *Service) Compute(ctx context.Context, args json.RawMessage) error {
	asked, err := readArgs(args)
	if err != nil {
		return err
	}
	if asked.Plan != "" {
		_, err := s.ComputeNow(ctx, asked.Plan)
		return err
	}
	plans, err := s.behind(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, plan := range plans {
		_, err := s.ComputeNow(ctx, ledger.PlanID(plan))
		failed = errors.Join(failed, err)
	}
	return failed
}

// behind are the published plans whose lights are of an earlier day, were asked for and not computed, or whose last
// computation broke off.
func (s *Service) behind(ctx context.Context) ([]string, error) {
	var plans []string
	err := s.core.Store().View(ctx).NewSelect().Table("plans").Column("id").Where("state = ?", string(ledger.Published)).
		Where("(NOT EXISTS (SELECT 1 FROM light_runs WHERE light_runs.plan = plans.id AND on_day = ? AND finished = begun) OR "+
			"EXISTS (SELECT 1 FROM light_requests WHERE light_requests.plan = plans.id))", s.core.Today().String()).Order("id").Scan(ctx, &plans)
	if err != nil {
		return nil, fmt.Errorf("progress: looking for plans whose lights are behind: %w", err)
	}
	return plans, nil
}

// ComputeNow computes the lights of a published plan and keeps what has changed. Reading and judging hold up nobody
// else: only the changes are written in a transaction, and only by the computation that began last.
func (s *Service) ComputeNow(ctx context.Context, id ledger.PlanID) (Run, error) {
	record, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return Run{}, err
	}
	if err := s.core.Check(ctx, compute, ofPlan(record.Value)); err != nil {
		return Run{}, err
	}
	if record.Value.State != ledger.Published {
		return Run{}, faults.New("plan.not_published")
	}
	number, err := s.begin(ctx, id)
	if err != nil {
		return Run{}, err
	}
	g, err := s.ground(ctx, record.Value, narrow{})
	if err != nil {
		return Run{}, err
	}
	judged := g.lights()
	found, err := json.Marshal(g.contradictions(judged))
	if err != nil {
		return Run{}, fmt.Errorf("progress: writing the contradictions of plan %s: %w", id, err)
	}
	return s.keep(ctx, g, judged, runRow{Plan: string(id), Begun: number, OnDay: g.on.String(), Contradictions: string(found)})
}

// begin takes the request away, which this computation answers, and gives it a number.
func (s *Service) begin(ctx context.Context, plan ledger.PlanID) (int64, error) {
	row := runRow{Plan: string(plan), Begun: 1}
	err := s.core.Store().Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		result, err := tx.NewDelete().Table("light_requests").Where("plan = ?", plan).Exec(ctx)
		if err := stored("that the lights are being computed", result, err); err != nil {
			return err
		}
		err = tx.NewInsert().Model(&row).On("CONFLICT (plan) DO UPDATE").Set("begun = light_runs.begun + 1").Returning("begun").Scan(ctx, &row.Begun)
		if err != nil {
			return fmt.Errorf("progress: beginning to compute the lights of plan %s: %w", plan, err)
		}
		return nil
	})
	return row.Begun, err
}

// lit is a commitment with its light as it was computed; without one where it is not in force.
type lit struct {
	commitment ledger.Commitment
	has        bool
	judged     Judged
	calendar   light.StandingState
}

// lights judges all commitments, on all processors.
func (g *ground) lights() []lit {
	judged := make([]lit, len(g.commitments))
	workers := runtime.GOMAXPROCS(0)
	var wait sync.WaitGroup
	for w := range workers {
		wait.Go(func() {
			for i := w; i < len(judged); i += workers {
				judged[i] = g.light(g.commitments[i])
			}
		})
	}
	wait.Wait()
	return judged
}

// light judges a commitment as far as it has a light.
func (g *ground) light(c ledger.Commitment) lit {
	l := lit{commitment: c, has: c.State == ledger.InForce || c.State == ledger.Fulfilled}
	if l.has {
		l.judged, l.calendar = g.judge(c), g.standing(c).State
	}
	return l
}

// standing is what the calendar says of a commitment.
func (g *ground) standing(c ledger.Commitment) light.Standing {
	begins := g.own[c.ID].Begins
	if begins.IsZero() {
		begins = calendar.Date{Year: int16(g.plan.Year), Month: 1, Day: 1}
	}
	return light.Calendar(begins, c.By, g.on)
}

// keep writes what has changed, if no later computation has begun meanwhile.
func (s *Service) keep(ctx context.Context, g *ground, all []lit, row runRow) (Run, error) {
	var run Run
	err := s.core.Store().Within(ctx, func(ctx context.Context, _ bun.Tx) error {
		before, err := s.holdRun(ctx, g.plan.ID)
		if run = before.run(); err != nil || before.Begun != row.Begun {
			return err
		}
		written, turns, err := s.differences(ctx, g, all)
		if err != nil {
			return err
		}
		row.AtTime, row.Judged, row.Turned, row.Finished = s.core.Store().NowText(), count(all), len(turns), row.Begun
		if len(written) == 0 && before.OnDay == row.OnDay && before.Contradictions == row.Contradictions {
			return s.finish(ctx, row)
		}
		run = row.run()
		return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
			if err := w.AllowFor(ctx, compute, ofPlan(g.plan)); err != nil {
				return err
			}
			if err := s.write(ctx, w, written, turns); err != nil {
				return err
			}
			result, err := w.Tx().NewUpdate().Model(&row).WherePK().Exec(ctx)
			if err := stored("that the lights were computed", result, err); err != nil {
				return err
			}
			w.Record(compute, RunKind, row.Plan, unless(before.OnDay == "", before.run()), run, summary(turns))
			return nil
		})
	})
	return run, err
}

// finish notes that a computation came to its end without a change.
func (s *Service) finish(ctx context.Context, row runRow) error {
	result, err := s.core.Store().View(ctx).NewUpdate().Model(&row).Column("finished").WherePK().Exec(ctx)
	return stored("that the lights were computed", result, err)
}

// holdRun keeps other computations and those who set lights by hand away from the lights of a plan until the end of the
// transaction.
func (s *Service) holdRun(ctx context.Context, plan ledger.PlanID) (runRow, error) {
	row := runRow{Plan: string(plan)}
	query := s.core.Store().View(ctx).NewSelect().Model(&row).WherePK()
	if s.core.Store().Dialect() == "postgres" {
		query = query.For("UPDATE")
	}
	if err := query.Scan(ctx); err != nil && !noRows(err) {
		return row, fmt.Errorf("progress: holding the lights of plan %s: %w", plan, err)
	}
	return row, nil
}

func count(all []lit) int {
	n := 0
	for _, l := range all {
		if l.has {
			n++
		}
	}
	return n
}

// turned is what the log says of a computation: how many lights turned from which colour to which, and a digest of the
// list of them, which is kept beside the lights.
type turned struct {
	Turned map[string]int `json:"turned,omitempty"`
	Digest string         `json:"digest,omitempty"`
}

func summary(turns []turnRow) turned {
	if len(turns) == 0 {
		return turned{}
	}
	t := turned{Turned: map[string]int{}}
	digest := sha256.New()
	for _, turn := range turns {
		t.Turned[turn.Earlier+">"+turn.Colour]++
		fmt.Fprintf(digest, "%s %d %s %s\n", turn.Commitment, turn.Number, turn.Earlier, turn.Colour)
	}
	t.Digest = base64.StdEncoding.EncodeToString(digest.Sum(nil))
	return t
}

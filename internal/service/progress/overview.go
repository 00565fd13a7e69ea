package progress

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

// Overview is a plan's year on one screen.
type Overview struct {
	Plan    ledger.Plan
	On      calendar.Date
	Elapsed int // per cent of the year that is over, every month counting the same
	Run     Run // when the lights were computed
	Total   Tally
	Areas   []AreaTally
	Units   []UnitTally // the one with the largest share of red first
	Overdue []CommitmentLight
	// Since is the caller's last visit, zero at the first; Changed are the lights that turned since, the last first.
	Since        time.Time
	Changed      []ChangedLight
	ChangedCount int64
	Questions    []Question
}

// ChangedLight is a light that turned.
type ChangedLight struct {
	CommitmentLight
	Turn
}

// shortList is how many a list of the overview shows; all of them are found in the list of lights.
const shortList = 10

// Overview is a published plan's year as far as the caller may see it.
func (s *Service) Overview(ctx context.Context, id ledger.PlanID) (Overview, error) {
	o := Overview{On: s.core.Today()}
	var err error
	if o.Plan, err = s.plan(ctx, id); err != nil {
		return o, err
	}
	if o.Plan.State != ledger.Published {
		return o, faults.New("plan.not_published")
	}
	o.Elapsed = elapsed(o.Plan.Year, o.On)
	if ctx, err = s.look(ctx, id); err != nil {
		return o, err
	}
	run, err := s.lastRun(ctx, id)
	if err != nil {
		return o, err
	}
	o.Run = run.run()
	rows, err := s.tally(ctx, id)
	if err != nil {
		return o, err
	}
	if o.Units, err = s.unitTallies(ctx, rows); err != nil {
		return o, err
	}
	o.Areas = areas(o.Plan, rows)
	for _, r := range rows {
		o.Total.add(r)
	}
	if o.Total.Overdue > 0 {
		overdue, err := s.Lights(ctx, LightQuery{Plan: id, Overdue: true}, store.Page{Order: "by", Limit: shortList})
		if err != nil {
			return o, err
		}
		o.Overdue = overdue.Lights
	}
	if err := s.changes(ctx, &o); err != nil {
		return o, err
	}
	o.Questions, err = s.questions(ctx, o.Plan)
	return o, err
}

// elapsed is how much of a year is over at the end of a day, in per cent.
func elapsed(year int, on calendar.Date) int {
	m := light.Matter{Begin: calendar.Date{Year: int16(year), Month: 1, Day: 1}, By: calendar.LastDay(year, 12)}
	share := percents(m.Share(on))
	return int(reporting.Rounded(share, 0).Number().Coef)
}

func (s *Service) unitTallies(ctx context.Context, rows []tallyRow) ([]UnitTally, error) {
	tree, err := s.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	byUnit := map[string]*UnitTally{}
	for _, r := range rows {
		if byUnit[r.Unit] == nil {
			byUnit[r.Unit] = &UnitTally{Unit: ledger.UnitID(r.Unit), Name: tree.Name(ledger.UnitID(r.Unit), s.core.Today())}
		}
		byUnit[r.Unit].add(r)
	}
	all := make([]UnitTally, 0, len(byUnit))
	for _, t := range byUnit {
		all = append(all, *t)
	}
	slices.SortFunc(all, func(a, b UnitTally) int {
		share := func(t UnitTally, c light.Colour) int { return t.Colours[c] * 10000 / t.All }
		return cmp.Or(cmp.Compare(share(b, light.Red), share(a, light.Red)), cmp.Compare(share(b, light.Yellow), share(a, light.Yellow)),
			cmp.Compare(b.All, a.All), cmp.Compare(a.Unit, b.Unit))
	})
	return all, nil
}

// changes finds what turned since the caller's last visit: of each light the last turn.
func (s *Service) changes(ctx context.Context, o *Overview) error {
	visit, err := s.lastVisit(ctx, o.Plan.ID)
	if err != nil {
		return err
	}
	o.Since = visit.since(s.core.Store().Now())
	if o.Since.IsZero() {
		return nil
	}
	scope, err := s.core.Scope(ctx, readLight, commitmentColumns)
	if err != nil {
		return err
	}
	last := func() *bun.SelectQuery {
		query := s.core.Store().View(ctx).NewSelect().TableExpr("light_changes AS t").Join("JOIN commitments ON commitments.id = t.commitment").
			Join("JOIN lights AS l ON l.commitment = t.commitment AND l.changes = t.number").
			Where("t.plan = ? AND t.at_time > ? AND t.earlier <> '' AND t.colour <> ''", o.Plan.ID, store.TimeText(o.Since))
		return scope(query)
	}
	var rows []turnRow
	if err := last().ColumnExpr("t.*").OrderExpr("t.at_time DESC, l.gap DESC, t.commitment").Limit(shortList).Scan(ctx, &rows); err != nil {
		return fmt.Errorf("progress: reading what changed in plan %s: %w", o.Plan.ID, err)
	}
	if o.ChangedCount, err = last().Count(ctx); err != nil {
		return fmt.Errorf("progress: counting what changed in plan %s: %w", o.Plan.ID, err)
	}
	lights, err := s.named(ctx, o.Plan, rows)
	if err != nil {
		return err
	}
	for _, r := range rows {
		turn, err := r.value()
		if err != nil {
			return err
		}
		if l, there := lights[turn.Commitment]; there {
			o.Changed = append(o.Changed, ChangedLight{CommitmentLight: l, Turn: turn})
		}
	}
	return nil
}

// named are the lights that turned, by their commitments.
func (s *Service) named(ctx context.Context, plan ledger.Plan, rows []turnRow) (map[ledger.CommitmentID]CommitmentLight, error) {
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.Commitment)
	}
	return s.lightsOf(ctx, plan, ids)
}

// lightsOf are the lights of commitments by their identifiers.
func (s *Service) lightsOf(ctx context.Context, plan ledger.Plan, ids []string) (map[ledger.CommitmentID]CommitmentLight, error) {
	records, err := s.core.Store().Commitments().Some(ctx, ids...)
	if err != nil {
		return nil, err
	}
	lights, err := s.shown(ctx, plan, store.Values(records))
	byID := map[ledger.CommitmentID]CommitmentLight{}
	for _, l := range lights {
		byID[l.Commitment.ID] = l
	}
	return byID, err
}

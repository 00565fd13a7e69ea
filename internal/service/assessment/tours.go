package assessment

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/assessment"
)

// TourID is the identifier of an observation round.
type TourID string

// Tour is an observation round.
type Tour struct {
	ID         TourID        `json:"id"`
	Plan       ledger.PlanID `json:"plan"`
	Government ledger.UnitID `json:"government"`
	State      string        `json:"state"` // of flow tour
	assessment.Tour
	Revision int64     `json:"-"`
	Updated  time.Time `json:"-"`
	begun    calendar.Date
}

func (t Tour) owned() service.Owned {
	return service.Owned{Lead: t.Government, Published: t.State == published}
}

// ranked tells whether the standings are final.
func (t Tour) ranked() bool { return t.State == "closed" || t.State == published }

type tourRow struct {
	bun.BaseModel `bun:"table:tours,alias:tours"`
	ID            string `bun:"id,pk"`
	Revision      int64  `bun:"revision"`
	Plan          string `bun:"plan"`
	Government    string `bun:"government"`
	Title         string `bun:"title"`
	State         string `bun:"state"`
	Begun         string `bun:"begun"`
	OnDay         string `bun:"on_day"`
	Updated       string `bun:"updated"`
	Body          string `bun:"body"`
}

func (r tourRow) tour() (Tour, error) {
	body, err := parsed[assessment.Tour](r.Body)
	return Tour{
		ID: TourID(r.ID), Plan: ledger.PlanID(r.Plan), Government: ledger.UnitID(r.Government), State: r.State, Tour: body,
		Revision: r.Revision, Updated: store.TimeOf(r.Updated), begun: store.DateOf(r.Begun),
	}, err
}

type sheetRow struct {
	bun.BaseModel `bun:"table:tour_sheets,alias:tour_sheets"`
	Tour          string `bun:"tour,pk"`
	Project       string `bun:"project,pk"`
	Judge         string `bun:"judge,pk"`
	AtTime        string `bun:"at_time"`
	Body          string `bun:"body"`
}

// UsualTour is the plan of a round that a new one begins with.
func (s *Service) UsualTour() assessment.Tour {
	return assessment.Tour{On: s.core.Today(), Criteria: usualCriteria()}
}

// CreateTour begins an observation round of projects of a published plan.
func (s *Service) CreateTour(ctx context.Context, plan ledger.PlanID, tour assessment.Tour) (Tour, error) {
	var made Tour
	p, err := s.plan(ctx, plan)
	if err != nil {
		return made, err
	}
	err = s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, editTour, service.Owned{Lead: p.Government}); err != nil {
			return err
		}
		tour, err := s.soundTour(ctx, plan, tour)
		if err != nil {
			return err
		}
		r := tourRow{
			ID: store.NewID[string](s.core.Store()), Revision: 1, Plan: string(plan), Government: string(p.Government),
			Title: tour.Title, State: s.tour.States[0].Name, Begun: s.core.Today().String(), OnDay: tour.On.String(),
			Updated: s.core.Store().NowText(), Body: written(tour),
		}
		if err := store.Insert(ctx, w.Tx(), r); err != nil {
			return err
		}
		if err := s.cases.Open(ctx, w, s.tour, TourKind, r.ID); err != nil {
			return err
		}
		if made, err = r.tour(); err != nil {
			return err
		}
		w.Record(editTour, TourKind, r.ID, nil, made, nil)
		return nil
	})
	return made, err
}

// soundTour is the plan of a round in which nothing is wrong, with the units that the projects speak for.
func (s *Service) soundTour(ctx context.Context, plan ledger.PlanID, tour assessment.Tour) (assessment.Tour, error) {
	tour.Title = strings.TrimSpace(tour.Title)
	if err := unsound("tour.unsound", tour.Validate()); err != nil {
		return tour, err
	}
	tour.Projects = slices.Clone(tour.Projects)
	for i, shown := range tour.Projects {
		record, err := s.core.Store().Projects().Get(ctx, string(shown.Project))
		if err != nil {
			return tour, err
		}
		if record.Value.Plan != plan {
			return tour, fault("tour.project")
		}
		tour.Projects[i].Unit = record.Value.Lead
	}
	return tour, nil
}

// changeTour changes a round that was seen at a revision, or as it is where seen is 0.
func (s *Service) changeTour(ctx context.Context, id TourID, action access.Action, seen int64,
	do func(ctx context.Context, w *service.Work, r *tourRow, before Tour) (detail any, err error),
) error {
	return s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := s.hold(ctx, w.Tx(), TourKind, string(id)); err != nil {
			return err
		}
		r, before, err := s.readTour(ctx, id)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, action, before.owned()); err != nil {
			return err
		}
		if seen != 0 && r.Revision != seen {
			current := store.Record[Tour]{Value: before, Revision: r.Revision, Updated: before.Updated}
			return &store.Conflict[Tour]{Kind: TourKind, ID: r.ID, Seen: seen, Current: current}
		}
		detail, err := do(ctx, w, &r, before)
		if err != nil {
			return err
		}
		r.Revision, r.Updated = r.Revision+1, s.core.Store().NowText()
		if _, err := w.Tx().NewUpdate().Model(&r).WherePK().Exec(ctx); err != nil {
			return fmt.Errorf("writing round %s: %w", id, err)
		}
		after, err := r.tour()
		if err != nil {
			return err
		}
		w.Record(action, TourKind, r.ID, before, after, detail)
		return nil
	})
}

func (s *Service) readTour(ctx context.Context, id TourID) (tourRow, Tour, error) {
	var r tourRow
	err := s.core.Store().View(ctx).NewSelect().Model(&r).Where("id = ?", id).Scan(ctx)
	if err := read(TourKind, string(id), err); err != nil {
		return r, Tour{}, err
	}
	tour, err := r.tour()
	return r, tour, err
}

// SaveTour changes a round that is being prepared.
func (s *Service) SaveTour(ctx context.Context, id TourID, tour assessment.Tour, seen int64) error {
	return s.changeTour(ctx, id, editTour, seen, func(ctx context.Context, _ *service.Work, r *tourRow, before Tour) (any, error) {
		if before.State != s.tour.States[0].Name {
			return nil, fault("tour.fixed")
		}
		tour, err := s.soundTour(ctx, before.Plan, tour)
		r.Title, r.OnDay, r.Body = tour.Title, tour.On.String(), written(tour)
		return nil, err
	})
}

// TakeTour takes a round a step on: open, close, reopen, publish, drop.
func (s *Service) TakeTour(ctx context.Context, id TourID, step Step, seen int64) error {
	right, known := s.cases.Right(s.tour, step.Action)
	if !known {
		return fault("assessment.step", step.Action)
	}
	return s.changeTour(ctx, id, right, seen, func(ctx context.Context, w *service.Work, r *tourRow, before Tour) (any, error) {
		c, err := s.cases.Case(ctx, s.tour, TourKind, r.ID, before.begun)
		if err != nil {
			return nil, err
		}
		taken, err := s.cases.StepBy(ctx, s.tour, step.Action, before.owned())
		if err != nil {
			return nil, err
		}
		taken.Reason = strings.TrimSpace(step.Reason)
		if taken.Facts, err = s.tourGuards(ctx, before); err != nil {
			return nil, err
		}
		if c, err = s.cases.Take(ctx, w, c, TourKind, r.ID, taken); err != nil {
			return nil, err
		}
		r.State = c.State
		if err := s.tellTour(ctx, w, before, step.Action); err != nil {
			return nil, err
		}
		return stepped{Step: step.Action, Reason: taken.Reason}, nil
	})
}

// tourGuards are the conditions of steps that hold.
func (s *Service) tourGuards(ctx context.Context, t Tour) ([]string, error) {
	var facts []string
	if t.Validate() == nil {
		facts = append(facts, "sound")
	}
	lacking, err := s.lacking(ctx, t)
	if err == nil && lacking == 0 {
		facts = append(facts, "marked")
	}
	return facts, err
}

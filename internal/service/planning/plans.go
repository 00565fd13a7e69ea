package planning

import (
	"context"
	"fmt"
	"strings"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// NewPlan is what a plan begins with. Where it has no title it is named after its government and year.
type NewPlan struct {
	Government ledger.UnitID
	Year       int
	Title      string
}

// CreatePlan begins a plan, empty and a draft.
func (s *Service) CreatePlan(ctx context.Context, asked NewPlan) (store.Record[ledger.Plan], error) {
	var made store.Record[ledger.Plan]
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, "plan.create", service.Owned{Lead: asked.Government}); err != nil {
			return err
		}
		tree, err := s.core.Tree(ctx)
		if err != nil {
			return err
		}
		unit, known := tree.Unit(asked.Government)
		if !known || unit.Kind != ledger.Government {
			return fault("plan.government", said(unit.Name))
		}
		plan := ledger.Plan{
			ID: store.NewID[ledger.PlanID](s.core.Store()), Government: asked.Government, Year: asked.Year,
			Title: strings.TrimSpace(asked.Title), State: ledger.Draft,
		}
		if plan.Title == "" {
			plan.Title = fmt.Sprintf("%s%d年工作计划", tree.Name(unit.ID, s.core.Today()), asked.Year)
		}
		if err := plan.Validate().Err(); err != nil {
			return err
		}
		if made, err = s.core.Store().Plans().Add(ctx, plan); err != nil {
			return err
		}
		if err := s.cases.Open(ctx, w, s.publication, planKind, string(plan.ID)); err != nil {
			return err
		}
		w.Record("plan.create", planKind, string(plan.ID), nil, plan, nil)
		return nil
	})
	return made, err
}

// RetitlePlan gives a draft another title.
func (s *Service) RetitlePlan(ctx context.Context, id ledger.PlanID, title string, seen int64) (store.Record[ledger.Plan], error) {
	var changed store.Record[ledger.Plan]
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		before, err := s.core.Store().Plans().Get(ctx, string(id))
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "plan.edit", ofPlan(before.Value)); err != nil {
			return err
		}
		if before.Value.State != ledger.Draft {
			return fault("plan.not_draft", before.Value.State.Label())
		}
		after := before.Value
		after.Title = strings.TrimSpace(title)
		if err := after.Validate().Err(); err != nil {
			return err
		}
		if changed, err = s.core.Store().Plans().Change(ctx, after, seen); err != nil {
			return err
		}
		w.Record("plan.edit", planKind, string(id), before.Value, after, nil)
		return nil
	})
	return changed, err
}

// PlanQuery narrows a list of plans. What is empty narrows nothing.
type PlanQuery struct {
	Year  int
	State ledger.PlanState
	Text  string // in the title
}

// Plans are the plans that the caller may see.
func (s *Service) Plans(ctx context.Context, query PlanQuery, page store.Page) (store.Listing[ledger.Plan], error) {
	scope, err := s.core.Scope(ctx, "plan.read", access.Columns{Unit: "plans.government"})
	if err != nil {
		return store.Listing[ledger.Plan]{}, err
	}
	filters := []store.Filter{scope}
	if query.Year != 0 {
		filters = append(filters, store.Where("year", query.Year))
	}
	if query.State != "" {
		filters = append(filters, store.Where("state", string(query.State)))
	}
	if text := strings.TrimSpace(query.Text); text != "" {
		filters = append(filters, func(q *bun.SelectQuery) *bun.SelectQuery {
			return q.Where(`lower(plans.title) LIKE ? ESCAPE '\'`, holding(text))
		})
	}
	return s.core.Store().Plans().List(ctx, page, filters...)
}

// holding is a pattern of LIKE for what holds a text, in small letters: the databases do not agree on large ones.
func holding(text string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(text)) + "%"
}

// Plan is a plan.
func (s *Service) Plan(ctx context.Context, id ledger.PlanID) (store.Record[ledger.Plan], error) {
	record, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return record, err
	}
	if err := s.core.Check(ctx, "plan.read", ofPlan(record.Value)); err != nil {
		return store.Record[ledger.Plan]{}, err
	}
	return record, nil
}

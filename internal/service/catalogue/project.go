package catalogue

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// projectKind is what the log calls projects.
const projectKind = "projects"

// ProjectQuery narrows a list of projects. What is empty does not narrow it.
type ProjectQuery struct {
	Plan     ledger.PlanID
	Words    string // in the name, the number, the content or the address
	Category ledger.ProjectCategory
	Stage    ledger.Stage
	Unit     ledger.UnitID // that leads, or that stands for the one that led
	Below    bool          // also what units beneath it lead
	NoUnit   bool          // those that no unit leads
	Hindered bool          // those with an obstacle that stands
}

func (s *Service) projectFilters(ctx context.Context, q ProjectQuery) ([]store.Filter, error) {
	filters := []store.Filter{containing(q.Words, "name", "number", "content", "address")}
	if q.Plan != "" {
		filters = append(filters, store.InPlan(q.Plan))
	}
	if q.Category != "" {
		filters = append(filters, store.Where("category", q.Category))
	}
	if q.Stage != "" {
		filters = append(filters, store.Where("stage", q.Stage))
	}
	if q.NoUnit {
		filters = append(filters, store.Unassigned)
	}
	if q.Hindered {
		filters = append(filters, hindered)
	}
	if q.Unit != "" {
		units, err := s.reach(ctx, q.Unit, q.Below)
		if err != nil {
			return nil, err
		}
		filters = append(filters, ledByAny(units))
	}
	scope, err := s.Scope(ctx, "project.read", projectColumns)
	return append(filters, scope), err
}

func hindered(q *bun.SelectQuery) *bun.SelectQuery {
	return q.Where("EXISTS (SELECT 1 FROM project_obstacles AS o WHERE o.project = projects.id AND o.solved = '')")
}

// Projects is a part of the projects that the caller may see.
func (s *Service) Projects(ctx context.Context, q ProjectQuery, page store.Page) (store.Listing[ledger.Project], error) {
	filters, err := s.projectFilters(ctx, q)
	if err != nil {
		return store.Listing[ledger.Project]{}, err
	}
	listing, err := s.Store().Projects().List(ctx, page, filters...)
	return listing, readable(err)
}

// Project is a project with how it came through its stages.
type Project struct {
	store.Record[ledger.Project]
	Moves []StageMove
	Units []ledger.UnitID // that have to do with it without leading it
}

// Owned is whose the project is.
func (p Project) Owned() service.Owned {
	return service.Owned{Lead: p.Value.Lead, Cooperating: p.Units}
}

// Project is the project with an identifier.
func (s *Service) Project(ctx context.Context, id ledger.ProjectID) (Project, error) {
	p, err := s.project(ctx, id)
	if err != nil {
		return Project{}, err
	}
	if err := s.Check(ctx, "project.read", p.Owned()); err != nil {
		return Project{}, err
	}
	p.Moves, err = s.moves(ctx, id)
	return p, err
}

// project is a project whoever asks.
func (s *Service) project(ctx context.Context, id ledger.ProjectID) (Project, error) {
	record, err := s.Store().Projects().Get(ctx, string(id))
	if err != nil {
		return Project{}, err
	}
	p := Project{Record: record}
	err = s.Store().View(ctx).NewSelect().Table("catalogue_project_units").Column("unit").Distinct().
		Where("project = ?", id).Order("unit").Scan(ctx, &p.Units)
	if err != nil {
		return Project{}, fmt.Errorf("finding the units of project %s: %w", id, err)
	}
	return p, nil
}

// AddProject adds a project to a plan.
func (s *Service) AddProject(ctx context.Context, p ledger.Project) (ledger.ProjectID, error) {
	err := s.Change(ctx, func(ctx context.Context, w *service.Work) (err error) {
		p.ID, err = s.addProject(ctx, w, p, nil)
		return err
	})
	return p.ID, err
}

func (s *Service) addProject(ctx context.Context, w *service.Work, p ledger.Project, detail any) (ledger.ProjectID, error) {
	if err := w.AllowFor(ctx, "project.create", service.Owned{Lead: p.Lead}); err != nil {
		return "", err
	}
	p.ID = store.NewID[ledger.ProjectID](s.Store())
	if err := s.soundProject(ctx, p); err != nil {
		return "", err
	}
	if _, err := s.Store().Projects().Add(ctx, p); err != nil {
		return "", err
	}
	w.Record("project.create", projectKind, string(p.ID), nil, p, detail)
	return p.ID, nil
}

// EditProject changes a project: all but its plan and its stage. Who hands it over to another unit must be allowed
// to add projects there.
func (s *Service) EditProject(ctx context.Context, p ledger.Project, seen int64) error {
	return s.ReviseProject(ctx, p.ID, seen, func(before ledger.Project) (ledger.Project, error) {
		after := p
		after.Plan, after.Stage, after.ExitReason = before.Plan, before.Stage, before.ExitReason
		return after, nil
	})
}

// ReviseProject changes a part of a project, such as its funds or an obstacle, and leaves the rest as it is.
func (s *Service) ReviseProject(ctx context.Context, id ledger.ProjectID, seen int64, revise func(ledger.Project) (ledger.Project, error)) error {
	return s.Change(ctx, func(ctx context.Context, w *service.Work) error {
		p, err := s.project(ctx, id)
		if err != nil {
			return err
		}
		if err := w.AllowFor(ctx, "project.edit", p.Owned()); err != nil {
			return err
		}
		after, err := revise(p.Value)
		if err != nil {
			return err
		}
		if after.Lead != p.Value.Lead {
			if err := w.AllowFor(ctx, "project.create", service.Owned{Lead: after.Lead}); err != nil {
				return err
			}
		}
		if err := s.soundProject(ctx, after); err != nil {
			return err
		}
		if _, err := s.Store().Projects().Change(ctx, after, seen); err != nil {
			return err
		}
		w.Record("project.edit", projectKind, string(id), p.Value, after, nil)
		return nil
	})
}

// soundProject tells what is wrong with a project, by itself and among those of its plan.
func (s *Service) soundProject(ctx context.Context, p ledger.Project) error {
	problems := p.Validate()
	if _, err := s.Store().Plans().Get(ctx, string(p.Plan)); err != nil {
		return err
	}
	if p.Number != "" {
		others, err := s.Store().Projects().List(ctx, store.Page{Limit: 2}, store.InPlan(p.Plan), store.Where("number", p.Number))
		if err != nil {
			return err
		}
		for _, other := range others.Records {
			if other.Value.ID != p.ID {
				problems = append(problems, ledger.Problem{Code: "project.number_twice", Where: "number", Facts: []string{p.Number}})
			}
		}
	}
	return problems.Err()
}

// Serves are the commitments that a project serves and that the caller may read.
func (s *Service) Serves(ctx context.Context, id ledger.ProjectID) ([]store.Record[ledger.Commitment], error) {
	scope, err := s.Scope(ctx, "commitment.read", commitmentColumns)
	if err != nil {
		return nil, err
	}
	listing, err := s.Store().Commitments().List(ctx, store.Page{Limit: store.MaxLimit}, store.Where("project", id), scope)
	return listing.Records, err
}

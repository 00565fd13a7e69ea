package planning

import (
	"context"
	"fmt"
	"slices"

	"luoshi/calendar"
	"luoshi/flow"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/planning/migrations"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Room is the tables of planning.
func Room() store.Room { return store.Room{Name: "planning", Files: migrations.Files} }

// Service is the use cases of plans, commitments and amendments. It is safe for concurrent use.
type Service struct {
	core        *service.Core
	days        func() *calendar.Workdays
	cases       *workflow.Keeper
	publication *flow.Definition
	amendment   *flow.Definition
}

// Options are what New may be told.
type Options struct {
	// Workdays are the working days by which terms run; those that come with the program where it is nil.
	Workdays func() *calendar.Workdays
}

// New makes the use cases of a core.
func New(core *service.Core, options Options) *Service {
	s := &Service{core: core, days: options.Workdays}
	if s.days == nil {
		s.days = calendar.ChineseWorkdays
	}
	s.cases = workflow.New(core, s.days, stepLines)
	s.publication, s.amendment = workflow.Shipped("plan-publication"), workflow.Shipped("amendment")
	return s
}

// The records that entries of the log are about, besides what belongs to a commitment.
const (
	planKind       = "plans"
	commitmentKind = "commitments"
	amendmentKind  = "amendments"
	rulesKind      = "assignment_rules"
	// AnswersKind and MilestonesKind are what belongs to a commitment, under its identifier.
	AnswersKind    = "assignment_answers"
	MilestonesKind = "milestone_marks"
)

// commitmentColumns is where lists of commitments find whose they are.
var commitmentColumns = access.Columns{
	Unit:        "commitments.lead_unit",
	Cooperating: access.Link{Table: "cooperating_units", Object: "commitment", Unit: "unit", ID: "commitments.id"},
}

// amendmentColumns is where lists of amendments find whose commitments they amend.
var amendmentColumns = access.Columns{
	Lead:        access.Link{Table: "commitments", Object: "id", Unit: "lead_unit", ID: "amendments.commitment"},
	Cooperating: access.Link{Table: "cooperating_units", Object: "commitment", Unit: "unit", ID: "amendments.commitment"},
}

func ofPlan(p ledger.Plan) service.Owned { return service.Owned{Lead: p.Government} }

func ofCommitment(c ledger.Commitment) service.Owned {
	return service.Owned{Lead: c.Lead, Cooperating: c.Cooperating}
}

// draft is a plan whose commitments may be worked on. While they are, nobody can send the plan for approval, so
// that what was approved is what is there.
func (s *Service) draft(ctx context.Context, w *service.Work, id ledger.PlanID) (ledger.Plan, error) {
	record, err := s.held(ctx, w, id, "SHARE")
	if err == nil && record.Value.State != ledger.Draft {
		return record.Value, fault("plan.not_draft", record.Value.State.Label())
	}
	return record.Value, err
}

// running is a plan that is a draft or published: in between it is waited for, and nothing about it moves.
func (s *Service) running(ctx context.Context, w *service.Work, id ledger.PlanID) error {
	record, err := s.held(ctx, w, id, "SHARE")
	if err == nil && record.Value.State != ledger.Draft && record.Value.State != ledger.Published {
		return fault("plan.not_running", record.Value.State.Label())
	}
	return err
}

// held is a plan that stays as it is until the end of the transaction, SHARE with others who hold it, or for
// UPDATE by this one alone. SQLite has one writer at a time anyway.
func (s *Service) held(ctx context.Context, w *service.Work, id ledger.PlanID, strength string) (store.Record[ledger.Plan], error) {
	if s.core.Store().Dialect() == store.Postgres {
		var found string
		err := w.Tx().NewSelect().Table(planKind).Column("id").Where("id = ?", id).For(strength).Scan(ctx, &found)
		if err != nil && !noRows(err) {
			return store.Record[ledger.Plan]{}, fmt.Errorf("holding plan %s: %w", id, err)
		}
	}
	return s.core.Store().Plans().Get(ctx, string(id))
}

// fresh fails with a conflict where a record is not at the revision that was seen.
func fresh[T any](kind, id string, current store.Record[T], seen int64) error {
	if current.Revision == seen {
		return nil
	}
	return &store.Conflict[T]{Kind: kind, ID: id, Seen: seen, Current: current}
}

// all are the commitments of a plan in the order of its documents, whoever asks: for rules about the whole plan.
func (s *Service) all(ctx context.Context, plan ledger.PlanID, filters ...store.Filter) ([]store.Record[ledger.Commitment], error) {
	records, err := service.All(ctx, s.core.Store().Commitments().List, append(filters, store.InPlan(plan))...)
	if err != nil {
		return nil, fmt.Errorf("reading the commitments of plan %s: %w", plan, err)
	}
	slices.SortStableFunc(records, func(a, b store.Record[ledger.Commitment]) int { return ledger.InOrder(a.Value, b.Value) })
	return records, nil
}

package progress

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"sync"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/progress/migrations"
	report "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Room is the tables of progress.
func Room() store.Room { return store.Room{Name: "progress", Files: migrations.Files} }

// Service is the use cases of lights, overviews and accounts. It is safe for concurrent use.
type Service struct {
	core      *service.Core
	reporting *report.Service
	kept      kept
	states    sync.Map // of a plan's identifier to *standing
	answers   answers
}

// New makes the use cases of a core, on the figures of reporting. From then on, whatever changes what lights rest on
// asks for them to be computed anew.
func New(core *service.Core, figures *report.Service) *Service {
	s := &Service{core: core, reporting: figures}
	core.Observe(s.observe)
	return s
}

// The records that entries of the log are about.
const (
	// LightKind is the light of a commitment, under the commitment's identifier.
	LightKind = "lights"
	// RunKind is that the lights of a plan were computed, under the plan's identifier.
	RunKind = "light_runs"
	// RuleKind is the rule by which a plan's lights are computed, under the plan's identifier.
	RuleKind = "light_rules"
	// PathKind is the path of a commitment, under its identifier.
	PathKind = "light_paths"
)

// commitmentColumns is where lists of commitments find whose they are.
var commitmentColumns = access.Columns{
	Unit:        "commitments.lead_unit",
	Cooperating: access.Link{Table: "cooperating_units", Object: "commitment", Unit: "unit", ID: "commitments.id"},
}

func ofPlan(p ledger.Plan) service.Owned { return service.Owned{Lead: p.Government} }

func ofCommitment(c ledger.Commitment) service.Owned {
	return service.Owned{Lead: c.Lead, Cooperating: c.Cooperating}
}

//go:embed faults.txt
var faultLines string

var faults = service.ParseFaults(faultLines)

func noRows(err error) bool { return errors.Is(err, sql.ErrNoRows) }

// plan is a plan that the caller may read.
func (s *Service) plan(ctx context.Context, id ledger.PlanID) (ledger.Plan, error) {
	record, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return ledger.Plan{}, err
	}
	return record.Value, s.core.Check(ctx, "plan.read", ofPlan(record.Value))
}

// commitment is a commitment whose light the caller may read.
func (s *Service) commitment(ctx context.Context, id ledger.CommitmentID) (store.Record[ledger.Commitment], error) {
	record, err := s.core.Store().Commitments().Get(ctx, string(id))
	if err != nil {
		return record, err
	}
	if err := s.core.Check(ctx, "light.read", ofCommitment(record.Value)); err != nil {
		return store.Record[ledger.Commitment]{}, err
	}
	return record, nil
}

// stored is what a write to a table of progress failed with.
func stored(what string, _ sql.Result, err error) error {
	if err != nil {
		return fmt.Errorf("progress: keeping %s: %w", what, err)
	}
	return nil
}

// fresh is a conflict where a record is not at the revision that was seen.
func fresh[T any](kind, id string, seen int64, before store.Record[T]) error {
	if before.Revision == seen {
		return nil
	}
	return &store.Conflict[T]{Kind: kind, ID: id, Seen: seen, Current: before}
}

// one is whether a write found the revision that was seen.
func one[T any](kind, id string, seen int64, before store.Record[T], result sql.Result, err error) error {
	if err != nil {
		return stored(kind, result, err)
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, &store.Conflict[T]{Kind: kind, ID: id, Seen: seen, Current: before})
	}
	return nil
}

// unless is a value for the log, nil where there was none.
func unless(absent bool, value any) any {
	if absent {
		return nil
	}
	return value
}

// replaced is a sentence with the one fact that it speaks of.
func replaced(sentence, fact string) string { return strings.ReplaceAll(sentence, "{0}", fact) }

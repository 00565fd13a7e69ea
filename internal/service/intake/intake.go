// Package intake brings documents into the ledger: a file is uploaded and read in the background, people review
// what it promises, and what they accepted enters a plan. A task table of Excel takes the shorter way, from its
// rows into the plan, and a plan goes out as one.
package intake

import (
	"context"
	"fmt"

	"luoshi/document/limit"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/intake/migrations"
	"luoshi/internal/store"
	"luoshi/internal/store/blob"
	"luoshi/ledger"
)

// ReadKind is the kind of task that reads a document, see Service.Read. The job that does it may do ReadMay.
const ReadKind = "intake.read"

// ReadMay are the actions of the job.
var ReadMay = []access.Action{interpret}

// The actions that are asked about here, by their names in the table of rights.
const (
	readDocument     access.Action = "document.read"
	upload           access.Action = "document.upload"
	download         access.Action = "document.download"
	interpret        access.Action = "document.interpret"
	compare          access.Action = "document.compare"
	readProposal     access.Action = "proposal.read"
	review           access.Action = "proposal.review"
	reshape          access.Action = "proposal.split"
	exportProposal   access.Action = "proposal.export"
	createPlan       access.Action = "plan.create"
	editPlan         access.Action = "plan.edit"
	readPlan         access.Action = "plan.read"
	importTable      access.Action = "plan.import"
	createCommitment access.Action = "commitment.create"
)

// Room is the tables of intake.
func Room() store.Room { return store.Room{Name: "intake", Files: migrations.Files} }

// Options are what New may be told. The zero Options are good for a server.
type Options struct {
	// Limits bound what opening one file may cost; those of package limit where zero.
	Limits limit.Limits
}

// atOnce is how many files are opened at the same time: each may take as much memory as the limits allow.
const atOnce = 2

// Service is the use cases of intake. It is safe for concurrent use.
type Service struct {
	core   *service.Core
	blobs  blob.Store
	limits limit.Limits
	turns  chan struct{} // to open a file
	known  *cache        // results and proposals, which do not change
}

// New makes the use cases.
func New(core *service.Core, blobs blob.Store, options Options) *Service {
	return &Service{
		core: core, blobs: blobs, limits: options.Limits.WithDefaults(),
		turns: make(chan struct{}, atOnce), known: newCache(),
	}
}

// MaxBytes is the size of the largest file that can be uploaded.
func (s *Service) MaxBytes() int64 { return s.limits.Bytes }

// home is the unit for which the caller acts: the first of his posts that allows the action; empty for the
// program itself.
func (s *Service) home(ctx context.Context, action access.Action) ledger.UnitID {
	for _, post := range service.CallerOf(ctx).Actor.Posts {
		if s.core.Can(ctx, action, service.Owned{Lead: post.Unit}) {
			return post.Unit
		}
	}
	return ""
}

// plan is a plan with what bears on access to it.
func (s *Service) plan(ctx context.Context, id ledger.PlanID) (store.Record[ledger.Plan], service.Owned, error) {
	plan, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return plan, service.Owned{}, fmt.Errorf("reading the plan: %w", err)
	}
	return plan, service.Owned{Lead: plan.Value.Government}, nil
}

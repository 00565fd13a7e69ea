package operations

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// mostProved bounds the entries of one proof.
const mostProved = 500

// Prove makes the proof that the entries about a record are in the log. Whoever may see the record may ask for it; of
// what is no record of the ledger (accounts, settings) only the auditor.
func (s *Service) Prove(ctx context.Context, object audit.Object) (*audit.Proof, error) {
	if err := s.mayProve(ctx, object); err != nil {
		return nil, err
	}
	proof, err := s.prove(ctx, object)
	if err != nil {
		return nil, err
	}
	if len(proof.Pending) > 0 {
		if err := s.SignHead(ctx); err != nil {
			return nil, err
		}
		return s.prove(ctx, object)
	}
	if len(proof.Entries) == 0 {
		return nil, &store.NotFound{Kind: object.Kind, ID: object.ID}
	}
	return proof, nil
}

func (s *Service) prove(ctx context.Context, object audit.Object) (proof *audit.Proof, err error) {
	err = s.core.Store().Snapshot(ctx, func(ctx context.Context, tx bun.Tx) error {
		proof, err = audit.Prove(ctx, tx, object, 0, mostProved)
		return err
	})
	if errors.Is(err, audit.ErrNoHead) {
		if err := s.SignHead(ctx); err != nil {
			return nil, err
		}
		return s.prove(ctx, object)
	}
	return proof, err
}

func (s *Service) mayProve(ctx context.Context, object audit.Object) error {
	owned, known, err := s.ownerOf(ctx, object)
	if err != nil {
		return err
	}
	if !known {
		return s.mayProveOther(ctx, object)
	}
	return s.core.Check(ctx, "audit.prove", owned)
}

// mayProveOther is mayProve of what is no record of the ledger, if the log speaks of it at all.
func (s *Service) mayProveOther(ctx context.Context, object audit.Object) error {
	entries, err := audit.History(ctx, s.core.Store().View(ctx), object, 0, 1)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return &store.NotFound{Kind: object.Kind, ID: object.ID}
	}
	return s.core.Check(ctx, "audit.read", service.Owned{})
}

// ownerOf are the units that a record of the ledger belongs to; known is false for all other objects.
func (s *Service) ownerOf(ctx context.Context, object audit.Object) (owned service.Owned, known bool, err error) {
	records := s.core.Store()
	switch object.Kind {
	case "plans":
		r, err := records.Plans().Get(ctx, object.ID)
		return service.Owned{Lead: r.Value.Government}, true, err
	case "commitments":
		r, err := records.Commitments().Get(ctx, object.ID)
		return service.Owned{Lead: r.Value.Lead, Cooperating: r.Value.Cooperating}, true, err
	case "projects":
		r, err := records.Projects().Get(ctx, object.ID)
		return service.Owned{Lead: r.Value.Lead}, true, err
	case "amendments":
		r, err := records.Amendments().Get(ctx, object.ID)
		if err != nil {
			return service.Owned{}, true, err
		}
		return s.ownerOf(ctx, audit.Object{Kind: "commitments", ID: string(r.Value.Commitment)})
	case "units":
		_, err := records.Units().Get(ctx, object.ID)
		return service.Owned{Lead: ledger.UnitID(object.ID)}, true, err
	case "submissions":
		return s.ownedBy(ctx, object, "unit")
	case "papers":
		return s.ownedBy(ctx, object, "owner")
	case "documents", "indicators", "posts":
		return service.Owned{}, true, nil
	}
	return service.Owned{}, false, nil
}

// ownedBy is a record whose table tells in a column whose it is.
func (s *Service) ownedBy(ctx context.Context, object audit.Object, column string) (service.Owned, bool, error) {
	var unit string
	err := s.core.Store().View(ctx).NewSelect().Table(object.Kind).Column(column).Where("id = ?", object.ID).Scan(ctx, &unit)
	if errors.Is(err, sql.ErrNoRows) {
		return service.Owned{}, true, &store.NotFound{Kind: object.Kind, ID: object.ID}
	}
	if err != nil {
		return service.Owned{}, true, fmt.Errorf("looking whose %s %s is: %w", object.Kind, object.ID, err)
	}
	return service.Owned{Lead: ledger.UnitID(unit)}, true, nil
}

package intake

import (
	"context"
	"io"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/intake"
)

// Compare tells what a later version of a document changed, added and dropped of what an earlier one promised.
func (s *Service) Compare(ctx context.Context, earlier, later ledger.Digest) ([]ledger.Difference, error) {
	if err := s.core.Check(ctx, compare, service.Owned{}); err != nil {
		return nil, err
	}
	if earlier == later {
		return nil, newFault("compare.same", nil)
	}
	var proposals [2]intake.Proposal
	for i, digest := range []ledger.Digest{earlier, later} {
		progress, err := s.Progress(ctx, digest)
		if err != nil {
			return nil, err
		}
		if err := progress.ready(); err != nil {
			return nil, err
		}
		if proposals[i], err = s.proposal(ctx, progress); err != nil {
			return nil, err
		}
	}
	return intake.Compare(proposals[0], proposals[1]), nil
}

// Original is a document with its file as it came, which the caller closes.
func (s *Service) Original(ctx context.Context, digest ledger.Digest) (store.Document, io.ReadCloser, error) {
	if err := s.core.Check(ctx, download, service.Owned{}); err != nil {
		return store.Document{}, nil, err
	}
	record, err := s.core.Store().Documents().Get(ctx, string(digest))
	if err != nil {
		return store.Document{}, nil, err
	}
	content, err := s.original(ctx, digest)
	return record.Value, content, err
}

// Corrections are what reviewers made of the figures that were read, as records of the reading guide, one a line:
// those that should have been read otherwise, and those that are no promise, as they were read.
func (s *Service) Corrections(ctx context.Context, plan ledger.PlanID, digest ledger.Digest) (corrected, removed []byte, err error) {
	desk, err := s.desk(ctx, plan, digest, func(owned service.Owned) error { return s.core.Check(ctx, exportProposal, owned) })
	if err != nil {
		return nil, nil, err
	}
	corrections := desk.Review.Corrections()
	if corrected, err = intake.JSONL(desk.Proposal.Source.Name, corrections.Corrected); err != nil {
		return nil, nil, err
	}
	removed, err = intake.JSONL(desk.Proposal.Source.Name, corrections.Removed)
	return corrected, removed, err
}

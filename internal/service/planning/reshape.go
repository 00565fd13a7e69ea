package planning

import (
	"context"
	"fmt"

	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/ledger"
)

type originRow struct {
	bun.BaseModel `bun:"table:commitment_origins,alias:commitment_origins"`
	Commitment    string `bun:"commitment,pk"`
	Origin        string `bun:"origin,pk"`
}

// reshape is the right to take commitments apart and together.
var reshape = actionOf{action: "commitment.correct"}

// Split makes several commitments of one of a draft, cut at code points of the document. The one that was split is
// withdrawn and stays where it can be seen.
func (s *Service) Split(ctx context.Context, id ledger.CommitmentID, cuts []int, seen int64) ([]store.Record[ledger.Commitment], error) {
	var made []store.Record[ledger.Commitment]
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		whole, err := s.open(ctx, w, reshape, id)
		if err != nil {
			return err
		}
		if _, err := s.draft(ctx, w, whole.Value.Plan); err != nil {
			return err
		}
		ids := make([]ledger.CommitmentID, len(cuts)+1)
		for i := range ids {
			ids[i] = store.NewID[ledger.CommitmentID](s.core.Store())
		}
		parts, problems := whole.Value.Split(cuts, ids)
		if err := problems.Err(); err != nil {
			return err
		}
		if err := s.retire(ctx, w, whole, seen, ids...); err != nil {
			return err
		}
		made, err = s.replaceBy(ctx, w, parts, id)
		return err
	})
	return made, err
}

// Merge makes one commitment of several of a draft, which are withdrawn and stay where they can be seen.
func (s *Service) Merge(ctx context.Context, plan ledger.PlanID, picked []Chosen) (store.Record[ledger.Commitment], error) {
	var made store.Record[ledger.Commitment]
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		records, err := s.chosen(ctx, w, reshape.action, plan, picked)
		if err != nil {
			return err
		}
		if _, err := s.draft(ctx, w, plan); err != nil {
			return err
		}
		id := store.NewID[ledger.CommitmentID](s.core.Store())
		whole, problems := ledger.Merge(id, store.Values(records)...)
		if err := problems.Err(); err != nil {
			return err
		}
		origins := make([]ledger.CommitmentID, len(records))
		for i, part := range records {
			origins[i] = part.Value.ID
			if err := s.retire(ctx, w, part, part.Revision, id); err != nil {
				return err
			}
		}
		all, err := s.replaceBy(ctx, w, []ledger.Commitment{whole}, origins...)
		if err != nil {
			return err
		}
		made = all[0]
		return nil
	})
	return made, err
}

// retire withdraws a commitment that others take the place of.
func (s *Service) retire(ctx context.Context, w *service.Work, old store.Record[ledger.Commitment], seen int64, by ...ledger.CommitmentID) error {
	parts, err := s.hasParts(ctx, old.Value.ID)
	if err != nil {
		return err
	}
	if parts {
		return fault("commitment.has_parts", said(old.Value.Title))
	}
	after, problems := old.Value.Move(ledger.Withdrawn)
	if err := problems.Err(); err != nil {
		return err
	}
	right := reshape
	right.detail = map[string][]ledger.CommitmentID{"replaced_by": by}
	_, err = s.change(ctx, w, right, old, after, seen)
	return err
}

// replaceBy adds the commitments that take the place of others.
func (s *Service) replaceBy(ctx context.Context, w *service.Work, fresh []ledger.Commitment, origins ...ledger.CommitmentID) ([]store.Record[ledger.Commitment], error) {
	var made []store.Record[ledger.Commitment]
	for _, c := range fresh {
		if err := c.Validate().Err(); err != nil {
			return nil, err
		}
		record, err := s.core.Store().Commitments().Add(ctx, c)
		if err != nil {
			return nil, err
		}
		made = append(made, record)
		for _, origin := range origins {
			if err := store.Insert(ctx, w.Tx(), originRow{Commitment: string(c.ID), Origin: string(origin)}); err != nil {
				return nil, err
			}
		}
		w.Record(reshape.action, commitmentKind, string(c.ID), nil, c, map[string][]ledger.CommitmentID{"made_of": origins})
	}
	return made, nil
}

// origins are the commitments that one was made of, and those that were made of it.
func (s *Service) origins(ctx context.Context, id ledger.CommitmentID) (of, became []store.Record[ledger.Commitment], err error) {
	var rows []originRow
	err = s.core.Store().View(ctx).NewSelect().Model(&rows).Where("commitment = ? OR origin = ?", id, id).Scan(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("reading what commitment %s was made of: %w", id, err)
	}
	var before, after []string
	for _, row := range rows {
		if row.Commitment == string(id) {
			before = append(before, row.Origin)
		} else {
			after = append(after, row.Commitment)
		}
	}
	if of, err = s.core.Store().Commitments().Some(ctx, before...); err != nil {
		return nil, nil, err
	}
	became, err = s.core.Store().Commitments().Some(ctx, after...)
	return of, became, err
}

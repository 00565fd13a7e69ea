package progress

import (
	"context"
	"encoding/json"

	"luoshi/internal/service"
	"luoshi/ledger"
)

// Scratch is the lights of a plan computed from what was said and corrected alone, as they are stored.
func Scratch(ctx context.Context, s *Service, id ledger.PlanID) (map[ledger.CommitmentID]string, error) {
	plan, err := s.core.Store().Plans().Get(ctx, string(id))
	if err != nil {
		return nil, err
	}
	g, err := s.ground(ctx, plan.Value, narrow{})
	if err != nil {
		return nil, err
	}
	said, err := s.reporting.Recompute(service.As(ctx, reader), id)
	if err != nil {
		return nil, err
	}
	var rows []figureRow
	for _, f := range said {
		point, err := json.Marshal(f.Point)
		if err != nil {
			return nil, err
		}
		body, err := json.Marshal(f.Observation)
		if err != nil {
			return nil, err
		}
		rows = append(rows, figureRow{f.Subject.String(), string(f.Unit), string(point), string(body)})
	}
	figures := newFigures()
	figures.read(rows)
	if err := figures.done(g); err != nil {
		return nil, err
	}
	all := map[ledger.CommitmentID]string{}
	for _, c := range g.commitments {
		if l := g.light(c); l.has {
			body, err := json.Marshal(l.judged)
			if err != nil {
				return nil, err
			}
			all[c.ID] = string(body)
		}
	}
	return all, nil
}

// Stored is the lights of a plan as they are stored.
func Stored(ctx context.Context, s *Service, id ledger.PlanID) (map[ledger.CommitmentID]string, error) {
	var rows []lightRow
	if err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("plan = ? AND colour <> ''", id).Scan(ctx); err != nil {
		return nil, err
	}
	all := map[ledger.CommitmentID]string{}
	for _, r := range rows {
		all[ledger.CommitmentID(r.Commitment)] = r.Body
	}
	return all, nil
}

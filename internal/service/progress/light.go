package progress

import (
	"context"
	"fmt"

	"luoshi/internal/store"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// LightView is the light of a commitment with everything behind it.
type LightView struct {
	CommitmentLight
	Plan     ledger.Plan
	Revision int64 // of the commitment
	Rule     light.Rule
	Own      store.Record[OwnTerms]
	History  []Turn   // the last one first
	Courses  []Course // of each part, in their order: what should be and what is, through the year
	MaySet   bool     // by hand
	MayRule  bool     // set the terms by which it is computed
}

// Light is the light of a commitment, and why it is that.
func (s *Service) Light(ctx context.Context, id ledger.CommitmentID) (LightView, error) {
	var v LightView
	record, err := s.commitment(ctx, id)
	if err != nil {
		return v, err
	}
	plan, err := s.core.Store().Plans().Get(ctx, string(record.Value.Plan))
	if err != nil {
		return v, err
	}
	v.Plan, v.Revision = plan.Value, record.Revision
	lights, err := s.shown(ctx, v.Plan, []ledger.Commitment{record.Value})
	if err != nil {
		return v, err
	}
	if len(lights) == 0 {
		return v, faults.New("light.none", record.Value.Title)
	}
	v.CommitmentLight = lights[0]
	if v.History, err = s.history(ctx, id); err != nil {
		return v, err
	}
	terms, err := s.terms(ctx, v.Plan.ID)
	if err != nil {
		return v, err
	}
	v.Rule = terms.Value.rule()
	if v.Own, err = s.ownTerms(ctx, id); err != nil {
		return v, err
	}
	v.MaySet = s.core.Can(ctx, override, ofCommitment(record.Value))
	v.MayRule = s.core.Can(ctx, "config.rules", ofCommitment(record.Value))
	v.Courses, err = s.courses(ctx, v.Plan, record.Value)
	return v, err
}

// history is how a light turned, the last time first.
func (s *Service) history(ctx context.Context, id ledger.CommitmentID) ([]Turn, error) {
	var rows []turnRow
	err := s.core.Store().View(ctx).NewSelect().Model(&rows).Where("commitment = ?", id).Order("number DESC").Scan(ctx)
	if err != nil {
		return nil, fmt.Errorf("progress: reading the history of the light of commitment %s: %w", id, err)
	}
	turns := make([]Turn, len(rows))
	for i, r := range rows {
		if turns[i], err = r.value(); err != nil {
			return nil, err
		}
	}
	return turns, nil
}

// LastRun is when the lights of a plan were computed last.
func (s *Service) LastRun(ctx context.Context, plan ledger.PlanID) (Run, error) {
	if _, err := s.plan(ctx, plan); err != nil {
		return Run{}, err
	}
	row, err := s.lastRun(ctx, plan)
	return row.run(), err
}

func (s *Service) lastRun(ctx context.Context, plan ledger.PlanID) (runRow, error) {
	row := runRow{Plan: string(plan)}
	if err := s.core.Store().View(ctx).NewSelect().Model(&row).WherePK().Scan(ctx); err != nil && !noRows(err) {
		return row, fmt.Errorf("progress: reading when the lights of plan %s were computed: %w", plan, err)
	}
	return row, nil
}

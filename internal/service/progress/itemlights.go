package progress

import (
	"context"

	"luoshi/internal/access"
	"luoshi/ledger"
)

const readItemLight access.Action = "livelihood.light"

// ItemLights are the lights of livelihood items of a plan that the caller may see, by their commitments. Deputies see those
// of no other commitments.
func (s *Service) ItemLights(ctx context.Context, plan ledger.Plan, items ...ledger.Commitment) (map[ledger.CommitmentID]Shown, error) {
	var readable []ledger.Commitment
	for _, c := range items {
		if c.Kind == ledger.KindLivelihood && s.core.Can(ctx, readItemLight, ofCommitment(c)) {
			readable = append(readable, c)
		}
	}
	lights, err := s.shown(ctx, plan, readable)
	all := map[ledger.CommitmentID]Shown{}
	for _, l := range lights {
		all[l.Commitment.ID] = l.Shown
	}
	return all, err
}

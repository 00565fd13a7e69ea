package supervision

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"luoshi/internal/service"
	"luoshi/internal/service/progress"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/supervision"
)

// FromLight drafts orders for commitments whose lights are red, with why they are in the basis. Where a matter has an
// open order already, it joins that one. The outcome of each stands alone, in the order of the commitments.
func (s *Service) FromLight(ctx context.Context, commitments ...ledger.CommitmentID) ([]LightOutcome, error) {
	if s.options.Lights == nil {
		return nil, fault("lights.none")
	}
	if err := s.core.Check(ctx, issueOrder, service.Owned{}); err != nil {
		return nil, err
	}
	outcomes := make([]LightOutcome, len(commitments))
	for i, id := range commitments {
		outcomes[i].Commitment = id
		proposed, err := s.Proposed(ctx, id)
		if err == nil {
			outcomes[i].Drafted, err = s.Draft(ctx, proposed)
		}
		outcomes[i].Err = err
	}
	return outcomes, nil
}

// LightOutcome is what became of the light of one commitment.
type LightOutcome struct {
	Commitment ledger.CommitmentID
	Drafted
	Err error // why nothing was drafted; nil where something was
}

// Proposed is an order as it would be drafted for a commitment whose light is red, for a form to begin with.
func (s *Service) Proposed(ctx context.Context, id ledger.CommitmentID) (supervision.Order, error) {
	if s.options.Lights == nil {
		return supervision.Order{}, fault("lights.none")
	}
	v, err := s.options.Lights.Light(ctx, id)
	if err != nil {
		return supervision.Order{}, err
	}
	if v.Colour != light.Red {
		return supervision.Order{}, fault("light.green", said(v.Commitment.Title))
	}
	c := v.Commitment
	why := s.why(v)
	o := supervision.Order{
		Kind: supervision.Urge, Plan: c.Plan, Commitments: []ledger.CommitmentID{c.ID}, Title: c.Title, Lead: c.Lead,
		Cooperating: slices.Clone(c.Cooperating), Urgency: supervision.Normal,
		Basis:       fmt.Sprintf("%s\u201c%s\u201d\u4eae\u7ea2\u706f\u3002%s", v.Plan.Title, c.Title, why),
		Requirement: "\u8bf7\u67e5\u660e\u6ede\u540e\u539f\u56e0\uff0c\u91c7\u53d6\u63aa\u65bd\u8d76\u4e0a\u8ba1\u5212\u8fdb\u5ea6\uff0c\u5e76\u6309\u671f\u53cd\u9988\u529e\u7406\u60c5\u51b5\u3002",
		Sources: []supervision.Source{{
			Kind: supervision.FromLight, Ref: string(c.ID), Title: c.Title, Wording: why, On: s.core.Today(),
		}},
	}
	return o, nil
}

// why is why a light is red, in words.
func (s *Service) why(v progress.LightView) string {
	var lines []string
	for _, line := range light.Explain(v.Judged.Light.Why) {
		lines = append(lines, line.ZH)
	}
	return strings.Join(lines, "")
}

package supervision

import (
	"context"
	_ "embed" // the words of a proposal
	"fmt"
	"slices"
	"strings"
	"sync"

	"luoshi/internal/service"
	"luoshi/internal/service/progress"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
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

// Proposed is an order as it would be drafted for a commitment that goes badly, for a form to begin with: the sheet that
// the rule for grading gives, with what speaks for it, or an order that urges where it gives none and the light is red.
func (s *Service) Proposed(ctx context.Context, id ledger.CommitmentID) (supervision.Order, error) {
	if s.options.Lights == nil {
		return supervision.Order{}, fault("lights.none")
	}
	v, err := s.options.Lights.Light(ctx, id)
	if err != nil {
		return supervision.Order{}, err
	}
	settings, err := s.settings(ctx)
	if err != nil {
		return supervision.Order{}, err
	}
	stands, err := s.stands(ctx, v)
	if err != nil {
		return supervision.Order{}, err
	}
	grade := settings.Value.Grade(stands)
	if v.Colour != light.Red && grade.Sheet == supervision.NoSheet {
		return supervision.Order{}, fault("light.green", said(v.Commitment.Title))
	}
	return s.proposal(v, grade), nil
}

// proposal is the order itself.
func (s *Service) proposal(v progress.LightView, grade supervision.Grade) supervision.Order {
	c, why := v.Commitment, chinese(light.Explain(v.Judged.Light.Why))
	facts := strings.NewReplacer("{plan}", v.Plan.Title, "{title}", c.Title, "{colour}", v.Colour.Label().ZH, "{why}", why,
		"{grade}", chinese(grade.Why))
	o := supervision.Order{
		Kind: supervision.Urge, Plan: c.Plan, Commitments: []ledger.CommitmentID{c.ID}, Title: c.Title, Lead: c.Lead,
		Cooperating: slices.Clone(c.Cooperating), Urgency: supervision.Normal, Basis: facts.Replace(proposalWords()["basis"]),
		Requirement: facts.Replace(proposalWords()["requirement"]),
		Sources: []supervision.Source{{
			Kind: supervision.FromLight, Ref: string(c.ID), Title: facts.Replace(proposalWords()["source"]), Wording: why, On: s.core.Today(),
		}},
	}
	if grade.Sheet != supervision.NoSheet {
		o.Kind, o.Sheet, o.Basis = supervision.Graded, grade.Sheet, o.Basis+facts.Replace(proposalWords()["grade"])
	}
	return o
}

//go:embed proposal.txt
var proposalLines string

// proposalWords are the lines of proposal.txt.
var proposalWords = sync.OnceValue(func() map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(proposalLines) {
		if key, words, found := strings.Cut(line, "|"); found && !strings.HasPrefix(line, "#") {
			all[strings.TrimSpace(key)] = strings.TrimSpace(words)
		}
	}
	return all
})

// stands is how a commitment stands by its light and its open orders.
func (s *Service) stands(ctx context.Context, v progress.LightView) (supervision.Standing, error) {
	stands := supervision.Standing{Light: v.Colour, Gap: v.Judged.Light.Gap, Behind: behindFor(v.Judged.Light.AsOf, v.History)}
	about, err := s.AboutCommitments(ctx, []ledger.CommitmentID{v.Commitment.ID})
	if err != nil {
		return stands, err
	}
	for _, order := range about[v.Commitment.ID] {
		if order.Overdue && order.Sheet != supervision.NoSheet {
			stands.Missed = append(stands.Missed, order.Sheet)
		}
		if order.Running && (!stands.Deadline || -order.Left > stands.Late) {
			stands.Deadline, stands.Late = true, -order.Left
		}
		returned, err := s.core.Store().View(ctx).NewSelect().Table("flow_steps").Where("kind = ?", OrderKind).
			Where("object = ?", order.ID).Where("action = ?", returnStep).Count(ctx)
		if err != nil {
			return stands, fmt.Errorf("counting how often order %s was returned: %w", order.ID, err)
		}
		stands.Returned = max(stands.Returned, int(returned))
	}
	return stands, nil
}

// behindFor is for how many months of a year in a row a light was yellow or red, up to the end of the period whose figures
// it judged last. In each period the light showed what it had turned to by the figures of that period. The last turn comes
// first.
func behindFor(last reporting.Period, turns []progress.Turn) int {
	if last.IsZero() {
		return 0
	}
	end := last.Span().To.AddDays(1)
	since := end
	for p := last; p.Year == last.Year; p = p.Previous() {
		i := slices.IndexFunc(turns, func(t progress.Turn) bool { return t.Light.AsOf.IsZero() || !p.Before(t.Light.AsOf) })
		if i < 0 || turns[i].Colour != light.Yellow && turns[i].Colour != light.Red {
			break
		}
		since = p.Span().From
	}
	months := 12*int(end.Year-since.Year) + int(end.Month-since.Month)
	if end.Day < since.Day { // of periods shorter than a month
		months--
	}
	return months
}

// chinese is sentences as a paper has them.
func chinese(sentences []ledger.Wording) string {
	var text strings.Builder
	for _, sentence := range sentences {
		words := strings.TrimRight(sentence.ZH, "\u3002\uff1b")
		if words != "" {
			text.WriteString(words + "\uff1b")
		}
	}
	return strings.TrimSuffix(text.String(), "\uff1b")
}

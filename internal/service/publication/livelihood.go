package publication

import (
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"luoshi/internal/service"
	"luoshi/internal/service/livelihood"
	"luoshi/internal/service/publication/disclosed"
	"luoshi/internal/store"
	"luoshi/ledger"
)

// Items are the livelihood items of a plan of which there is more to tell than of any promise, each with the pictures that are in sight and what people answered.
type Items func(ctx context.Context, plan ledger.PlanID) ([]livelihood.Item, error)

// items are the livelihood items of a plan by their commitments; none where nobody tells of them.
func (s *Service) items(ctx context.Context, plan ledger.PlanID) (map[ledger.CommitmentID]livelihood.Item, error) {
	if s.options.Items == nil {
		return nil, nil
	}
	all, err := s.options.Items(ctx, plan)
	if err != nil {
		return nil, fmt.Errorf("publication: reading the livelihood items of plan %s: %w", plan, err)
	}
	found := make(map[ledger.CommitmentID]livelihood.Item, len(all))
	for _, i := range all {
		found[i.Commitment.ID] = i
	}
	return found, nil
}

// Pictured are the livelihood items of a plan that have pictures, for who decides which of them are public.
func (s *Service) Pictured(ctx context.Context, plan ledger.Plan) ([]livelihood.Item, error) {
	if err := s.core.Check(ctx, disclose, ofPlan(plan, false)); err != nil {
		return nil, err
	}
	if s.options.Items == nil {
		return nil, nil
	}
	all, err := s.options.Items(service.As(ctx, reader), plan.ID)
	return slices.DeleteFunc(all, func(i livelihood.Item) bool { return len(i.Pictures) == 0 }), err
}

// picturesOf are the pictures of an item that the office has marked, the first one first.
func (g *gathering) picturesOf(c ledger.Commitment) []disclosed.Picture {
	if !g.settings.show(disclosed.Pictures) {
		return nil
	}
	var told []disclosed.Picture
	for _, p := range slices.Backward(g.items[c.ID].Pictures) {
		if slices.Contains(g.settings.Pictures, p.ID) {
			told = append(told, disclosed.Picture{
				Stage: p.Stage, On: p.On, Caption: masked(p.Caption), File: p.File.Digest, Ending: strings.ToLower(path.Ext(p.File.Name)), Small: p.File.Preview,
			})
		}
	}
	return told
}

// satisfactionOf is how satisfied people are with an item.
func (g *gathering) satisfactionOf(c ledger.Commitment) []disclosed.Satisfaction {
	if !g.settings.show(disclosed.Satisfied) {
		return nil
	}
	var told []disclosed.Satisfaction
	for _, score := range g.items[c.ID].Scores {
		told = append(told, disclosed.Satisfaction{Scale: score.Scale, Asked: score.Asked, Answers: score.Answers, Satisfied: score.Satisfied, Rate: score.Rate})
	}
	return told
}

// Picture opens the file of a picture of a promise, large or small, by its name. Whoever opens it closes it.
func (s *Service) Picture(ctx context.Context, p disclosed.Promise, name string) (io.ReadCloser, error) {
	for _, picture := range p.Pictures {
		for is, digest := range map[string]ledger.Digest{picture.Name(): picture.File, picture.SmallName(): picture.Small} {
			if is == name && digest != "" && s.options.Files != nil {
				return s.openPicture(ctx, digest)
			}
		}
	}
	return nil, &store.NotFound{Kind: "pictures", ID: name}
}

func (s *Service) openPicture(ctx context.Context, digest ledger.Digest) (io.ReadCloser, error) {
	file, err := s.options.Files.Open(ctx, digest)
	if err != nil {
		return nil, fmt.Errorf("publication: opening picture %s: %w", digest, err)
	}
	return file, nil
}

package workflow

import (
	"context"

	"luoshi/flow"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// Offer is a step that the caller may take now.
type Offer struct {
	Action *flow.Action
	// Against says what still stands in the way; empty where nothing does.
	Against ledger.Wording
}

// StepBy is a step as its actor takes it: in the role that the table of rights allows it to.
func (k *Keeper) StepBy(ctx context.Context, d *flow.Definition, action string, owned service.Owned) (flow.Step, error) {
	step := flow.Step{Action: action, On: k.core.Today()}
	caller := service.CallerOf(ctx)
	if caller.System != "" {
		step.Actor = caller.System
		if a := d.Action(action); a != nil {
			step.Role = a.Roles[0]
		}
		return step, nil
	}
	units, err := k.core.Units(ctx)
	if err != nil {
		return step, err
	}
	right, _ := k.Right(d, action)
	decision := k.core.Rights().Can(caller.Actor, right, units.Object(owned.Lead, owned.Cooperating, owned.Published))
	step.Actor, step.Role = string(caller.Account()), string(decision.By.Role)
	return step, nil
}

// Offers are the steps of a case that the caller may take, as far as the table of rights goes.
func (k *Keeper) Offers(ctx context.Context, c Case, owned service.Owned, facts []string) ([]Offer, error) {
	return k.OffersBy(ctx, c, func(string) service.Owned { return owned }, facts)
}

// OffersBy is Offers where a step may be that of another unit than the record's.
func (k *Keeper) OffersBy(ctx context.Context, c Case, owned func(action string) service.Owned, facts []string) ([]Offer, error) {
	var offers []Offer
	for _, action := range c.Definition.Actions {
		right, ours := k.Right(c.Definition, action.Name)
		if !ours || !k.core.Can(ctx, right, owned(action.Name)) {
			continue
		}
		step, err := k.StepBy(ctx, c.Definition, action.Name, owned(action.Name))
		if err != nil {
			return nil, err
		}
		step.Facts = facts
		for _, offer := range c.Definition.Offers(c.Case, []string{step.Role}, step) {
			if offer.Action.Name != action.Name {
				continue
			}
			o := Offer{Action: offer.Action}
			if offer.Against != nil {
				text := offer.Against.Text()
				o.Against = ledger.Wording{ZH: text.Chinese, EN: text.English}
			}
			offers = append(offers, o)
		}
	}
	return offers, nil
}

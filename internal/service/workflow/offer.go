package workflow

import (
	"context"

	"luoshi/flow"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/ledger"
)

// Offer is a step that the caller may take now.
type Offer struct {
	Action *flow.Action
	// Against says what still stands in the way; empty where nothing does.
	Against ledger.Wording
}

// Desk is somebody before whom cases come, one or many: who he is and how the units stand is looked at once.
type Desk struct {
	keeper *Keeper
	ctx    context.Context //nolint:containedctx // a desk lives as long as the call that opens it
	caller service.Caller
	units  *access.Units
}

// Desk is that of the caller.
func (k *Keeper) Desk(ctx context.Context) (Desk, error) {
	units, err := k.core.Units(ctx)
	return Desk{keeper: k, ctx: ctx, caller: service.CallerOf(ctx), units: units}, err
}

// allows tells whether the caller may do an action to a record, and in which post.
func (d Desk) allows(right access.Action, owned service.Owned) access.Decision {
	if d.caller.System != "" {
		return access.Decision{Allowed: d.keeper.core.Can(d.ctx, right, owned)}
	}
	return d.keeper.core.Rights().Can(d.caller.Actor, right, d.units.Object(owned.Lead, owned.Cooperating, owned.Published))
}

// Step is a step as the caller takes it: in the role that the table of rights allows it to.
func (d Desk) Step(of *flow.Definition, action string, owned service.Owned) flow.Step {
	step := flow.Step{Action: action, On: d.keeper.core.Today()}
	if d.caller.System != "" {
		step.Actor = d.caller.System
		if a := of.Action(action); a != nil {
			step.Role = a.Roles[0]
		}
		return step
	}
	right, _ := d.keeper.Right(of, action)
	step.Actor, step.Role = string(d.caller.Account()), string(d.allows(right, owned).By.Role)
	return step
}

// Offers are the steps of a case that the caller may take, as far as the table of rights goes. Owned tells whose a step
// is: not always that of the unit that the record belongs to.
func (d Desk) Offers(c Case, owned func(action string) service.Owned, facts []string) []Offer {
	var offers []Offer
	for _, action := range c.Definition.Actions {
		right, ours := d.keeper.Right(c.Definition, action.Name)
		if !ours || !d.allows(right, owned(action.Name)).Allowed {
			continue
		}
		step := d.Step(c.Definition, action.Name, owned(action.Name))
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
	return offers
}

// StepBy is a step as the caller takes it.
func (k *Keeper) StepBy(ctx context.Context, of *flow.Definition, action string, owned service.Owned) (flow.Step, error) {
	desk, err := k.Desk(ctx)
	if err != nil {
		return flow.Step{}, err
	}
	return desk.Step(of, action, owned), nil
}

// Offers are the steps of one case that the caller may take.
func (k *Keeper) Offers(ctx context.Context, c Case, owned service.Owned, facts []string) ([]Offer, error) {
	desk, err := k.Desk(ctx)
	if err != nil {
		return nil, err
	}
	return desk.Offers(c, func(string) service.Owned { return owned }, facts), nil
}

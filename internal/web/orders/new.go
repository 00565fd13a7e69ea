package orders

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"luoshi/internal/service"
	"luoshi/internal/web"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// newOrder is the form of a new order, filled as far as its address tells what it is about.
func (p *Pages) newOrder(w http.ResponseWriter, r *http.Request) error {
	ctx, q := r.Context(), r.URL.Query()
	order := supervision.Order{Kind: supervision.Assign, Urgency: supervision.Normal}
	var err error
	switch commitment, project := q.Get("commitment"), q.Get("project"); {
	case commitment != "":
		order, err = p.aboutCommitment(ctx, ledger.CommitmentID(commitment))
	case project != "":
		order, err = p.aboutProject(ctx, ledger.ProjectID(project))
	}
	if err != nil {
		return err
	}
	if source := supervision.SourceKind(q.Get("source")); slices.Contains(supervision.SourceKinds(), source) && len(order.Sources) == 0 {
		order.Sources = []supervision.Source{{Kind: source}}
	}
	if kind := supervision.Kind(q.Get("kind")); slices.Contains(supervision.Kinds(), kind) {
		order.Kind = kind
	}
	view, err := p.draftView(ctx, typedOf(order))
	if err != nil {
		return err
	}
	return web.Show(w, r, draftPage(view))
}

// aboutCommitment is an order about a promise: with why its light is red, where it is.
func (p *Pages) aboutCommitment(ctx context.Context, id ledger.CommitmentID) (supervision.Order, error) {
	var order supervision.Order
	found, err := p.core.Store().Commitments().Get(ctx, string(id))
	if err != nil {
		return order, err
	}
	c := found.Value
	if err := p.core.Check(ctx, "commitment.read", service.Owned{Lead: c.Lead, Cooperating: c.Cooperating}); err != nil {
		return order, err
	}
	proposed, err := p.uses.Proposed(ctx, id)
	if err == nil {
		return proposed, nil
	}
	if !isFault(err) {
		return order, err
	}
	plan, err := p.core.Store().Plans().Get(ctx, string(c.Plan))
	if err != nil {
		return order, err
	}
	return supervision.Order{
		Kind: supervision.Assign, Urgency: supervision.Normal, Plan: c.Plan, Commitments: []ledger.CommitmentID{id}, Title: c.Title, Lead: c.Lead,
		Cooperating: slices.DeleteFunc(slices.Clone(c.Cooperating), func(u ledger.UnitID) bool { return u == c.Lead }), Basis: plan.Value.Title,
		Sources: []supervision.Source{{Kind: supervision.FromPlan, Ref: string(id), Title: plan.Value.Title, Wording: c.Title}},
	}, nil
}

// isFault tells of an error that only says that the matter is no red light: then the form is filled by the promise alone.
func isFault(err error) bool {
	var fault *service.Fault
	return errors.As(err, &fault)
}

// aboutProject is an order about a project.
func (p *Pages) aboutProject(ctx context.Context, id ledger.ProjectID) (supervision.Order, error) {
	found, err := p.core.Store().Projects().Get(ctx, string(id))
	if err != nil {
		return supervision.Order{}, err
	}
	project := found.Value
	if err := p.core.Check(ctx, "project.read", service.Owned{Lead: project.Lead}); err != nil {
		return supervision.Order{}, err
	}
	return supervision.Order{
		Kind: supervision.Assign, Urgency: supervision.Normal, Projects: []ledger.ProjectID{id}, Title: project.Name, Lead: project.Lead,
		Sources: []supervision.Source{{Kind: supervision.FromInspection, Ref: string(id), Title: project.Name}},
	}, nil
}

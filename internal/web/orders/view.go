package orders

import (
	"context"
	"net/http"
	"slices"

	uses "luoshi/internal/service/supervision"
	"luoshi/internal/service/workflow"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/supervision"
)

// orderView is one order as its page shows it.
type orderView struct {
	uses.View
	page.Errors
	forms.Names
	Person  func(ledger.AccountID) string
	About   []about
	Whole   uses.Summary // of which it is a part
	PlanOf  string
	Tried   typed      // the step that was tried
	Replied typedReply // the reply that was tried
}

// about is a promise or a project that an order is about.
type about struct{ Title, URL string }

// typed is a step as somebody typed it.
type typed struct{ Action, Reason, Days, Until, To string }

func (p *Pages) order(w http.ResponseWriter, r *http.Request) error {
	view, err := p.load(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, orderPage(view))
}

// load reads an order with what its page says about it.
func (p *Pages) load(r *http.Request) (orderView, error) {
	ctx := r.Context()
	found, err := p.uses.Order(ctx, orderID(r))
	view := orderView{View: found}
	if err != nil {
		return view, err
	}
	if view.Names, err = forms.NamesOf(ctx, p.core); err != nil {
		return view, err
	}
	if view.Parent != "" && p.mayRead(ctx, view.Parent) {
		whole, err := p.uses.Order(ctx, view.Parent)
		if err != nil {
			return view, err
		}
		view.Whole = whole.Summary
	}
	if err := p.subjects(ctx, &view); err != nil {
		return view, err
	}
	view.Person, err = p.people(ctx, view.accounts()...)
	return view, err
}

// mayRead tells whether the caller may read an order: who has a part of one need not see the whole.
func (p *Pages) mayRead(ctx context.Context, id supervision.OrderID) bool {
	_, err := p.uses.Order(ctx, id)
	return err == nil
}

// accounts are those whom the page names.
func (o orderView) accounts() []ledger.AccountID {
	all := []ledger.AccountID{o.Drafter}
	for _, step := range o.Trail {
		all = append(all, step.By)
	}
	for _, reply := range o.Replies {
		all = append(all, reply.By)
	}
	for _, unit := range o.Units {
		all = append(all, unit.By)
	}
	for _, urging := range o.Urgings {
		all = append(all, urging.By)
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(id ledger.AccountID) bool { return id == "" })
}

// subjects are what an order is about, as far as the ledger has it.
func (p *Pages) subjects(ctx context.Context, view *orderView) error {
	s, v := p.core.Store(), page.Of(ctx)
	to := func(action, url string) string {
		if v.Can("commitment.read") && action == "commitment" || v.Can("project.read") && action == "project" {
			return url
		}
		return ""
	}
	for _, id := range view.Order.Commitments {
		c, err := s.Commitments().Get(ctx, string(id))
		if err != nil {
			return err
		}
		view.About = append(view.About, about{c.Value.Title, to("commitment", page.CommitmentURL(id, ""))})
	}
	for _, id := range view.Order.Projects {
		project, err := s.Projects().Get(ctx, string(id))
		if err != nil {
			return err
		}
		view.About = append(view.About, about{project.Value.Name, to("project", page.ProjectURL(id, ""))})
	}
	if view.Order.Plan != "" {
		plan, err := s.Plans().Get(ctx, string(view.Order.Plan))
		if err != nil {
			return err
		}
		view.PlanOf = plan.Value.Title
	}
	return nil
}

// byReply are the steps that come with a reply, and signStep the one that has a button of its own.
var byReply = []string{"report", "prepare"}

// offers are the steps that have a form: those of a reply are taken by it, and signing by its own button.
func (o orderView) offers() []workflow.Offer {
	return slices.DeleteFunc(slices.Clone(o.Offers), func(offer workflow.Offer) bool {
		name := offer.Action.Name
		return slices.Contains(byReply, name) || name == "sign" && o.MaySign || name == "reply" && o.State != "prepared"
	})
}

// backwards are the steps that send something back, end it, or ask for more.
var backwards = map[string]bool{
	"rework": true, "drop": true, "decline": true, "revise": true, "refuse-extension": true, "refuse-suspension": true, "return": true, "cancel": true,
}

// fields tell what a step asks for besides its name.
type fields struct{ Reason, Days, Until, Unit bool }

// fieldsOf are what a step asks for. Issuing, signing and reporting take their terms from the order.
func fieldsOf(offer workflow.Offer) fields {
	f := fields{Reason: offer.Action.NeedsReason}
	switch offer.Action.Name {
	case "forward":
		f.Unit, f.Days, f.Until = true, true, true
	case "return", "reopen", "suspend":
		f.Days, f.Until = true, true
	case "extend":
		f.Days = true
	}
	return f
}

// none tells that a step is a mere button.
func (f fields) none() bool { return f == fields{} }

// said is what was typed into a field of a step that was tried.
func (o orderView) said(action string) typed {
	if o.Tried.Action == action {
		return o.Tried
	}
	return typed{}
}

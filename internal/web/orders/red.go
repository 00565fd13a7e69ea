package orders

import (
	"fmt"
	"net/http"
	"slices"

	"luoshi/internal/service/progress"
	uses "luoshi/internal/service/supervision"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/light"
)

// redView is the red lights of a plan, to draft orders for.
type redView struct {
	page.List
	Wrong    page.Errors
	Plans    []ledger.Plan
	Plan     ledger.Plan
	Lights   []redLight
	Outcomes []outcome
	Failed   int
}

// redLight is a promise with a red light, and the open orders that it has.
type redLight struct {
	ID          ledger.CommitmentID
	Title, Unit string
	Why         []ledger.Wording
	Orders      []uses.Summary
}

func (p *Pages) red(w http.ResponseWriter, r *http.Request) error {
	view, err := p.redView(r, r.URL.Query().Get("plan"))
	if err != nil {
		return err
	}
	return web.Show(w, r, redPage(view))
}

func (p *Pages) redView(r *http.Request, plan string) (redView, error) {
	ctx, v := r.Context(), page.Of(r.Context())
	view := redView{List: page.ListOf(r, page.Column{}, page.Column{Title: v.T("orders.matter")},
		page.Column{Title: v.T("orders.lead")}, page.Column{Title: v.T("orders.red.open")})}
	plans, err := p.catalogue.Plans(ctx)
	if err != nil {
		return view, err
	}
	view.Plans = slices.DeleteFunc(plans, func(plan ledger.Plan) bool { return plan.State != ledger.Published })
	if view.Plan = forms.Chosen(view.Plans, plan); view.Plan.ID == "" {
		return view, nil
	}
	listing, err := p.progress.Lights(ctx, progress.LightQuery{Plan: view.Plan.ID, Colours: []light.Colour{light.Red}}, view.Page())
	if err != nil {
		return view, err
	}
	view.Next = listing.Next
	ids := make([]ledger.CommitmentID, len(listing.Lights))
	for i, l := range listing.Lights {
		ids[i] = l.Commitment.ID
		view.Lights = append(view.Lights, redLight{ID: l.Commitment.ID, Title: l.Commitment.Title, Unit: l.UnitName, Why: light.Explain(l.Light.Why)})
	}
	open, err := p.uses.AboutCommitments(ctx, ids)
	for i, id := range ids {
		view.Lights[i].Orders = open[id]
	}
	return view, err
}

// draftRed drafts an order for each red light that was ticked.
func (p *Pages) draftRed(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	v, plan := page.Of(r.Context()), r.PostForm.Get("plan")
	var lines []outcome
	failed := 0
	if chosen := named[ledger.CommitmentID](r.PostForm["id"]); len(chosen) > 0 {
		outcomes, err := p.uses.FromLight(r.Context(), chosen...)
		if err != nil {
			return err
		}
		for _, o := range outcomes {
			line, err := redOutcome(v, o)
			if err != nil {
				return err
			}
			if !line.Done {
				failed++
			}
			lines = append(lines, line)
		}
	}
	view, err := p.redView(r, plan)
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		view.Wrong.Add("", v.T("orders.choose.first"))
		return web.ShowStatus(w, r, http.StatusUnprocessableEntity, redPage(view))
	}
	if failed == 0 {
		web.Flash(w, r, page.Success, "orders.red.done", len(lines))
		return web.Redirect(w, r, listURL("tab", "draft"))
	}
	view.Outcomes, view.Failed = lines, failed
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, redPage(view))
}

// redOutcome is what became of one red light.
func redOutcome(v page.View, o uses.LightOutcome) (outcome, error) {
	if o.Err != nil {
		text, known := refusal(v, o.Err)
		if !known {
			return outcome{}, o.Err
		}
		return outcome{Title: string(o.Commitment), URL: "/lights/" + string(o.Commitment), Text: text}, nil
	}
	line := outcome{Title: o.Order.Title, URL: URL(o.Order.ID, ""), Done: true, Text: v.T("orders.red.drafted")}
	if o.Joined {
		line.Text = v.T("orders.red.joined")
	}
	return line, nil
}

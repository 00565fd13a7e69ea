package plans

import (
	"context"
	"net/http"
	"net/url"

	"luoshi/internal/service"
	"luoshi/internal/service/planning"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// overviewPage is a plan at a glance.
type overview struct {
	planning.Overview
	names
	Next    []hint
	MayEdit bool
	MayAdd  bool
	People  map[ledger.AccountID]string
}

// hint is something that waits for the user.
type hint struct {
	Icon, URL, Text string
}

func (p *Pages) overview(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	seen, err := p.planning.Overview(ctx, planID(r))
	if err != nil {
		return err
	}
	o := overview{Overview: seen, MayEdit: p.mayPlan(ctx, "plan.edit", seen.Value), MayAdd: p.mayPlan(ctx, "commitment.create", seen.Value)}
	if o.names, err = p.names(ctx); err != nil {
		return err
	}
	if o.Next, err = p.next(ctx, seen); err != nil {
		return err
	}
	if o.People, err = p.stepPeople(ctx, seen.Case); err != nil {
		return err
	}
	return web.Show(w, r, overviewPage(o))
}

// next is what waits for the user in a plan.
func (p *Pages) next(ctx context.Context, o planning.Overview) ([]hint, error) {
	v, id := page.Of(ctx), o.Value.ID
	var hints []hint
	add := func(holds bool, icon, url, key string, values ...any) {
		if holds {
			hints = append(hints, hint{icon, url, v.T(key, values...)})
		}
	}
	draft := o.Value.State == ledger.Draft
	edits := p.mayPlan(ctx, "assignment.edit", o.Value)
	add(draft && o.Total.All == 0 && v.Can("document.upload"), "upload", "/documents", "plans.next.read")
	add(draft && edits && o.Total.Owned < o.Total.All, "assignment", page.PlanURL(id, "/assignment"), "plans.next.assign", o.Total.All-o.Total.Owned)
	add(draft && edits && o.Blocking > 0, "gap", page.PlanURL(id, "/gaps"), "plans.next.gaps", o.Blocking)
	add(edits && o.Objections > 0, "reject", listURL(id, "lacks", string(planning.LacksReply)), "plans.next.reply", o.Objections)
	for _, offer := range o.Offers {
		title := ledger.Wording{ZH: offer.Action.Title.Chinese, EN: offer.Action.Title.English}
		add(offer.Against.ZH == "" && onward[offer.Action.Name], "next", page.PlanURL(id, "/publication"), "plans.next.step", title)
	}
	if v.Can("assignment.accept") && (draft || o.Value.State == ledger.Published) {
		n, lead, err := p.unaccepted(ctx, id)
		if err != nil {
			return nil, err
		}
		add(n > 0, "accept", listURL(id, "lacks", string(planning.LacksAcceptance))+"&lead="+string(lead), "plans.next.accept", n)
	}
	decides := v.Can("amendment.review") || v.Can("amendment.approve")
	add(decides && o.Amendments[ledger.Proposed] > 0, "amendment", "/amendments?plan="+string(id)+"&state=proposed", "plans.next.decide", o.Amendments[ledger.Proposed])
	add(p.mayPlan(ctx, "amendment.apply", o.Value) && o.Amendments[ledger.Agreed] > 0, "amendment",
		"/amendments?plan="+string(id)+"&state=agreed", "plans.next.apply", o.Amendments[ledger.Agreed])
	return hints, nil
}

// unaccepted is how many commitments the caller's own units lead and have not accepted, and a unit that has such.
func (p *Pages) unaccepted(ctx context.Context, id ledger.PlanID) (number int, lead ledger.UnitID, err error) {
	for _, post := range service.CallerOf(ctx).Actor.Posts {
		if post.Role != "unit-head" {
			continue
		}
		query := planning.CommitmentQuery{Plan: id, Lead: post.Unit, Lacks: planning.LacksAcceptance}
		n, err := p.planning.CountCommitments(ctx, query)
		if err != nil {
			return 0, "", err
		}
		if n > 0 {
			number, lead = number+n, post.Unit
		}
	}
	return number, lead, nil
}

// onward are the steps that take a plan on; the others take it back, and nobody is asked to.
var onward = map[string]bool{"submit": true, "approve": true, "publish": true}

// listURL is the list of a plan's commitments with a filter.
func listURL(plan ledger.PlanID, name, value string) string {
	return "/commitments?plan=" + string(plan) + "&" + name + "=" + value
}

func (p *Pages) stepPeople(ctx context.Context, c planning.Case) (map[ledger.AccountID]string, error) {
	var ids []ledger.AccountID
	for _, step := range c.Steps {
		ids = append(ids, step.Account)
	}
	return p.people(ctx, ids...)
}

// gapsView are the gaps of a plan.
type gapsView struct {
	page.List
	Plan ledger.Plan
	Gaps []planning.Gap
	// Blocking is how many keep the plan from being published, for who can close them.
	Blocking int
	MayFix   bool
}

func (p *Pages) gaps(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	record, err := p.planning.Plan(ctx, planID(r))
	if err != nil {
		return err
	}
	v := page.Of(ctx)
	view := gapsView{Plan: record.Value, MayFix: p.mayPlan(ctx, "commitment.correct", record.Value) && record.Value.State == ledger.Draft}
	view.List = page.ListOf(r, page.Column{Title: v.T("plans.commitment")}, page.Column{Title: v.T("plans.gap")}, page.Column{Title: v.T("plans.gap.weight")},
		page.Column{Title: ""})
	part, err := p.planning.Gaps(ctx, record.Value.ID, view.Page())
	if err != nil {
		return err
	}
	view.Gaps, view.Next = part.Gaps, part.Next
	if view.MayFix {
		overview, err := p.planning.Overview(ctx, record.Value.ID)
		if err != nil {
			return err
		}
		view.Blocking = overview.Blocking
	}
	return web.Show(w, r, gapsPage(view))
}

// tableView is the break-down as a table for printing.
type tableView struct {
	Plan ledger.Plan
	names
	planning.Stretch
	Groups []tableGroup
}

// tableGroup is a section with what stands in it.
type tableGroup struct {
	Title string
	First int // the running number of the first row
	Rows  []ledger.Commitment
}

func (p *Pages) table(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	record, err := p.planning.Plan(ctx, planID(r))
	if err != nil {
		return err
	}
	view := tableView{Plan: record.Value}
	if view.names, err = p.names(ctx); err != nil {
		return err
	}
	if view.Stretch, err = p.planning.InOrder(ctx, record.Value.ID, behind(r)); err != nil {
		return err
	}
	section := -1
	for i, c := range view.Commitments {
		if c.Section != section {
			section = c.Section
			view.Groups = append(view.Groups, tableGroup{Title: sectionPath(view.Plan, section), First: view.Before + i + 1})
		}
		last := &view.Groups[len(view.Groups)-1]
		last.Rows = append(last.Rows, c)
	}
	return web.Show(w, r, tablePage(view))
}

// behindKey names in an address how many commitments stand before those that a page shows.
const behindKey = "behind"

func behind(r *http.Request) int { return max(0, atoi(r.URL.Query().Get(behindKey))) }

// stretchURL is the same page with other commitments of the plan.
func stretchURL(at *url.URL, before int) string {
	q := at.Query()
	q.Del(behindKey)
	if before > 0 {
		q.Set(behindKey, itoa(before))
	}
	return (&url.URL{Path: at.Path, RawQuery: q.Encode()}).String()
}

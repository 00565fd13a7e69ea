package home

import (
	"context"
	"net/url"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/bulletin"
	"luoshi/internal/service/operations"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

// soonDays is how far ahead deadlines are told, and soonLimit how many.
const (
	soonDays  = 30
	soonLimit = 8
)

// desk is what waits for somebody, and how his plans stand.
type desk struct {
	Today calendar.Date
	Tiles []tile
	Plans []glance
	// Dated tells that the caller sees commitments, of which Soon are due next.
	Dated bool
	Soon  []due
	roles
}

// tile is a number of things that wait, and where they are.
type tile struct {
	Key, Icon, URL string
	Number         int
	Tone           page.Tone
}

// glance is a plan at a glance.
type glance struct {
	Plan             ledger.Plan
	Commitments      int
	Owned, Dated     int
	Accepted, Closed int
}

// due is a commitment with its deadline.
type due struct {
	Commitment ledger.Commitment
	Lead       string
	Late       bool
}

// source counts one kind of things that wait for who holds an action.
type source struct {
	key, icon string
	action    access.Action
	tone      page.Tone
	// count counts, and says where the things are listed.
	count func(ctx context.Context, p *Pages, plan *ledger.Plan) (int, string, error)
}

// sources are in the order in which they are shown.
var sources = []source{
	{"proposals", "review", "proposal.review", page.Info, proposals},
	{"accept", "accept", "assignment.accept", page.Warning, unanswered},
	{"bulletins", "document", "bulletin.receive", page.Warning, unreadBulletins},
	{"approve-bulletin", "document", "bulletin.approve", page.Warning, bulletinsIn(bulletin.Waiting)},
	{"approve-plan", "plan", "plan.approve", page.Warning, plansToApprove},
	{"approve-amendment", "amendment", "amendment.approve", page.Warning, proposedAmendments},
	{"review-amendment", "amendment", "amendment.review", page.Warning, proposedAmendments},
	{"objections", "warning", "plan.edit", page.Warning, lacking(planning.LacksReply)},
	{"no-owner", "gap", "plan.edit", page.Warning, lacking(planning.LacksOwner)},
	{"no-deadline", "clock", "plan.edit", page.Warning, lacking(planning.LacksDeadline)},
	{"late", "error", "commitment.read", page.Danger, late},
	{"failed-jobs", "job", "job.read", page.Danger, failedJobs},
}

// lay lays out the desk of the caller.
func (p *Pages) lay(ctx context.Context) (desk, error) {
	d := desk{Today: p.core.Today()}
	plans, err := p.plans(ctx)
	if err != nil {
		return d, err
	}
	if d.roles, err = p.layRoles(ctx, inForce(plans)); err != nil {
		return d, err
	}
	var current *ledger.Plan
	if len(plans) > 0 {
		current = &plans[0]
	}
	for _, s := range sources {
		// What is late stands on the screen of the year already.
		if !p.core.May(ctx, s.action) || s.key == "late" && d.Year != nil && d.Year.Total.All > 0 {
			continue
		}
		number, at, err := s.count(ctx, p, current)
		if err != nil {
			return d, err
		}
		if number > 0 {
			d.Tiles = append(d.Tiles, tile{Key: s.key, Icon: s.icon, URL: at, Number: number, Tone: s.tone})
		}
	}
	for _, plan := range plans {
		g, err := p.glance(ctx, plan)
		if err != nil {
			return d, err
		}
		d.Plans = append(d.Plans, g)
	}
	if d.Dated = service.CallerOf(ctx).Account() != "" && p.core.May(ctx, "assignment.read"); d.Dated {
		d.Soon, err = p.soon(ctx, d.Today)
	}
	return d, err
}

// plans are the newest plans that are not given up: the one that is being made and the one in force.
func (p *Pages) plans(ctx context.Context) ([]ledger.Plan, error) {
	if !p.core.May(ctx, "plan.read") {
		return nil, nil
	}
	listing, err := p.uses.Plans.Plans(ctx, planning.PlanQuery{}, store.Page{Descending: true, Limit: 4})
	if err != nil {
		return nil, err
	}
	var plans []ledger.Plan
	for _, r := range listing.Records {
		if r.Value.State != ledger.Abandoned && len(plans) < 2 {
			plans = append(plans, r.Value)
		}
	}
	return plans, nil
}

func (p *Pages) glance(ctx context.Context, plan ledger.Plan) (glance, error) {
	g := glance{Plan: plan}
	for _, c := range []struct {
		into  *int
		query planning.CommitmentQuery
	}{
		{&g.Commitments, planning.CommitmentQuery{}},
		{&g.Owned, planning.CommitmentQuery{Lacks: planning.LacksOwner}},
		{&g.Dated, planning.CommitmentQuery{Lacks: planning.LacksDeadline}},
		{&g.Accepted, planning.CommitmentQuery{Lacks: planning.LacksAcceptance}},
		{&g.Closed, planning.CommitmentQuery{State: ledger.Fulfilled}},
	} {
		c.query.Plan = plan.ID
		number, err := p.uses.Plans.CountCommitments(ctx, c.query)
		if err != nil {
			return g, err
		}
		*c.into = number
	}
	// What lacks something was counted; the rest has it.
	g.Owned, g.Dated = g.Commitments-g.Owned, g.Commitments-g.Dated
	g.Accepted = g.Owned - g.Accepted
	return g, nil
}

// soon are the commitments that are late or due next.
func (p *Pages) soon(ctx context.Context, today calendar.Date) ([]due, error) {
	query := planning.CommitmentQuery{State: ledger.InForce, To: today.AddDays(soonDays)}
	listing, err := p.uses.Plans.Commitments(ctx, query, store.Page{Order: "by", Limit: soonLimit})
	if err != nil {
		return nil, err
	}
	tree, err := p.core.Tree(ctx)
	if err != nil {
		return nil, err
	}
	var soon []due
	for _, r := range listing.Records {
		d := due{Commitment: r.Value, Late: r.Value.By.Before(today)}
		if r.Value.Lead != "" {
			d.Lead = tree.Name(r.Value.Lead, today)
		}
		soon = append(soon, d)
	}
	return soon, nil
}

func proposals(ctx context.Context, p *Pages, _ *ledger.Plan) (int, string, error) {
	reviews, err := p.uses.Intake.Reviews(ctx, "")
	if err != nil {
		return 0, "", err
	}
	pending := 0
	for _, r := range reviews {
		if r.Entered.IsZero() {
			pending += r.Pending
		}
	}
	return pending, "/intakes", nil
}

// unanswered are the tasks that were given to the caller's own units and that these have not accepted.
func unanswered(ctx context.Context, p *Pages, _ *ledger.Plan) (int, string, error) {
	number, at := 0, url.Values{"plan": {""}, "lacks": {string(planning.LacksAcceptance)}}
	for _, post := range service.CallerOf(ctx).Actor.Posts {
		if post.Role != "unit-head" {
			continue
		}
		query := planning.CommitmentQuery{Lead: post.Unit, Lacks: planning.LacksAcceptance}
		n, err := p.uses.Plans.CountCommitments(ctx, query)
		if err != nil {
			return 0, "", err
		}
		number += n
		at.Set("lead", string(post.Unit))
	}
	return number, commitmentsAt(at), nil
}

// unreadBulletins are those that wait for the confirmation of the caller's units.
func unreadBulletins(ctx context.Context, p *Pages, _ *ledger.Plan) (int, string, error) {
	if p.uses.Bulletins == nil {
		return 0, "", nil
	}
	all, err := p.uses.Bulletins.Unread(ctx)
	if len(all) == 1 {
		return 1, "/bulletins/" + string(all[0].ID), err
	}
	return len(all), "/bulletins?state=" + string(bulletin.Issued), err
}

// bulletinsIn are those in a state.
func bulletinsIn(state bulletin.State) func(context.Context, *Pages, *ledger.Plan) (int, string, error) {
	return func(ctx context.Context, p *Pages, _ *ledger.Plan) (int, string, error) {
		if p.uses.Bulletins == nil {
			return 0, "", nil
		}
		listing, err := p.uses.Bulletins.List(ctx, bulletin.Filter{State: state}, store.Page{Limit: store.MaxLimit})
		return len(listing.Bulletins), "/bulletins?state=" + string(state), err
	}
}

func plansToApprove(ctx context.Context, p *Pages, _ *ledger.Plan) (int, string, error) {
	number, err := p.core.Store().Plans().Count(ctx, store.Where("state", string(ledger.Reviewed)))
	return int(number), "/plans?state=" + string(ledger.Reviewed), err
}

func proposedAmendments(ctx context.Context, p *Pages, _ *ledger.Plan) (int, string, error) {
	query := planning.AmendmentQuery{State: ledger.Proposed}
	listing, err := p.uses.Plans.Amendments(ctx, query, store.Page{Limit: store.MaxLimit})
	return len(listing.Records), "/amendments?state=" + string(ledger.Proposed), err
}

// lacking are the commitments of the present plan that lack something.
func lacking(lack planning.Lack) func(context.Context, *Pages, *ledger.Plan) (int, string, error) {
	return func(ctx context.Context, p *Pages, plan *ledger.Plan) (int, string, error) {
		if plan == nil {
			return 0, "", nil
		}
		number, err := p.uses.Plans.CountCommitments(ctx, planning.CommitmentQuery{Plan: plan.ID, Lacks: lack})
		return number, commitmentsAt(url.Values{"plan": {string(plan.ID)}, "lacks": {string(lack)}}), err
	}
}

func late(ctx context.Context, p *Pages, _ *ledger.Plan) (int, string, error) {
	yesterday := p.core.Today().AddDays(-1)
	number, err := p.uses.Plans.CountCommitments(ctx, planning.CommitmentQuery{State: ledger.InForce, To: yesterday})
	return number, commitmentsAt(url.Values{"plan": {""}, "state": {string(ledger.InForce)}, "to": {yesterday.String()}}), err
}

func commitmentsAt(query url.Values) string { return "/commitments?" + query.Encode() }

func failedJobs(ctx context.Context, p *Pages, _ *ledger.Plan) (int, string, error) {
	counts, err := p.uses.Operations.JobCounts(ctx)
	if err != nil {
		return 0, "", err
	}
	return int(counts[operations.Failed]), "/operations/jobs?state=" + string(operations.Failed), nil
}

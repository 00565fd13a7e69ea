// Package progress is the pages on which a plan's progress is seen: the year on one screen, the list of lights and the
// reason of each, the rule by which they are computed, the tables by which the plan accounts for itself, and what
// contradicts itself. What the unit says, what figures show and what the calendar says stand side by side and are never
// made into one.
package progress

import (
	"context"
	_ "embed" // the words
	"net/http"
	"net/url"
	"slices"
	"time"

	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	uses "luoshi/internal/service/progress"
	reports "luoshi/internal/service/reporting"
	"luoshi/internal/web"
	"luoshi/internal/web/charts"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/light"
	"luoshi/ledger/reporting"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of progress.
type Pages struct {
	core      *service.Core
	uses      *uses.Service
	reports   *reports.Service
	catalogue *catalogue.Service
	persons   forms.Persons
}

// New makes the pages. Persons may be nil: then accounts are called by their identifiers.
func New(core *service.Core, progress *uses.Service, reporting *reports.Service, catalogue *catalogue.Service, persons forms.Persons) *Pages {
	return &Pages{core: core, uses: progress, reports: reporting, catalogue: catalogue, persons: persons}
}

// long is what exports and computations may take.
const long = 2 * time.Minute

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /progress", Handler: p.year},
		{Pattern: "GET /lights", Handler: p.list},
		{Pattern: "GET /lights.xlsx", Handler: p.export, Time: long},
		{Pattern: "GET /lights/{id}", Handler: p.light},
		{Pattern: "POST /lights/{id}/hand", Handler: p.setByHand},
		{Pattern: "POST /lights/{id}/lift", Handler: p.lift},
		{Pattern: "GET /lights/{id}/path", Handler: p.pathForm},
		{Pattern: "POST /lights/{id}/path", Handler: p.setPath},
		{Pattern: "POST /plans/{plan}/lights", Handler: p.compute, Time: long},
		{Pattern: "GET /plans/{plan}/rule", Handler: p.ruleForm},
		{Pattern: "POST /plans/{plan}/rule", Handler: p.setRule},
		{Pattern: "GET /tables", Handler: p.tables},
		{Pattern: "GET /plans/{plan}/tables/{file}", Handler: p.download, Time: long},
		{Pattern: "GET /plans/{plan}/exchange/{file}", Handler: p.exchange, Time: long},
		{Pattern: "GET /contradictions", Handler: p.contradictions},
	}
}

// plans are the published plans that the caller may read, the latest first, and the one that an address names.
func (p *Pages) plans(r *http.Request) ([]ledger.Plan, ledger.Plan, error) {
	plans, err := Published(r.Context(), p.catalogue)
	return plans, forms.Chosen(plans, r.URL.Query().Get("plan")), err
}

// Published are the published plans that the caller may read, the latest first.
func Published(ctx context.Context, catalogue *catalogue.Service) ([]ledger.Plan, error) {
	plans, err := catalogue.Plans(ctx)
	return slices.DeleteFunc(plans, func(plan ledger.Plan) bool { return plan.State != ledger.Published }), err
}

func owned(plan ledger.Plan) service.Owned { return service.Owned{Lead: plan.Government} }

func planID(r *http.Request) ledger.PlanID { return ledger.PlanID(r.PathValue("plan")) }

func commitmentID(r *http.Request) ledger.CommitmentID {
	return ledger.CommitmentID(r.PathValue("id"))
}

// LightURL is the page of the light of a commitment.
func LightURL(id ledger.CommitmentID, rest string) string { return "/lights/" + string(id) + rest }

// LightsURL is the list of lights of a plan, narrowed by pairs of filters and values.
func LightsURL(plan ledger.PlanID, pairs ...string) string {
	q := url.Values{"plan": {string(plan)}}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	return "/lights?" + q.Encode()
}

// OfColour gives the lists of the lights of each colour, narrowed by pairs of filters and values.
func OfColour(plan ledger.PlanID, pairs ...string) func(light.Colour) string {
	return func(c light.Colour) string {
		return LightsURL(plan, append(slices.Clone(pairs), "colour", string(c))...)
	}
}

// called is what a rule calls the light that is shown; nothing of its own where it was set by hand.
func called(s uses.Shown) ledger.Wording {
	if s.Hand == nil {
		if rule, known := light.RuleByName(s.Light.Rule); known {
			return rule.Call(s.Light)
		}
	}
	return ledger.Wording{}
}

// Sources are the options of a course that lead to what its figures rest on, as far as the caller may read it.
func Sources(ctx context.Context, core *service.Core, from *reports.Service, plan ledger.PlanID) (charts.Options, error) {
	var o charts.Options
	if from == nil || !core.May(ctx, "submission.read") || !core.May(ctx, "period.read") {
		return o, nil
	}
	rounds, err := from.Calendar(ctx, plan)
	if err != nil {
		return o, err
	}
	byPeriod := map[reporting.Period]reporting.RoundID{}
	for _, round := range rounds {
		byPeriod[round.Period] = round.ID
	}
	o.Source = func(unit ledger.UnitID, period reporting.Period) string {
		round, there := byPeriod[period]
		if !there || !core.Can(ctx, "submission.read", service.Owned{Lead: unit}) {
			return ""
		}
		return "/reports/" + string(round) + "/" + string(unit)
	}
	return o, nil
}

// withEvidence adds the pages of the evidence of a subject.
func withEvidence(o charts.Options, subject reporting.Subject) charts.Options {
	if submission := o.Source; submission != nil {
		o.Evidence = func(unit ledger.UnitID, period reporting.Period) string {
			if to := submission(unit, period); to != "" {
				return to + "/evidence/" + url.PathEscape(subject.String())
			}
			return ""
		}
	}
	return o
}

// named are the names of the persons of accounts.
func (p *Pages) named(ctx context.Context, ids ...ledger.AccountID) (func(ledger.AccountID) string, error) {
	var names map[ledger.AccountID]string
	if p.persons != nil && len(ids) > 0 {
		var err error
		if names, err = p.persons(ctx, ids...); err != nil {
			return nil, err
		}
	}
	return func(id ledger.AccountID) string {
		if names[id] != "" {
			return names[id]
		}
		return string(id)
	}, nil
}

// Package plans is the pages of plans and of what is in them: the break-down of commitments to units, the publication of
// a plan, its amendments and its versions.
package plans

import (
	"context"
	_ "embed" // the words
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/planning"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Persons tells the names of the persons of accounts.
type Persons func(ctx context.Context, ids ...ledger.AccountID) (map[ledger.AccountID]string, error)

// Pages are the pages of plans.
type Pages struct {
	core      *service.Core
	planning  *planning.Service
	catalogue *catalogue.Service
	persons   Persons
}

// New makes the pages.
func New(core *service.Core, planning *planning.Service, catalogue *catalogue.Service, persons Persons) *Pages {
	return &Pages{core: core, planning: planning, catalogue: catalogue, persons: persons}
}

// long is how long that may take which is done to a whole plan.
const long = 2 * time.Minute

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /plans", Handler: p.list},
		{Pattern: "GET /plans/new", Handler: p.newPlan},
		{Pattern: "POST /plans", Handler: p.create},
		{Pattern: "GET /plans/{plan}", Handler: p.overview},
		{Pattern: "GET /plans/{plan}/edit", Handler: p.editPlan},
		{Pattern: "POST /plans/{plan}/edit", Handler: p.retitle},
		{Pattern: "GET /plans/{plan}/publication", Handler: p.publication},
		{Pattern: "POST /plans/{plan}/steps", Handler: p.step, Time: long},
		{Pattern: "GET /plans/{plan}/gaps", Handler: p.gaps},
		{Pattern: "GET /plans/{plan}/table", Handler: p.table},
		{Pattern: "GET /plans/{plan}/versions", Handler: p.versions},
		{Pattern: "GET /plans/{plan}/assignment", Handler: p.workbench},
		{Pattern: "GET /plans/{plan}/assignment/preview", Handler: p.preview},
		{Pattern: "POST /plans/{plan}/assignment/apply", Handler: p.applyRules, Time: long},
		{Pattern: "POST /plans/{plan}/assignment/undo", Handler: p.undo, Time: long},
		{Pattern: "POST /plans/{plan}/assignment/rules", Handler: p.saveRules},
		{Pattern: "POST /plans/{plan}/assign", Handler: p.assign},
		{Pattern: "POST /plans/{plan}/weigh", Handler: p.weigh},
		{Pattern: "POST /plans/{plan}/merge", Handler: p.merge},
		{Pattern: "GET /commitments", Handler: p.commitments},
		{Pattern: "GET /commitments.xlsx", Handler: p.export, Time: long},
		{Pattern: "GET /commitments/new", Handler: p.newCommitment},
		{Pattern: "POST /commitments", Handler: p.addCommitment},
		{Pattern: "GET /commitments/{id}", Handler: p.commitment},
		{Pattern: "GET /commitments/{id}/edit", Handler: p.editCommitment},
		{Pattern: "POST /commitments/{id}/edit", Handler: p.correct},
		{Pattern: "GET /commitments/{id}/split", Handler: p.splitForm},
		{Pattern: "POST /commitments/{id}/split", Handler: p.split},
		{Pattern: "GET /commitments/{id}/milestones", Handler: p.milestones},
		{Pattern: "POST /commitments/{id}/milestones", Handler: p.setMilestones},
		{Pattern: "POST /commitments/{id}/milestones/{number}", Handler: p.reach},
		{Pattern: "POST /commitments/{id}/accept", Handler: p.accept},
		{Pattern: "POST /commitments/{id}/object", Handler: p.object},
		{Pattern: "POST /commitments/{id}/reply", Handler: p.reply},
		{Pattern: "GET /commitments/{id}/amend", Handler: p.amendForm},
		{Pattern: "POST /commitments/{id}/amend", Handler: p.propose},
		{Pattern: "GET /amendments", Handler: p.amendments},
		{Pattern: "POST /amendments/apply", Handler: p.apply},
		{Pattern: "GET /amendments/{id}", Handler: p.amendment},
		{Pattern: "POST /amendments/{id}/steps", Handler: p.decide},
	}
}

// names are what pages call units and posts today.
type names struct {
	tree  *ledger.Tree
	today calendar.Date
	posts []store.Record[ledger.Post]
}

func (p *Pages) names(ctx context.Context) (names, error) {
	n := names{today: p.core.Today()}
	var err error
	if n.tree, err = p.core.Tree(ctx); err != nil {
		return n, err
	}
	n.posts, err = service.All(ctx, p.core.Store().Posts().List)
	return n, err
}

func (n names) unit(id ledger.UnitID) string {
	if id == "" {
		return ""
	}
	return n.tree.Name(id, n.today)
}

// short is a unit's name as papers of the district call it: its first alias.
func (n names) short(id ledger.UnitID) string {
	if unit, ok := n.tree.Unit(id); ok && len(unit.Aliases) > 0 && n.tree.Name(id, n.today) == unit.Name {
		return unit.Aliases[0]
	}
	return n.unit(id)
}

func (n names) units(ids []ledger.UnitID) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = n.short(id)
	}
	return strings.Join(list, "\u3001")
}

func (n names) post(id ledger.PostID) string {
	for _, post := range n.posts {
		if post.Value.ID == id {
			return n.short(post.Value.Unit) + " " + post.Value.Title
		}
	}
	return ""
}

// unitOptions are the units that can be given something today, under an empty choice.
func (n names) unitOptions(none string) []page.Option {
	options := []page.Option{{Label: none}}
	for _, unit := range n.tree.Units() {
		if n.tree.Exists(unit.ID, n.today) && unit.Kind != ledger.OtherGovernment {
			options = append(options, page.Option{Value: string(unit.ID), Label: n.unit(unit.ID)})
		}
	}
	return options
}

func (n names) postOptions(none string) []page.Option {
	options := []page.Option{{Label: none}}
	for _, post := range n.posts {
		options = append(options, page.Option{Value: string(post.Value.ID), Label: n.post(post.Value.ID)})
	}
	return options
}

// persons are the names of accounts by their identifiers; an account without one is called by its identifier.
func (p *Pages) people(ctx context.Context, ids ...ledger.AccountID) (map[ledger.AccountID]string, error) {
	named := map[ledger.AccountID]string{}
	if p.persons != nil && len(ids) > 0 {
		var err error
		if named, err = p.persons(ctx, ids...); err != nil {
			return nil, err
		}
	}
	for _, id := range ids {
		if named[id] == "" {
			named[id] = string(id)
		}
	}
	return named, nil
}

// planID and commitmentID are what an address names.
func planID(r *http.Request) ledger.PlanID { return ledger.PlanID(r.PathValue("plan")) }

func commitmentID(r *http.Request) ledger.CommitmentID { return ledger.CommitmentID(r.PathValue("id")) }

// sourceURL is a document at some words of it.
func sourceURL(passage ledger.Passage) string {
	q := url.Values{"at": {strconv.Itoa(passage.At())}, "end": {strconv.Itoa(passage.End())}}
	return "/documents/" + string(passage.Document()) + "?" + q.Encode() + "#mark"
}

// seen is the revision that a form was made from.
func seen(r *http.Request) int64 {
	n, _ := strconv.ParseInt(r.PostFormValue("revision"), 10, 64)
	return n
}

// may tells whether the caller may do something to a record.
func (p *Pages) may(ctx context.Context, action access.Action, c ledger.Commitment) bool {
	return p.core.Can(ctx, action, service.Owned{Lead: c.Lead, Cooperating: c.Cooperating})
}

func (p *Pages) mayPlan(ctx context.Context, action access.Action, plan ledger.Plan) bool {
	return p.core.Can(ctx, action, service.Owned{Lead: plan.Government})
}

// back leads back to the page that a form was on, or else to another one.
func back(r *http.Request, otherwise string) string {
	if to := r.PostFormValue("back"); web.Local(to) {
		return to
	}
	return otherwise
}

// mendable tells whether the user can mend what went wrong, by changing what he typed.
func mendable(err error) bool {
	var problems ledger.Problems
	var fault *service.Fault
	return errors.As(err, &problems) || errors.As(err, &fault)
}

// date reads a field of a form; what is no date is an error that names the field.
func date(text, field string) (calendar.Date, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return calendar.Date{}, nil
	}
	d, err := calendar.ParseDate(text)
	if err != nil {
		return d, unreadable(field, "plans.date.bad", text)
	}
	return d, nil
}

// unreadable is the error of a field that cannot be read, in words of the dictionary.
func unreadable(field, key, text string) error {
	zh, en := page.View{Lang: page.Chinese}, page.View{Lang: page.English}
	return &fieldError{Fault: &service.Fault{
		Code: "form.unreadable", Words: ledger.Wording{ZH: zh.T(key, text), EN: en.T(key, text)},
	}, field: field}
}

// fieldError is a fault of one field.
type fieldError struct {
	*service.Fault
	field string
}

func (e *fieldError) Unwrap() error { return e.Fault }

// errorsOf is what is wrong with a form.
func errorsOf(v page.View, err error) page.Errors {
	var at *fieldError
	var e page.Errors
	if errors.As(err, &at) {
		e.Add(at.field, v.Wording(at.Words))
		return e
	}
	e, _ = v.ErrorsOf(err)
	return e
}

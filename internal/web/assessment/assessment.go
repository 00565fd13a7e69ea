// Package assessment is the pages of the yearly assessment of units and of observation rounds: schemes, trials of other
// weights, scores with the way to every point, appeals, score sheets and rankings.
package assessment

import (
	"context"
	_ "embed" // the words
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"luoshi/flow"
	"luoshi/internal/access"
	"luoshi/internal/service"
	uses "luoshi/internal/service/assessment"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	rules "luoshi/ledger/assessment"
	"luoshi/ledger/light"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Judges are the accounts that may be asked to judge projects, with their persons.
type Judges func(ctx context.Context) ([]page.Option, error)

// Pages are the pages of assessments and rounds.
type Pages struct {
	core      *service.Core
	uses      *uses.Service
	catalogue *catalogue.Service
	persons   forms.Persons
	judges    Judges
}

// New makes the pages.
func New(core *service.Core, use *uses.Service, catalogue *catalogue.Service, persons forms.Persons, judges Judges) *Pages {
	return &Pages{core: core, uses: use, catalogue: catalogue, persons: persons, judges: judges}
}

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /assessments", Handler: p.list},
		{Pattern: "GET /assessments/new", Handler: p.newScheme},
		{Pattern: "POST /assessments", Handler: p.create},
		{Pattern: "GET /assessments/{id}", Handler: p.overview},
		{Pattern: "GET /assessments/{id}/results.xlsx", Handler: p.export},
		{Pattern: "GET /assessments/{id}/scheme", Handler: p.scheme},
		{Pattern: "POST /assessments/{id}/scheme", Handler: p.saveScheme},
		{Pattern: "GET /assessments/{id}/trial", Handler: p.trial},
		{Pattern: "POST /assessments/{id}/steps", Handler: p.take},
		{Pattern: "GET /assessments/{id}/units/{unit}", Handler: p.unit},
		{Pattern: "POST /assessments/{id}/units/{unit}/appeals", Handler: p.appeal},
		{Pattern: "POST /assessments/{id}/appeals/{appeal}", Handler: p.decide},
		{Pattern: "GET /assessments/{id}/entries", Handler: p.entries},
		{Pattern: "POST /assessments/{id}/entries", Handler: p.give},
		{Pattern: "POST /assessments/{id}/entries/{entry}/withdraw", Handler: p.withdraw},
		{Pattern: "GET /tours", Handler: p.tours},
		{Pattern: "GET /tours/new", Handler: p.newTour},
		{Pattern: "POST /tours", Handler: p.createTour},
		{Pattern: "GET /tours/{id}", Handler: p.tour},
		{Pattern: "GET /tours/{id}/edit", Handler: p.editTour},
		{Pattern: "POST /tours/{id}/edit", Handler: p.saveTour},
		{Pattern: "POST /tours/{id}/steps", Handler: p.takeTour},
		{Pattern: "POST /tours/{id}/sheets/{project}", Handler: p.mark},
	}
}

func idOf(r *http.Request) uses.ID { return uses.ID(r.PathValue("id")) }

func urlOf(id uses.ID, beneath string) string { return "/assessments/" + string(id) + beneath }

func unitURL(id uses.ID, unit ledger.UnitID, beneath string) string {
	return urlOf(id, "/units/"+string(unit)+beneath)
}

func tourURL(id uses.TourID, beneath string) string { return "/tours/" + string(id) + beneath }

// sourceRights are the rights that open the records that figures come from.
var sourceRights = map[string]access.Action{
	"commitments": "light.read", "submissions": "submission.read", "orders": "order.read", "tours": "tour.read",
	uses.ItemsCounted: "livelihood.read",
}

// sourceURL is the page of a record that a figure of a unit comes from; empty where it has none that the reader may open.
func sourceURL(v page.View, s rules.Source, unit ledger.UnitID) string {
	if s.Kind == "tours" {
		unit = "" // they are of the government
	}
	if right := sourceRights[s.Kind]; right == "" || !v.CanOf(right, unit) {
		return ""
	}
	switch s.Kind {
	case "commitments":
		return "/lights/" + s.ID
	case uses.ItemsCounted:
		return "/livelihood/items/" + s.ID
	}
	return "/" + s.Kind + "/" + s.ID
}

// sourceSaid is what of a record counts, in the user's words.
func sourceSaid(v page.View, s rules.Source) string {
	switch {
	case s.Said == "":
		return ""
	case s.Kind == "commitments":
		return v.Wording(light.Colour(s.Said).Label())
	case s.Kind == "submissions":
		return v.T("assessment.due", store.DateOf(s.Said))
	case s.Kind == "tours":
		return v.T("assessment.points.of", s.Said)
	case s.Kind == uses.ItemsCounted:
		return itemSaid(v, s.Said)
	}
	return s.Said
}

// itemFlow is the way to the closing of a livelihood item.
var itemFlow = workflow.Shipped("livelihood-item")

// itemSaid is how far a livelihood item is, or how many of those who answered are satisfied.
func itemSaid(v page.View, said string) string {
	if state := itemFlow.State(said); state != nil {
		return v.Wording(ledger.Wording{ZH: state.Title.Chinese, EN: state.Title.English})
	}
	return v.T("assessment.satisfied.of", said)
}

// errorsOf is what a user can mend; ok is false for every other error.
func errorsOf(v page.View, err error) (e page.Errors, ok bool) {
	var found rules.Problems
	if !errors.As(err, &found) {
		return v.ErrorsOf(err)
	}
	for _, problem := range found {
		e.Add(problem.Where, v.Wording(problem.What))
	}
	return e, true
}

// people are the names of the persons of accounts; an account without one is called by its identifier.
func (p *Pages) people(ctx context.Context, ids ...ledger.AccountID) (map[ledger.AccountID]string, error) {
	named := map[ledger.AccountID]string{}
	if p.persons != nil && len(ids) > 0 {
		found, err := p.persons(ctx, ids...)
		if err != nil {
			return nil, err
		}
		named = found
	}
	for _, id := range ids {
		if named[id] == "" {
			named[id] = string(id)
		}
	}
	return named, nil
}

// stepsOf are who took the steps of a case.
func stepsOf(c workflow.Case) []ledger.AccountID {
	var accounts []ledger.AccountID
	for _, step := range c.Steps {
		accounts = append(accounts, step.Account)
	}
	return accounts
}

// stepTitle is what a step is called.
func stepTitle(v page.View, of workflow.Case, step string) string {
	if a := of.Definition.Action(step); a != nil {
		return actionTitle(v, a)
	}
	return step
}

func actionTitle(v page.View, a *flow.Action) string {
	letters := []rune(v.Wording(ledger.Wording{ZH: a.Title.Chinese, EN: a.Title.English}))
	letters[0] = unicode.ToUpper(letters[0])
	return string(letters)
}

// roleName is in what role a step was taken.
func roleName(v page.View, role string) string {
	return v.Text(access.Rights().Title(access.Role(role)))
}

// stern are the steps that send something back or end it.
func stern(action string) bool {
	return slices.Contains([]string{"return", "refer", "drop", "revise", "reopen"}, action)
}

var tones = map[string]page.Tone{
	"draft": page.Neutral, "approval": page.Info, "adopted": page.Info, "computed": page.Info, "appeals": page.Warning,
	"decision": page.Info, "confirmed": page.Success, "published": page.Success, "dropped": page.Neutral,
	"open": page.Info, "closed": page.Success,
}

// lines are the lines of a text that hold anything.
func lines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// failed shows a page again with what is wrong; an error that nobody can mend is handed on.
func failed(r *http.Request, err error, show func(e page.Errors) error) error {
	e, mendable := errorsOf(page.Of(r.Context()), err)
	if !mendable {
		return err
	}
	return show(e)
}

// joined sets texts apart as the language does.
func joined(v page.View, texts []string) string {
	if v.Lang == page.English {
		return strings.Join(texts, ", ")
	}
	return strings.Join(texts, "\u3001")
}

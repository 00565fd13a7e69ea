// Package submissions is the pages of those who look after reporting: the rounds of a plan with their settings and who has
// not reported, what waits for somebody's approval, one submission as it was sent in, corrections of locked figures, and
// what other systems may deliver.
package submissions

import (
	"context"
	_ "embed" // the words
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"luoshi/flow"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	uses "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of those who look after reporting.
type Pages struct {
	core      *service.Core
	uses      *uses.Service
	catalogue *catalogue.Service
	persons   forms.Persons
	tokens    Tokens
}

// New makes the pages.
func New(core *service.Core, reporting *uses.Service, catalogue *catalogue.Service, persons forms.Persons, tokens Tokens) *Pages {
	return &Pages{core: core, uses: reporting, catalogue: catalogue, persons: persons, tokens: tokens}
}

// long is how long a step of many submissions may take.
const long = 2 * time.Minute

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /rounds", Handler: p.rounds},
		{Pattern: "GET /rounds/settings", Handler: p.settings},
		{Pattern: "POST /rounds/settings", Handler: p.saveSettings},
		{Pattern: "GET /rounds/grants", Handler: p.grants},
		{Pattern: "POST /rounds/grants", Handler: p.saveGrant},
		{Pattern: "GET /rounds/{round}", Handler: p.board},
		{Pattern: "GET /rounds/{round}/board.xlsx", Handler: p.exportBoard},
		{Pattern: "GET /rounds/{round}/burden", Handler: p.burden},
		{Pattern: "POST /rounds/{round}/open", Handler: p.openRound, Time: long},
		{Pattern: "POST /rounds/{round}/close", Handler: p.closeRound, Time: long},
		{Pattern: "POST /rounds/{round}/dates", Handler: p.changeRound},
		{Pattern: "POST /rounds/{round}/remind", Handler: p.remind},
		{Pattern: "GET /approvals", Handler: p.queue},
		{Pattern: "POST /approvals", Handler: p.takeMany, Time: long},
		{Pattern: "GET /submissions/{id}", Handler: p.submission},
		{Pattern: "GET /submissions/{id}/brief", Handler: p.brief},
		{Pattern: "POST /submissions/{id}/steps", Handler: p.takeOne},
		{Pattern: "GET /corrections", Handler: p.corrections},
		{Pattern: "GET /corrections/new", Handler: p.newCorrection},
		{Pattern: "POST /corrections", Handler: p.propose, Streams: true, Body: paperBytes, Time: long},
		{Pattern: "GET /corrections/{id}", Handler: p.correction},
		{Pattern: "GET /corrections/{id}/document", Handler: p.paper},
		{Pattern: "POST /corrections/{id}/steps", Handler: p.decide},
	}
}

func roundURL(id reporting.RoundID, beneath string) string { return "/rounds/" + string(id) + beneath }

// planURL is one of the pages of a plan's rounds.
func planURL(path string, plan ledger.PlanID, more ...string) string {
	q := url.Values{"plan": {string(plan)}}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	return path + "?" + q.Encode()
}

func submissionURL(id reporting.SubmissionID, beneath string) string {
	return "/submissions/" + string(id) + beneath
}

func correctionURL(id reporting.CorrectionID, beneath string) string {
	return "/corrections/" + string(id) + beneath
}

// back leads back to the page that a form was on, or else to another one.
func back(to, otherwise string) string {
	if web.Local(to) {
		return to
	}
	return otherwise
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

// errorsOf is what a user can mend; ok is false for every other error. What the checks have found comes with what to do.
func errorsOf(v page.View, err error) (e page.Errors, ok bool) {
	var found reporting.Findings
	if !errors.As(err, &found) {
		return v.ErrorsOf(err)
	}
	for _, f := range found {
		e.Add(string(f.Field), v.T("submissions.two", f.What(), f.Do()))
	}
	return e, true
}

// refusal says in words why something was not done to one of many; ok is false where the program is at fault.
func refusal(v page.View, err error) (text string, ok bool) {
	var refused *service.Refused
	var missing *store.NotFound
	switch e, mendable := v.ErrorsOf(err); {
	case mendable:
		return e.All()[0], true
	case errors.As(err, &refused):
		return v.Text(refused.Text()), true
	case errors.As(err, &missing):
		return v.T("submissions.gone"), true
	case store.IsConflict(err):
		return v.T("submissions.conflict"), true
	}
	return "", false
}

// stepTitle is what the button of a step says.
func stepTitle(v page.View, a *flow.Action) string {
	return capital(v.Wording(ledger.Wording{ZH: a.Title.Chinese, EN: a.Title.English}))
}

// capital begins a text as a heading begins.
func capital(text string) string {
	letters := []rune(text)
	if len(letters) > 0 {
		letters[0] = unicode.ToUpper(letters[0])
	}
	return string(letters)
}

// backwards are the steps that send something back instead of on.
var backwards = map[string]bool{"return": true, "dispute": true, "refuse": true, "withdraw": true}

var stateTones = map[reporting.State]page.Tone{
	reporting.Drafted: page.Neutral, reporting.Returned: page.Danger, reporting.Submitted: page.Info, reporting.Approved: page.Info,
	reporting.Statistic: page.Info, reporting.Reviewed: page.Success, reporting.Locked: page.Success,
}

var roundTones = map[reporting.RoundState]page.Tone{
	reporting.Planned: page.Neutral, reporting.Open: page.Info, reporting.Closed: page.Success,
}

var correctionTones = map[uses.CorrectionState]page.Tone{
	uses.Proposed: page.Info, uses.Agreed: page.Success, uses.Rejected: page.Danger, uses.Withdrawn: page.Neutral,
}

// flashed says by a flash why something could not be done, and leads back; every other error is handed on.
func flashed(w http.ResponseWriter, r *http.Request, err error, to string) error {
	text, ok := refusal(page.Of(r.Context()), err)
	if !ok || isRefused(err) {
		return err
	}
	web.Flash(w, r, page.Danger, "submissions.said", text)
	return web.Redirect(w, r, to)
}

func isRefused(err error) bool {
	var refused *service.Refused
	return errors.As(err, &refused)
}

// listed sets texts apart as the language does.
func listed(v page.View, texts []string) string {
	if v.Lang == page.English {
		return strings.Join(texts, ", ")
	}
	return strings.Join(texts, "\u3001")
}

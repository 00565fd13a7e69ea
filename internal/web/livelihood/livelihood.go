// Package livelihood is the pages of livelihood items (民生实事): the items of a plan with their pictures, one item up to
// its closing, the rounds in which items are called for and voted on, their candidates, and the ballot of a deputy.
package livelihood

import (
	"context"
	_ "embed" // the words
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode"

	"luoshi/flow"
	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	uses "luoshi/internal/service/livelihood"
	"luoshi/internal/service/progress"
	"luoshi/internal/service/workflow"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/forms"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	rules "luoshi/ledger/livelihood"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of livelihood items.
type Pages struct {
	core      *service.Core
	uses      *uses.Service
	catalogue *catalogue.Service
	progress  *progress.Service
	persons   forms.Persons
}

// New makes the pages. Persons may be nil: then accounts are called by their identifiers.
func New(core *service.Core, items *uses.Service, catalogue *catalogue.Service, lights *progress.Service, persons forms.Persons) *Pages {
	return &Pages{core: core, uses: items, catalogue: catalogue, progress: lights, persons: persons}
}

const (
	long = 2 * time.Minute
	// fileBytes bounds a form with a picture or a signed sheet.
	fileBytes = 52 << 20
)

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /livelihood", Handler: p.list},
		{Pattern: "GET /livelihood/items/{id}", Handler: p.item},
		{Pattern: "POST /livelihood/items/{id}/steps", Handler: p.stepItem},
		{Pattern: "POST /livelihood/items/{id}/pictures", Handler: p.addPicture, Body: fileBytes, Time: long},
		{Pattern: "POST /livelihood/items/{id}/surveys", Handler: p.addSurvey, Body: fileBytes, Time: long},
		{Pattern: "POST /livelihood/items/{id}/pictures/{picture}/withdraw", Handler: p.withdrawPicture},
		{Pattern: "POST /livelihood/items/{id}/surveys/{survey}/withdraw", Handler: p.withdrawSurvey},
		{Pattern: "GET /livelihood/pictures/{picture}", Handler: p.picture},
		{Pattern: "GET /livelihood/pictures/{picture}/preview", Handler: p.preview},
		{Pattern: "GET /livelihood/surveys/{survey}", Handler: p.surveyFile},
		{Pattern: "GET /livelihood/rounds", Handler: p.rounds},
		{Pattern: "GET /livelihood/rounds/new", Handler: p.newRound},
		{Pattern: "POST /livelihood/rounds", Handler: p.createRound},
		{Pattern: "GET /livelihood/rounds/{id}", Handler: p.round},
		{Pattern: "GET /livelihood/rounds/{id}/edit", Handler: p.editRound},
		{Pattern: "POST /livelihood/rounds/{id}/edit", Handler: p.saveRound},
		{Pattern: "POST /livelihood/rounds/{id}/steps", Handler: p.stepRound},
		{Pattern: "POST /livelihood/rounds/{id}/candidates", Handler: p.suggest, Guarded: true},
		{Pattern: "POST /livelihood/rounds/{id}/ballot", Handler: p.vote},
		{Pattern: "POST /livelihood/rounds/{id}/sheets", Handler: p.enterSheet, Body: fileBytes, Time: long},
		{Pattern: "GET /livelihood/rounds/{id}/sheets/{sheet}", Handler: p.sheetFile},
		{Pattern: "POST /livelihood/rounds/{id}/sheets/{sheet}/withdraw", Handler: p.withdrawSheet},
		{Pattern: "POST /livelihood/rounds/{id}/enter", Handler: p.enter},
		{Pattern: "GET /livelihood/candidates/{id}", Handler: p.candidate},
		{Pattern: "POST /livelihood/candidates/{id}", Handler: p.editCandidate},
		{Pattern: "POST /livelihood/candidates/{id}/move", Handler: p.moveCandidate},
		{Pattern: "POST /livelihood/candidates/{id}/link", Handler: p.linkCandidate},
	}
}

func itemURL(id ledger.CommitmentID, beneath string) string {
	return "/livelihood/items/" + string(id) + beneath
}
func roundURL(id uses.RoundID, beneath string) string {
	return "/livelihood/rounds/" + string(id) + beneath
}
func candidateURL(id rules.Candidate, beneath string) string {
	return "/livelihood/candidates/" + string(id) + beneath
}
func pictureURL(id uses.PictureID, beneath string) string {
	return "/livelihood/pictures/" + string(id) + beneath
}

func roundID(r *http.Request) uses.RoundID        { return uses.RoundID(r.PathValue("id")) }
func itemID(r *http.Request) ledger.CommitmentID  { return ledger.CommitmentID(r.PathValue("id")) }
func candidateID(r *http.Request) rules.Candidate { return rules.Candidate(r.PathValue("id")) }

func listCrumb(v page.View) page.Crumb {
	return page.Crumb{Title: v.T("livelihood.title"), URL: "/livelihood"}
}

func roundsCrumb(v page.View) page.Crumb {
	return page.Crumb{Title: v.T("livelihood.rounds"), URL: "/livelihood/rounds"}
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

// doers are the accounts that took the steps of a case.
func doers(c workflow.Case) []ledger.AccountID {
	var ids []ledger.AccountID
	for _, step := range c.Steps {
		ids = append(ids, step.Account)
	}
	return ids
}

// stepTitle is what the button of a step says.
func stepTitle(v page.View, a *flow.Action) string {
	letters := []rune(v.Wording(ledger.Wording{ZH: a.Title.Chinese, EN: a.Title.English}))
	if len(letters) > 0 {
		letters[0] = unicode.ToUpper(letters[0])
	}
	return string(letters)
}

// What pages call the states of items and rounds.
var (
	itemFlow  = workflow.Shipped("livelihood-item")
	roundFlow = workflow.Shipped("livelihood")
)

func itemTitle(state string) ledger.Wording  { return titleIn(itemFlow, state) }
func roundTitle(state string) ledger.Wording { return titleIn(roundFlow, state) }

func titleIn(d *flow.Definition, state string) ledger.Wording {
	found := d.State(state)
	if found == nil {
		return ledger.Wording{ZH: state, EN: state}
	}
	return ledger.Wording{ZH: found.Title.Chinese, EN: found.Title.English}
}

// backwards are the steps that send something back or end it.
var backwards = map[string]bool{"return": true, "call-again": true, "drop": true, "reopen": true}

var roundTones = map[string]page.Tone{
	uses.Draft: page.Neutral, uses.Open: page.Info, uses.Screening: page.Info, "approval": page.Warning, uses.Voting: page.Warning,
	uses.Counted: page.Warning, uses.Decided: page.Success, "dropped": page.Neutral,
}

var itemTones = map[string]page.Tone{
	uses.Delivering: page.Info, "reported": page.Warning, "surveying": page.Warning, uses.Closed: page.Success,
}

var stateTones = map[rules.State]page.Tone{
	rules.Received: page.Warning, rules.Shown: page.Info, rules.Listed: page.Info, rules.Elected: page.Success,
}

func toneOf(s rules.State) page.Tone {
	if tone, there := stateTones[s]; there {
		return tone
	}
	return page.Neutral
}

// mendable takes apart an error that the user can mend, or that somebody else was faster. Status is 0 for every other one.
func mendable(r *http.Request, err error) (found page.Errors, status int) {
	v := page.Of(r.Context())
	if e, ok := v.ErrorsOf(err); ok {
		return e, http.StatusUnprocessableEntity
	}
	if store.IsConflict(err) {
		found.Add("", v.T("livelihood.conflict"))
		return found, http.StatusConflict
	}
	return found, 0
}

// upload is the file of a form's field; none where nothing was chosen. Done closes it.
func upload(r *http.Request, field string) (file uses.File, done func(), err error) {
	done = func() {}
	content, header, err := r.FormFile(field)
	if errors.Is(err, http.ErrMissingFile) || errors.Is(err, http.ErrNotMultipart) {
		return file, done, nil
	}
	if err != nil {
		return file, done, errors.Join(web.ErrForm, err)
	}
	if err := web.Legible(header.Filename); err != nil {
		_ = content.Close() // nothing was read
		return file, done, err
	}
	done = func() { _ = content.Close() } // it was only read
	return uses.File{Name: header.Filename, Content: content}, done, nil
}

// lines are the paragraphs of a text.
func lines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

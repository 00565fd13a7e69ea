// Package intakes is the pages on which the promises of a document are reviewed: the document on one side, the proposed
// items on the other, step by step until they enter a plan.
package intakes

import (
	"context"
	_ "embed" // the words
	"mime"
	"net/http"
	"strconv"
	"strings"

	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/catalogue/workbook"
	"luoshi/internal/service/intake"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Persons tells the names of the persons of accounts.
type Persons func(ctx context.Context, ids ...ledger.AccountID) (map[ledger.AccountID]string, error)

// Pages are the pages of reviews.
type Pages struct {
	core      *service.Core
	intake    *intake.Service
	catalogue *catalogue.Service
	persons   Persons
}

// New makes the pages. Persons may be nil: then accounts are shown as they are.
func New(core *service.Core, uses *intake.Service, persons Persons) *Pages {
	return &Pages{core: core, intake: uses, catalogue: catalogue.New(core), persons: persons}
}

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /intakes", Handler: p.list},
		{Pattern: "GET /intakes.xlsx", Handler: p.export},
		{Pattern: "POST /intakes", Handler: p.open},
		{Pattern: "GET /intakes/{plan}/{document}", Handler: p.show},
		{Pattern: "POST /intakes/{plan}/{document}/steps", Handler: p.step},
		{Pattern: "GET /intakes/{plan}/{document}/items/{item}", Handler: p.item},
		{Pattern: "POST /intakes/{plan}/{document}/entering", Handler: p.enter},
		{Pattern: "GET /intakes/{plan}/{document}/corrections", Handler: p.corrections},
		{Pattern: "GET /plans/{plan}/task-table.xlsx", Handler: p.taskTable},
	}
}

// open begins a review, or leads to the one that was begun.
func (p *Pages) open(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return web.ErrForm
	}
	year, _ := strconv.Atoi(r.PostForm.Get("year")) // the document's where the form does not say
	o := intake.Opening{
		Document: ledger.Digest(r.PostForm.Get("document")), Plan: ledger.PlanID(r.PostForm.Get("plan")),
		Title: strings.TrimSpace(r.PostForm.Get("title")), Year: year,
	}
	if o.Plan != "" {
		refs, err := p.intake.Reviews(r.Context(), o.Document)
		if err != nil {
			return err
		}
		for _, ref := range refs {
			if ref.Plan == o.Plan {
				return web.Redirect(w, r, deskURL(ref.Plan, ref.Document))
			}
		}
	}
	plan, err := p.intake.OpenReview(r.Context(), o)
	if err != nil {
		return err
	}
	return web.Redirect(w, r, deskURL(plan, o.Document))
}

// deskURL is the page of a review, or one beneath it.
func deskURL(plan ledger.PlanID, document ledger.Digest, beneath ...string) string {
	return "/intakes/" + strings.Join(append([]string{string(plan), string(document)}, beneath...), "/")
}

// named is the review that an address names.
func named(r *http.Request) (ledger.PlanID, ledger.Digest) {
	return ledger.PlanID(r.PathValue("plan")), ledger.Digest(r.PathValue("document"))
}

// enter ends a review.
func (p *Pages) enter(w http.ResponseWriter, r *http.Request) error {
	plan, digest := named(r)
	entered, err := p.intake.Enter(r.Context(), plan, digest)
	if err != nil {
		return err
	}
	web.Flash(w, r, page.Success, "intakes.entered", entered.Commitments, entered.Projects, entered.Indicators)
	return web.Redirect(w, r, page.PlanURL(plan, ""))
}

// corrections hands out what reviewers made of the figures, as records.
func (p *Pages) corrections(w http.ResponseWriter, r *http.Request) error {
	plan, digest := named(r)
	corrected, removed, err := p.intake.Corrections(r.Context(), plan, digest)
	if err != nil {
		return err
	}
	name, records := "corrections", corrected
	if r.URL.Query().Get("what") == "removed" {
		name, records = "removed", removed
	}
	w.Header().Set("Content-Type", "application/x-ndjson; charset=utf-8")
	w.Header().Set("Content-Disposition", attachment(name+"-"+string(digest[:min(len(digest), 8)])+".jsonl"))
	_, _ = w.Write(records) // a browser that has gone away is not our concern
	return nil
}

// taskTable hands out a plan as a task table.
func (p *Pages) taskTable(w http.ResponseWriter, r *http.Request) error {
	var file strings.Builder
	plan := ledger.PlanID(r.PathValue("plan"))
	if err := p.intake.Export(r.Context(), plan, &file); err != nil {
		return err
	}
	w.Header().Set("Content-Type", workbook.MediaType)
	w.Header().Set("Content-Disposition", attachment(page.T(r.Context(), "intakes.table.file")+".xlsx"))
	_, _ = w.Write([]byte(file.String())) // a browser that has gone away is not our concern
	return nil
}

func attachment(name string) string {
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}

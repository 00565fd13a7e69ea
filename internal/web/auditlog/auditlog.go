// Package auditlog is the pages of the tamper-evident log: its entries and their differences, the history of a
// record, verifying, signed heads, and the proof that anybody can check.
package auditlog

import (
	"context"
	_ "embed" // the words
	"net/http"

	"luoshi/internal/access"
	"luoshi/internal/audit"
	"luoshi/internal/service/operations"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Persons tells the names of the persons of accounts.
type Persons func(ctx context.Context, ids ...ledger.AccountID) (map[ledger.AccountID]string, error)

// Pages are the pages of the log.
type Pages struct {
	operations *operations.Service
	rights     *access.Table
	persons    Persons
}

// New makes the pages.
func New(service *operations.Service, rights *access.Table, persons Persons) *Pages {
	return &Pages{operations: service, rights: rights, persons: persons}
}

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /audit", Handler: p.list},
		{Pattern: "GET /audit/entries/{number}", Handler: p.entry},
		{Pattern: "GET /audit/objects/{kind}/{id}", Handler: p.history},
		{Pattern: "GET /audit/verifications", Handler: p.verifications},
		{Pattern: "POST /audit/verifications", Handler: p.verify},
		{Pattern: "GET /audit/verifications/{id}", Handler: p.verification},
		{Pattern: "GET /audit/heads", Handler: p.heads},
		{Pattern: "POST /audit/export", Handler: p.export, Time: exportTime},
		{Pattern: "GET /audit/key", Handler: p.key},
		{Pattern: "GET /proofs/{kind}/{id}", Handler: p.proof},
		{Pattern: "GET /proofs/{kind}/{id}/proof.json", Handler: p.proofFile},
	}
}

// naming is what entries speak of, as people call it.
type naming struct {
	page.View
	rights  *access.Table
	persons map[ledger.AccountID]string
}

// naming finds the names of those who made some entries.
func (p *Pages) naming(ctx context.Context, entries ...audit.Entry) (naming, error) {
	n := naming{View: page.Of(ctx), rights: p.rights}
	ids := make([]ledger.AccountID, 0, len(entries))
	for _, e := range entries {
		if e.Actor.Role != systemRole {
			ids = append(ids, ledger.AccountID(e.Actor.ID))
		}
	}
	if len(ids) == 0 {
		return n, nil
	}
	var err error
	n.persons, err = p.persons(ctx, ids...)
	return n, err
}

// systemRole is what the log calls the role of the program itself.
const systemRole = "system"

// actor is who made an entry.
func (n naming) actor(e audit.Entry) string {
	if name := n.persons[ledger.AccountID(e.Actor.ID)]; name != "" {
		return name
	}
	if e.Actor.Role == systemRole {
		return n.T("auditlog.program", e.Actor.ID)
	}
	return e.Actor.ID
}

// role is the role in which somebody made an entry; empty for the program.
func (n naming) role(e audit.Entry) string {
	if e.Actor.Role == "" || e.Actor.Role == systemRole {
		return ""
	}
	return n.Text(n.rights.Title(access.Role(e.Actor.Role)))
}

// action is what was done.
func (n naming) action(name string) string {
	if page.Has("auditlog.action." + name) {
		return n.T("auditlog.action." + name)
	}
	return n.Text(n.rights.ActionTitle(access.Action(name)))
}

// kind is what kind of record an entry is about.
func (n naming) kind(name string) string { return kindName(n.View, name) }

func kindName(v page.View, name string) string {
	if page.Has("auditlog.kind." + name) {
		return v.T("auditlog.kind." + name)
	}
	return name
}

// short is enough of an identifier to tell it from others on a page.
func short(id string) string {
	const shown = 13
	if len(id) <= shown {
		return id
	}
	return "…" + id[len(id)-shown+1:]
}

// attach makes an answer a file to be kept.
func attach(w http.ResponseWriter, name, mediaType string) {
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
}

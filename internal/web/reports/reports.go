// Package reports is the pages of those who report: what their units are asked and by when, the form that is filled like a
// spreadsheet, the evidence of its rows, and its templates for Excel.
package reports

import (
	"context"
	_ "embed" // the words
	"io"
	"net/http"
	"strings"
	"time"

	"luoshi/internal/service"
	"luoshi/internal/service/catalogue/table"
	uses "luoshi/internal/service/reporting"
	"luoshi/internal/service/reporting/sheet"
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

// Uses are the use cases of reporting that the pages need.
type Uses interface {
	Due(ctx context.Context) ([]uses.DueItem, error)
	Earlier(ctx context.Context, page store.Page) (items []uses.EarlierItem, next string, err error)
	Form(ctx context.Context, round reporting.RoundID, unit ledger.UnitID) (uses.FormView, error)
	Rows(ctx context.Context, round reporting.RoundID, unit ledger.UnitID, subjects ...reporting.Subject) (uses.FormView, error)
	Save(ctx context.Context, filling uses.Filling) (uses.Saved, error)
	Submit(ctx context.Context, id reporting.SubmissionID, seen int64) (uses.Submission, error)
	Take(ctx context.Context, step string, ids []reporting.SubmissionID, reason string) []uses.Outcome
	Attach(ctx context.Context, id reporting.SubmissionID, subject reporting.Subject, name string, content io.Reader) (uses.Evidence, error)
	OpenEvidence(ctx context.Context, id reporting.EvidenceID, preview bool) (uses.Evidence, io.ReadCloser, error)
	RemoveEvidence(ctx context.Context, id reporting.EvidenceID) error
	WriteSheet(ctx context.Context, round reporting.RoundID, unit ledger.UnitID, lang string, w io.Writer) (name string, err error)
	ReadSheet(ctx context.Context, round reporting.RoundID, unit ledger.UnitID, lang, name string, data []byte) (sheet.Template, sheet.Filled, error)
	FillFromSheet(ctx context.Context, round reporting.RoundID, unit ledger.UnitID, lang, name string, data []byte) (uses.FromSheet, error)
	PreviewTable(ctx context.Context, round reporting.RoundID, unit ledger.UnitID, lang, name string, data []byte, mapping sheet.Mapping) (sheet.Table, error)
	FillFromTable(ctx context.Context, round reporting.RoundID, unit ledger.UnitID, lang, name string, data []byte, mapping sheet.Mapping, soundOnly bool) (uses.FromSheet, error)
}

// Pages are the pages of those who report.
type Pages struct {
	core    *service.Core
	uses    Uses
	persons forms.Persons
}

// New makes the pages.
func New(core *service.Core, uses Uses, persons forms.Persons) *Pages {
	return &Pages{core: core, uses: uses, persons: persons}
}

// What requests may bring and take beyond other forms: the rows of a whole form, a file of evidence, a filled template.
const (
	gridBytes     = 4 << 20
	evidenceBytes = 201 << 20 // more than any server takes; how much that is its settings say
	long          = 2 * time.Minute
)

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /reports", Handler: p.due},
		{Pattern: "GET /reports/{round}/{unit}", Handler: p.grid},
		{Pattern: "POST /reports/{round}/{unit}/rows", Handler: p.save, Body: gridBytes},
		{Pattern: "POST /reports/{round}/{unit}/steps", Handler: p.step},
		{Pattern: "GET /reports/{round}/{unit}/evidence/{subject}", Handler: p.evidence},
		{Pattern: "POST /reports/{round}/{unit}/evidence/{subject}", Handler: p.attach, Streams: true, Body: evidenceBytes, Time: long},
		{Pattern: "POST /reports/{round}/{unit}/evidence/{subject}/{id}/remove", Handler: p.remove},
		{Pattern: "GET /evidence/{id}", Handler: p.openEvidence, Time: long},
		{Pattern: "GET /evidence/{id}/preview", Handler: p.previewEvidence},
		{Pattern: "GET /reports/{round}/{unit}/template.xlsx", Handler: p.template, Time: long},
		{Pattern: "GET /reports/{round}/{unit}/template", Handler: p.templateForm},
		{Pattern: "POST /reports/{round}/{unit}/template", Handler: p.readTemplate, Body: 2 * sheet.MostBytes, Time: long},
		{Pattern: "GET /reports/{round}/{unit}/import", Handler: p.importForm},
		{Pattern: "POST /reports/{round}/{unit}/import", Handler: p.readTable, Body: 2 * table.MostBytes, Time: long},
	}
}

// asked are the round and the unit that an address names.
func asked(r *http.Request) (reporting.RoundID, ledger.UnitID) {
	return reporting.RoundID(r.PathValue("round")), ledger.UnitID(r.PathValue("unit"))
}

func gridURL(round reporting.RoundID, unit ledger.UnitID, beneath string) string {
	return "/reports/" + string(round) + "/" + string(unit) + beneath
}

func evidenceURL(round reporting.RoundID, unit ledger.UnitID, subject reporting.Subject) string {
	return gridURL(round, unit, "/evidence/"+subject.String())
}

// form is the form that an address names, with the names of units.
func (p *Pages) form(r *http.Request) (uses.FormView, forms.Names, error) {
	return p.named(r, func(ctx context.Context, round reporting.RoundID, unit ledger.UnitID) (uses.FormView, error) {
		return p.uses.Form(ctx, round, unit)
	})
}

// sentRows are those rows of a form that a request brings, with the names of units.
func (p *Pages) sentRows(r *http.Request) (uses.FormView, forms.Names, error) {
	var subjects []reporting.Subject
	for key := range r.PostForm {
		of, field, _ := strings.Cut(key, "|")
		if field != revision {
			continue
		}
		if subject, err := reporting.ParseSubject(of); err == nil { // what is no subject names no row
			subjects = append(subjects, subject)
		}
	}
	return p.named(r, func(ctx context.Context, round reporting.RoundID, unit ledger.UnitID) (uses.FormView, error) {
		return p.uses.Rows(ctx, round, unit, subjects...)
	})
}

func (p *Pages) named(r *http.Request, read func(context.Context, reporting.RoundID, ledger.UnitID) (uses.FormView, error)) (uses.FormView, forms.Names, error) {
	round, unit := asked(r)
	form, err := read(r.Context(), round, unit)
	if err != nil {
		return form, forms.Names{}, err
	}
	names, err := forms.NamesOf(r.Context(), p.core)
	return form, names, err
}

// person is the name of the person of an account.
func (p *Pages) person(ctx context.Context, id ledger.AccountID) string {
	if p.persons != nil && id != "" {
		if named, err := p.persons(ctx, id); err == nil && named[id] != "" {
			return named[id]
		}
	}
	return string(id)
}

// Package operations is the pages of those who keep the server running: how it is, jobs, backups and settings.
package operations

import (
	_ "embed" // the words
	"io"
	"net/http"
	"time"

	"luoshi/internal/service/operations"
	"luoshi/internal/web"
	"luoshi/internal/web/operations/watch"
	"luoshi/internal/web/page"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of operation.
type Pages struct {
	operations *operations.Service
	health     *watch.Health
}

// New makes the pages.
func New(service *operations.Service, health *watch.Health) *Pages {
	return &Pages{operations: service, health: health}
}

// downloadTime is what handing out a backup may take.
const downloadTime = time.Hour

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /operations", Handler: p.status},
		{Pattern: "GET /operations/settings", Handler: p.settings},
		{Pattern: "GET /operations/jobs", Handler: p.jobs},
		{Pattern: "POST /operations/jobs/{id}/retry", Handler: p.retry},
		{Pattern: "GET /operations/backups", Handler: p.backups},
		{Pattern: "POST /operations/backups", Handler: p.backUp},
		{Pattern: "POST /operations/backups/{name}/download", Handler: p.download, Time: downloadTime},
	}
}

// shownStatus is how the server is.
type shownStatus struct {
	operations.Status
	parts   map[string]string
	ready   bool
	process watch.Process
}

func (p *Pages) status(w http.ResponseWriter, r *http.Request) error {
	status, err := p.operations.Status(r.Context())
	if err != nil {
		return err
	}
	s := shownStatus{Status: status, process: watch.Now()}
	s.parts, s.ready = p.health.State(r.Context())
	return web.Show(w, r, statusPage(s))
}

func (p *Pages) settings(w http.ResponseWriter, r *http.Request) error {
	settings, err := p.operations.Settings(r.Context())
	if err != nil {
		return err
	}
	return web.Show(w, r, settingsPage(settings))
}

// queue is the list of jobs.
type queue struct {
	list   page.List
	jobs   []operations.Job
	counts map[operations.JobState]int64
	state  operations.JobState
}

func (p *Pages) jobs(w http.ResponseWriter, r *http.Request) error {
	v := page.Of(r.Context())
	q := queue{list: page.ListOf(r,
		page.Column{Title: v.T("operations.job")}, page.Column{Title: v.T("operations.job.state")}, page.Column{Title: v.T("operations.job.due")},
		page.Column{Title: v.T("operations.job.attempts"), Number: true}, page.Column{Title: v.T("operations.job.said")}, page.Column{})}
	for _, state := range operations.JobStates {
		if q.list.Filter("state") == string(state) {
			q.state = state
		}
	}
	listing, err := p.operations.Jobs(r.Context(), operations.JobQuery{State: q.state, Limit: q.list.Limit, After: q.list.After})
	if err != nil {
		return err
	}
	q.jobs, q.list.Next = listing.Jobs, listing.Next
	if q.counts, err = p.operations.JobCounts(r.Context()); err != nil {
		return err
	}
	return web.Show(w, r, jobsPage(q))
}

func (p *Pages) retry(w http.ResponseWriter, r *http.Request) error {
	if _, err := p.operations.Retry(r.Context(), r.PathValue("id")); err != nil {
		return err
	}
	web.Flash(w, r, page.Success, "operations.job.retried")
	return web.Redirect(w, r, "/operations/jobs")
}

func (p *Pages) backups(w http.ResponseWriter, r *http.Request) error {
	backups, err := p.operations.Backups(r.Context())
	if err != nil {
		return err
	}
	return web.Show(w, r, backupsPage(backups))
}

func (p *Pages) backUp(w http.ResponseWriter, r *http.Request) error {
	if err := p.operations.AskBackup(r.Context()); err != nil {
		return err
	}
	web.Flash(w, r, page.Success, "operations.backup.asked")
	return web.Redirect(w, r, "/operations/backups")
}

func (p *Pages) download(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("name")
	return p.operations.Download(r.Context(), name, func() io.Writer {
		w.Header().Set("Content-Type", "application/zip")
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
		return w
	})
}

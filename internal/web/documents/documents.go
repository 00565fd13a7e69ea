// Package documents is the pages of documents: the list with its upload, a document's text with its figures and what
// checking finds in them, two versions side by side, and the import of task tables.
package documents

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strconv"
	"strings"
	"time"

	_ "embed" // the words

	"luoshi/internal/service"
	"luoshi/internal/service/catalogue"
	"luoshi/internal/service/intake"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
)

//go:embed words.txt
var wordsFile string

var _ = page.Words(wordsFile)

// Pages are the pages of documents.
type Pages struct {
	core      *service.Core
	intake    *intake.Service
	catalogue *catalogue.Service
}

// New makes the pages.
func New(core *service.Core, uses *intake.Service) *Pages {
	return &Pages{core: core, intake: uses, catalogue: catalogue.New(core)}
}

// What an upload may take beyond other forms: its file with what surrounds it, and the opening of that file.
const (
	aroundFile = 1 << 20
	uploadTime = 3 * time.Minute
)

// Routes are the routes of the pages.
func (p *Pages) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /documents", Handler: p.list},
		{Pattern: "GET /documents.xlsx", Handler: p.export, Time: uploadTime},
		{Pattern: "POST /documents", Handler: p.upload, Streams: true, Body: p.intake.MaxBytes() + aroundFile, Time: uploadTime},
		{Pattern: "GET /documents/{document}", Handler: p.show},
		{Pattern: "GET /documents/{document}/progress", Handler: p.progress},
		{Pattern: "POST /documents/{document}/retry", Handler: p.retry},
		{Pattern: "GET /documents/{document}/original", Handler: p.original},
		{Pattern: "GET /documents/{document}/comparison", Handler: p.comparison},
		{Pattern: "GET /documents/{document}/table", Handler: p.preview, Time: uploadTime},
		{Pattern: "POST /documents/{document}/table", Handler: p.importTable, Time: uploadTime},
	}
}

// digestOf is the document that an address names.
func digestOf(r *http.Request) ledger.Digest { return ledger.Digest(r.PathValue("document")) }

// URL is the page of a document, or one beneath it.
func URL(digest ledger.Digest, beneath ...string) string {
	return "/documents/" + strings.Join(append([]string{string(digest)}, beneath...), "/")
}

// upload takes in the files of a form, and leads to the one that came, or to the list where there were several.
func (p *Pages) upload(w http.ResponseWriter, r *http.Request) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return errors.Join(web.ErrForm, err)
	}
	var last intake.Uploaded
	taken := 0
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return brokenOff(err)
		}
		if part.FormName() != "file" || part.FileName() == "" {
			continue
		}
		if err := web.Legible(part.FileName()); err != nil {
			return err
		}
		if last, err = p.intake.Upload(r.Context(), part.FileName(), part); err != nil {
			return p.refusedUpload(w, r, part, err)
		}
		taken++
	}
	switch {
	case taken == 0:
		e := page.Errors{}
		e.Add("", page.T(r.Context(), "documents.no-file"))
		return p.showList(w, r, e)
	case taken > 1:
		web.Flash(w, r, page.Success, "documents.taken-many", taken)
		return web.Redirect(w, r, "/documents")
	case last.Again:
		web.Flash(w, r, page.Info, "documents.again", last.Document.Value.Name, last.Document.Created)
	default:
		web.Flash(w, r, page.Success, "documents.taken", last.Document.Value.Name)
	}
	return web.Redirect(w, r, URL(last.Document.Value.Digest))
}

// brokenOff is the error of a form that did not arrive whole, or was too large.
func brokenOff(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return errors.Join(web.ErrForm, err)
}

// refusedUpload shows the list again with what is wrong with a file.
func (p *Pages) refusedUpload(w http.ResponseWriter, r *http.Request, part *multipart.Part, err error) error {
	found, mendable := page.Of(r.Context()).ErrorsOf(err)
	if !mendable {
		return err
	}
	var named page.Errors
	for _, text := range found.All() {
		named.Add("", page.T(r.Context(), "documents.refused", part.FileName(), text))
	}
	return p.showList(w, r, named)
}

// progress is how far the reading is, for a page that waits for it.
func (p *Pages) progress(w http.ResponseWriter, r *http.Request) error {
	progress, err := p.intake.Progress(r.Context(), digestOf(r))
	if err != nil {
		return err
	}
	if progress.State == intake.Done && page.Of(r.Context()).Fragment {
		w.Header().Set("HX-Refresh", "true")
	}
	return web.Show(w, r, readingProgress(progress, progress.Stuck(p.core.Store().Now())))
}

func (p *Pages) retry(w http.ResponseWriter, r *http.Request) error {
	if err := p.intake.Retry(r.Context(), digestOf(r)); err != nil {
		return err
	}
	web.Flash(w, r, page.Info, "documents.retried")
	return web.Redirect(w, r, URL(digestOf(r)))
}

// original hands the file out as it came. It is always saved and never shown: it may hold scripts.
func (p *Pages) original(w http.ResponseWriter, r *http.Request) error {
	doc, content, err := p.intake.Original(r.Context(), digestOf(r))
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }() // it was only read
	h := w.Header()
	h.Set("Content-Type", doc.MediaType)
	h.Set("Content-Length", strconv.FormatInt(doc.Size, 10))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": doc.Name}))
	h.Set("Content-Security-Policy", "sandbox")
	h.Set("Cache-Control", "private, no-store")
	if r.Method == http.MethodHead {
		return nil
	}
	if _, err := io.Copy(w, content); err != nil && r.Context().Err() == nil {
		return fmt.Errorf("handing out the original file: %w", err)
	}
	return nil
}

// plans are the drafts into which something can be brought.
func (p *Pages) drafts(r *http.Request) ([]store.Record[ledger.Plan], error) {
	plans, err := service.All(r.Context(), p.core.Store().Plans().List, store.Where("state", string(ledger.Draft)))
	if err != nil {
		return nil, fmt.Errorf("reading the drafts: %w", err)
	}
	var open []store.Record[ledger.Plan]
	for _, plan := range plans {
		if p.core.Can(r.Context(), "plan.read", service.Owned{Lead: plan.Value.Government}) {
			open = append(open, plan)
		}
	}
	return open, nil
}

package reports

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	uses "luoshi/internal/service/reporting"
	"luoshi/internal/store"
	"luoshi/internal/web"
	"luoshi/internal/web/page"
	"luoshi/ledger"
	"luoshi/ledger/reporting"
)

// evidenceView is the files that show what a row says.
type evidenceView struct {
	page.Errors
	Round     reporting.Round
	Unit      ledger.UnitID
	Subject   reporting.Subject
	Title     string
	FormTitle string
	Files     []file
	MayAttach bool
}

// file is a piece of evidence as the page shows it.
type file struct {
	uses.Evidence
	Who string
}

func (f file) url(beneath string) string { return "/evidence/" + string(f.ID) + beneath }

// row is the row of a form whose evidence an address names.
func (p *Pages) row(r *http.Request) (uses.FormView, uses.RowView, error) {
	form, _, err := p.form(r)
	if err != nil {
		return form, uses.RowView{}, err
	}
	subject, err := reporting.ParseSubject(r.PathValue("subject"))
	i := slices.IndexFunc(form.Rows, func(row uses.RowView) bool { return row.Subject == subject })
	if err != nil || i < 0 {
		return form, uses.RowView{}, &store.NotFound{Kind: "rows of the form", ID: r.PathValue("subject")}
	}
	return form, form.Rows[i], nil
}

func (p *Pages) evidenceView(r *http.Request) (evidenceView, error) {
	form, row, err := p.row(r)
	if err != nil {
		return evidenceView{}, err
	}
	v := page.Of(r.Context())
	view := evidenceView{
		Round: form.Round, Unit: form.Submission.Unit, Subject: row.Subject, Title: row.Title, MayAttach: form.MayAttach,
		FormTitle: form.UnitName + " " + v.Wording(form.Round.Period.Title()),
	}
	for _, e := range row.Evidence {
		view.Files = append(view.Files, file{e, p.person(r.Context(), e.By)})
	}
	return view, nil
}

func (p *Pages) evidence(w http.ResponseWriter, r *http.Request) error {
	view, err := p.evidenceView(r)
	if err != nil {
		return err
	}
	return web.Show(w, r, evidencePage(view))
}

// attach keeps the files of a form as evidence, one after the other.
func (p *Pages) attach(w http.ResponseWriter, r *http.Request) error {
	form, row, err := p.row(r)
	if err != nil {
		return err
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return errors.Join(web.ErrForm, err)
	}
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
		if _, err := p.uses.Attach(r.Context(), form.Submission.ID, row.Subject, part.FileName(), part); err != nil {
			return p.unattached(w, r, part.FileName(), err)
		}
		taken++
	}
	if taken == 0 {
		return p.refusedFile(w, r, page.T(r.Context(), "reports.evidence.no-file"))
	}
	web.Flash(w, r, page.Success, "reports.evidence.taken", taken)
	return web.Redirect(w, r, evidenceURL(form.Round.ID, form.Submission.Unit, row.Subject))
}

// brokenOff is the error of a form that did not arrive whole, or was too large.
func brokenOff(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return errors.Join(web.ErrForm, err)
}

// unattached shows the page again with what is wrong with a file.
func (p *Pages) unattached(w http.ResponseWriter, r *http.Request, name string, cause error) error {
	found, mendable := page.Of(r.Context()).ErrorsOf(cause)
	if !mendable {
		return brokenOff(cause)
	}
	return p.refusedFile(w, r, page.T(r.Context(), "reports.evidence.refused", name, strings.Join(found.All(), " ")))
}

func (p *Pages) refusedFile(w http.ResponseWriter, r *http.Request, text string) error {
	view, err := p.evidenceView(r)
	if err != nil {
		return err
	}
	view.Add("", text)
	return web.ShowStatus(w, r, http.StatusUnprocessableEntity, evidencePage(view))
}

func (p *Pages) remove(w http.ResponseWriter, r *http.Request) error {
	form, row, err := p.row(r)
	if err != nil {
		return err
	}
	if err := p.uses.RemoveEvidence(r.Context(), reporting.EvidenceID(r.PathValue("id"))); err != nil {
		return err
	}
	web.Flash(w, r, page.Success, "reports.evidence.removed")
	return web.Redirect(w, r, evidenceURL(form.Round.ID, form.Submission.Unit, row.Subject))
}

// openEvidence hands a file out as it came. It is always saved and never shown: it may hold scripts.
func (p *Pages) openEvidence(w http.ResponseWriter, r *http.Request) error {
	e, content, err := p.uses.OpenEvidence(r.Context(), reporting.EvidenceID(r.PathValue("id")), false)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }() // it was only read
	h := w.Header()
	h.Set("Content-Length", strconv.FormatInt(e.Size, 10))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": e.Name}))
	return handOut(w, r, e.MediaType, content)
}

// previewEvidence shows the small picture of a file, which the server made itself.
func (p *Pages) previewEvidence(w http.ResponseWriter, r *http.Request) error {
	_, content, err := p.uses.OpenEvidence(r.Context(), reporting.EvidenceID(r.PathValue("id")), true)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }() // it was only read
	return handOut(w, r, "image/jpeg", content)
}

func handOut(w http.ResponseWriter, r *http.Request, kind string, content io.Reader) error {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Security-Policy", "sandbox")
	h.Set("Cache-Control", "private, no-store")
	if r.Method == http.MethodHead {
		return nil
	}
	if _, err := io.Copy(w, content); err != nil && r.Context().Err() == nil {
		return fmt.Errorf("handing out evidence: %w", err)
	}
	return nil
}

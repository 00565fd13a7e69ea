package orders

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"

	uses "luoshi/internal/service/supervision"
	"luoshi/internal/store"
)

// open opens a file of the order that an address names.
func (p *Pages) open(r *http.Request, small bool) (uses.Evidence, io.ReadCloser, error) {
	e, content, err := p.uses.OpenEvidence(r.Context(), uses.EvidenceID(r.PathValue("file")), small)
	if err == nil && e.Order != orderID(r) {
		_ = content.Close() // nothing was read
		return e, nil, &store.NotFound{Kind: "order_evidence", ID: r.PathValue("file")}
	}
	return e, content, err
}

// evidence hands a file out as it came. It is always saved and never shown: it may hold scripts.
func (p *Pages) evidence(w http.ResponseWriter, r *http.Request) error {
	e, content, err := p.open(r, false)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }() // it was only read
	h := w.Header()
	h.Set("Content-Length", strconv.FormatInt(e.Size, 10))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": e.Name}))
	return handOut(w, r, e.MediaType, content)
}

// preview shows the small picture of a file, which the server made itself.
func (p *Pages) preview(w http.ResponseWriter, r *http.Request) error {
	_, content, err := p.open(r, true)
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

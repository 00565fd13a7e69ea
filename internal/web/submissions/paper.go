package submissions

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"

	uses "luoshi/internal/service/reporting"
	"luoshi/internal/web"
	"luoshi/ledger/reporting"
)

const (
	// paperBytes bounds a proposal with the file of the document that it rests on.
	paperBytes = 60 << 20
	// inMemory is how much of it stands in memory; the rest lies in the folder of temporary files.
	inMemory = 4 << 20
)

// readPaper reads a form with which a file may come, and opens the file. What it returns last closes everything again.
func readPaper(r *http.Request) (paper uses.Paper, done func(), err error) {
	done = func() {}
	err = r.ParseMultipartForm(inMemory)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return paper, done, err
	case errors.Is(err, http.ErrNotMultipart):
		return paper, done, legible(r)
	case err != nil:
		return paper, done, fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	done = func() { _ = r.MultipartForm.RemoveAll() } // what lies in the folder of temporary files
	if err := legible(r); err != nil {
		done()
		return paper, done, err
	}
	chosen := r.MultipartForm.File["file"]
	if len(chosen) == 0 || chosen[0].Filename == "" {
		return paper, done, nil
	}
	name := chosen[0].Filename
	file, err := chosen[0].Open()
	if err != nil {
		done()
		return paper, done, fmt.Errorf("%w: %w", web.ErrForm, err)
	}
	removed := done
	done = func() {
		_ = file.Close() // it was only read
		removed()
	}
	if err := web.Legible(name); err != nil {
		done()
		return paper, done, err
	}
	return uses.Paper{Name: name, Content: file}, done, nil
}

// legible holds what was typed into a form to being text.
func legible(r *http.Request) error {
	for name, texts := range r.PostForm {
		if err := web.Legible(append([]string{name}, texts...)...); err != nil {
			return err
		}
	}
	return nil
}

// paper hands out the file of the document that a correction rests on. It is always saved and never shown: it may hold
// scripts.
func (p *Pages) paper(w http.ResponseWriter, r *http.Request) error {
	file, content, err := p.uses.OpenPaper(r.Context(), reporting.CorrectionID(r.PathValue("id")))
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }() // it was only read
	h := w.Header()
	h.Set("Content-Type", file.MediaType)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}))
	h.Set("Content-Security-Policy", "sandbox")
	h.Set("Cache-Control", "private, no-store")
	if r.Method == http.MethodHead {
		return nil
	}
	if _, err := io.Copy(w, content); err != nil && r.Context().Err() == nil {
		return fmt.Errorf("handing out the paper of a correction: %w", err)
	}
	return nil
}

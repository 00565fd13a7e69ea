package livelihood

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"

	"luoshi/internal/service/evidence"
	uses "luoshi/internal/service/livelihood"
)

// picture shows a picture, which the server has drawn itself.
func (p *Pages) picture(w http.ResponseWriter, r *http.Request) error {
	return p.showPicture(w, r, false)
}

func (p *Pages) preview(w http.ResponseWriter, r *http.Request) error {
	return p.showPicture(w, r, true)
}

func (p *Pages) showPicture(w http.ResponseWriter, r *http.Request, small bool) error {
	found, content, err := p.uses.OpenPicture(r.Context(), uses.PictureID(r.PathValue("picture")), small)
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }() // it was only read
	return handOut(w, r, found.File.MediaType, content)
}

func (p *Pages) sheetFile(w http.ResponseWriter, r *http.Request) error {
	file, content, err := p.uses.OpenSheet(r.Context(), roundID(r), uses.SheetID(r.PathValue("sheet")))
	if err != nil {
		return err
	}
	return save(w, r, file, content)
}

func (p *Pages) surveyFile(w http.ResponseWriter, r *http.Request) error {
	found, content, err := p.uses.OpenSurvey(r.Context(), uses.SurveyID(r.PathValue("survey")))
	if err != nil {
		return err
	}
	return save(w, r, found.File, content)
}

// save hands a file out as it came. It is always saved and never shown: it may hold scripts.
func save(w http.ResponseWriter, r *http.Request, file evidence.File, content io.ReadCloser) error {
	defer func() { _ = content.Close() }() // it was only read
	h := w.Header()
	h.Set("Content-Length", strconv.FormatInt(file.Size, 10))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}))
	return handOut(w, r, file.MediaType, content)
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
		return fmt.Errorf("handing out a file: %w", err)
	}
	return nil
}

package web

import (
	"errors"
	"fmt"
	"net/http"
	"path"
	"strings"
	"unicode/utf8"
)

// ErrGarbled says that an address or a form holds what is no text: a NUL, or bytes that are not UTF-8. Neither
// database takes that, and nobody typed it.
var ErrGarbled = errors.New("web: this is no text")

// Legible is ErrGarbled where one of some texts is none: for handlers that read the parts of a form themselves.
func Legible(texts ...string) error {
	for _, text := range texts {
		if !utf8.ValidString(text) || strings.Contains(text, "\x00") {
			return ErrGarbled
		}
	}
	return nil
}

// legibleAddress holds the address of a request to being text.
func legibleAddress(r *http.Request) error {
	if err := Legible(r.URL.Path); err != nil {
		return err
	}
	return legibleValues(r.URL.Query())
}

func legibleValues(values map[string][]string) error {
	for name, texts := range values {
		if Legible(name) != nil || Legible(texts...) != nil {
			return ErrGarbled
		}
	}
	return nil
}

// readForm reads the form of a request into memory, as far as its route takes it, and holds it to being text; so that
// no handler has to. What comes with the request for a page is not read at all.
func readForm(r *http.Request, route Route, most int64) error {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		r.Body = http.NoBody
		return nil
	}
	if route.Streams {
		return nil
	}
	err := r.ParseForm()
	if err == nil {
		err = r.ParseMultipartForm(most)
	}
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return err
	case err != nil && !errors.Is(err, http.ErrNotMultipart):
		return fmt.Errorf("%w: %w", ErrForm, err)
	}
	return legibleForm(r)
}

func legibleForm(r *http.Request) error {
	if err := legibleValues(r.PostForm); err != nil || r.MultipartForm == nil {
		return err
	}
	for name, files := range r.MultipartForm.File {
		for _, file := range files {
			if err := Legible(name, file.Filename); err != nil {
				return err
			}
		}
	}
	return nil
}

// loggedPath is the path of a request as the log may have it: of an address that is a secret itself only the
// beginning, however it is written.
func (s *Server) loggedPath(r *http.Request, route Route) string {
	if route.Private {
		_, pattern, _ := strings.Cut(route.Pattern, " ")
		return pattern
	}
	plain := strings.ToLower(path.Clean("/" + r.URL.Path))
	for _, prefix := range s.options.Private {
		if strings.HasPrefix(plain, strings.ToLower(prefix)) {
			return prefix + "…"
		}
	}
	return r.URL.Path
}

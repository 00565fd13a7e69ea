package api

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// documented serves the description of the operations that are registered, and the page that people read.
func (a *API) documented() error {
	asJSON, err := json.MarshalIndent(a.huma.OpenAPI(), "", " ")
	if err != nil {
		return fmt.Errorf("api: describing the operations: %w", err)
	}
	asYAML, err := a.huma.OpenAPI().YAML()
	if err != nil {
		return fmt.Errorf("api: describing the operations: %w", err)
	}
	a.mux.Handle("GET "+Base+"/openapi.json", fixed("application/vnd.oai.openapi+json;version=3.1", asJSON))
	a.mux.Handle("GET "+Base+"/openapi.yaml", fixed("application/vnd.oai.openapi;version=3.1", asYAML))
	for _, lang := range []string{"zh", "en"} {
		if a.pages[lang], err = a.docs(lang); err != nil {
			return err
		}
	}
	a.mux.HandleFunc("GET "+Base+"/docs", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'sha256-"+docsStyle+"'; frame-ancestors 'none'; base-uri 'none'")
		page, chosen := a.pages[r.URL.Query().Get("lang")]
		if !chosen {
			page = a.pages[exchangeOf(r.Context()).lang]
		}
		fixed("text/html; charset=utf-8", page).ServeHTTP(w, r)
	})
	return nil
}

// fixed serves what stays the same while the program runs.
func fixed(contentType string, content []byte) http.Handler {
	digest := sha256.Sum256(content)
	etag := `"` + hex.EncodeToString(digest[:12]) + `"`
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("ETag", etag)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
	})
}

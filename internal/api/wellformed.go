package api

import (
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"
)

// wellFormed refuses addresses with what is no text in either database: a NUL, or bytes that are not UTF-8.
func wellFormed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		query, err := url.QueryUnescape(r.URL.RawQuery)
		if err != nil || !isText(r.URL.Path) || !isText(query) {
			writeProblem(w, problemOf(r.Context(), kindMalformed))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func isText(s string) bool { return utf8.ValidString(s) && !strings.Contains(s, "\x00") }

package web

import (
	_ "embed" // the labels of fields
	"net/http"
	"slices"
	"strings"
	"sync"

	"luoshi/internal/web/page"
)

//go:embed fields.txt
var fieldLines string

// field is a field of the forms that are sent beneath an address.
type field struct{ beneath, name string }

// labels are the keys of the labels of fields.
var labels = sync.OnceValue(func() map[field]string {
	keys := map[field]string{}
	for line := range strings.Lines(fieldLines) {
		if f := strings.Fields(line); len(f) == 3 && !strings.HasPrefix(line, "#") {
			keys[field{f[0], f[1]}] = f[2]
		}
	}
	return keys
})

// labelled is what the form that a request brings calls one of its fields.
func labelled(r *http.Request, name string) string {
	first, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	key := labels()[field{"/" + first, name}]
	if !page.Has(key) {
		return name
	}
	return page.T(r.Context(), key)
}

// entryTyped is a field of a form that could not be taken.
type entryTyped struct{ Name, Value string }

// secretFields are never repeated.
var secretFields = []string{"password", "code", "secret", "token", "key", "recovery"}

// typed is what a form brought that is not taken, for the page that says so. Forms with secrets in them are not
// repeated, nor are files, nor what a form carries hidden.
func typed(r *http.Request, t trouble, f *facts) []entryTyped {
	if !t.keep || r.Method == http.MethodGet || f.route.Private || f.route.Guarded || r.ParseForm() != nil {
		return nil
	}
	var entries []entryTyped
	for name, values := range r.PostForm {
		text := strings.TrimSpace(strings.Join(values, "\n"))
		secret := slices.ContainsFunc(secretFields, func(s string) bool { return strings.Contains(strings.ToLower(name), s) })
		if text != "" && !secret && name != "revision" {
			entries = append(entries, entryTyped{labelled(r, name), text})
		}
	}
	slices.SortFunc(entries, func(a, b entryTyped) int { return strings.Compare(a.Name, b.Name) })
	return entries
}

package web

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"

	"github.com/a-h/templ"

	"luoshi/internal/web/page"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Show answers with a page.
func Show(w http.ResponseWriter, r *http.Request, component templ.Component) error {
	return ShowStatus(w, r, http.StatusOK, component)
}

// ShowStatus answers with a page of a status: 422 for a form that is shown again. A page that cannot be written as a
// whole is not begun.
func ShowStatus(w http.ResponseWriter, r *http.Request, status int, component templ.Component) error {
	buffer, ok := buffers.Get().(*bytes.Buffer)
	if !ok {
		buffer = new(bytes.Buffer)
	}
	buffer.Reset()
	defer buffers.Put(buffer)
	if err := component.Render(r.Context(), buffer); err != nil {
		return fmt.Errorf("writing the page: %w", err)
	}
	body := buffer.Bytes()
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Add("Vary", "Accept-Encoding")
	if zips(r, len(body)) {
		body = zipped(body)
		w.Header().Set("Content-Encoding", "gzip")
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // a browser that has gone away is not our concern
	}
	return nil
}

// Redirect sends the browser on after a form was taken: to a page of this server, which it then gets.
func Redirect(w http.ResponseWriter, r *http.Request, to string) error {
	if !Local(to) {
		return fmt.Errorf("web: %q is no page of this server to go on to", to)
	}
	if r.Header.Get("HX-Request") == "true" {
		w.Header().Set("HX-Redirect", to)
		w.WriteHeader(http.StatusOK)
		return nil
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
	return nil
}

// Local tells whether an address leads to a page of this server and nowhere else: for those that came with a request.
func Local(to string) bool {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
		return false
	}
	u, err := url.Parse(to)
	return err == nil && u.Host == "" && u.Scheme == "" && u.User == nil
}

// flashCookie carries messages to the page after a redirect.
const flashCookie = "luoshi-flash"

// flash is a message on its way: its words are looked up in the language of the page that shows it.
type flash struct {
	Tone   page.Tone `json:"t"`
	Key    string    `json:"k"`
	Values []string  `json:"v,omitempty"`
}

// Flash says something above the next page.
func Flash(w http.ResponseWriter, r *http.Request, tone page.Tone, key string, values ...any) {
	v := page.Of(r.Context())
	f := flash{Tone: tone, Key: key}
	for _, value := range values {
		f.Values = append(f.Values, clip(v.Show(value), 200))
	}
	text, err := json.Marshal(f)
	if err != nil {
		panic(err) // texts can be written as JSON
	}
	setCookie(w, r, flashCookie, base64.RawURLEncoding.EncodeToString(text), 60)
}

// takeFlash reads what the step before said, and lets the browser forget it.
func takeFlash(w http.ResponseWriter, r *http.Request, v page.View) []page.Message {
	cookie, err := r.Cookie(flashCookie)
	if err != nil || r.Method != http.MethodGet {
		return nil
	}
	setCookie(w, r, flashCookie, "", -1)
	text, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	var f flash
	if err != nil || json.Unmarshal(text, &f) != nil || !page.Has(f.Key) || !f.Tone.Known() {
		return nil
	}
	values := make([]any, len(f.Values))
	for i := range f.Values {
		values[i] = f.Values[i]
	}
	return []page.Message{{Tone: f.Tone, Text: v.T(f.Key, values...)}}
}

// clip shortens a text to so many characters.
func clip(text string, characters int) string {
	runes := []rune(text)
	if len(runes) <= characters {
		return text
	}
	return string(runes[:characters]) + "…"
}

package api

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"time"

	"golang.org/x/text/language"

	"luoshi/ledger"
)

// exchange is one request and its answer: what every part of the shell may need to know of it.
type exchange struct {
	id   string // of the request
	lang string // "zh" or "en"
	path string
	// failed is what the operation failed with, for whoever has to undo it.
	failed error
}

type exchangeKey struct{}

// exchangeOf is the exchange that a context belongs to.
func exchangeOf(ctx context.Context) *exchange {
	if x, ok := ctx.Value(exchangeKey{}).(*exchange); ok {
		return x
	}
	return &exchange{lang: "zh"}
}

// in is a wording in the language of the exchange.
func (x *exchange) in(w ledger.Wording) string {
	if x.lang == "en" {
		return w.EN
	}
	return w.ZH
}

// languages are those that answers are written in, the one for everybody else first.
var languages = language.NewMatcher([]language.Tag{language.SimplifiedChinese, language.English})

// preferred is the language of answers to a request.
func preferred(r *http.Request) string {
	if _, at := language.MatchStrings(languages, r.Header.Get("Accept-Language")); at == 1 {
		return "en"
	}
	return "zh"
}

// givenID is what may come as the identifier of a request: short, and harmless in a log.
var givenID = regexp.MustCompile(`^[A-Za-z0-9._-]{8,64}$`)

// identified begins an exchange for each request, gives it an identifier and writes it into the server's log.
func (a *API) identified(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := &exchange{id: r.Header.Get("X-Request-Id"), lang: preferred(r), path: shownPath(r.URL.Path)}
		if !givenID.MatchString(x.id) {
			x.id = "r-" + rand.Text()
		}
		h := w.Header()
		h.Set("X-Request-Id", x.id)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "private, no-cache")
		h.Set("Content-Language", map[string]string{"zh": "zh-CN", "en": "en"}[x.lang])
		h.Add("Vary", "Accept-Language, Authorization, Cookie")
		begun, counted := time.Now(), &counter{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(counted, r.WithContext(context.WithValue(r.Context(), exchangeKey{}, x)))
		a.logger.LogAttrs(r.Context(), slog.LevelInfo, "api", slog.String("request", x.id), slog.String("method", r.Method),
			slog.String("path", x.path), slog.Int("status", counted.status), slog.Int64("bytes", counted.bytes),
			slog.Duration("took", time.Since(begun)))
	})
}

// secretPath begins addresses that are themselves a secret.
const secretPath = Base + "/calendars/"

// shownPath is the path of a request as the log may have it.
func shownPath(path string) string {
	if strings.HasPrefix(path, secretPath) {
		return secretPath + "…"
	}
	return path
}

// counter sees how an answer went.
type counter struct {
	http.ResponseWriter
	status int
	bytes  int64
}

func (c *counter) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

func (c *counter) Write(data []byte) (int, error) {
	n, err := c.ResponseWriter.Write(data)
	c.bytes += int64(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// sturdy answers a panic with a problem, and tells the log where it was.
func (a *API) sturdy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler { //nolint:errorlint // It is this very value, as net/http says.
				panic(cause)
			}
			a.logger.ErrorContext(r.Context(), "panic", "request", exchangeOf(r.Context()).id, "cause", cause, "stack", stack())
			writeProblem(w, problemOf(r.Context(), kindInternal))
		}()
		next.ServeHTTP(w, r)
	})
}

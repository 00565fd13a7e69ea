package watch

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"luoshi/internal/access/credential"
)

// Source tells numbers when they are asked for. One that fails is left out of that answer.
type Source func(ctx context.Context) ([]Gauge, error)

// Metrics are the numbers of one server.
type Metrics struct {
	requests *durations
	jobs     *durations
	sources  []Source
	failed   func(error)
}

// New makes the metrics of a server; failed hears of sources that fail.
func New(failed func(error), sources ...Source) *Metrics {
	return &Metrics{
		requests: newDurations("luoshi_request_seconds", "How long requests took, by route.", "route", "status"),
		jobs:     newDurations("luoshi_job_seconds", "How long attempts of jobs took.", "kind", "outcome"),
		sources:  append(sources, process), failed: failed,
	}
}

// Job counts an attempt of a job.
func (m *Metrics) Job(kind string, took time.Duration, err error) {
	outcome := "done"
	if err != nil {
		outcome = "failed"
	}
	m.jobs.observe(took, kind, outcome)
}

// Requests counts the requests of a handler. Route is the pattern by which a request is served: a path would be a
// series of its own for every record.
func (m *Metrics) Requests(next http.Handler, route func(*http.Request) string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun, seen := time.Now(), &status{ResponseWriter: w, code: http.StatusOK}
		pattern := route(r)
		if pattern == "" {
			pattern = "none"
		}
		// A handler that panics has answered nothing; the server ends the connection.
		defer func() { m.requests.observe(time.Since(begun), pattern, strconv.Itoa(seen.code)) }()
		next.ServeHTTP(seen, r)
	})
}

// status remembers how a request was answered.
type status struct {
	http.ResponseWriter
	code int
}

// WriteHeader remembers the status.
func (s *status) WriteHeader(code int) {
	s.code = code
	s.ResponseWriter.WriteHeader(code)
}

// Unwrap lets http.ResponseController reach what is beneath.
func (s *status) Unwrap() http.ResponseWriter { return s.ResponseWriter }

// Handler offers the metrics to whoever presents the token; to everybody where it is empty.
func (m *Metrics) Handler(token credential.Secret) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if want := token.Reveal(); want != "" && !same(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), want) {
			w.Header().Set("WWW-Authenticate", "Bearer")
			http.Error(w, "the token of metrics is needed", http.StatusUnauthorized)
			return
		}
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		_, _ = w.Write(m.text(r.Context()))
	})
}

// same compares without telling by its time how far two texts agree.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

func (m *Metrics) text(ctx context.Context) []byte {
	var out bytes.Buffer
	m.requests.write(&out)
	m.jobs.write(&out)
	for _, source := range m.sources {
		gauges, err := source(ctx)
		if err != nil {
			m.failed(fmt.Errorf("metrics: %w", err))
			continue
		}
		for _, g := range gauges {
			g.write(&out)
		}
	}
	return out.Bytes()
}

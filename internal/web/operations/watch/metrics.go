package watch

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"luoshi/internal/access/credential"
)

// bounds are the spans of time, in seconds, by which durations are told apart: fine below the 50 ms that a page may
// take, coarse above.
var bounds = []float64{0.005, 0.01, 0.025, 0.05, 0.08, 0.15, 0.5, 1, 2.5, 10}

// Metrics are the numbers of one server.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	jobs     *prometheus.HistogramVec
	sources  []Source
	failed   func(error)
}

// New makes the metrics of a server; failed hears of sources that fail.
func New(failed func(error), sources ...Source) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: durations("luoshi_request_seconds", "How long requests took, by route.", "route", "status"),
		jobs:     durations("luoshi_job_seconds", "How long attempts of jobs took.", "kind", "outcome"),
		sources:  sources, failed: failed,
	}
	m.registry.MustRegister(m.requests, m.jobs, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func durations(name, help string, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: bounds}, labels)
}

// Job counts an attempt of a job.
func (m *Metrics) Job(kind string, took time.Duration, err error) {
	outcome := "done"
	if err != nil {
		outcome = "failed"
	}
	m.jobs.WithLabelValues(kind, outcome).Observe(took.Seconds())
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
		defer func() {
			m.requests.WithLabelValues(pattern, strconv.Itoa(seen.code)).Observe(time.Since(begun).Seconds())
		}()
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
		m.answer(r.Context()).ServeHTTP(w, r)
	})
}

// same compares without telling by its time how far two texts agree.
func same(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// answer is the handler of one answer, which asks the sources in the name of its request.
func (m *Metrics) answer(ctx context.Context) http.Handler {
	now := prometheus.NewRegistry()
	now.MustRegister(&asked{ctx: ctx, sources: m.sources, failed: m.failed})
	return promhttp.HandlerFor(prometheus.Gatherers{m.registry, now}, promhttp.HandlerOpts{
		ErrorLog: told(m.failed), ErrorHandling: promhttp.ContinueOnError,
	})
}

// told hands what goes wrong with an answer to who hears of failures.
type told func(error)

// Println tells.
func (t told) Println(words ...any) {
	t(errors.New("metrics: " + strings.TrimSpace(fmt.Sprintln(words...))))
}

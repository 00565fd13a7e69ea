package watch_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"

	"luoshi/internal/access/credential"
	"luoshi/internal/web/operations/watch"
)

func get(t *testing.T, h http.Handler, token string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, "/plans/17", http.NoBody)
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestMetricsAreInTheFormOfPrometheus(t *testing.T) {
	var failures []error
	m := watch.New(func(err error) { failures = append(failures, err) },
		func(context.Context) ([]watch.Gauge, error) {
			return []watch.Gauge{{
				Name: "luoshi_jobs", Help: "Jobs by state.",
				Samples: []watch.Sample{{Labels: []string{"state", "a \"b\"\\\n"}, Value: 3}},
			}}, nil
		},
		func(context.Context) ([]watch.Gauge, error) { return nil, errors.New("no database") })
	pages := m.Requests(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }),
		func(*http.Request) string { return "GET /plans/{id}" })
	get(t, pages, "")
	m.Job("intake.read", 40*time.Millisecond, nil)
	m.Job("intake.read", 20*time.Second, errors.New("broken"))

	text := get(t, m.Handler(credential.NewSecret("")), "").Body.String()
	for _, line := range []string{
		`luoshi_request_seconds_count{route="GET /plans/{id}",status="404"} 1`,
		`luoshi_job_seconds_bucket{kind="intake.read",outcome="done",le="0.025"} 0`,
		`luoshi_job_seconds_bucket{kind="intake.read",outcome="done",le="0.05"} 1`,
		`luoshi_job_seconds_bucket{kind="intake.read",outcome="failed",le="10"} 0`,
		`luoshi_job_seconds_bucket{kind="intake.read",outcome="failed",le="+Inf"} 1`,
		`luoshi_job_seconds_sum{kind="intake.read",outcome="failed"} 20`,
		`luoshi_jobs{state="a \"b\"\\\n"} 3`,
		"# TYPE luoshi_jobs gauge", "# TYPE process_cpu_seconds_total counter", "# TYPE go_goroutines gauge", "# TYPE process_open_fds gauge",
		"# TYPE luoshi_job_seconds histogram",
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("%s is missing in\n%s", line, text)
		}
	}
	if _, err := promlint.New(strings.NewReader(text)).Lint(); err != nil {
		t.Errorf("not in the form: %v\n%s", err, text)
	}
	if len(failures) != 1 {
		t.Errorf("the failures are %v", failures)
	}
}

func TestMetricsAreForWhoHasTheToken(t *testing.T) {
	h := watch.New(func(error) {}).Handler(credential.NewSecret("right"))
	for token, want := range map[string]int{"": 401, "wrong": 401, "right": 200} {
		if got := get(t, h, token).Code; got != want {
			t.Errorf("token %q gives %d", token, got)
		}
	}
}

func TestAServerIsReadyWhereItsPartsWorkAndItStays(t *testing.T) {
	var broken error
	var told []string
	h := watch.NewHealth(func(part string, _ error) { told = append(told, part) },
		watch.Check{Name: "database", Look: func(context.Context) error { return nil }},
		watch.Check{Name: "files", Look: func(context.Context) error { return broken }})
	look := func(want int, says string) {
		t.Helper()
		if w := get(t, http.HandlerFunc(h.Ready), ""); w.Code != want || !strings.Contains(w.Body.String(), says) {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
	look(http.StatusOK, `"files":"ok"`)
	broken = errors.New("the disk with the key hunter2 is gone")
	look(http.StatusServiceUnavailable, `"files":"failed"`)
	if len(told) != 1 || told[0] != "files" {
		t.Errorf("told of %v", told)
	}
	broken = nil
	h.Leave()
	look(http.StatusServiceUnavailable, `"ready":false`)
	if w := get(t, http.HandlerFunc(h.Alive), ""); w.Code != http.StatusOK {
		t.Errorf("a server that leaves is not alive: %d", w.Code)
	}
}

package watch

import (
	"context"
	"encoding/json"
	"net/http"
	"sync/atomic"
	"time"
)

// Check looks whether a part of the server works.
type Check struct {
	Name string
	Look func(ctx context.Context) error
}

// Health tells whether a server is alive and whether it is ready.
type Health struct {
	checks  []Check
	failed  func(part string, err error)
	leaving atomic.Bool
}

// NewHealth makes the health of a server; failed hears of parts that do not work.
func NewHealth(failed func(part string, err error), checks ...Check) *Health {
	return &Health{checks: checks, failed: failed}
}

// Leave says that the server is about to stop: whoever shares out requests is to send no more.
func (h *Health) Leave() { h.leaving.Store(true) }

// patience is how long a part may take to say that it works.
const patience = 3 * time.Second

// State is how each part is: "ok", or that it failed. The reason is in the log of the server alone.
func (h *Health) State(ctx context.Context) (parts map[string]string, ready bool) {
	parts, ready = map[string]string{}, !h.leaving.Load()
	for _, c := range h.checks {
		looking, cancel := context.WithTimeout(ctx, patience)
		err := c.Look(looking)
		cancel()
		parts[c.Name] = "ok"
		if err != nil {
			parts[c.Name], ready = "failed", false
			h.failed(c.Name, err)
		}
	}
	return parts, ready
}

// Alive answers as long as the process can answer at all.
func (h *Health) Alive(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok\n"))
}

// Ready answers whether requests can be served.
func (h *Health) Ready(w http.ResponseWriter, r *http.Request) {
	parts, ready := h.State(r.Context())
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if !ready {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"ready": ready, "parts": parts})
}

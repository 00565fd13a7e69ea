package job

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/store"
)

const (
	// pulse is how often a server says that it is alive.
	pulse = 20 * time.Second
	// silence is after how long a server that says nothing is taken for dead.
	silence = 4 * pulse
)

// heartbeat says again and again that this server is alive, and takes back the tasks of servers that are not.
type heartbeat struct {
	store   *store.Store
	options Options
	end     context.CancelFunc
	ended   chan struct{}
}

// beat begins. A server that begins is not working on anything, so what stands as its work was interrupted.
func beat(ctx context.Context, s *store.Store, options Options) (*heartbeat, error) {
	h := &heartbeat{store: s, options: options, ended: make(chan struct{})}
	if err := h.once(ctx, true); err != nil {
		return nil, err
	}
	running, end := context.WithCancel(context.WithoutCancel(ctx))
	h.end = end
	go h.run(running)
	return h, nil
}

func (h *heartbeat) run(ctx context.Context) {
	defer close(h.ended)
	ticker := time.NewTicker(pulse)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := h.once(ctx, false); err != nil && ctx.Err() == nil {
				h.options.Log.ErrorContext(ctx, "job heartbeat", "error", err)
			}
		}
	}
}

// stop ends it. Another server may take the work of this one over at once; where the database is too busy to hear of it,
// others notice by the silence, so it is not waited for.
func (h *heartbeat) stop(ctx context.Context) {
	h.end()
	<-h.ended
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), h.options.Interruption)
	defer cancel()
	err := h.store.Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		_, err := tx.NewRaw("DELETE FROM river_client WHERE id = ?", h.options.Server).Exec(ctx)
		return err
	})
	if err != nil {
		h.options.Log.WarnContext(ctx, "other servers were not told that this one stops", "error", err)
	}
}

// words are what the databases say differently.
var words = map[store.Dialect]*strings.Replacer{
	store.SQLite: strings.NewReplacer(
		"{now}", "datetime('now', 'subsec')",
		"{silent}", fmt.Sprintf("datetime('now', 'subsec', '-%d seconds')", int(silence.Seconds())),
		"{last}", "json_extract(attempted_by, '$[#-1]')",
		"{state}", ""),
	store.Postgres: strings.NewReplacer(
		"{now}", "now()",
		"{silent}", fmt.Sprintf("now() - interval '%d seconds'", int(silence.Seconds())),
		"{last}", "attempted_by[array_upper(attempted_by, 1)]",
		"{state}", "::river_job_state"),
}

const (
	live = `INSERT INTO river_client (id, updated_at) VALUES (?, {now})
		ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at`
	bury = `DELETE FROM river_client WHERE updated_at < {silent}`
	// Work that was interrupted too often may be what kills the server.
	takeBack = `UPDATE river_job SET scheduled_at = {now},
		state = CASE WHEN attempt < max_attempts THEN 'available'{state} ELSE 'discarded'{state} END,
		finalized_at = CASE WHEN attempt < max_attempts THEN NULL ELSE {now} END
		WHERE state = 'running' AND ({last} NOT IN (SELECT id FROM river_client)`
)

func (h *heartbeat) once(ctx context.Context, first bool) error {
	fill := words[h.store.Dialect()].Replace
	err := h.store.Within(ctx, func(ctx context.Context, tx bun.Tx) error {
		if _, err := tx.NewRaw(fill(live), h.options.Server).Exec(ctx); err != nil {
			return err
		}
		if _, err := tx.NewRaw(fill(bury)).Exec(ctx); err != nil {
			return err
		}
		_, err := tx.NewRaw(fill(takeBack+" OR ? AND {last} = ?)"), first, h.options.Server).Exec(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("job: say that this server is alive: %w", err)
	}
	return nil
}

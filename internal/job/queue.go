package job

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/uptrace/bun"

	"luoshi/internal/service"
	"luoshi/internal/store"
)

// Options are what Open may be told. The zero Options are good for a server that is alone on its machine.
type Options struct {
	// Server names this server among those that share the database, now and after it is started again; the name
	// of the machine where it is empty.
	Server string
	// Workers is how many tasks are done at once; 2 where 0.
	Workers int
	// Poll is how often the queue is looked at; each half second where 0.
	Poll time.Duration
	// Pause is how long a task waits after an attempt that failed, the first being 1.
	Pause func(attempt int) time.Duration
	// Interruption is how long work may take to notice that it is interrupted; 5 seconds where 0.
	Interruption time.Duration
	// Log hears of work; slog.Default() where it is nil.
	Log *slog.Logger
	// Observe hears of every attempt.
	Observe func(kind string, took time.Duration, err error)
}

func (o Options) filled() Options {
	if o.Server == "" {
		o.Server, _ = os.Hostname()
	}
	if o.Workers == 0 {
		o.Workers = 2
	}
	if o.Poll == 0 {
		o.Poll = 500 * time.Millisecond
	}
	if o.Pause == nil {
		o.Pause = pause
	}
	if o.Interruption == 0 {
		o.Interruption = 5 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Observe == nil {
		o.Observe = func(string, time.Duration, error) {}
	}
	return o
}

// pause grows from ten seconds to an hour.
func pause(attempt int) time.Duration {
	return min(time.Hour, 10*time.Second<<min(attempt-1, 9))
}

// Queue takes work, and does it once it is started.
type Queue struct {
	store   *store.Store
	options Options
	taking  *river.Client[*sql.Tx]
	working *river.Client[*sql.Tx]
	alive   *heartbeat
	kinds   []Kind
	doing   atomic.Int64 // tasks that are being done
}

// Open opens the queue of a store that has the tables of Room. It takes work; Start lets it be done.
func Open(s *store.Store, options Options) (*Queue, error) {
	q := &Queue{store: s, options: options.filled()}
	var err error
	q.taking, err = river.NewClient(q.driver(), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("job: open the queue: %w", err)
	}
	return q, nil
}

func (q *Queue) driver() riverdriver.Driver[*sql.Tx] {
	if q.store.Dialect() == store.SQLite {
		return riversqlite.New(q.store.SQL())
	}
	return riverdatabasesql.New(q.store.SQL())
}

// Enqueue takes tasks in a transaction.
func (q *Queue) Enqueue(ctx context.Context, tx bun.Tx, tasks ...service.Task) error {
	params := make([]river.InsertManyParams, len(tasks))
	for i, t := range tasks {
		args, err := json.Marshal(t.Args)
		if err != nil {
			return fmt.Errorf("job: arguments of %s: %w", t.Kind, err)
		}
		if t.Args == nil {
			args = []byte("{}")
		}
		params[i] = river.InsertManyParams{
			Args:       task{kind: t.Kind, args: args},
			InsertOpts: &river.InsertOpts{ScheduledAt: t.At, MaxAttempts: q.attempts(t.Kind)},
		}
	}
	if len(params) == 0 {
		return nil
	}
	if _, err := q.taking.InsertManyTx(ctx, tx.Tx, params); err != nil {
		return fmt.Errorf("job: take %s: %w", tasks[0].Kind, err)
	}
	return nil
}

func (q *Queue) attempts(kind string) int {
	i := slices.IndexFunc(q.kinds, func(k Kind) bool { return k.Name == kind })
	if i < 0 {
		return attempts
	}
	return q.kinds[i].Attempts
}

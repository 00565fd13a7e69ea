package job

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"luoshi/internal/service"
)

// Start lets work be done until Stop. It first takes back what this server was doing when it was killed.
func (q *Queue) Start(ctx context.Context, kinds ...Kind) error {
	workers := river.NewWorkers()
	for _, k := range kinds {
		k = k.filled()
		q.kinds = append(q.kinds, k)
		river.AddWorkerArgs(workers, task{kind: k.Name}, &worker{Kind: k, options: q.options, doing: &q.doing})
	}
	config := &river.Config{
		ID:                q.options.Server,
		Workers:           workers,
		Queues:            map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: q.options.Workers}},
		PeriodicJobs:      q.schedule(),
		FetchPollInterval: q.options.Poll, FetchCooldown: min(q.options.Poll, 100*time.Millisecond),
		RetryPolicy: retries(q.options.Pause),
		Logger:      slog.New(above{q.options.Log.Handler(), slog.LevelWarn}),
		// A server that is gone is noticed by its heart, not by the age of what it was doing.
		RescueStuckJobsAfter: 48 * time.Hour,
	}
	var err error
	if q.working, err = river.NewClient(q.driver(), config); err != nil {
		return fmt.Errorf("job: prepare the work: %w", err)
	}
	if q.alive, err = beat(ctx, q.store, q.options); err != nil {
		return err
	}
	if err := q.working.Start(context.WithoutCancel(ctx)); err != nil {
		q.alive.stop(ctx)
		return fmt.Errorf("job: start the work: %w", err)
	}
	return nil
}

// schedule asks for what is done without being asked for: once in each span of time, also where servers are started
// and stopped within it.
func (q *Queue) schedule() []*river.PeriodicJob {
	var periodic []*river.PeriodicJob
	for _, k := range q.kinds {
		if k.Every == 0 {
			continue
		}
		options := &river.InsertOpts{MaxAttempts: k.Attempts, UniqueOpts: river.UniqueOpts{ByPeriod: k.Every}}
		periodic = append(periodic, river.NewPeriodicJob(river.PeriodicInterval(k.Every),
			func() (river.JobArgs, *river.InsertOpts) { return task{kind: k.Name, args: []byte("{}")}, options },
			&river.PeriodicJobOpts{RunOnStart: true}))
	}
	return periodic
}

// Stop takes no more work and waits for what is being done. When the context ends first, it is interrupted and done
// anew by whoever starts next.
func (q *Queue) Stop(ctx context.Context) error {
	if q.working == nil {
		return nil
	}
	defer q.alive.stop(ctx)
	err := q.working.Stop(ctx)
	if err != nil {
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), q.options.Interruption)
		defer cancel()
		if err = q.working.StopAndCancel(last); err != nil {
			err = q.unstopped(ctx, err)
		}
	}
	return err
}

// unstopped tells what it means that the library did not come to rest. While another transaction writes, its completer tries
// for more than a minute to note what was done, and its elector a quarter of one to give up its office; nothing interrupts
// either. Where none of our tasks is being done nothing of theirs can be lost, as what was not noted is done again, and the
// server may go.
func (q *Queue) unstopped(ctx context.Context, err error) error {
	if q.doing.Load() == 0 {
		q.options.Log.WarnContext(ctx, "the queue did not come to rest", "error", err)
		return nil
	}
	return fmt.Errorf("job: work goes on that cannot be interrupted: %w", err)
}

// worker does the tasks of one kind.
type worker struct {
	river.WorkerDefaults[task]
	Kind
	options Options
	doing   *atomic.Int64
}

// Timeout is how long an attempt may take.
func (w *worker) Timeout(*river.Job[task]) time.Duration { return w.Limit }

// Work does a task on behalf of the program.
func (w *worker) Work(ctx context.Context, job *river.Job[task]) error {
	w.doing.Add(1)
	defer w.doing.Add(-1)
	begun := time.Now()
	request := fmt.Sprintf("job-%d-%d", job.ID, job.Attempt)
	ctx = service.As(ctx, service.Caller{System: "job: " + w.Name, May: w.May, Request: request})
	err := w.do(ctx, job.Args.args)
	took := time.Since(begun)
	w.options.Observe(w.Name, took, err)
	if err != nil {
		w.options.Log.ErrorContext(ctx, "job failed", "kind", w.Name, "request", request, "took", took, "error", err,
			"attempt", job.Attempt, "of", job.MaxAttempts)
		return err
	}
	w.options.Log.InfoContext(ctx, "job done", "kind", w.Name, "request", request, "took", took)
	return nil
}

// do lets one task that panics fail by itself.
func (w *worker) do(ctx context.Context, args json.RawMessage) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("job: %s panicked: %v", w.Name, r)
		}
	}()
	return w.Do(ctx, args)
}

// Lost is the error of work that no further attempt can do: what it was to work on is gone.
func Lost(err error) error { return river.JobCancel(err) }

type retries func(attempt int) time.Duration

// NextRetry is when a task that failed is tried again.
func (r retries) NextRetry(job *rivertype.JobRow) time.Time { return time.Now().Add(r(job.Attempt)) }

// above lets only what is as serious as its level through: the queue's library talks much.
type above struct {
	slog.Handler
	level slog.Level
}

// Enabled tells whether something so serious is said.
func (a above) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= a.level && a.Handler.Enabled(ctx, level)
}

// WithAttrs keeps the level.
func (a above) WithAttrs(attrs []slog.Attr) slog.Handler {
	return above{a.Handler.WithAttrs(attrs), a.level}
}

// WithGroup keeps the level.
func (a above) WithGroup(name string) slog.Handler { return above{a.Handler.WithGroup(name), a.level} }

package operations

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/access"
	"luoshi/internal/service"
	"luoshi/internal/store"
)

// JobState is how a job stands.
type JobState string

const (
	Waiting   JobState = "available" // to be done as soon as somebody is free
	Later     JobState = "scheduled" // to be done at its time
	Again     JobState = "retryable" // failed, to be tried again at its time
	Running   JobState = "running"
	Done      JobState = "completed"
	Failed    JobState = "discarded" // failed as often as it may
	Cancelled JobState = "cancelled" // what it was to work on is gone
)

// JobStates are all states, in the order in which pages offer them.
var JobStates = []JobState{Failed, Again, Running, Waiting, Later, Done, Cancelled}

// Job is a piece of work in the background.
type Job struct {
	ID    string
	Kind  string
	State JobState
	Args  json.RawMessage
	// Attempt is how often it was tried, of Attempts at most.
	Attempt, Attempts int
	Created, Due      time.Time
	Begun, Ended      time.Time // zero where it did not begin or end yet
	Failures          []Failure // the oldest first
}

// Failure is an attempt that failed.
type Failure struct {
	Attempt int
	At      time.Time
	Said    string
}

// MostJobs bounds a part of the list.
const MostJobs = 100

// JobQuery asks for jobs.
type JobQuery struct {
	State JobState // any where empty
	Kind  string   // any where empty
	Limit int      // MostJobs where 0
	After string   // JobListing.Next of the part before
}

// JobListing is a part of the jobs, the youngest first.
type JobListing struct {
	Jobs []Job
	Next string
}

// ErrNoJob is the error of a job that is not in the queue, or no longer.
var ErrNoJob = errors.New("there is no such job")

// Jobs is the queue as the administrator sees it.
type Jobs interface {
	Jobs(ctx context.Context, query JobQuery) (JobListing, error)
	Counts(ctx context.Context) (map[JobState]int64, error)
	Retry(ctx context.Context, tx bun.Tx, id string) (before, after Job, err error)
}

// Jobs is a part of the list of jobs.
func (s *Service) Jobs(ctx context.Context, query JobQuery) (JobListing, error) {
	if err := s.core.Check(ctx, "job.read", service.Owned{}); err != nil {
		return JobListing{}, err
	}
	return s.jobs.Jobs(ctx, query)
}

// JobCounts are how many jobs stand how.
func (s *Service) JobCounts(ctx context.Context) (map[JobState]int64, error) {
	if err := s.core.Check(ctx, "job.read", service.Owned{}); err != nil {
		return nil, err
	}
	return s.jobs.Counts(ctx)
}

// Retry lets a job be tried again at once.
func (s *Service) Retry(ctx context.Context, id string) (Job, error) {
	var after Job
	err := s.core.Change(ctx, func(ctx context.Context, w *service.Work) error {
		if err := w.Allow("job.retry", access.Object{}); err != nil {
			return err
		}
		before, now, err := s.jobs.Retry(ctx, w.Tx(), id)
		if errors.Is(err, ErrNoJob) {
			return &store.NotFound{Kind: "jobs", ID: id}
		}
		if err != nil {
			return err
		}
		after = now
		w.Record("job.retry", "jobs", id, before.state(), after.state(), map[string]string{"kind": after.Kind})
		return nil
	})
	return after, err
}

// state is what of a job changes by trying it again.
func (j Job) state() map[string]any { return map[string]any{"state": j.State, "attempts": j.Attempts} }

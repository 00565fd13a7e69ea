package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"github.com/uptrace/bun"

	"luoshi/internal/service/operations"
)

// Jobs is a part of the queue, the youngest task first.
func (q *Queue) Jobs(ctx context.Context, query operations.JobQuery) (operations.JobListing, error) {
	limit := query.Limit
	if limit <= 0 || limit > operations.MostJobs {
		limit = operations.MostJobs
	}
	params := river.NewJobListParams().OrderBy(river.JobListOrderByID, river.SortOrderDesc).First(limit + 1)
	if query.State != "" {
		params = params.States(rivertype.JobState(query.State))
	}
	if query.Kind != "" {
		params = params.Kinds(query.Kind)
	}
	if query.After != "" {
		before, err := strconv.ParseInt(query.After, 10, 64)
		if err != nil {
			return operations.JobListing{}, fmt.Errorf("job: %q is no place in the list", query.After)
		}
		params = params.Where("id < @before", river.NamedArgs{"before": before})
	}
	found, err := q.taking.JobList(ctx, params)
	if err != nil {
		return operations.JobListing{}, fmt.Errorf("job: list: %w", err)
	}
	var listing operations.JobListing
	for i, row := range found.Jobs {
		if i == limit {
			listing.Next = listing.Jobs[i-1].ID
			break
		}
		listing.Jobs = append(listing.Jobs, jobOf(row))
	}
	return listing, nil
}

// Counts are how many tasks there are in each state.
func (q *Queue) Counts(ctx context.Context) (map[operations.JobState]int64, error) {
	var rows []struct {
		State  string
		Number int64
	}
	err := q.store.View(ctx).NewRaw("SELECT state, count(*) AS number FROM river_job GROUP BY state").Scan(ctx, &rows)
	if err != nil {
		return nil, fmt.Errorf("job: count: %w", err)
	}
	counts := map[operations.JobState]int64{}
	for _, row := range rows {
		counts[operations.JobState(row.State)] = row.Number
	}
	return counts, nil
}

// Retry lets a task be tried again at once, in a transaction, and returns it as it was and as it is.
func (q *Queue) Retry(ctx context.Context, tx bun.Tx, id string) (before, after operations.Job, err error) {
	number, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return before, after, operations.ErrNoJob
	}
	was, err := q.taking.JobGetTx(ctx, tx.Tx, number)
	if err == nil {
		var is *rivertype.JobRow
		if is, err = q.taking.JobRetryTx(ctx, tx.Tx, number); err == nil {
			return jobOf(was), jobOf(is), nil
		}
	}
	if errors.Is(err, rivertype.ErrNotFound) {
		return before, after, operations.ErrNoJob
	}
	return before, after, fmt.Errorf("job: try %s again: %w", id, err)
}

func jobOf(row *rivertype.JobRow) operations.Job {
	job := operations.Job{
		ID: strconv.FormatInt(row.ID, 10), Kind: row.Kind, State: operations.JobState(row.State), Args: json.RawMessage(row.EncodedArgs),
		Attempt: row.Attempt, Attempts: row.MaxAttempts, Created: row.CreatedAt, Due: row.ScheduledAt,
		Begun: timeOf(row.AttemptedAt), Ended: timeOf(row.FinalizedAt),
	}
	for _, e := range row.Errors {
		job.Failures = append(job.Failures, operations.Failure{Attempt: e.Attempt, At: e.At, Said: e.Error})
	}
	return job
}

func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

package job_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/uptrace/bun"

	"luoshi/internal/job"
	"luoshi/internal/service"
	"luoshi/internal/service/operations"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
)

// quick are options under which tests need not wait.
func quick(server string) job.Options {
	return job.Options{
		Server: server, Poll: 5 * time.Millisecond, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Pause: func(int) time.Duration { return 0 },
	}
}

func each(t *testing.T, test func(t *testing.T, s *store.Store)) {
	storetest.EachWith(t, store.Options{Rooms: []store.Room{job.Room()}}, test)
}

func open(t *testing.T, s *store.Store, options job.Options) *job.Queue {
	t.Helper()
	q, err := job.Open(s, options)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

func start(t *testing.T, q *job.Queue, kinds ...job.Kind) {
	t.Helper()
	if err := q.Start(t.Context(), kinds...); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, q) })
}

func stop(t *testing.T, q *job.Queue) {
	t.Helper()
	if err := q.Stop(context.WithoutCancel(t.Context())); err != nil {
		t.Error(err)
	}
}

func ask(t *testing.T, s *store.Store, q *job.Queue, fails error, tasks ...service.Task) {
	t.Helper()
	err := s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
		if err := q.Enqueue(ctx, tx, tasks...); err != nil {
			return err
		}
		return fails
	})
	if !errors.Is(err, fails) {
		t.Fatal(err)
	}
}

// states are how the jobs stand, the oldest first.
func states(t *testing.T, q *job.Queue) []operations.JobState {
	t.Helper()
	listing, err := q.Jobs(t.Context(), operations.JobQuery{})
	if err != nil {
		t.Fatal(err)
	}
	var found []operations.JobState
	for _, j := range listing.Jobs {
		found = append(found, j.State)
	}
	slices.Reverse(found)
	return found
}

func TestWorkOfARolledBackTransactionIsNotThere(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		q := open(t, s, quick("a"))
		ask(t, s, q, errors.New("broken"), service.Task{Kind: "test.note"})
		if got := states(t, q); len(got) != 0 {
			t.Errorf("the queue holds %v", got)
		}
		ask(t, s, q, nil, service.Task{Kind: "test.note"}, service.Task{Kind: "test.note", At: time.Now().Add(time.Hour)})
		if got := states(t, q); !slices.Equal(got, []operations.JobState{operations.Waiting, operations.Later}) {
			t.Errorf("the queue holds %v", got)
		}
	})
}

func TestWorkIsDoneOnBehalfOfTheProgram(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		q := open(t, s, quick("a"))
		type note struct{ Words string }
		got, caller := make(chan note, 1), make(chan service.Caller, 1)
		start(t, q, job.Kind{Name: "test.note", May: nil, Do: func(ctx context.Context, args json.RawMessage) error {
			var n note
			err := json.Unmarshal(args, &n)
			caller <- service.CallerOf(ctx)
			got <- n
			return err
		}})
		ask(t, s, q, nil, service.Task{Kind: "test.note", Args: note{"读取"}})
		if c := <-caller; c.System != "job: test.note" || c.Request == "" {
			t.Errorf("%+v", c)
		}
		if n := <-got; n.Words != "读取" {
			t.Errorf("%+v", n)
		}
		stop(t, q)
		if got := states(t, q); !slices.Equal(got, []operations.JobState{operations.Done}) {
			t.Errorf("the queue holds %v", got)
		}
	})
}

// failing fails in some ways before it does what it was asked.
type failing struct {
	mu    sync.Mutex
	ways  []func() error
	tries int
	done  chan struct{}
}

func (f *failing) do(context.Context, json.RawMessage) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.tries++
	if f.tries <= len(f.ways) {
		return f.ways[f.tries-1]()
	}
	close(f.done)
	return nil
}

func TestWhatFailsIsTriedAgain(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		q := open(t, s, quick("a"))
		f := &failing{done: make(chan struct{}), ways: []func() error{
			func() error { return errors.New("文件服务器没有应答") },
			func() error { panic("out of range") },
		}}
		start(t, q, job.Kind{Name: "test.fail", Do: f.do})
		ask(t, s, q, nil, service.Task{Kind: "test.fail"})
		<-f.done
		stop(t, q)
		listing, err := q.Jobs(t.Context(), operations.JobQuery{Kind: "test.fail", State: operations.Done})
		if err != nil || len(listing.Jobs) != 1 {
			t.Fatalf("%+v, %v", listing, err)
		}
		if got := listing.Jobs[0]; got.Attempt != 3 || len(got.Failures) != 2 || got.Failures[0].Said != "文件服务器没有应答" {
			t.Errorf("%+v", got)
		}
	})
}

func TestWhatFailedForGoodMayBeTriedAgainByHand(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		q := open(t, s, quick("a"))
		f := &failing{done: make(chan struct{}), ways: []func() error{func() error { return errors.New("broken") }}}
		failed := make(chan struct{}, 1)
		start(t, q, job.Kind{Name: "test.fail", Attempts: 1, Do: func(ctx context.Context, args json.RawMessage) error {
			err := f.do(ctx, args)
			if err != nil {
				failed <- struct{}{}
			}
			return err
		}})
		ask(t, s, q, nil, service.Task{Kind: "test.fail"})
		<-failed
		id := settled(t, q, operations.Failed)
		err := s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
			before, after, err := q.Retry(ctx, tx, id)
			if before.State != operations.Failed || after.State != operations.Waiting {
				t.Errorf("%s after %s", after.State, before.State)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		<-f.done
		for _, absent := range []string{"999999", "x"} {
			err := s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
				_, _, err := q.Retry(ctx, tx, absent)
				return err
			})
			if !errors.Is(err, operations.ErrNoJob) {
				t.Errorf("%s: %v", absent, err)
			}
		}
	})
}

// settled waits until the only job stands so, and returns its id.
func settled(t *testing.T, q *job.Queue, state operations.JobState) string {
	t.Helper()
	for {
		listing, err := q.Jobs(t.Context(), operations.JobQuery{State: state})
		if err != nil {
			t.Fatal(err)
		}
		if len(listing.Jobs) == 1 {
			return listing.Jobs[0].ID
		}
	}
}

func TestWorkThatAKilledServerLeftIsDoneByTheNext(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		q := open(t, s, quick("a"))
		ask(t, s, q, nil, service.Task{Kind: "test.note"}, service.Task{Kind: "test.note"})
		// As a server leaves them that is killed at its last attempt, and at its first.
		marked := map[store.Dialect]string{store.SQLite: `json('["x","a"]')`, store.Postgres: `ARRAY['x','a']`}[s.Dialect()]
		_, err := s.SQL().ExecContext(t.Context(), `UPDATE river_job SET state = 'running', attempted_by = `+marked+`,
			attempt = CASE WHEN id = (SELECT max(id) FROM river_job) THEN max_attempts ELSE 1 END`)
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{}, 2)
		next := open(t, s, quick("a"))
		start(t, next, job.Kind{Name: "test.note", Do: func(context.Context, json.RawMessage) error {
			done <- struct{}{}
			return nil
		}})
		<-done
		stop(t, next)
		if got := states(t, next); !slices.Equal(got, []operations.JobState{operations.Done, operations.Failed}) {
			t.Errorf("the queue holds %v", got)
		}
	})
}

func TestWorkOfAServerThatIsAliveIsLeftToIt(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		busy, begun, release := open(t, s, quick("a")), make(chan struct{}), make(chan struct{})
		start(t, busy, job.Kind{Name: "test.long", Do: func(context.Context, json.RawMessage) error {
			close(begun) // twice would panic
			<-release
			return nil
		}})
		ask(t, s, busy, nil, service.Task{Kind: "test.long"})
		<-begun
		other := open(t, s, quick("b"))
		start(t, other, job.Kind{Name: "test.long", Do: func(context.Context, json.RawMessage) error {
			t.Error("the work is done twice")
			return nil
		}})
		if got := states(t, other); !slices.Equal(got, []operations.JobState{operations.Running}) {
			t.Errorf("the queue holds %v", got)
		}
		close(release)
	})
}

func TestStoppingWaitsForWork(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		q, begun, release := open(t, s, quick("a")), make(chan struct{}), make(chan struct{})
		start(t, q, job.Kind{Name: "test.long", Do: func(context.Context, json.RawMessage) error {
			close(begun)
			<-release
			return nil
		}})
		ask(t, s, q, nil, service.Task{Kind: "test.long"})
		<-begun
		stopped := make(chan struct{})
		go func() { defer close(stopped); stop(t, q) }()
		select {
		case <-stopped:
			t.Error("it stopped in the middle of work")
		default:
		}
		close(release)
		<-stopped
		if got := states(t, q); !slices.Equal(got, []operations.JobState{operations.Done}) {
			t.Errorf("the queue holds %v", got)
		}
	})
}

func TestStoppingInterruptsWhatTakesTooLong(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		q, begun := open(t, s, quick("a")), make(chan struct{}, 1)
		start(t, q, job.Kind{Name: "test.endless", Do: func(ctx context.Context, _ json.RawMessage) error {
			begun <- struct{}{}
			<-ctx.Done()
			return ctx.Err()
		}})
		ask(t, s, q, nil, service.Task{Kind: "test.endless"})
		<-begun
		now, cancel := context.WithCancel(t.Context())
		cancel()
		if err := q.Stop(now); err != nil {
			t.Fatal(err)
		}
		if got := states(t, q); len(got) != 1 || (got[0] != operations.Again && got[0] != operations.Waiting) {
			t.Errorf("the queue holds %v", got)
		}
	})
}

func TestAServerStopsWhereTheDatabaseIsBusy(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		options := quick("a")
		options.Interruption = 50 * time.Millisecond
		q := open(t, s, options)
		if err := q.Start(t.Context(), job.Kind{Name: "test.a", Do: func(context.Context, json.RawMessage) error { return nil }}); err != nil {
			t.Fatal(err)
		}
		err := s.Within(t.Context(), func(ctx context.Context, tx bun.Tx) error {
			if _, err := tx.ExecContext(ctx, "UPDATE river_client SET updated_at = updated_at"); err != nil {
				return err
			}
			now, cancel := context.WithTimeout(t.Context(), options.Interruption)
			defer cancel()
			stopped := make(chan error, 1)
			go func() { stopped <- q.Stop(now) }()
			select {
			case err := <-stopped:
				return err
			case <-time.After(20 * time.Second):
				return errors.New("the server waits for the database")
			}
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestAServerThatIsStoppedAsItStartsComesToRest(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		options := quick("a")
		options.Poll = 0 // as servers have it
		for n := range 25 {
			q := open(t, s, options)
			err := q.Start(t.Context(), job.Kind{Name: "test.sweep", Every: time.Hour, Do: func(context.Context, json.RawMessage) error { return nil }})
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			err = q.Stop(ctx)
			if late := ctx.Err() != nil; err != nil || late {
				t.Fatalf("start %d: %v, late: %v", n, err, late)
			}
			cancel()
		}
	})
}

func TestScheduledWorkIsDoneOncePerSpan(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		done := make(chan struct{}, 10)
		daily := job.Kind{Name: "test.sweep", Every: 24 * time.Hour, Do: func(context.Context, json.RawMessage) error {
			done <- struct{}{}
			return nil
		}}
		first := open(t, s, quick("a"))
		start(t, first, daily)
		<-done
		stop(t, first)
		again, other := open(t, s, quick("a")), make(chan struct{}, 1)
		start(t, again, daily, job.Kind{Name: "test.other", Every: 24 * time.Hour, Do: func(context.Context, json.RawMessage) error {
			other <- struct{}{}
			return nil
		}})
		<-other // the schedule was gone through
		stop(t, again)
		if len(done) != 0 {
			t.Error("it was done again")
		}
	})
}

func TestTheListGoesOnWhereItEnded(t *testing.T) {
	each(t, func(t *testing.T, s *store.Store) {
		q := open(t, s, quick("a"))
		for range 5 {
			ask(t, s, q, nil, service.Task{Kind: "test.note"})
		}
		var ids []string
		for query := (operations.JobQuery{Limit: 2}); ; {
			part, err := q.Jobs(t.Context(), query)
			if err != nil {
				t.Fatal(err)
			}
			for _, j := range part.Jobs {
				ids = append(ids, j.ID)
			}
			if query.After = part.Next; part.Next == "" {
				break
			}
		}
		if !slices.Equal(ids, []string{"5", "4", "3", "2", "1"}) {
			t.Errorf("%v", ids)
		}
		if counts, err := q.Counts(t.Context()); err != nil || counts[operations.Waiting] != 5 {
			t.Errorf("%v, %v", counts, err)
		}
	})
}

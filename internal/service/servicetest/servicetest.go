// Package servicetest lets tests of use cases run on both databases, with a small district, its log, and callers
// of every role.
package servicetest

import (
	"context"
	"slices"
	"sync"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/calendar"
	"luoshi/internal/access"
	"luoshi/internal/audit"
	"luoshi/internal/audit/migrations"
	"luoshi/internal/audit/signing"
	"luoshi/internal/service"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// Origin names the log of tests.
const Origin = "luoshi.example/test"

// Fixture is a district with its use cases.
type Fixture struct {
	*service.Core
	storetest.District
	Queue *Queue
}

// Rooms are the rooms that every server has; those of a test come behind them.
func Rooms(more ...store.Room) []store.Room {
	return append([]store.Room{{Name: "audit", Files: migrations.Files}}, more...)
}

// Each runs a test on a fresh district in each database.
func Each(t *testing.T, test func(t *testing.T, f *Fixture), rooms ...store.Room) {
	t.Helper()
	storetest.EachWith(t, store.Options{Rooms: Rooms(rooms...)}, func(t *testing.T, s *store.Store) {
		test(t, Settle(t, s))
	})
}

// Settle makes a district in a store.
func Settle(tb testing.TB, s *store.Store) *Fixture {
	tb.Helper()
	var log *audit.Log
	err := s.Within(tb.Context(), func(ctx context.Context, tx bun.Tx) (err error) {
		log, err = audit.Open(ctx, tx, Origin, signing.SHA256Ed25519, s.Now)
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	queue := &Queue{}
	return &Fixture{
		Core:     service.New(service.Parts{Store: s, Log: log, Queue: queue}),
		District: storetest.Settle(tb, s), Queue: queue,
	}
}

// As is a context of somebody who holds a role in a unit; the account is named after the role.
func (f *Fixture) As(ctx context.Context, role access.Role, unit ledger.UnitID) context.Context {
	return f.AsAccount(ctx, ledger.AccountID(role), role, unit)
}

// AsAccount is As of an account with a name of its own.
func (f *Fixture) AsAccount(ctx context.Context, account ledger.AccountID, role access.Role, unit ledger.UnitID) context.Context {
	today := f.Today()
	appointment := access.Appointment{Account: account, Role: role, Unit: unit, During: calendar.Period{}}
	actor := f.Rights().Standing(account, today, []access.Appointment{appointment}, nil)
	return service.As(ctx, service.Caller{Actor: actor, Request: "test"})
}

// Office is a context of the supervising office of the government.
func (f *Fixture) Office(ctx context.Context) context.Context {
	return f.As(ctx, "supervising-office", f.Government.ID)
}

// Changed writes something as the program itself, past the use cases, with an entry in the log about records of a kind as
// every change has one.
func (f *Fixture) Changed(tb testing.TB, kind string, write func(ctx context.Context, tx bun.Tx) error) {
	tb.Helper()
	const action access.Action = "config.rules"
	program := service.As(tb.Context(), service.Caller{System: "test", May: []access.Action{action}, Request: "test"})
	err := f.Change(program, func(ctx context.Context, w *service.Work) error {
		if err := w.AllowFor(ctx, action, service.Owned{Lead: f.Government.ID}); err != nil {
			return err
		}
		w.Record(action, kind, "test", nil, nil, nil)
		return write(ctx, w.Tx())
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// Entries are the actions in the log about an object, oldest first.
func (f *Fixture) Entries(tb testing.TB, kind, id string) []string {
	tb.Helper()
	entries, err := audit.History(tb.Context(), f.Store().View(tb.Context()), audit.Object{Kind: kind, ID: id}, 0, 1000)
	if err != nil {
		tb.Fatal(err)
	}
	actions := make([]string, len(entries))
	for i, e := range entries {
		actions[i] = e.Action
	}
	return actions
}

// Queue remembers the work that is asked for. Work of a transaction that is rolled back stays in it, as only a
// queue in the database can take it back.
type Queue struct {
	mu    sync.Mutex
	tasks []service.Task
}

// Enqueue remembers tasks.
func (q *Queue) Enqueue(_ context.Context, _ bun.Tx, tasks ...service.Task) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.tasks = append(q.tasks, tasks...)
	return nil
}

// Tasks are those asked for so far.
func (q *Queue) Tasks() []service.Task {
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Clone(q.tasks)
}

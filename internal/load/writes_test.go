package load_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"luoshi/internal/service"
	"luoshi/internal/service/servicetest"
	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// BenchmarkAuditedWrites lets 20 people change commitments at once, each change in a transaction with its entry in the
// log, asked for and allowed as from a page.
func BenchmarkAuditedWrites(b *testing.B) {
	for _, database := range []struct {
		name string
		dsn  func(testing.TB) string
	}{{"sqlite", storetest.SQLite}, {"postgres", storetest.Postgres}} {
		b.Run(database.name, func(b *testing.B) {
			s := storetest.Open(b, database.dsn(b), store.Options{Rooms: servicetest.Rooms()})
			durable(b, s)
			f := servicetest.Settle(b, s)
			f.Promises(b, s, users)
			writeAll(b, f)
		})
	}
}

// users is how many people work at once.
const users = 20

func writeAll(b *testing.B, f *servicetest.Fixture) {
	b.Helper()
	ctx := f.Office(b.Context())
	listing, err := f.Store().Commitments().List(ctx, store.Page{Order: "number", Limit: users}, store.LedBy(f.Bureau.ID))
	if err != nil {
		b.Fatal(err)
	}
	var left atomic.Int64
	left.Store(int64(b.N))
	var wait sync.WaitGroup
	b.ResetTimer()
	for _, record := range listing.Records {
		wait.Go(func() {
			for weight := int64(1); left.Add(-1) >= 0; weight++ {
				changed, err := weigh(ctx, f, record, weight)
				if err != nil {
					b.Error(err)
					return
				}
				record = changed
			}
		})
	}
	wait.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
}

// weigh is a use case as small as one can be.
func weigh(ctx context.Context, f *servicetest.Fixture, record store.Record[ledger.Commitment], weight int64) (store.Record[ledger.Commitment], error) {
	var changed store.Record[ledger.Commitment]
	err := f.Change(ctx, func(ctx context.Context, w *service.Work) (err error) {
		before, after := record.Value, record.Value
		after.Weight = ledger.Int(weight)
		if err := w.AllowFor(ctx, "commitment.weigh", service.Owned{Lead: before.Lead}); err != nil {
			return err
		}
		if changed, err = f.Store().Commitments().Change(ctx, after, record.Revision); err != nil {
			return err
		}
		w.Record("commitment.weigh", "commitments", string(after.ID), before, after, nil)
		return nil
	})
	return changed, err
}

// durable lets the server of the tests wait for the disk, as SQLite does and as a real server would.
func durable(b *testing.B, s *store.Store) {
	b.Helper()
	if s.Dialect() != store.Postgres {
		return
	}
	for _, statement := range []string{"ALTER SYSTEM SET fsync = on", "SELECT pg_reload_conf()"} {
		if _, err := s.View(b.Context()).ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
}

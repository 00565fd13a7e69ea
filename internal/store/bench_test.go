package store_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"luoshi/internal/store"
	"luoshi/internal/store/storetest"
	"luoshi/ledger"
)

// eachBench runs a benchmark on both databases.
func eachBench(b *testing.B, run func(b *testing.B, s *store.Store)) {
	b.Run("sqlite", func(b *testing.B) { run(b, storetest.Open(b, storetest.SQLite(b), store.Options{})) })
	b.Run("postgres", func(b *testing.B) { run(b, storetest.Open(b, storetest.Postgres(b), store.Options{})) })
}

// durable lets the server of the tests wait for the disk, as SQLite does and as a real server would.
func durable(b *testing.B, s *store.Store) {
	if s.Dialect() != store.Postgres {
		return
	}
	set := func(fsync string) {
		for _, statement := range []string{"ALTER SYSTEM SET fsync = " + fsync, "SELECT pg_reload_conf()"} {
			if _, err := s.View(context.Background()).ExecContext(context.Background(), statement); err != nil {
				b.Fatal(err)
			}
		}
	}
	set("on")
	b.Cleanup(func() { set("off") })
}

// BenchmarkWrites changes commitments, each in a transaction of its own, by eight writers at once.
func BenchmarkWrites(b *testing.B) {
	eachBench(b, func(b *testing.B, s *store.Store) {
		const writers = 8
		durable(b, s)
		d := storetest.Settle(b, s)
		d.Promises(b, s, writers)
		listing, err := s.Commitments().List(b.Context(), store.Page{Order: "number", Limit: writers}, store.LedBy(d.Bureau.ID))
		if err != nil {
			b.Fatal(err)
		}
		var wait sync.WaitGroup
		b.ResetTimer()
		for w := range writers {
			wait.Go(func() {
				record := listing.Records[w]
				for i := range b.N/writers + 1 {
					record.Value.Weight = ledger.Int(int64(i))
					if record, err = s.Commitments().Change(b.Context(), record.Value, record.Revision); err != nil {
						b.Error(err)
						return
					}
				}
			})
		}
		wait.Wait()
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "writes/s")
	})
}

// BenchmarkLists walks through lists of commitments in parts of 50, in several orders, and tells how
// long the slowest twentieth takes.
func BenchmarkLists(b *testing.B) {
	for _, size := range []int{5_000, 50_000} {
		if size > 5_000 && testing.Short() {
			continue
		}
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			eachBench(b, func(b *testing.B, s *store.Store) {
				d := storetest.Settle(b, s)
				d.Promises(b, s, size)
				for _, order := range []string{"", "number", "title", "by"} {
					b.Run("by="+order, func(b *testing.B) { walkParts(b, s, d, store.Page{Order: order}) })
				}
				b.Run("led", func(b *testing.B) { walkParts(b, s, d, store.Page{Order: "by"}, store.LedBy(d.Bureau.ID)) })
			})
		})
	}
}

func walkParts(b *testing.B, s *store.Store, d storetest.District, page store.Page, filters ...store.Filter) {
	var times []time.Duration
	filters = append(filters, store.InPlan(d.Plan.ID))
	for b.Loop() {
		began := time.Now()
		listing, err := s.Commitments().List(b.Context(), page, filters...)
		if err != nil {
			b.Fatal(err)
		}
		times = append(times, time.Since(began))
		page.After = listing.Next
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)*95/100].Microseconds())/1000, "p95-ms")
}

// BenchmarkSearch looks for words that many and that few commitments hold.
func BenchmarkSearch(b *testing.B) {
	eachBench(b, func(b *testing.B, s *store.Store) {
		d := storetest.Settle(b, s)
		d.Promises(b, s, 5_000)
		for _, text := range []string{"养老床位", "第4999项", "路", "望溪路 任务"} {
			b.Run(text, func(b *testing.B) {
				for b.Loop() {
					if _, err := s.Search(b.Context(), store.Query{Text: text}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	})
}

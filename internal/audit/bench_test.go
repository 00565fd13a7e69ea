package audit_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
	"luoshi/internal/store/storetest"
)

// onEachDatabaseFor is onEachDatabase for a benchmark. SQLite gets the one connection for writing that the server
// gives it.
func onEachDatabaseFor(b *testing.B, bench func(b *testing.B, db *bun.DB)) {
	for _, name := range []string{"sqlite", "postgres"} {
		b.Run(name, func(b *testing.B) {
			dsn := "sqlite:" + b.TempDir() + "/log.db"
			if name == "postgres" {
				dsn = storetest.Postgres(b)
			}
			db := prepared(b, dsn)
			if strings.HasPrefix(dsn, "sqlite") {
				db.SetMaxOpenConns(1)
			}
			bench(b, db)
		})
	}
}

// BenchmarkAppend writes entries, so many in each transaction, from so many writers at once.
func BenchmarkAppend(b *testing.B) {
	for _, suite := range signing.Suites {
		for _, tt := range []struct{ entries, writers int }{{1, 1}, {1, 8}, {100, 1}} {
			b.Run(fmt.Sprintf("%s/entries=%d/writers=%d", suite, tt.entries, tt.writers), func(b *testing.B) {
				onEachDatabaseFor(b, func(b *testing.B, db *bun.DB) {
					log := begun(b, db, suite)
					var n atomic.Int64
					if tt.writers > 1 {
						b.SetParallelism(tt.writers / 2)
					}
					work := func() {
						changes := make([]audit.Change, tt.entries)
						for i := range changes {
							changes[i] = amended(int(n.Add(1)))
						}
						if _, err := appendTo(b.Context(), db, log, changes...); err != nil {
							b.Error(err)
						}
					}
					if tt.writers == 1 {
						for b.Loop() {
							work()
						}
					} else {
						b.RunParallel(func(pb *testing.PB) {
							for pb.Next() {
								work()
							}
						})
					}
					b.ReportMetric(float64(n.Load())/b.Elapsed().Seconds(), "entries/s")
				})
			})
		}
	}
}

// BenchmarkVerify recomputes a log of 10,000 entries.
func BenchmarkVerify(b *testing.B) {
	const size = 10_000
	onEachDatabaseFor(b, func(b *testing.B, db *bun.DB) {
		log := begun(b, db, signing.SHA256Ed25519)
		changes := make([]audit.Change, 500)
		for done := 0; done < size; done += len(changes) {
			for i := range changes {
				changes[i] = amended(done + i)
			}
			if _, err := appendTo(b.Context(), db, log, changes...); err != nil {
				b.Fatal(err)
			}
		}
		key, err := signing.GenerateKey(signing.SHA256Ed25519, origin)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := sign(b.Context(), db, log, key); err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			report, err := verify(b.Context(), db, signing.Keyring{key.Public()})
			if err != nil || !report.OK() || report.Covered != size {
				b.Fatalf("%+v (%v)", report, err)
			}
		}
		b.ReportMetric(float64(size*b.N)/b.Elapsed().Seconds(), "entries/s")
	})
}

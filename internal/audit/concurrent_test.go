package audit_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/uptrace/bun"

	"luoshi/internal/audit"
	"luoshi/internal/audit/signing"
)

// work is a table as a use case would write it beside the log.
const work = "CREATE TABLE work (request TEXT PRIMARY KEY)"

// useCase does a piece of work and appends its entry, in one transaction.
func useCase(ctx context.Context, db *bun.DB, log *audit.Log, n int, fails error) error {
	return db.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
		change := amended(n)
		if _, err := tx.NewRaw("INSERT INTO work VALUES (?)", change.Request).Exec(ctx); err != nil {
			return err
		}
		if _, err := log.Append(ctx, tx, change); err != nil {
			return err
		}
		return fails
	})
}

// worked is the requests in the table of work.
func worked(t *testing.T, db bun.IDB) map[string]bool {
	t.Helper()
	var requests []string
	if err := db.NewRaw("SELECT request FROM work").Scan(t.Context(), &requests); err != nil {
		t.Fatal(err)
	}
	set := map[string]bool{}
	for _, request := range requests {
		set[request] = true
	}
	return set
}

// logged is the requests in the log; no two entries have the same.
func logged(t *testing.T, db bun.IDB) map[string]bool {
	t.Helper()
	set := map[string]bool{}
	for after := int64(0); ; {
		entries, err := audit.Entries(t.Context(), db, after, 1000)
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) == 0 {
			return set
		}
		for _, entry := range entries {
			if after++; entry.Sequence != after {
				t.Fatalf("entry %d follows %d", entry.Sequence, after-1)
			}
			if set[entry.Request] {
				t.Fatalf("the log has %s twice", entry.Request)
			}
			set[entry.Request] = true
		}
	}
}

// sameSet compares the log with the work: each has what the other has.
func sameSet(t *testing.T, logged, worked map[string]bool) {
	t.Helper()
	for request := range logged {
		if !worked[request] {
			t.Errorf("%s is in the log, but its work is not done", request)
		}
	}
	for request := range worked {
		if !logged[request] {
			t.Errorf("%s is done, but not in the log", request)
		}
	}
}

func TestConcurrentWritersLeaveNoGapAndNoHalfEntry(t *testing.T) {
	const writers, each = 16, 40
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		do(t, db, work)
		log := begun(t, db, signing.SHA256Ed25519)
		key, err := signing.GenerateKey(signing.SHA256Ed25519, origin)
		if err != nil {
			t.Fatal(err)
		}
		changedMind := errors.New("the user changed their mind")
		var committed sync.Map
		var group sync.WaitGroup
		for writer := range writers {
			random := rand.New(rand.NewPCG(uint64(writer), 1))
			group.Go(func() {
				for i := range each {
					n := writer*each + i
					var fails error
					if random.IntN(3) == 0 {
						fails = changedMind
					}
					if err := useCase(t.Context(), db, log, n, fails); !errors.Is(err, fails) {
						t.Error(err)
					} else if err == nil {
						committed.Store(fmt.Sprintf("r-%d", n), true)
					}
					if i%10 == 9 {
						if _, err := sign(t.Context(), db, log, key); err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
		group.Wait()
		entries := logged(t, db)
		sameSet(t, entries, worked(t, db))
		count := 0
		committed.Range(func(request, _ any) bool {
			count++
			if !entries[request.(string)] {
				t.Errorf("%s was committed and is not in the log", request)
			}
			return true
		})
		report := verified(t, db, key)
		if !report.OK() || report.Entries != int64(count) || count == 0 || count == writers*each {
			t.Errorf("%d committed, %d in the log: %+v", count, report.Entries, report.Problems)
		}
	})
}

// A savepoint that is rolled back takes its entries with it, and their numbers are used again.
func TestASavepointTakesItsEntriesBack(t *testing.T) {
	onEachDatabase(t, func(t *testing.T, _ string, db *bun.DB) {
		log, key := history(t, db, signing.SHA256Ed25519)
		refused := errors.New("refused")
		err := db.RunInTx(t.Context(), nil, func(ctx context.Context, tx bun.Tx) error {
			if _, err := log.Append(ctx, tx, amended(100)); err != nil {
				return err
			}
			err := tx.RunInTx(ctx, nil, func(ctx context.Context, tx bun.Tx) error {
				if _, err := log.Append(ctx, tx, amended(101), amended(102)); err != nil {
					return err
				}
				return refused
			})
			if !errors.Is(err, refused) {
				return err
			}
			entries, err := log.Append(ctx, tx, amended(103))
			if err == nil && entries[0].Sequence != 42 {
				t.Errorf("entry %d, want 42", entries[0].Sequence)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if report := verified(t, db, key); !report.OK() || report.Entries != 42 {
			t.Errorf("%d entries: %+v", report.Entries, report.Problems)
		}
	})
}
